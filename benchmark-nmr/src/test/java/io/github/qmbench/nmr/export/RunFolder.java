package io.github.qmbench.nmr.export;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A run directory that a test fills: records as the runner writes them, and the files of calculations. */
final class RunFolder {

    static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final Path COMMITTED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");

    private final RunDirectory directory;
    private final List<String> attempted = new ArrayList<>();

    private RunFolder(Path path) throws IOException {
        directory = RunDirectory.of(Files.createDirectories(path));
    }

    /** A directory with a description, and a journal without records. */
    static RunFolder of(Path path, CalculationMatrix matrix, Map<String, Object> details) throws IOException {
        RunFolder folder = new RunFolder(path);
        RunDescription description = new RunDescription(START, "fake", details, Map.of(), matrix);
        Files.writeString(RunFiles.description(folder.directory), Json.writePretty(description.toJson()));
        Files.createFile(RunFiles.journal(folder.directory));
        return folder;
    }

    /** The run of DELTA50 that is committed. */
    static RunFolder committed(Path path) throws IOException {
        RunFolder folder = new RunFolder(path);
        Files.copy(COMMITTED.resolve("benchmark.json"), RunFiles.description(folder.directory));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(COMMITTED.resolve("progress.jsonl.gz")))) {
            Files.copy(in, RunFiles.journal(folder.directory));
        }
        return folder;
    }

    static Path committedFile(String name) {
        return COMMITTED.resolve(name);
    }

    RunDirectory directory() {
        return directory;
    }

    RecordedRun recorded() {
        return RecordedRun.open(directory);
    }

    /** Adds the next attempt at a calculation. */
    RunFolder record(Calculation calculation, Map<String, String> fingerprint, CalculationOutcome outcome)
            throws IOException {
        return record(calculation, fingerprint, outcome, Optional.empty());
    }

    /** Adds the second attempt at a calculation that the directory has already. */
    RunFolder again(Calculation calculation, Map<String, String> fingerprint, CalculationOutcome outcome)
            throws IOException {
        attempted.add(calculation.taskId());
        return record(calculation, fingerprint, outcome);
    }

    RunFolder record(
            Calculation calculation,
            Map<String, String> fingerprint,
            CalculationOutcome outcome,
            Optional<Attempt.Origin> origin)
            throws IOException {
        int number = 1
                + (int) attempted.stream().filter(calculation.taskId()::equals).count();
        Instant start = START.plusSeconds(60L * attempted.size());
        attempted.add(calculation.taskId());
        byte[] line = JournalFormat.write(JournalRecord.of(
                calculation,
                Attempt.of(number, "run-1", start, start.plusMillis(1500), Duration.ofMillis(1500), List.of(), origin)
                        .withUsage(ResourceUsage.ofCpu(Duration.ofMillis(1200)).withPeakMemory(5_000_000)),
                outcome,
                Fingerprint.of(fingerprint)));
        Files.write(RunFiles.journal(directory), line, StandardOpenOption.APPEND);
        return this;
    }

    /** Adds the first attempt at a calculation, whose programs ran elsewhere. */
    RunFolder launched(
            Calculation calculation,
            Map<String, String> fingerprint,
            CalculationOutcome outcome,
            List<Attempt.Launch> launches)
            throws IOException {
        attempted.add(calculation.taskId());
        byte[] line = JournalFormat.write(JournalRecord.of(
                calculation,
                Attempt.of(1, "run-1", START, START.plusSeconds(90), Duration.ofSeconds(90), launches)
                        .withUsage(ResourceUsage.ofCpu(Duration.ofSeconds(7))
                                .withReservedCores(2, Duration.ofSeconds(5))
                                .withPeakMemory(11)
                                .withReservedMemory(13)
                                .withTransfer(17, 19)),
                outcome,
                Fingerprint.of(fingerprint)));
        Files.write(RunFiles.journal(directory), line, StandardOpenOption.APPEND);
        return this;
    }

    /** Writes a file of a calculation. */
    RunFolder file(Calculation calculation, String name, String text) throws IOException {
        Path file = directory.calculation(calculation.taskId()).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }
}
