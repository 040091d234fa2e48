package io.github.qmbench.core.process;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.internal.IsoTime;
import io.github.qmbench.core.internal.MachineFault;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
 * @param limit the limit that it was ended by: of its time, or of how long its output may stay as it is
 */
public record ProcessResult(
        Ending ending, int exitCode, Duration duration, String where, Duration waited, Optional<Duration> limit) {

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
        Objects.requireNonNull(limit, "limit");
    }

    /** Makes the result of a program of which the limits are not known. */
    public ProcessResult(Ending ending, int exitCode, Duration duration, String where, Duration waited) {
        this(ending, exitCode, duration, where, waited, Optional.empty());
    }

    /** Makes the result of a program that started at once. */
    public ProcessResult(Ending ending, int exitCode, Duration duration, String where) {
        this(ending, exitCode, duration, where, Duration.ZERO);
    }

    /** Returns this result with the limit of the request that it was ended by, if it was ended by one. */
    public ProcessResult limitedBy(ProcessRequest request) {
        Optional<Duration> reached = switch (ending) {
            case TIMED_OUT -> request.timeout();
            case STALLED -> request.stall();
            default -> Optional.empty();
        };
        return new ProcessResult(ending, exitCode, duration, where, waited, reached);
    }

    /**
     * Returns the failure of a calculation whose program did not end by itself; nothing if it did. A limit of its own that it
     * reached is its own fault; a signal from outside that ended it is the machine's.
     */
    public Optional<CalculationFailure> failure() {
        String after = " after " + IsoTime.words(duration.truncatedTo(ChronoUnit.SECONDS));
        return switch (ending) {
            case EXITED ->
                isKilled()
                        ? Optional.of(CalculationFailure.ofMachine(
                                CalculationFailure.KILLED,
                                "signal " + (exitCode - 128) + " from outside ended it" + after))
                        : Optional.empty();
            case TIMED_OUT ->
                Optional.of(CalculationFailure.of(
                        CalculationFailure.TIMEOUT,
                        limit.map(time -> "it ran longer than its limit of " + IsoTime.words(time))
                                .orElse("its time was over" + after)));
            case STALLED ->
                Optional.of(CalculationFailure.of(
                        CalculationFailure.STALLED,
                        limit.map(time -> "its output did not grow for " + IsoTime.words(time)
                                        + ", which is its limit; it was ended" + after)
                                .orElse("its output had stopped growing, and it was ended" + after)));
            case OUT_OF_MEMORY ->
                Optional.of(CalculationFailure.of(
                        CalculationFailure.OUT_OF_MEMORY, "ended because it used more memory than was asked for"));
            case LOST ->
                Optional.of(CalculationFailure.ofMachine(CalculationFailure.KILLED, "lost by the machine: " + where));
        };
    }

    /** Whether its exit code says that a signal from outside ended it: a kill, not a crash of its own. */
    public boolean isKilled() {
        return ending == Ending.EXITED && MachineFault.isKill(exitCode);
    }

    /** Whether it ended by itself with exit code 0. */
    public boolean succeeded() {
        return ending == Ending.EXITED && exitCode == 0;
    }
}
