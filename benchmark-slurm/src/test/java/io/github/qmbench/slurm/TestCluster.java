package io.github.qmbench.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** A real Slurm of four virtual nodes with four CPUs each, started by the repository's script. */
final class TestCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final List<String> WHY_NOT_HERE =
            List.of("only root can install it", "no apt-get here", "apt-get failed");

    private final Path directory;
    private final Path conf;
    private final Path wrappers;

    private TestCluster(Path directory) throws IOException {
        this.directory = directory;
        this.conf = directory.resolve("slurm.conf");
        this.wrappers = Files.createTempDirectory("qmbench-wrappers");
    }

    /** Starts it; where Slurm cannot be installed the test is skipped, and says so. */
    static TestCluster start() throws IOException, InterruptedException {
        TestCluster cluster = new TestCluster(Files.createTempDirectory("qmbench-slurm"));
        String said = cluster.script("start-slurm");
        if (!Files.exists(cluster.conf)) {
            if (WHY_NOT_HERE.stream().anyMatch(said::contains)) {
                System.err.println("SKIPPED: the tests with a real Slurm, for it is not installed here: " + said);
                Assumptions.abort("Slurm is not installed and cannot be installed here: " + said);
            }
            throw new AssertionError("Slurm did not start: " + said);
        }
        return cluster;
    }

    /** Starts again what of it has died; jobs are kept. */
    void heal() throws IOException, InterruptedException {
        script("start-slurm");
    }

    private String script(String name) throws IOException, InterruptedException {
        return run("bash", Path.of("..", "scripts", name).toString());
    }

    /** Settings for launchers in tests: everything is quick. */
    SlurmSettings.Builder settings() {
        return SlurmSettings.builder()
                .environment("SLURM_CONF", conf.toString())
                .environment("PATH", path())
                .pollInterval(Duration.ofMillis(300), Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(30))
                .grace(Duration.ofSeconds(2))
                .fence(Duration.ofSeconds(1));
    }

    /** The PATH with the scripts that stand in the place of commands. */
    String path() {
        return wrappers + ":" + System.getenv("PATH");
    }

    Path conf() {
        return conf;
    }

    /** Puts a script in the place of a command of Slurm; the real one is {@code $real} in it. */
    void wrap(String command, String text) throws IOException, InterruptedException {
        String real = run("sh", "-c", "command -v " + command).strip();
        Path next = wrappers.resolve("." + command);
        Files.writeString(next, "#!/bin/sh\nreal=" + real + "\n" + text + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, wrappers.resolve(command), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    void unwrap(String command) throws IOException {
        Files.deleteIfExists(wrappers.resolve(command));
    }

    /** The jobs in the queue that have not ended, as {@code squeue} prints them in a format of its own. */
    List<String> queue(String format) throws IOException, InterruptedException {
        return run("squeue", "-h", "-o", format).lines().toList();
    }

    /** The numbers of the jobs that wait or run; not of those that Slurm is still clearing away. */
    List<String> waitingOrRunning() throws IOException, InterruptedException {
        return run("squeue", "-h", "--states=PENDING,RUNNING", "-o", "%A")
                .lines()
                .toList();
    }

    /** Stops the controller in an orderly way; one that is killed forgets the jobs of the last seconds. */
    void stopController() throws Exception {
        long pid = pidOf("slurmctld");
        run("kill", Long.toString(pid));
        await("the controller has ended", () -> commandLine(pid).isEmpty());
    }

    /** Kills the daemon of a node, and all that runs there of a job, without a word. */
    void killNode(String node, String job) throws IOException, InterruptedException {
        run("kill", "-9", Long.toString(pidOf("slurmd-" + node)));
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String environment = environment(process.pid());
            boolean ofJob = environment.contains("SLURM_JOB_ID=" + job + "\0")
                    || commandLine(process.pid()).startsWith("slurmstepd: [" + job + ".");
            if (ofJob && environment.contains(conf.toString())) {
                process.destroyForcibly();
            }
        }
    }

    private long pidOf(String daemon) throws IOException {
        return Long.parseLong(
                Files.readString(directory.resolve("run/" + daemon + ".pid")).strip());
    }

    private static String commandLine(long pid) {
        return read(Path.of("/proc/" + pid + "/cmdline"));
    }

    private static String environment(long pid) {
        return read(Path.of("/proc/" + pid + "/environ"));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Runs a command with this cluster's environment, and returns what it said. */
    String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("qmbench-said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        Map<String, String> own = new LinkedHashMap<>();
        own.put("SLURM_TEST_DIR", directory.toString());
        own.put("SLURM_TEST_KILL_WAIT", "2");
        own.put("SLURM_CONF", conf.toString());
        builder.environment().putAll(own);
        Process process = builder.start();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " did not end");
        }
        String said = Files.readString(output);
        Files.delete(output);
        return said;
    }

    /** Waits until something is so; what happens in Slurm can only be seen by looking. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        await(() -> what, condition);
    }

    /** As {@link #await(String, Callable)}, with more to say when it was in vain. */
    static void await(Supplier<String> what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for: " + what.get());
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        script("stop-slurm");
        for (String command : List.of("sbatch", "squeue", "scancel", "scontrol", "sacct")) {
            unwrap(command);
        }
        Files.deleteIfExists(wrappers);
    }
}
