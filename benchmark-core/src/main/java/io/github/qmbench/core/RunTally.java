package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.internal.JournalIndex;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Counts what a run does, and knows its state: which calculations are running, completed and failed, and whether more may
 * start.
 *
 * <p>Safe for use by many threads. Calls nothing under its lock but what is handed to {@link #begin} and {@link #count},
 * which must only put something in line. So every {@link Picture} adds up, and no plug-in can hold up the run from here.
 */
final class RunTally {

    private final CalculationMatrix matrix;
    private final boolean isHeard;

    // Guarded by this.
    private final JournalIndex point;
    private final Failures failures;
    private final Set<RunningTask> running = new LinkedHashSet<>();
    private int completed;
    private int completedByThisRun;
    private int recording;
    private int left;
    private RunState state = RunState.RUNNING;
    private Optional<String> reason = Optional.empty();
    private boolean settled;

    /**
     * Begins with what earlier runs have completed.
     *
     * @param isHeard whether anybody hears of what {@link #count} puts in line
     */
    RunTally(CalculationMatrix matrix, JournalIndex point, boolean isHeard) {
        this.matrix = matrix;
        this.isHeard = isHeard;
        this.point = point;
        this.failures = new Failures(matrix);
        this.completed = point.count(JournalIndex.Standing.DONE); // none is to be adopted any more
    }

    /**
     * What is true at one moment.
     *
     * @param state running, until {@link #settle} has said otherwise
     * @param elapsed how long each of the running calculations has taken
     */
    record Picture(
            RunState state,
            Optional<String> reason,
            RunStatus.Progress progress,
            List<RunStatus.TaskUnderWay> running,
            List<EtaEstimator.Running> elapsed,
            List<RunStatus.FailedTask> failures) {}

    /** Takes a picture; the time is that of the timer. */
    synchronized Picture picture(long nanos) {
        return new Picture(
                settled ? state : RunState.RUNNING,
                reason,
                RunStatus.Progress.of(
                        matrix.size(), completed, failures.count(), running.size(), failures.subjectCount()),
                running.stream().map(RunningTask::toStatus).toList(),
                running.stream()
                        .map(task -> EtaEstimator.Running.of(task.calculation(), task.duration(nanos)))
                        .toList(),
                failures.latest());
    }

    /** How many calculations are not completed. */
    synchronized int incomplete() {
        return matrix.size() - completed;
    }

    /** Whether more calculations may start. */
    synchronized boolean isOpen() {
        return state == RunState.RUNNING;
    }

    /** Lets nothing more start, because that was asked for; the first reason that somebody gives stays. */
    synchronized void stop(Optional<String> why) {
        if (state == RunState.RUNNING) {
            state = RunState.STOPPED;
        }
        if (state == RunState.STOPPED && reason.isEmpty()) {
            reason = why;
        }
    }

    /** Lets nothing more start; the first reason stays, but an error outranks a stop. */
    synchronized void end(RunState finalState, String why) {
        if (state == RunState.RUNNING || state == RunState.STOPPED) {
            state = finalState;
            reason = Optional.of(why);
        }
    }

    /** The number of the next attempt at a calculation. */
    synchronized int nextAttempt(int index) {
        int number = point.attempts(index) + 1;
        point.setAttempts(index, number);
        return number;
    }

    /**
     * Counts a calculation as running, if more may start.
     *
     * @param inLine puts in line what is to be told of it
     */
    synchronized boolean begin(RunningTask task, Runnable inLine) {
        if (state != RunState.RUNNING) {
            return false;
        }
        running.add(task);
        inLine.run();
        return true;
    }

    /** The running calculations, the oldest first. */
    synchronized List<RunningTask> running() {
        return List.copyOf(running);
    }

    /**
     * Takes a calculation back that has ended.
     *
     * @return whether its end is to be recorded, and then {@link #recorded} must be called: not when it was given up
     *     before, nor when it is left to the next runner
     */
    synchronized boolean takeBack(RunningTask task, CalculationOutcome outcome) {
        if (!running.contains(task)) {
            return false;
        }
        if (task.isLeft() && !(outcome.state() instanceof CalculationState.Complete)) {
            running.remove(task);
            left++;
            return false;
        }
        recording++;
        return true;
    }

    /** Says that a calculation that was taken back is recorded, or cannot be. */
    synchronized void recorded() {
        recording--;
        notifyAll();
    }

    /**
     * Counts the end of a calculation that is in the journal.
     *
     * @param offset where in the journal
     * @param inLine puts in line what is to be told of it
     * @return what a failure policy decides by, when it failed
     */
    synchronized Optional<FailureTally> count(
            RunningTask task, JournalRecord record, long offset, long nanos, Consumer<Picture> inLine) {
        running.remove(task);
        if (record.isComplete()) {
            point.completedAt(task.index(), offset);
            completed++;
            completedByThisRun++;
            failures.noteSuccess(record.calculation());
        }
        Optional<FailureTally> failed = record.outcome()
                .state()
                .failure()
                .map(failure -> failures.add(task.index(), record, failure, completedByThisRun));
        if (isHeard) {
            inLine.accept(picture(nanos));
        }
        return failed;
    }

    /** Forgets a calculation whose end cannot be recorded. */
    synchronized void forget(RunningTask task) {
        running.remove(task);
    }

    /** What all failed calculations have in common, as a sentence without a full stop. */
    synchronized Optional<String> sharedByFailures() {
        return failures.shared();
    }

    /**
     * Returns when all that was taken back is recorded, and gives up what is still running.
     *
     * @return what was given up
     */
    synchronized List<RunningTask> awaitRecording() {
        boolean interrupted = false;
        while (recording > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        List<RunningTask> givenUp = List.copyOf(running);
        running.clear();
        return givenUp;
    }

    /** Decides the final state; a picture shows it from now on. */
    synchronized void settle() {
        if (state == RunState.RUNNING || state == RunState.STOPPED) {
            boolean allDone = completed + failures.count() == matrix.size();
            state = allDone ? RunState.COMPLETE : RunState.STOPPED;
            if (allDone) {
                reason = Optional.empty();
            } else if (left > 0) {
                reason = Optional.of(reason.map(why -> why + "; ").orElse("")
                        + left
                        + (left == 1 ? " calculation continues" : " calculations continue")
                        + " without the runner; the next run collects the results");
            }
        }
        settled = true;
    }
}
