package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A full disk, one that may not be written, a directory that is removed, and a clock that is set back. */
public final class DiskTrouble {

    private static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects("a", "b", "c", "d", "e", "f")
            .axis("solvent", "CHCl3", "DMSO")
            .build();

    private DiskTrouble() {}

    public static String run(Path directory) throws Exception {
        Files.createDirectories(directory);
        List<String> done = new ArrayList<>();
        Optional<String> whyNot = onTmpfs(directory.resolve("small-disk"), disk -> {
            programFillsDisk(disk.resolve("program"));
            journalMeetsFullDisk(disk.resolve("journal"));
            done.add("full disk (paused, resumed, nothing lost)");
            readOnly(disk);
            done.add("read-only disk (refused in a sentence)");
        });
        whyNot.ifPresent(why -> done.add("full and read-only disk SKIPPED: " + why));
        removed(directory.resolve("removed"));
        done.add("directory removed");
        clockSetBack(directory.resolve("clock"));
        done.add("clock set back");
        return String.join(", ", done);
    }

    /** What is done on a small disk. */
    public interface OnDisk {
        void accept(Path disk) throws Exception;
    }

    /** Mounts a disk of 6 MB for a while; returns why that is not possible here. */
    private static Optional<String> onTmpfs(Path disk, OnDisk part) throws Exception {
        Files.createDirectories(disk);
        Optional<String> fault = shell("mount -t tmpfs -o size=6m qmbench-torture \"$1\"", disk);
        if (fault.isPresent()) {
            return Optional.of("cannot mount: " + fault.get());
        }
        try {
            part.accept(disk);
        } finally {
            shell("umount \"$1\"", disk);
        }
        return Optional.empty();
    }

