package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.RunPlan.Action;
import io.github.qmbench.core.harness.GeneratedJournal;
import io.github.qmbench.core.harness.GeneratedJournal.End;
import io.github.qmbench.core.harness.GeneratedJournal.Event;
import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.Torture;
import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.FailureOverview;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Law 12: the last attempt that ended is what stands, and every reader of a journal says the same. What the commands say is
 * compared in the module of the command line.
 */
class StandingLawTest {

    private static final CalculationMatrix MATRIX = GeneratedJournal.MATRIX;
    private static final Calculation FIRST = MATRIX.get(0);
    private static final int TRIES = 40;

    @Provide
    Arbitrary<GeneratedJournal> journals() {
        return GeneratedJournal.any();
    }

    @Provide
    Arbitrary<String> settings() {
        return Arbitraries.of("A", "B");
    }

    /** A backend that completes everything, and notes what it was asked for. */
    private record Completing(String settings, List<Calculation> calculated) implements CalculationBackend {
        Completing(String settings) {
            this(settings, new ArrayList<>());
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            calculated.add(calculation);
            return CalculationOutcome.complete(Map.of("settings", settings));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return GeneratedJournal.fingerprint(settings);
        }
    }

    private static BenchmarkRunner.Builder runner(RunDirectory directory, CalculationBackend backend) {
        return BenchmarkRunner.builder(directory.path(), MATRIX, backend)
                .retryPolicy(RetryPolicy.never())
                .storage(new QuickStorage());
    }

    private static Map<Calculation, JournalRecord> standing(RunDirectory directory) throws Exception {
        Map<Calculation, JournalRecord> standing = new LinkedHashMap<>();
        RecordedRun.open(directory).forEachStanding(record -> standing.put(record.calculation(), record));
        return standing;
    }

    private static Map<Calculation, Action> actions(RunPlan plan) {
        Map<Calculation, Action> actions = new HashMap<>();
        plan.forEach(entry -> actions.put(entry.calculation(), entry.action()));
        return actions;
    }

    @Property(tries = TRIES)
    @Label("12. Readers of a run directory say what the rule says")
    void readersSayWhatStands(@ForAll("journals") GeneratedJournal journal) throws Exception {
        RunDirectory directory = journal.write();
        try {
            RecordedRun run = RecordedRun.open(directory);
            Map<Calculation, JournalRecord> expected = journal.standing();

            assertThat(List.copyOf(standing(directory).values())).isEqualTo(List.copyOf(expected.values()));
            assertThat(run.size()).isEqualTo(expected.size());
            for (Calculation calculation : MATRIX) {
                assertThat(run.standing(calculation)).isEqualTo(Optional.ofNullable(expected.get(calculation)));
                assertThat(run.attempts(calculation.taskId()))
                        .isEqualTo(journal.records().stream()
                                .filter(record -> record.calculation().equals(calculation))
                                .toList());
            }
            assertThat(run.failures().all())
                    .extracting(FailureOverview.Failed::calculation)
                    .isEqualTo(expected.values().stream()
                            .filter(record -> record.outcome().state().failure().isPresent())
                            .map(JournalRecord::calculation)
                            .toList());
        } finally {
            Torture.delete(directory.path());
        }
    }

