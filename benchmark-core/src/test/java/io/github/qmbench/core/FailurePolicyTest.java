package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return tally(
                CalculationFailure.of("scf").because("x"),
                new FailureTally.Counts(failedSubjects, totalSubjects, 0, Map.of("scf", failedSubjects), 0));
    }

    private static FailureTally tally(CalculationFailure latest, FailureTally.Counts counts) {
        JournalRecord failed = JournalRecord.of(
                Calculation.of("a", Map.of()),
                Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                CalculationOutcome.failed(latest),
                Fingerprint.EMPTY);
        return new FailureTally(failed, latest, counts, Map.of());
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
        assertThatThrownBy(() -> FailurePolicy.pauseWhenFirstFailAlike(1)).hasMessageContaining("1");
    }

    @Test
    void smallestLimitsAreTaken() {
        assertThat(FailurePolicy.pauseAfterFailedSubjects(0).reasonToPause(tally(1, 9)))
                .hasValue("1 of 9 subjects have failed; 0 are allowed");
        assertThat(FailurePolicy.pauseAfterFailedSubjects(1)
                        .reasonToPause(tally(
                                CalculationFailure.of("scf").because("x"),
                                new FailureTally.Counts(2, 4, 0, Map.of("scf", 3), 0))))
                .as("three failed calculations of two subjects")
                .hasValue("2 of 4 subjects have failed, in 3 calculations; 1 is allowed");
        assertThat(FailurePolicy.pauseAfterMachineFailures(1).reasonToPause(tally(1, 9)))
                .isEmpty();
        assertThat(FailurePolicy.pauseWhenFirstFailAlike(2).reasonToPause(tally(2, 9)))
                .hasValue("the first 2 calculations all failed with scf");
    }

    @Property
    void firstFailuresOfOneKindPauseUnlessSomethingWasCompleted(
            @ForAll @IntRange(min = 2, max = 5) int number,
            @ForAll @IntRange(min = 1, max = 6) int scf,
            @ForAll @IntRange(max = 3) int killed,
            @ForAll @IntRange(max = 1) int completed) {
        Map<String, Integer> kinds = killed == 0 ? Map.of("scf", scf) : Map.of("scf", scf, "killed", killed);
        FailureTally tally =
                tally(CalculationFailure.of("scf").because("x"), new FailureTally.Counts(1, 9, completed, kinds, 0));

        assertThat(tally.failedCalculations()).isEqualTo(scf + killed);
        assertThat(FailurePolicy.pauseWhenFirstFailAlike(number)
                        .reasonToPause(tally)
                        .isPresent())
                .isEqualTo(completed == 0 && killed == 0 && scf == number);
    }

    @Property
    void machineFailuresPauseFromTheirNumberInARowOn(
            @ForAll @IntRange(min = 1, max = 5) int most, @ForAll @IntRange(max = 6) int inARow) {
        FailureTally tally = tally(
                CalculationFailure.ofMachine("lost").because("the node is gone"),
                new FailureTally.Counts(0, 9, 0, Map.of("lost", 7), inARow));

        assertThat(FailurePolicy.pauseAfterMachineFailures(most).reasonToPause(tally))
                .isEqualTo(
                        inARow < most
                                ? Optional.empty()
                                : Optional.of(inARow + " calculations in a row failed through the machine's fault; "
                                        + "the last with lost: the node is gone"));
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
                .clock(TestClock.timedBy(() -> System.nanoTime() * 1000)) // waits of seconds pass in milliseconds
                .build()
                .run();
    }

    @Test
    void subjectThatFailsUnderManyConditionsCountsOnce() throws Exception {
        RunOutcome outcome = run(
                5,
                20,
                (calculation, context) -> calculation.subject().equals("m1")
                        ? CalculationOutcome.failed("scf").because("no")
                        : CalculationOutcome.complete(Map.of()));

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(outcome.results().status().progress().failed()).isEqualTo(20);
        assertThat(outcome.results().status().progress().failedSubjects()).isEqualTo(1);
    }

    @Test
    void theCalculationThatTipsItIsInJournalAndStatus() throws Exception {
        RunOutcome outcome = run(
                50,
                2,
                (calculation, context) -> CalculationOutcome.failed("scf").because(calculation.taskId()));

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        RunStatus status = new StatusReader(RunDirectory.of(directory)).read().orElseThrow();
        assertThat(status.run().reason().orElseThrow()).contains("6 of 50 subjects");
        assertThat(status.progress().failed()).isEqualTo(11); // both conditions of five, and the first of the sixth
        assertThat(status.failures()).hasSize(10);
        assertThat(status.failures().get(9).calculation().taskId()).isEqualTo("m5/c0");
        String[] last = new String[1];
        RunJournal.read(
                RunFiles.journal(RunDirectory.of(directory)),
                record -> last[0] = record.calculation().taskId());
        assertThat(last[0]).isEqualTo("m5/c0");
    }

    @Test
    void theReasonOfAPauseSaysWhatTheFailuresShare() throws Exception {
        RunOutcome outcome = run(
                10,
                2,
                (calculation, context) -> calculation.parameter("condition").equals("c1")
                        ? CalculationOutcome.failed("scf").because("no")
                        : CalculationOutcome.complete(Map.of()));

        assertThat(outcome.results().status().run().reason())
                .hasValue("2 of 10 subjects have failed; 1 is allowed; all 2 failed calculations have condition c1");
    }

    @Test
    void theReasonOfAPauseDoesNotNameWhatAllCalculationsShare() throws Exception {
        RunOutcome outcome = run(
                10,
                1,
                (calculation, context) -> CalculationOutcome.failed("scf").because("no"));

        assertThat(outcome.results().status().run().reason().orElseThrow()).endsWith("1 is allowed");
    }

    @Test
    void faultsOfTheMachineDoNotCountAgainstSubjectsButPauseAfterThreeInARow() throws Exception {
        RunOutcome outcome = run(
                50,
                2,
                (calculation, context) -> CalculationOutcome.failed(
                        CalculationFailure.ofMachine("lost").because("x")));

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        assertThat(outcome.results().status().progress().failed()).isEqualTo(3);
        assertThat(outcome.results().status().progress().failedSubjects()).isZero();
    }

    @Test
    void fullDiskPausesAtOnce() throws Exception {
        RunOutcome outcome = run(
                50,
                2,
                (calculation, context) ->
                        CalculationOutcome.failed(CalculationFailure.ofMachine(CalculationFailure.DISK_FULL)
                                .because("no space left on device")));

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        assertThat(outcome.results().status().progress().failed()).isEqualTo(1);
        assertThat(outcome.results().status().run().reason()).hasValue("a disk is full: no space left on device");
    }

    @Test
    void pausesWhenOneSolventKeepsFailing() throws Exception {
        List<String> calculated = new ArrayList<>();
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("a", "b", "c", "d")
                .axis("solvent", "CHCl3", "DMSO", "water")
                .build();

        RunOutcome outcome = BenchmarkRunner.builder(directory, matrix, (calculation, context) -> {
                    calculated.add(calculation.taskId());
                    boolean fails = calculation.parameter("solvent").equals("DMSO")
                            || calculation.taskId().equals("a/CHCl3");
                    return fails
                            ? CalculationOutcome.failed("scf").because("no convergence")
                            : CalculationOutcome.complete(Map.of());
                })
                .failurePolicy(FailurePolicy.pauseWhenValueKeepsFailing("solvent", 3))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        assertThat(outcome.results().status().run().reason().orElseThrow())
                .startsWith("3 calculations in a row with solvent 'DMSO' have failed, the last one with scf: no conv");
        assertThat(calculated).last().isEqualTo("c/DMSO");
    }

    @Test
    void aPolicySeesTheFailedCalculationAndCountsByValueAndKind() throws Exception {
        List<String> seen = new ArrayList<>();
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("a", "b", "c")
                .axis("solvent", "CHCl3", "DMSO")
                .build();

        BenchmarkRunner.builder(directory, matrix, (calculation, context) -> switch (calculation.taskId()) {
                    case "a/DMSO" -> CalculationOutcome.failed("scf").because("x");
                    case "b/DMSO" ->
                        CalculationOutcome.failed(
                                CalculationFailure.ofMachine("lost").because("x"));
                    case "c/DMSO" -> CalculationOutcome.failed("basis").because("x");
                    default -> CalculationOutcome.complete(Map.of());
                })
                .retryPolicy(RetryPolicy.never())
                .failurePolicy(tally -> {
                    seen.add(tally.failed().calculation() + " " + tally.failuresInARow("solvent") + " "
                            + new java.util.TreeMap<>(tally.failuresByKind("solvent")));
                    assertThatThrownBy(() -> tally.failuresInARow("colour"))
                            .hasMessageContaining("no parameter colour");
                    return Optional.empty();
                })
                .build()
                .run();

        assertThat(seen).containsExactly("a/DMSO 1 {scf=1}", "b/DMSO 1 {scf=1}", "c/DMSO 2 {basis=1, scf=1}");
    }
}