    private static Optional<String> shell(String command, Path argument) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command, "sh", argument.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes()).strip();
        Torture.check(process.waitFor(30, TimeUnit.SECONDS), command + " hangs");
        return process.exitValue() == 0 ? Optional.empty() : Optional.of(text);
    }

    /** Programs that write much: the one that meets the full disk does not blame its molecule. */
    private static void programFillsDisk(Path directory) throws IOException {
        CalculationBackend writesMuch = (calculation, context) -> {
            Files.write(context.directory().resolve("output"), new byte[900_000]);
            return CalculationOutcome.complete(Map.of("of", calculation.taskId()));
        };
        RunOutcome first = BenchmarkRunner.builder(directory, MATRIX, writesMuch)
                .retryPolicy(RetryPolicy.never())
                .build()
                .run();
        RunStatus status = new StatusReader(RunDirectory.of(directory)).read().orElseThrow();
        Torture.check(first.state() == RunState.PAUSED, "a full disk gave " + first.state());
        Torture.check(status.state() == RunState.PAUSED, "the last status is " + status);
        Torture.check(
                status.run().reason().orElse("").contains("disk"),
                "the reason is " + status.run().reason());
        Torture.check(status.progress().failedSubjects() == 0, "a full disk counted against a molecule");
        Torture.check(status.progress().completed() > 0, "nothing was completed before the disk was full");
        for (Calculation calculation : MATRIX) {
            Files.deleteIfExists(
                    RunDirectory.of(directory).calculation(calculation.taskId()).resolve("output"));
        }
        resumesAndHasLostNothing(directory);
    }

    /** The disk is filled by something else, so that the journal's line meets it. */
    private static void journalMeetsFullDisk(Path directory) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Path filler = directory.resolve("filler");
        CalculationBackend backend = (calculation, context) -> {
            if (calls.incrementAndGet() == 3) {
                fill(filler);
            }
            return CalculationOutcome.complete(Map.of("of", calculation.taskId(), "much", "x".repeat(9000)));
        };
        RunOutcome first = BenchmarkRunner.builder(directory, MATRIX, backend)
                .retryPolicy(RetryPolicy.never())
                .build()
                .run();
        RunStatus status = new StatusReader(RunDirectory.of(directory)).read().orElseThrow();
        Torture.check(first.state() == RunState.PAUSED, "a full disk gave " + first.state());
        Torture.check(status.state() == RunState.PAUSED, "the last status is " + status);
        Torture.check(status.progress().completed() == 3, "the space kept for the last record was not used: " + status);
        Files.delete(filler);
        resumesAndHasLostNothing(directory);
    }

    private static void fill(Path file) throws IOException {
        try (java.io.OutputStream out = Files.newOutputStream(file)) {
            for (int size = 1 << 16; size > 0; size /= 2) {
                try {
                    while (true) {
                        out.write(new byte[size]);
                    }
                } catch (IOException full) {
                    continue; // with smaller pieces until not a byte is left
                }
            }
        }
    }

    private static void resumesAndHasLostNothing(Path directory) throws IOException {
        RunOutcome second = BenchmarkRunner.builder(
                        directory,
                        MATRIX,
                        (calculation, context) -> CalculationOutcome.complete(Map.of("of", calculation.taskId())))
                .retryPolicy(RetryPolicy.never())
                .build()
                .run();
        Torture.check(second.isWhole(), "after space came back the run ended " + second.state());
        Map<String, Integer> successes = new HashMap<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(directory)), record -> {
            if (record.isComplete()) {
                successes.merge(record.calculation().taskId(), 1, Integer::sum);
            }
        });
        Torture.check(
                successes.size() == MATRIX.size() && successes.values().stream().allMatch(count -> count == 1),
                "successes are " + successes);
    }

    private static void readOnly(Path disk) throws Exception {
        Optional<String> fault = shell("mount -o remount,ro \"$1\"", disk);
        Torture.check(fault.isEmpty(), "cannot make the disk read-only: " + fault);
        Path directory = disk.resolve("program");
        try {
            BenchmarkRunner.builder(directory, MATRIX, (calculation, context) -> CalculationOutcome.complete(Map.of()))
                    .retryPolicy(RetryPolicy.never())
                    .build()
                    .run();
            throw new AssertionError("a run began on a read-only disk");
        } catch (IOException e) {
            Torture.check(
                    e.getMessage().contains(directory.toString()), "the message does not say where: " + e.getMessage());
        }
        Torture.check(
                new StatusReader(RunDirectory.of(directory))
                                .read()
                                .orElseThrow()
                                .state()
                        == RunState.COMPLETE,
                "the status on a read-only disk cannot be read");
        RunPlan plan = BenchmarkRunner.builder(
                        directory, MATRIX, (calculation, context) -> CalculationOutcome.complete(Map.of()))
                .retryPolicy(RetryPolicy.never())
                .build()
                .plan();
        Torture.check(
                plan.count(RunPlan.Action.DONE) == MATRIX.size(), "the journal on a read-only disk is not read right");
    }

    private static void removed(Path directory) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        RunOutcome outcome = BenchmarkRunner.builder(directory, MATRIX, (calculation, context) -> {
                    if (calls.incrementAndGet() == 2) {
                        Torture.delete(directory);
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .retryPolicy(RetryPolicy.never())
                .build()
                .run();
        Torture.check(outcome.state() == RunState.FAILED, "a removed directory gave " + outcome.state());
        Torture.check(calls.get() == 2, "calculations were started whose results had no place");
        Torture.check(outcome.results().status().progress().completed() == 1, "a result that is nowhere was counted");
    }

    private static void clockSetBack(Path directory) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        RunOutcome outcome = BenchmarkRunner.builder(directory, MATRIX, (calculation, context) -> {
                    calls.incrementAndGet();
                    return CalculationOutcome.complete(Map.of());
                })
                .retryPolicy(RetryPolicy.never())
                .clock(TestClock.showing(
                        () -> Instant.parse("2026-11-24T12:00:00Z").minusSeconds(3600L * calls.get())))
                .build()
                .run();
        Torture.check(outcome.isWhole(), "a clock set back gave " + outcome.state());
        RunJournal.read(
                RunFiles.journal(RunDirectory.of(directory)),
                record -> Torture.check(
                        record.attempt().duration().toMinutes() == 0, "a duration comes from the clock: " + record));
    }
}
