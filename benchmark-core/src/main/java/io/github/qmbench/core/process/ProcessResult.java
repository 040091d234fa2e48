package io.github.qmbench.core.process;

import io.github.qmbench.core.CalculationFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a program ended. That it ended is not success: the caller looks at the exit code and at what it wrote.
 *
 * @param ending why it ended
 * @param exitCode as the shell would show it: 0 to 255, 128 + n when a signal n ended it; -1 when not known
 * @param duration wall time from start to end
 * @param where host, or host and job, on which it ran
 * @param waited how long it waited for its start, in the queue of a cluster
 */
public record ProcessResult(Ending ending, int exitCode, Duration duration, String where, Duration waited) {

    /** Why a program ended. */
    public enum Ending {
        /** By itself, or by a signal that was not ours; see the exit code. */
        EXITED,
        /** It was ended because its time was over. */
        TIMED_OUT,
        /** It was ended because its output had stopped growing. */
        STALLED,
        /** The cluster ended it because it used more memory than asked for. */
        OUT_OF_MEMORY,
        /** The machine or the cluster lost it; it may succeed when tried again. */
        LOST
    }

    public ProcessResult {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(waited, "waited");
    }

    /** Makes the result of a program that started at once. */
    public ProcessResult(Ending ending, int exitCode, Duration duration, String where) {
        this(ending, exitCode, duration, where, Duration.ZERO);
    }

    /** Returns the failure of a calculation whose program did not end by itself; nothing if it did. */
    public Optional<CalculationFailure> failure() {
        long seconds = duration.toSeconds();
        return switch (ending) {
            case EXITED -> Optional.empty();
            case TIMED_OUT ->
                Optional.of(CalculationFailure.of(CalculationFailure.TIMEOUT).because("ended after " + seconds + " s because its time was over"));
            case STALLED ->
                Optional.of(CalculationFailure.of(CalculationFailure.STALLED).because("ended after " + seconds + " s because its output had stopped growing"));
            case OUT_OF_MEMORY ->
                Optional.of(CalculationFailure.of(CalculationFailure.OUT_OF_MEMORY).because("ended because it used more memory than was asked for"));
            case LOST ->
                Optional.of(CalculationFailure.ofMachine(CalculationFailure.KILLED).because("lost by the machine: " + where));
        };
    }

    /** Whether it ended by itself with exit code 0. */
    public boolean succeeded() {
        return ending == Ending.EXITED && exitCode == 0;
    }
}
