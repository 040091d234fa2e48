package io.github.qmbench.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The picture of a run at one moment: what {@code status.json} holds. Immutable.
 *
 * @param run which run, in which state, and who runs it
 * @param progress how many calculations are where
 * @param running calculations under way, the oldest first
 * @param failures the last failures, at most {@value #FAILURES_SHOWN}, the oldest first
 * @param timeLeft estimate for the rest
 */
public record RunStatus(
        Run run, Progress progress, List<TaskUnderWay> running, List<FailedTask> failures, TimeLeft timeLeft) {

    /** How many failures a status shows. */
    public static final int FAILURES_SHOWN = 10;

    public RunStatus {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(progress, "progress");
        running = List.copyOf(running);
        failures = List.copyOf(failures);
        Objects.requireNonNull(timeLeft, "timeLeft");
    }

    /** The state that was written; whether a running one is to be believed says {@link #liveness}. */
    public RunState state() {
        return run.state();
    }

    /** Judges whether the runner is still there; a run that has ended has none. */
    public Liveness liveness(Instant now) {
        return state().isFinal() ? Liveness.DEAD : run.runner().liveness(run.updatedAt(), run.heartbeat(), now);
    }

    /** Whether this says running although the runner is gone: the run was interrupted. */
    public boolean isInterrupted(Instant now) {
        Liveness liveness = liveness(now);
        return !state().isFinal() && (liveness == Liveness.DEAD || liveness == Liveness.STALE);
    }

    /**
     * Which run it is.
     *
     * @param id unique among the runs of all directories
     * @param startedAt when this run began; not when the first one in the directory did
     * @param updatedAt when this picture was taken
     * @param state state of the run
     * @param reason why it is in this state, for a person; present when paused or failed, and while running when something
     *     hinders it
     * @param runner the process that runs it
     * @param heartbeat how often {@code updatedAt} is refreshed at least
     */
    public record Run(
            String id,
            Instant startedAt,
            Instant updatedAt,
            RunState state,
            Optional<String> reason,
            RunnerIdentity runner,
            Duration heartbeat) {}

    /**
     * How many calculations are where; {@code completed + failed + running + remaining = total}.
     *
     * @param total calculations of the run
     * @param completed done, by this run or an earlier one
     * @param failed failed in this run, and not to be tried again by it
     * @param running under way
     * @param failedSubjects unique subjects with a failure that is their own fault
     */
    public record Progress(int total, int completed, int failed, int running, int failedSubjects) {
        public Progress {
            if (completed < 0 || failed < 0 || running < 0 || (long) completed + failed + running > total) {
                throw new IllegalArgumentException("counts do not add up: total " + total + ", completed " + completed
                        + ", failed " + failed + ", running " + running);
            }
        }

        /** Not yet begun. */
        public int remaining() {
            return total - completed - failed - running;
        }
    }

    /**
     * A calculation under way.
     *
     * @param calculation which one
     * @param attempt number of the attempt, from 1
     * @param startedAt when the attempt began
     * @param remark what it is doing, as far as it tells
     */
    public record TaskUnderWay(Calculation calculation, int attempt, Instant startedAt, Optional<String> remark) {}

    /**
     * A calculation that failed.
     *
     * @param calculation which one
     * @param kind kind of the failure
     * @param error its message
     * @param timestamp when it failed
     */
    public record FailedTask(Calculation calculation, String kind, String error, Instant timestamp) {}
}
