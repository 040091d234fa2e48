package io.github.qmbench.core.harness;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.TestSeams;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A journal of a few calculations under several settings, with all kinds of ends, and what the rule makes of it: told
 * here once more, in the plainest way, for tests to compare with.
 */
public record GeneratedJournal(List<JournalRecord> records) {

    public static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects("Aa", "BB", "c") // the first two have one hash
            .axis("solvent", "CHCl3", "DMSO")
            .build();

    /** How an attempt ended. */
    public enum End {
        COMPLETE,
        FAILED,
        FAILED_BY_MACHINE,
        CANCELLED,
        INTERRUPTED,
        /** A record of the same attempt as the one before. */
        REPEATED,
        /** The last complete result with these settings, recorded again. */
        ADOPTED
    }

    /** An attempt at the calculation with this place in the matrix. */
    public record Event(int place, String settings, End end) {}

    public static Arbitrary<GeneratedJournal> any() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, MATRIX.size() - 1),
                        Arbitraries.of("A", "A", "B", "C"),
                        Arbitraries.of(End.class))
                .as(Event::new)
                .list()
                .ofMaxSize(30)
                .map(GeneratedJournal::of);
    }

    public static GeneratedJournal of(Event... events) {
        return of(List.of(events));
    }

    private static GeneratedJournal of(List<Event> events) {
        List<JournalRecord> records = new ArrayList<>();
        Map<Integer, Integer> attempts = new HashMap<>();
        for (Event event : events) {
            Calculation calculation = MATRIX.get(event.place());
            int before = attempts.getOrDefault(event.place(), 0);
            int number = event.end() == End.REPEATED ? Math.max(1, before) : before + 1;
            attempts.put(event.place(), number);
            Optional<JournalRecord> older = records.stream()
                    .filter(record -> record.calculation().equals(calculation)
                            && record.isComplete()
                            && record.fingerprint().equals(fingerprint(event.settings())))
                    .reduce((first, second) -> second);
            records.add(
                    event.end() == End.ADOPTED && older.isPresent()
                            ? TestSeams.adopted(older.get(), number, "run-" + records.size())
                            : record(calculation, number, event, records.size()));
        }
        return new GeneratedJournal(records);
    }

    private static JournalRecord record(Calculation calculation, int attempt, Event event, int line) {
        Instant then = Instant.parse("2026-11-24T08:00:00Z").plusSeconds(60L * line);
        CalculationOutcome outcome = switch (event.end()) {
            case COMPLETE, REPEATED, ADOPTED ->
                CalculationOutcome.complete(Map.of("line", line, "settings", event.settings()));
            case FAILED -> CalculationOutcome.failed("scf").because("did not converge");
            case FAILED_BY_MACHINE ->
                CalculationOutcome.failed(CalculationFailure.ofMachine("killed").because("by somebody"));
            case CANCELLED -> CalculationOutcome.cancelled();
            case INTERRUPTED -> new CalculationOutcome(Map.of(), CalculationState.INTERRUPTED);
        };
        return JournalRecord.of(
                calculation,
                Attempt.of(attempt, "run-" + line, then, then.plusSeconds(30), Duration.ofSeconds(30)),
                outcome,
                fingerprint(event.settings()));
    }

    public static Fingerprint fingerprint(String settings) {
        return Fingerprint.of(Map.of("settings", settings));
    }

    /** Writes the journal into a new directory. */
    public RunDirectory write() throws IOException {
        return write(Files.createTempDirectory("qmbench-journal"));
    }

    /** Writes the journal into a directory. */
    public RunDirectory write(Path path) throws IOException {
        RunDirectory directory = RunDirectory.of(path);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JournalRecord record : records) {
            bytes.write(JournalFormat.write(record));
        }
        Files.write(RunFiles.journal(directory), bytes.toByteArray());
        return directory;
    }

    /** The records that count, by calculation, in the order of first appearance. */
    private Map<Calculation, List<JournalRecord>> counting() {
        Map<Calculation, List<JournalRecord>> all = new LinkedHashMap<>();
        for (JournalRecord record : records) {
            List<JournalRecord> own = all.computeIfAbsent(record.calculation(), first -> new ArrayList<>());
            if (own.stream()
                    .noneMatch(other ->
                            other.attempt().number() == record.attempt().number())) {
                own.add(record);
            }
        }
        return all;
    }

    /** What stands, by calculation, in the order of first appearance; the last record where no attempt has ended. */
    public Map<Calculation, JournalRecord> standing() {
        Map<Calculation, JournalRecord> standing = new LinkedHashMap<>();
        counting().forEach((calculation, own) -> standing.put(calculation, standing(own)));
        return standing;
    }

    private static JournalRecord standing(List<JournalRecord> own) {
        JournalRecord standing = null;
        for (JournalRecord record : own) {
            Optional<CalculationFailure> failure = record.outcome().state().failure();
            boolean ofMachine = failure.isPresent() && failure.get().blame() == CalculationFailure.Blame.MACHINE;
            if (record.isComplete()
                    || failure.isPresent() && !(ofMachine && standing != null && standing.isComplete())) {
                standing = record;
            }
        }
        return standing == null ? own.get(own.size() - 1) : standing;
    }

    /** What a run with these settings would do. */
    public RunPlan.Action action(Calculation calculation, String settings) {
        List<JournalRecord> own = counting().getOrDefault(calculation, List.of());
        if (own.isEmpty()) {
            return RunPlan.Action.NEW;
        }
        JournalRecord standing = standing(own);
        if (standing.isComplete() && standing.fingerprint().equals(fingerprint(settings))) {
            return RunPlan.Action.DONE;
        }
        if (adoptable(calculation, settings).isPresent()) {
            return RunPlan.Action.ADOPT;
        }
        return standing.isComplete() ? RunPlan.Action.STALE : RunPlan.Action.AGAIN;
    }

    /** The last complete record of a calculation with these settings. */
    public Optional<JournalRecord> adoptable(Calculation calculation, String settings) {
        return counting().getOrDefault(calculation, List.of()).stream()
                .filter(record -> record.isComplete() && record.fingerprint().equals(fingerprint(settings)))
                .reduce((first, second) -> second);
    }

    /** How many attempts at a calculation count. */
    public int attempts(Calculation calculation) {
        return counting().getOrDefault(calculation, List.of()).size();
    }
}
