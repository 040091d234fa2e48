package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.cli.Distribution.Started;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of promises have in common: a directory with an ugly name, the packaged program in processes of its own, and
 * calculations that are shell scripts. Looks at the files that a run leaves.
 */
abstract class PromiseRun {

    /** Says that it runs, then waits until the file {@code go} is there. */
    static final String WAIT_FOR_GO = "echo $$ > pid; while [ ! -e \"$GO\" ]; do sleep 0.05; done";

    /** The calls of the operating system that can be made to fail, of the tests of the core. */
    private static final Path FAULTS =
            Path.of("../benchmark-core/src/test/resources/io/github/qmbench/core/harness/faults.c");

    @TempDir
    Path temporary;

    Path directory;
    Path results;
    Path go;
    private final List<Distribution> distributions = new ArrayList<>();
    private final List<Path> mounted = new ArrayList<>();

    @BeforeEach
    void makesADirectoryWithAnUglyName() throws IOException {
        directory = Files.createDirectory(temporary.resolve("it's a \"test\"\nünder way"));
        results = directory.resolve("results");
        go = directory.resolve("go");
    }

    @AfterEach
    void endsWhatIsLeft() throws Exception {
        for (Distribution distribution : distributions) {
            distribution.endAll();
        }
        for (Path disk : mounted) {
            new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
        }
    }

    /** The packaged program, with the backend {@code script}. */
    Distribution distribution(String script) throws IOException {
        Distribution distribution =
                new Distribution(directory).withScript(script).with("GO", go.toString());
        distributions.add(distribution);
        return distribution;
    }

    /** The same, with calls of the operating system that fail, wait or lie; a test is skipped where none can be compiled. */
    Distribution distribution(String script, String call, String file, int errno) throws Exception {
        assumeThat(Path.of("/usr/bin/gcc")).as("a compiler").isExecutable();
        Distribution distribution = distribution(script);
        Path library = temporary.resolve("faults.so"); // a blank in its name would end the name
        if (!Files.exists(library)) {
            distribution.runOther(
                    "gcc",
                    "-shared",
                    "-fPIC",
                    "-o",
                    library.toString(),
                    FAULTS.toAbsolutePath().toString(),
                    "-ldl");
        }
        return distribution
                .with("LD_PRELOAD", library.toString())
                .with("FAULT_CALL", call)
                .with("FAULT_FILE", file)
                .with("FAULT_ERRNO", String.valueOf(errno))
                .with("FAULT_WHEN", when().toString());
    }

    /** The file that begins what {@link #distribution(String, String, String, int)} does. */
    Path when() {
        return directory.resolve("when");
    }

    /** Mounts a small disk in the memory; the test is skipped where that is not allowed. */
    Path smallDisk(String size) throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Process mount = new ProcessBuilder(
                        "mount", "-t", "tmpfs", "-o", "size=" + size, "qmbench-test", disk.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes());
        assumeThat(mount.waitFor()).as("a small disk can be mounted: " + said).isZero();
        mounted.add(disk);
        return disk;
    }

    /** Sends a signal to a process. */
    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    }

    /** Waits until a calculation runs, and returns the number of its process. */
    long awaitCalculation(String task) throws InterruptedException {
        return awaitCalculation(results, task);
    }

    static long awaitCalculation(Path results, String task) throws InterruptedException {
        Path pid = RunDirectory.of(results).calculation(task).resolve("pid");
        Distribution.await(() -> text(pid).endsWith("\n"));
        return Long.parseLong(text(pid).strip());
    }

    /** Waits until a process is gone; whoever adopted it takes a moment to notice. */
    static void awaitGone(long pid) throws InterruptedException {
        Distribution.await(() -> ProcessHandle.of(pid).isEmpty());
    }

    static boolean isThere(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    /** What stands in a file; nothing when there is none. */
    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunStatus status() throws IOException {
        return status(results);
    }

    static RunStatus status(Path results) throws IOException {
        return readStatus(results).orElseThrow();
    }

    static Optional<RunStatus> readStatus(Path results) throws IOException {
        return new StatusReader(RunDirectory.of(results)).read();
    }

    static List<JournalRecord> journal(Path results) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(results)), records::add);
        return records;
    }

    /** The completed calculations of a journal, with every repetition. */
    static List<String> completed(Path results) throws IOException {
        return journal(results).stream()
                .filter(JournalRecord::isComplete)
                .map(record -> record.calculation().taskId())
                .toList();
    }

    /** Waits until so many lines are in the journal. */
    void awaitLines(int count) throws InterruptedException {
        Path journal = results.resolve("progress.jsonl");
        Distribution.await(() -> text(journal).lines().count() >= count);
    }

    void assertStoppedWithoutTrace(long child) throws IOException {
        RunStatus status = status();
        assertThat(status.state()).isEqualTo(RunState.STOPPED);
        assertThat(status.progress().failed()).isZero();
        assertThat(status.running()).isEmpty();
        assertThat(ProcessHandle.of(child)).isEmpty();
        assertThat(results.resolve("STOP")).doesNotExist();
    }

    /** Starts a run whose first calculation waits, and kills it; returns the number of the calculation's process. */
    long killedRun(Distribution distribution) throws Exception {
        Started run = distribution.start("run", "--backend", "script");
        long child = awaitCalculation("m1/B3LYP");
        run.signal("KILL");
        run.await();
        return child;
    }
}
