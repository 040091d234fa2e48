package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailurePolicyTest {

    @TempDir
    Path directory;

    private static FailureTally tally(int failedSubjects, int totalSubjects) {
        return new FailureTally(
                failedSubjects, totalSubjects, 0, Map.of("scf", failedSubjects), 0, CalculationFailure.of("scf", "x"));
    }

    @ParameterizedTest
    @CsvSource({"50, 6", "5, 2", "1, 2", "10, 2", "20, 3", "100, 11", "200, 21"})
    void tenPercentPausesAtTheFirstSubjectBeyond(int subjects, int pausesAt) {
        FailurePolicy policy = FailurePolicy.pauseAfterFailedFraction(0.1);

        assertThat(policy.reasonToPause(tally(pausesAt - 1, subjects))).isEmpty();
        assertThat(policy.reasonToPause(tally(pausesAt, subjects))).isPresent();
    }

    @Property
    void singleFailedSubjectNeverPausesFraction(
            @ForAll @IntRange(min = 1, max = 1000) int subjects,
            @ForAll @DoubleRange(min = 0, max = 1) double fraction) {
        assertThat(FailurePolicy.pauseAfterFailedFraction(fraction).reasonToPause(tally(1, subjects)))
                .isEmpty();
    }

    @Property
    void eitherOfTwoPausesAndTheFirstGivesTheReason(
            @ForAll @IntRange(min = 0, max = 20) int one,
            @ForAll @IntRange(min = 0, max = 20) int other,
            @ForAll @IntRange(min = 0, max = 25) int failed) {
        FailurePolicy first = FailurePolicy.pauseAfterFailedSubjects(one);
        FailurePolicy both = first.or(FailurePolicy.pauseAfterFailedSubjects(other));

        assertThat(both.reasonToPause(tally(failed, 30)).isPresent()).isEqualTo(failed > Math.min(one, other));
        if (failed > one) {
            assertThat(both.reasonToPause(tally(failed, 30))).isEqualTo(first.reasonToPause(tally(failed, 30)));
        }
        assertThat(FailurePolicy.never().reasonToPause(tally(failed, 30))).isEmpty();
    }

    @Test
    void badLimitsAreRefusedWithTheValue() {
        assertThatThrownBy(() -> FailurePolicy.pauseAfterFailedSubjects(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> FailurePolicy.pauseAfterFailedFraction(1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> FailurePolicy.pauseAfterFailedFraction(Double.NaN))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> FailurePolicy.pauseAfterMachineFailures(0)).hasMessageContaining("0");
    }

    private RunOutcome run(int subjects, int conditions, CalculationBackend backend) throws IOException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(IntStream.range(0, subjects).mapToObj(i -> "m" + i).toList())
                .axis(
                        "condition",
                        IntStream.range(0, conditions).mapToObj(i -> "c" + i).toList())
                .build();
        return BenchmarkRunner.builder(directory, matrix, backend)
                .storage(new QuickStorage())
                .build()
                .run();
    }

    @Test
    void subjectThatFailsUnderManyConditionsCountsOnce() throws Exception {
        RunOutcome outcome = run(
                5,
                20,
                (calculation, context) -> calculation.subject().equals("m1")
                        ? CalculationOutcome.failed("scf", "no")
                        : CalculationOutcome.complete(Map.of()));

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(outcome.results().status().progress().failed()).isEqualTo(20);
        assertThat(outcome.results().status().progress().failedSubjects()).isEqualTo(1);
    }

    @Test
    void theCalculationThatTipsItIsInJournalAndStatus() throws Exception {
        RunOutcome outcome =
                run(50, 2, (calculation, context) -> CalculationOutcome.failed("scf", calculation.taskId()));

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        RunStatus status = new StatusReader(RunDirectory.of(directory)).read().orElseThrow();
        assertThat(status.run().reason().orElseThrow()).contains("6 of 50 subjects");
        assertThat(status.progress().failed()).isEqualTo(11); // both conditions of five, and the first of the sixth
        assertThat(status.failures()).hasSize(10);
        assertThat(status.failures().get(9).calculation().taskId()).isEqualTo("m5/c0");
        String[] last = new String[1];
        RunJournal.read(
                RunDirectory.of(directory).journal(),
                record -> last[0] = record.calculation().taskId());
        assertThat(last[0]).isEqualTo("m5/c0");
    }

    @Test
    void theReasonOfAPauseSaysWhatTheFailuresShare() throws Exception {
        RunOutcome outcome = run(
                10,
                2,
                (calculation, context) -> calculation.parameter("condition").equals("c1")
                        ? CalculationOutcome.failed("scf", "no")
                        : CalculationOutcome.complete(Map.of()));

        assertThat(outcome.results().status().run().reason())
                .hasValue("2 of 10 subjects have failed; 1 is allowed; all 2 failed calculations have condition c1");
    }

    @Test
    void theReasonOfAPauseDoesNotNameWhatAllCalculationsShare() throws Exception {
        RunOutcome outcome = run(10, 1, (calculation, context) -> CalculationOutcome.failed("scf", "no"));

        assertThat(outcome.results().status().run().reason().orElseThrow()).endsWith("1 is allowed");
    }

    @Test
    void faultsOfTheMachineDoNotCountAgainstSubjectsButPauseAfterThreeInARow() throws Exception {
        RunOutcome outcome = run(
                50, 2, (calculation, context) -> CalculationOutcome.failed(CalculationFailure.ofMachine("lost", "x")));

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        assertThat(outcome.results().status().progress().failed()).isEqualTo(3);
        assertThat(outcome.results().status().progress().failedSubjects()).isZero();
    }
}