    @Property(tries = TRIES)
    @Label("12. … and plan, resume, status and results of a run with whatever settings follow it")
    void runsFollowWhatStands(
            @ForAll("journals") GeneratedJournal journal,
            @ForAll("settings") String settings,
            @ForAll boolean rerunStale)
            throws Exception {
        RunDirectory directory = journal.write();
        try {
            Map<Calculation, Action> expected = new HashMap<>();
            Map<Action, Integer> counts = new EnumMap<>(Action.class);
            for (Calculation calculation : MATRIX) {
                expected.put(calculation, journal.action(calculation, settings));
                counts.merge(expected.get(calculation), 1, Integer::sum);
            }
            Completing backend = new Completing(settings);
            RunPlan plan = runner(directory, backend).build().plan();
            assertThat(actions(plan)).isEqualTo(expected);
            for (Action action : Action.values()) {
                assertThat(plan.count(action)).isEqualTo(counts.getOrDefault(action, 0));
            }
            byte[] before = Files.readAllBytes(RunFiles.journal(directory));

            if (counts.containsKey(Action.STALE) && !rerunStale) {
                assertThatThrownBy(() -> runner(directory, backend).build().run())
                        .isInstanceOf(StaleResultsException.class);
                assertThat(RunFiles.journal(directory)).hasBinaryContent(before);
                return;
            }
            RunOutcome outcome =
                    runner(directory, backend).rerunStale(rerunStale).build().run();

            assertThat(backend.calculated())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(those(expected, Action.NEW, Action.AGAIN, Action.STALE));
            assertThat(outcome.results().status().progress())
                    .isEqualTo(RunStatus.Progress.of(MATRIX.size(), MATRIX.size(), 0, 0, 0));
            Map<Calculation, JournalRecord> standing = standing(directory);
            Map<Calculation, JournalRecord> results = new HashMap<>();
            outcome.results().forEach(record -> results.put(record.calculation(), record));
            assertThat(results).isEqualTo(standing).hasSize(MATRIX.size());
            for (Calculation calculation : MATRIX) {
                JournalRecord record = standing.get(calculation);
                assertThat(record.isComplete()).isTrue();
                assertThat(record.fingerprint()).isEqualTo(GeneratedJournal.fingerprint(settings));
                assertThat(outcome.results().of(calculation)).contains(record);
                if (expected.get(calculation) == Action.ADOPT) {
                    JournalRecord older =
                            journal.adoptable(calculation, settings).orElseThrow();
                    assertThat(record)
                            .isEqualTo(older.adopted(
                                    journal.attempts(calculation) + 1,
                                    record.attempt().runId()));
                    assertThat(record.attempt().runId())
                            .isEqualTo(outcome.results().status().run().id());
                }
            }
            assertThat(actions(runner(directory, backend).build().plan()).values())
                    .containsOnly(Action.DONE);
            byte[] after = Files.readAllBytes(RunFiles.journal(directory));
            runner(directory, backend).build().run();
            assertThat(RunFiles.journal(directory)).hasBinaryContent(after);
        } finally {
            Torture.delete(directory.path());
        }
    }

