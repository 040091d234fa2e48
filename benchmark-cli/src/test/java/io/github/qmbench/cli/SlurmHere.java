package io.github.qmbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real Slurm, started by the repository's script; where it cannot be installed, tests are skipped and say so. */
final class SlurmHere implements AutoCloseable {

    private static final List<String> WHY_NOT_HERE =
            List.of("only root can install it", "no apt-get here", "apt-get failed");

    private final Path directory;

    private SlurmHere(Path directory) {
        this.directory = directory;
    }

    static SlurmHere start() throws IOException, InterruptedException {
        SlurmHere slurm = new SlurmHere(Files.createTempDirectory("qmbench-slurm"));
        String said = slurm.run("bash", "../scripts/start-slurm");
        if (!Files.exists(Path.of(slurm.conf()))) {
            if (WHY_NOT_HERE.stream().anyMatch(said::contains)) {
                System.err.println("SKIPPED: the tests with a real Slurm, for it is not installed here: " + said);
                Assumptions.abort("Slurm is not installed and cannot be installed here: " + said);
            }
            throw new AssertionError("Slurm did not start: " + said);
        }
        return slurm;
    }

    String conf() {
        return directory.resolve("slurm.conf").toString();
    }

    /** Runs a command with this cluster's environment, and returns what it said. */
    String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("qmbench-said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SLURM_TEST_DIR", directory.toString(),
                        "SLURM_TEST_KILL_WAIT", "2",
                        "SLURM_CONF", conf()));
        Process process = builder.start();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " did not end");
        }
        String said = Files.readString(output);
        Files.delete(output);
        return said;
    }

    /** The states of all jobs of qmbench that the queue shows, also of those that have ended. */
    List<String> states() {
        try {
            return run("squeue", "-h", "-t", "all", "-o", "%T %j")
                    .lines()
                    .filter(line -> line.contains(" qmbench-"))
                    .filter(line -> !line.endsWith("-runner"))
                    .map(line -> line.split(" ")[0])
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("bash", "../scripts/stop-slurm");
    }
}
