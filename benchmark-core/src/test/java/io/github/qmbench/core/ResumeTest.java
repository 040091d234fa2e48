package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.AttemptLog;
import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.JournalRepair;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

    @TempDir
    Path path;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a", "b", "c").build();
    private final List<String> notices = new ArrayList<>();
    private final List<String> calculated = new ArrayList<>();
    private final QuickStorage storage = new QuickStorage();

    /** A backend with settings, of which one subject may fail. */
    private final class Backend implements CalculationBackend {
        private final String basis;
        private final String failing;

        Backend(String basis, String failing) {
            this.basis = basis;
            this.failing = failing;
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            calculated.add(calculation.taskId() + " attempt " + context.attempt());
            return calculation.subject().equals(failing)
                    ? CalculationOutcome.failed("scf").because("no")
                    : CalculationOutcome.complete(Map.of("basis", basis));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("basis", basis, "program", "1.0"));
        }
    }

    private BenchmarkRunner.Builder runner(CalculationBackend backend) {
        return BenchmarkRunner.builder(path, matrix, backend).storage(storage).listener(new RunListener() {
            @Override
            public void notice(Notice event) {
                notices.add(event.text());
            }
        });
    }

    @Test
    void whatFailedIsTriedAgainAsTheNextAttemptAndWhatIsDoneIsNot() throws Exception {
        RunOutcome first = runner(new Backend("3-21G", "b")).build().run();
        assertThat(first.isWhole()).isFalse();
        calculated.clear();

        RunOutcome second = runner(new Backend("3-21G", "")).build().run();

        assertThat(calculated).containsExactly("b attempt 2");
        assertThat(second.isWhole()).isTrue();
        assertThat(second.results().status().progress()).isEqualTo(RunStatus.Progress.of(3, 3, 0, 0, 0));
        List<String> order = new ArrayList<>();
        second.results().forEach(record -> order.add(record.calculation().taskId()));
        assertThat(order).containsExactly("a", "b", "c");
    }

    @Test
    void withoutResumeAllRunsAgainAndTheOldJournalIsKept() throws Exception {
        runner(new Backend("3-21G", "")).build().run();
        byte[] before = Files.readAllBytes(path.resolve("progress.jsonl"));

        runner(new Backend("6-31G*", "")).resume(false).build().run();
        runner(new Backend("6-31G*", "")).resume(false).build().run();

        assertThat(calculated).hasSize(9);
        assertThat(path.resolve("progress-1.jsonl")).hasBinaryContent(before);
        assertThat(path.resolve("progress-2.jsonl")).exists();
    }

    @Test
    void thePlanOfARunWithoutResumeCalculatesAllAndChangesNothing() throws Exception {
        runner(new Backend("3-21G", "")).build().run();
        byte[] before = Files.readAllBytes(path.resolve("progress.jsonl"));

        RunPlan plan = runner(new Backend("3-21G", "")).resume(false).build().plan();

        assertThat(plan.count(RunPlan.Action.NEW)).isEqualTo(3);
        assertThat(plan.count(RunPlan.Action.DONE)).isZero();
        assertThat(path.resolve("progress.jsonl")).hasBinaryContent(before);
        assertThat(path.resolve("progress-1.jsonl")).doesNotExist();
    }

    @Test
    void estimatorLearnsTheTimesOfWhatWasCompletedWithThePresentSettings() throws Exception {
        runner(new Backend("3-21G", "b")).build().run();

        assertThat(learnt(new Backend("3-21G", ""))).containsExactly("a", "c");
        assertThat(learnt(new Backend("6-31G*", ""))).isEmpty();
    }

    private List<String> learnt(CalculationBackend present) throws Exception {
        List<String> subjects = new ArrayList<>();
        JournalIndex.ofRun(
                RunFiles.journal(RunDirectory.of(path)),
                matrix,
                present::fingerprint,
                (calculation, time) -> subjects.add(calculation.subject()));
        return subjects;
    }

    @Test
    void whatWasNotBegunHasNoResult() throws Exception {
        RunOutcome outcome = runner(new Backend("3-21G", ""))
                .stopSignal(() -> calculated.isEmpty() ? StopRequest.NONE : StopRequest.DRAIN)
                .build()
                .run();

        assertThat(outcome.results().of(matrix.get(0))).isPresent();
        assertThat(outcome.results().of(matrix.get(1))).isEmpty();
    }

    @Test
    void resultsOfOtherSettingsAreRefusedWithTheDifferenceAndNothingIsChanged() throws Exception {
        runner(new Backend("3-21G", "")).build().run();
        byte[] journal = Files.readAllBytes(path.resolve("progress.jsonl"));
        byte[] status = Files.readAllBytes(path.resolve("status.json"));
        Files.createFile(path.resolve("STOP"));
        calculated.clear();

        assertThatThrownBy(() -> runner(new Backend("6-31G*", "")).build().run())
                .isInstanceOf(StaleResultsException.class)
                .hasMessageContaining("3 results")
                .hasMessageContaining("basis was 3-21G and is now 6-31G*");

        assertThat(calculated).isEmpty();
        assertThat(path.resolve("progress.jsonl")).hasBinaryContent(journal);
        assertThat(path.resolve("status.json")).hasBinaryContent(status);
        assertThat(path.resolve("STOP")).exists();
    }

    @Test
    void staleResultsAreCalculatedAgainWhenToldToAndNeverReturned() throws Exception {
        runner(new Backend("3-21G", "")).build().run();

        RunOutcome mixed =
                runner(new Backend("6-31G*", "b")).rerunStale(true).build().run();

        assertThat(mixed.results().size()).isEqualTo(2);
        assertThat(mixed.results().of(matrix.get(1))).isEmpty();
        mixed.results().forEach(record -> assertThat(record.outcome().results()).containsEntry("basis", "6-31G*"));
        // The failed one has an old result of other settings, which must not come back.
        RunOutcome next = runner(new Backend("6-31G*", "b")).build().run();
        assertThat(next.results().of(matrix.get(1))).isEmpty();
        Map<String, Integer> seen = new HashMap<>();
        next.results().forEach(record -> seen.merge(record.calculation().taskId(), 1, Integer::sum));
        assertThat(seen).isEqualTo(Map.of("a", 1, "c", 1));
    }

    @Test
    void planSaysWhatWouldBecomeOfEachCalculationAndChangesNothing() throws Exception {
        runner(new Backend("3-21G", "b")).build().run();
        matrixOf("a", "b", "c", "d");

        RunPlan same = BenchmarkRunner.builder(path, matrixOf("a", "b", "c", "d"), new Backend("3-21G", ""))
                .build()
                .plan();
        RunPlan other = runner(new Backend("6-31G*", "")).build().plan();

        List<String> lines = new ArrayList<>();
        same.forEach(entry -> lines.add(entry.calculation() + " " + entry.action()));
        assertThat(lines).containsExactly("a DONE", "b AGAIN", "c DONE", "d NEW");
        assertThat(other.count(RunPlan.Action.STALE)).isEqualTo(2);
        List<String> differences = new ArrayList<>();
        other.forEach(entry -> differences.addAll(entry.differences()));
        assertThat(differences).containsExactly("basis: 3-21G -> 6-31G*", "basis: 3-21G -> 6-31G*");
    }

    private static CalculationMatrix matrixOf(String... subjects) {
        return CalculationMatrix.builder().subjects(subjects).build();
    }

    @Test
    void tornLastLineIsDroppedWithWarningAndTheNextRecordStartsItsOwnLine() throws Exception {
        runner(new Backend("3-21G", "")).build().run();
        byte[] journal = Files.readAllBytes(path.resolve("progress.jsonl"));
        Files.write(path.resolve("progress.jsonl"), java.util.Arrays.copyOf(journal, journal.length - 30));
        calculated.clear();

        RunOutcome outcome = runner(new Backend("3-21G", "")).build().run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(calculated).containsExactly("c attempt 1");
        assertThat(notices).anyMatch(text -> text.contains("torn last line"));
        assertThat(RunJournal.read(path.resolve("progress.jsonl"), record -> {}))
                .satisfies(extent -> {
                    assertThat(extent.records()).isEqualTo(3);
                    assertThat(extent.tornBytes()).isZero();
                });
    }

    @Test
    void damageIsRefusedWithFileAndLineUntilItIsRepaired() throws Exception {
        runner(new Backend("3-21G", "")).build().run();
        Path journal = path.resolve("progress.jsonl");
        byte[] damaged = Files.readAllBytes(journal);
        damaged[damaged.length / 2] ^= 1;
        Files.write(journal, damaged);

        assertThatThrownBy(() -> runner(new Backend("3-21G", "")).build().run())
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining(journal + ", line 2: ");
        assertThat(journal).hasBinaryContent(damaged);

        JournalRepair repair = JournalRepair.repair(RunDirectory.of(path));
        assertThat(repair.keptRecords()).isEqualTo(2);
        assertThat(repair.dropped()).singleElement().satisfies(dropped -> {
            assertThat(dropped.line()).isEqualTo(2);
            assertThat(dropped.reason()).contains("checksum");
        });
        assertThat(repair.original().orElseThrow()).hasBinaryContent(damaged);
        calculated.clear();
        assertThat(runner(new Backend("3-21G", "")).build().run().isWhole()).isTrue();
        assertThat(calculated).containsExactly("b attempt 1");
    }

    @Test
    void repairOfWholeOrMissingJournalChangesNothing() throws Exception {
        assertThat(JournalRepair.repair(RunDirectory.of(path)).original()).isEmpty();
        runner(new Backend("3-21G", "")).build().run();
        byte[] before = Files.readAllBytes(path.resolve("progress.jsonl"));

        JournalRepair repair = JournalRepair.repair(RunDirectory.of(path));

        assertThat(repair.original()).isEmpty();
        assertThat(repair.keptRecords()).isEqualTo(3);
        assertThat(path.resolve("progress.jsonl")).hasBinaryContent(before);
    }

    @Test
    void secondRecordOfAnAttemptIsReportedAndTheFirstCounts() throws Exception {
        runner(new Backend("3-21G", "")).build().run();
        Path journal = path.resolve("progress.jsonl");
        String first = Files.readAllLines(journal, StandardCharsets.UTF_8).get(0) + "\n";
        Files.writeString(journal, first, StandardOpenOption.APPEND);

        RunOutcome outcome = runner(new Backend("3-21G", "")).build().run();

        assertThat(outcome.results().size()).isEqualTo(3);
        assertThat(notices).anyMatch(text -> text.contains("more than one record of a attempt 1"));
    }

    @Test
    void attemptUnderWayWhenTheRunnerDiedIsInterruptedNotFailedAndRunsAgain() throws Exception {
        RunDirectory directory = RunDirectory.of(path);
        try (RunLock lock = RunLock.take(directory, RunnerIdentity.ofThisProcess(), java.time.Instant.EPOCH);
                AttemptLog dead = AttemptLog.create(directory, lock, List.of(), false)) {
            dead.begin(matrix.get(1), 1, "run-of-the-dead", Instant.EPOCH);
        }

        RunOutcome outcome = runner(new Backend("3-21G", "")).build().run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(calculated).containsExactly("a attempt 1", "b attempt 2", "c attempt 1");
        assertThat(notices).anyMatch(text -> text.contains("b was interrupted in attempt 1 and runs again"));
        List<String> words = new ArrayList<>();
        RunJournal.read(
                path.resolve("progress.jsonl"),
                record -> words.add(
                        record.calculation() + " " + record.outcome().state().word()));
        assertThat(words).containsExactly("b interrupted", "a complete", "b complete", "c complete");
    }

    @Test
    void whatAnEarlierAttemptLeftIsKeptInFolderOfItsOwn() throws Exception {
        CalculationBackend backend = (calculation, context) -> {
            Files.writeString(context.directory().resolve("output"), "attempt " + context.attempt());
            return context.attempt() < 3
                    ? CalculationOutcome.failed("scf").because("no")
                    : CalculationOutcome.complete(Map.of());
        };
        CalculationMatrix one = matrixOf("a");
        Files.createDirectories(path.resolve("a/attempt-1")); // a gap in the numbers does not matter
        for (int i = 0; i < 3; i++) {
            BenchmarkRunner.builder(path, one, backend).storage(storage).build().run();
        }
        assertThat(path.resolve("a/attempt-2/output")).hasContent("attempt 1");
        assertThat(path.resolve("a/attempt-3/output")).hasContent("attempt 2");
        assertThat(path.resolve("a/output")).hasContent("attempt 3");
    }
}