    @Property(tries = TRIES)
    @Label("12. … as does a run that is stopped before it calculates anything")
    void stoppedRunCountsWhatStands(@ForAll("journals") GeneratedJournal journal, @ForAll("settings") String settings)
            throws Exception {
        RunDirectory directory = journal.write();
        try {
            Completing backend = new Completing(settings);
            RunOutcome outcome = runner(directory, backend)
                    .rerunStale(true)
                    .stopSignal(() -> StopRequest.DRAIN)
                    .build()
                    .run();

            Map<Calculation, JournalRecord> done = standing(directory);
            done.values()
                    .removeIf(record -> !record.isComplete()
                            || !record.fingerprint().equals(GeneratedJournal.fingerprint(settings)));
            Map<Calculation, JournalRecord> results = new HashMap<>();
            outcome.results().forEach(record -> results.put(record.calculation(), record));
            assertThat(backend.calculated()).isEmpty();
            assertThat(results).isEqualTo(done);
            assertThat(outcome.results().status().progress().completed()).isEqualTo(done.size());
            assertThat(actions(runner(directory, backend).build().plan()).entrySet().stream()
                            .filter(entry -> entry.getValue() == Action.DONE)
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet()))
                    .isEqualTo(done.keySet());
        } finally {
            Torture.delete(directory.path());
        }
    }

    private static List<Calculation> those(Map<Calculation, Action> actions, Action... wanted) {
        return actions.entrySet().stream()
                .filter(entry -> List.of(wanted).contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Example
    void resultIsGoneOnceALaterAttemptWithOtherSettingsFailed() throws Exception {
        GeneratedJournal journal = GeneratedJournal.of(new Event(0, "A", End.COMPLETE), new Event(0, "B", End.FAILED));

        readersSayWhatStands(journal);
        assertThat(journal.standing().get(FIRST).outcome().state().word()).isEqualTo("failed");
        assertThat(journal.action(FIRST, "A")).isEqualTo(Action.ADOPT);
        assertThat(journal.action(FIRST, "B")).isEqualTo(Action.AGAIN);
        runsFollowWhatStands(journal, "A", false);
        runsFollowWhatStands(journal, "B", false);
    }

    @Example
    void resultStandsOnceALaterAttemptWithOtherSettingsIsComplete() throws Exception {
        GeneratedJournal journal = GeneratedJournal.of(new Event(0, "B", End.FAILED), new Event(0, "A", End.COMPLETE));

        readersSayWhatStands(journal);
        assertThat(journal.standing().get(FIRST).isComplete()).isTrue();
        assertThat(journal.action(FIRST, "A")).isEqualTo(Action.DONE);
        assertThat(journal.action(FIRST, "B")).isEqualTo(Action.STALE);
        runsFollowWhatStands(journal, "A", false);
        runsFollowWhatStands(journal, "B", false);
        runsFollowWhatStands(journal, "B", true);
    }

    @Example
    void faultOfTheMachineDisplacesNoResult() throws Exception {
        GeneratedJournal journal =
                GeneratedJournal.of(new Event(0, "A", End.COMPLETE), new Event(0, "B", End.FAILED_BY_MACHINE));

        readersSayWhatStands(journal);
        assertThat(journal.standing().get(FIRST).isComplete()).isTrue();
        assertThat(journal.action(FIRST, "A")).isEqualTo(Action.DONE);
        assertThat(journal.action(FIRST, "B")).isEqualTo(Action.STALE);
    }

    @Example
    void adoptedResultNamesTheAttemptThatCalculatedItHoweverOftenItIsAdopted() throws Exception {
        GeneratedJournal journal = GeneratedJournal.of(
                new Event(0, "A", End.COMPLETE), new Event(0, "B", End.COMPLETE), new Event(0, "A", End.ADOPTED));
        RunDirectory directory = journal.write();
        try {
            for (String settings : List.of("B", "A")) {
                List<String> notices = new ArrayList<>();
                runner(directory, new Completing(settings))
                        .stopSignal(() -> StopRequest.DRAIN)
                        .listener(new RunListener() {
                            @Override
                            public void notice(Notice event) {
                                notices.add(event.text());
                            }
                        })
                        .build()
                        .run();
                assertThat(notices).anyMatch(text -> text.startsWith("adopted 1 result of earlier attempts"));
            }
            assertThat(RecordedRun.open(directory).attempts(FIRST.taskId()))
                    .extracting(record -> record.attempt().origin())
                    .containsExactly(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Attempt.Origin.of(1, "run-0")),
                            Optional.of(Attempt.Origin.of(2, "run-1")),
                            Optional.of(Attempt.Origin.of(1, "run-0")));
        } finally {
            Torture.delete(directory.path());
        }
    }

    @Example
    void estimatorLearnsTheTimeOfAnAdoptedResultOnce() throws Exception {
        RunDirectory directory = GeneratedJournal.of(
                        new Event(0, "A", End.COMPLETE),
                        new Event(0, "A", End.REPEATED),
                        new Event(0, "B", End.COMPLETE),
                        new Event(0, "A", End.ADOPTED))
                .write();
        try {
            List<Calculation> learnt = new ArrayList<>();
            JournalIndex.ofRun(
                    RunFiles.journal(directory),
                    MATRIX,
                    calculation -> GeneratedJournal.fingerprint("A"),
                    (calculation, time) -> learnt.add(calculation));
            assertThat(learnt).containsExactly(FIRST);
        } finally {
            Torture.delete(directory.path());
        }
    }
}
