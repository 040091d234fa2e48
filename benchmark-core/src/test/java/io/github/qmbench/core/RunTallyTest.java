package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.internal.JournalIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunTallyTest {

    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
    private static final Fingerprint SETTINGS = Fingerprint.of(Map.of());
    private static final CalculationOutcome COMPLETE = CalculationOutcome.complete(Map.of());
    private static final CalculationOutcome LOST =
            CalculationOutcome.failed(CalculationFailure.ofMachine("lost").because("the node is gone"));

    private static final CalculationOutcome WRONG =
            CalculationOutcome.failed(CalculationFailure.of("scf").because("no convergence"));

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a", "b", "c", "d").build();
    private RunTally tally;

    @BeforeEach
    void nothingIsDone() throws IOException {
        JournalIndex none = JournalIndex.ofRun(
                Path.of("no-such-run"), matrix, calculation -> SETTINGS, (calculation, attempt) -> {});
        tally = new RunTally(matrix, none, false);
    }

    private RunningTask task(int index) {
        return new RunningTask(
                "run", index, matrix.get(index), 1, RunningTask.Start.now(NOW, 0), Thread.currentThread());
    }

    private RunningTask begun(int index) {
        RunningTask task = task(index);
        assertThat(tally.begin(task, () -> {})).isTrue();
        return task;
    }

    private Optional<FailureTally> ended(int index, CalculationOutcome outcome) {
        RunningTask task = begun(index);
        assertThat(tally.takeBack(task, outcome)).isTrue();
        JournalRecord record =
                JournalRecord.of(task.calculation(), Attempt.of(1, "run", NOW, NOW, Duration.ZERO), outcome, SETTINGS);
        Optional<FailureTally> failed = tally.count(task, record, 0, 0, picture -> {});
        tally.recorded();
        return failed;
    }

    private RunTally.Picture settled() {
        tally.settle();
        return tally.picture(0);
    }

    @Test
    void whatBeginsIsToldAndNothingBeginsAfterAStop() {
        List<String> told = new ArrayList<>();
        RunningTask first = task(0);
        assertThat(tally.begin(first, () -> told.add("a"))).isTrue();
        tally.stop(Optional.of("STOP"));
        assertThat(tally.begin(task(1), () -> told.add("b"))).isFalse();

        assertThat(told).containsExactly("a");
        assertThat(tally.running()).containsExactly(first);
        assertThat(tally.isOpen()).isFalse();
    }

    @Test
    void anErrorOutranksAStopAndTheFirstErrorStays() {
        tally.stop(Optional.of("STOP"));
        tally.end(RunState.PAUSED, "a disk is full");
        tally.end(RunState.FAILED, "later");
        tally.stop(Optional.of("later still"));

        assertThat(settled().state()).isEqualTo(RunState.PAUSED);
        assertThat(settled().reason()).hasValue("a disk is full");
    }

    @Test
    void completedOnesAreNoLongerIncompleteAndFailedOnesAre() {
        ended(0, COMPLETE);
        ended(1, LOST);

        assertThat(tally.incomplete()).isEqualTo(3);
    }

    @Test
    void aPolicySeesWhatThisRunCompletedAndASuccessBetweenTwoFaultsOfTheMachine() {
        assertThat(ended(0, LOST).orElseThrow().machineFailuresInARow()).isEqualTo(1);
        assertThat(ended(1, COMPLETE)).isEmpty();
        FailureTally third = ended(2, LOST).orElseThrow();

        assertThat(third.machineFailuresInARow()).isEqualTo(1);
        assertThat(third.completedCalculations()).isEqualTo(1);
        assertThat(third.failedCalculations()).isEqualTo(2);
        assertThat(ended(3, LOST).orElseThrow().machineFailuresInARow()).isEqualTo(2);
    }

    @Test
    void aSuccessEndsTheRowOfFailuresOfItsFunctional() throws IOException {
        CalculationMatrix functionals = CalculationMatrix.builder()
                .subjects("a", "b", "c", "d")
                .axis("functional", "B3LYP", "WP04")
                .build();
        Failures failures = new Failures(functionals);
        List<Integer> inARow = new ArrayList<>();
        for (String subject : List.of("a", "b", "c", "d")) {
            Calculation calculation = Calculation.of(subject, Map.of("functional", "B3LYP"));
            if (subject.equals("c")) {
                failures.noteSuccess(Calculation.of(subject, Map.of("functional", "WP04")));
                failures.noteSuccess(calculation);
                continue;
            }
            JournalRecord record =
                    JournalRecord.of(calculation, Attempt.of(1, "run", NOW, NOW, Duration.ZERO), WRONG, SETTINGS);
            CalculationFailure failure = WRONG.state().failure().orElseThrow();
            inARow.add(failures.add(functionals.indexOf(calculation), record, failure, 0)
                    .failuresInARow("functional"));
        }

        assertThat(inARow).containsExactly(1, 2, 1);
    }

    @Test
    void whatWasForgottenIsNotRecorded() {
        RunningTask task = begun(0);
        tally.forget(task);

        assertThat(tally.takeBack(task, COMPLETE)).isFalse();
        assertThat(tally.awaitRecording()).isEmpty();
    }

    @Test
    void whatIsLeftToTheNextRunnerIsRecordedOnlyWhenItIsComplete() {
        RunningTask complete = begun(0);
        RunningTask first = begun(1);
        RunningTask second = begun(2);
        List.of(complete, first, second).forEach(RunningTask::leave);
        tally.stop(Optional.of("STOP"));

        assertThat(tally.takeBack(complete, COMPLETE)).isTrue();
        assertThat(tally.takeBack(first, CalculationOutcome.cancelled())).isFalse();
        assertThat(tally.running()).containsExactly(complete, second);
        tally.settle();
        assertThat(tally.picture(0).reason())
                .hasValue("STOP; 1 calculation continues without the runner; the next run collects the results");
        assertThat(tally.takeBack(second, CalculationOutcome.cancelled())).isFalse();
    }

    @Test
    void theEndWaitsUntilAllIsRecordedAndGivesUpTheRest() throws Exception {
        RunningTask ending = begun(0);
        RunningTask stuck = begun(1);
        assertThat(tally.takeBack(ending, COMPLETE)).isTrue();
        FutureTask<List<RunningTask>> end = new FutureTask<>(() -> {
            List<RunningTask> givenUp = tally.awaitRecording();
            assertThat(Thread.interrupted()).isTrue(); // an interrupt is kept, and ends no waiting
            return givenUp;
        });
        Thread waiting = new Thread(end);
        waiting.start();
        awaitWaiting(waiting);
        waiting.interrupt();
        awaitWaiting(waiting);
        assertThat(end).isNotDone();

        tally.forget(ending);
        tally.recorded();

        assertThat(end.get()).containsExactly(stuck);
        assertThat(tally.running()).isEmpty();
    }

    /** Returns when a thread waits, and has noticed an interrupt if there was one. */
    private static void awaitWaiting(Thread thread) {
        while (thread.isInterrupted() || thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
