package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.LockHolder;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a benchmark in a process whose calls of the operating system fail from the third calculation on, as those of a dying
 * disk, a lost file server or a machine without threads do. Nothing of it counts against a subject; the run after it has
 * every calculation exactly once.
 */
public final class DeviceFaults {

    private static final CalculationMatrix MATRIX =
            CalculationMatrix.builder().subjects("a", "b", "c", "d", "e", "f").build();

    private static final String JOURNAL = "/progress.jsonl";
    private static final String OUTPUT = "/output";
    private static final String NO_FILE = "none";
    private static final String FROM_THE_BEGINNING = "nothing, from the beginning";

    /** One kind of fault; {@code state} is that of the run that meets it. */
    private record Fault(String call, String file, int errno, String state) {

        @Override
        public String toString() {
            return call + " of " + file + " with error " + errno;
        }
    }

    private static final int EIO = 5;
    private static final int EAGAIN = 11;
    private static final int ENOMEM = 12;
    private static final int EMFILE = 24;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int ESTALE = 116;

    private static final List<Fault> FAULTS = List.of(
            new Fault("fsync", JOURNAL, EIO, "FAILED"),
            new Fault("write", JOURNAL, EIO, "FAILED"),
            new Fault("write", JOURNAL, EROFS, "FAILED"),
            new Fault("write", JOURNAL, ESTALE, "FAILED"),
            new Fault("write", OUTPUT, EIO, "PAUSED"),
            new Fault("write", OUTPUT, ENOSPC, "PAUSED"),
            new Fault("open", OUTPUT, EROFS, "PAUSED"),
            new Fault("open", OUTPUT, EMFILE, "PAUSED"),
            new Fault("open", OUTPUT, ESTALE, "PAUSED"),
            new Fault("thread", NO_FILE, EAGAIN, "PAUSED"),
            new Fault("thread", FROM_THE_BEGINNING, EAGAIN, "FAILED"),
            new Fault("spawn", NO_FILE, EAGAIN, "PAUSED"),
            new Fault("spawn", NO_FILE, ENOMEM, "PAUSED"));

    private DeviceFaults() {}

    public static String run(Path directory) throws Exception {
        Files.createDirectories(directory);
        Optional<Path> library = compile(directory);
        if (library.isEmpty()) {
            return "SKIPPED: there is no gcc to compile the faults with";
        }
        int number = 0;
        for (Fault fault : FAULTS) {
            meet(fault, directory.resolve("fault-" + number++), library.get());
        }
        return FAULTS.size()
                + " faults of disks, threads and processes: none counted against a subject, nothing lost or"
                + " done twice";
    }

    private static Optional<Path> compile(Path directory) throws Exception {
        Path source = directory.resolve("faults.c");
        try (InputStream in = Objects.requireNonNull(DeviceFaults.class.getResourceAsStream("faults.c"))) {
            Files.copy(in, source);
        }
        Path library = directory.resolve("faults.so");
        try {
            Process gcc = new ProcessBuilder(
                            "gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                    .inheritIO()
                    .start();
            Torture.check(gcc.waitFor() == 0, "the faults cannot be compiled");
            return Optional.of(library);
        } catch (IOException noCompiler) {
            return Optional.empty();
        }
    }

    private static void meet(Fault fault, Path place, Path library) throws Exception {
        Path results = Files.createDirectories(place).resolve("results");
        Path when = place.resolve("when");
        ProcessBuilder builder = new ProcessBuilder(
                        Torture.java(DeviceFaults.class, results.toString(), when.toString()))
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("said").toFile());
        builder.environment().put("LD_PRELOAD", library.toString());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("FAULT_CALL", fault.call());
        builder.environment().put("FAULT_FILE", fault.file());
        builder.environment().put("FAULT_ERRNO", Integer.toString(fault.errno()));
        builder.environment().put("FAULT_WHEN", when.toString());
        Process process = builder.start();
        Torture.check(process.waitFor(120, TimeUnit.SECONDS), fault + ": the run hangs");
        String said = Files.readString(place.resolve("said"), StandardCharsets.UTF_8);
        Torture.check(said.contains("state " + fault.state() + ", "), fault + ": the run said " + said);
        Torture.check(said.contains("0 subjects failed"), fault + ": it counted against a subject: " + said);
        boolean isFlush = fault.call().equals("fsync");
        Path mark = results.resolve(".progress.jsonl.unsafe");
        Torture.check(Files.exists(mark) == isFlush, fault + ": the journal's mark is wrong");
        Object journal = LockHolder.keyOf(results.resolve("progress.jsonl"));

        RunOutcome next = BenchmarkRunner.builder(
                        results, MATRIX, (calculation, context) -> CalculationOutcome.complete(Map.of()))
                .retryPolicy(RetryPolicy.never())
                .build()
                .run();

        Torture.check(next.isWhole(), fault + ": the next run ended " + next.state());
        Torture.check(
                LockHolder.keyOf(results.resolve("progress.jsonl")).equals(journal) != isFlush && Files.notExists(mark),
                fault + ": the journal was not written again after a flush that failed, or without one");
        Map<String, Integer> successes = new HashMap<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(results)), record -> {
            if (record.isComplete()) {
                successes.merge(record.calculation().taskId(), 1, Integer::sum);
            }
        });
        Torture.check(
                successes.size() == MATRIX.size() && successes.values().stream().allMatch(count -> count == 1),
                fault + ": successes are " + successes);
    }

    /** The run that meets the fault: its directory, and the file that begins it. */
    public static void main(String[] args) throws Exception {
        if (FROM_THE_BEGINNING.equals(System.getenv("FAULT_FILE"))) {
            Files.createFile(Path.of(args[1]));
        }
        RunStatus status = BenchmarkRunner.builder(Path.of(args[0]), MATRIX, (calculation, context) -> {
                    Path output = context.directory().resolve("output");
                    if (calculation.subject().equals("c")) {
                        Files.createFile(Path.of(args[1]));
                    }
                    Files.writeString(output, "much");
                    if (calculation.subject().compareTo("c")
                            >= 0) { // before, Java would keep a thread for later programs
                        context.launch(ProcessRequest.builder(context.directory(), List.of("true"))
                                .build());
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .retryPolicy(RetryPolicy.never())
                .build()
                .run()
                .results()
                .status();
        System.out.println("state " + status.state() + ", " + status.progress().completed() + " done, "
                + status.progress().failed() + " failed, " + status.progress().failedSubjects() + " subjects failed; "
                + status.run().reason().orElse("") + status.failures());
    }
}
