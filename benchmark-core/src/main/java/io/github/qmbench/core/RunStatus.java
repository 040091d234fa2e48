package io.github.qmbench.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The picture of a run at one moment: what {@code status.json} holds. Immutable. */
public final class RunStatus {
    private final Run run;
    private final Progress progress;
    private final List<TaskUnderWay> running;
    private final List<FailedTask> failures;
    private final TimeLeft timeLeft;

    /** Makes a status; for the library, and for tests of code that reads one. */
    public static RunStatus of(
            Run run, Progress progress, List<TaskUnderWay> running, List<FailedTask> failures, TimeLeft timeLeft) {
        return new RunStatus(run, progress, running, failures, timeLeft);
    }

    private RunStatus(
            Run run, Progress progress, List<TaskUnderWay> running, List<FailedTask> failures, TimeLeft timeLeft) {
        this.run = Objects.requireNonNull(run, "run");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.running = List.copyOf(Objects.requireNonNull(running, "running"));
        this.failures = List.copyOf(Objects.requireNonNull(failures, "failures"));
        this.timeLeft = Objects.requireNonNull(timeLeft, "timeLeft");
    }

    /** Which run, in which state, and who runs it. */
    public Run run() {
        return run;
    }

    /** How many calculations are where. */
    public Progress progress() {
        return progress;
    }

    /** Calculations under way, the oldest first. */
    public List<TaskUnderWay> running() {
        return running;
    }

    /** The last failures, at most {@value #FAILURES_SHOWN}, the oldest first. */
    public List<FailedTask> failures() {
        return failures;
    }

    /** Estimate for the rest. */
    public TimeLeft timeLeft() {
        return timeLeft;
    }

    /** How many failures a status shows. */
    public static final int FAILURES_SHOWN = 10;

    /** The state that was written; whether a running one is to be believed says {@link #liveness}. */
    public RunState state() {
        return run.state();
    }

    /** Judges whether the runner is still there; a run that has ended has none. */
    public Liveness liveness(Instant now) {
        Objects.requireNonNull(now, "now");
        return state().isFinal() ? Liveness.DEAD : run.runner().liveness(run.updatedAt(), run.heartbeat(), now);
    }

    /** Whether this says running although the runner is gone: the run was interrupted. */
    public boolean isInterrupted(Instant now) {
        Liveness liveness = liveness(now);
        return !state().isFinal() && (liveness == Liveness.DEAD || liveness == Liveness.STALE);
    }

    /** Which run it is. */
    public static final class Run {
        private final String id;
        private final Instant startedAt;
        private final Instant updatedAt;
        private final RunState state;
        private final Optional<String> reason;
        private final RunnerIdentity runner;
        private final Duration heartbeat;

        /** Makes one; see {@link RunStatus#of}. */
        public static Run of(
                String id,
                Instant startedAt,
                Instant updatedAt,
                RunState state,
                Optional<String> reason,
                RunnerIdentity runner,
                Duration heartbeat) {
            return new Run(id, startedAt, updatedAt, state, reason, runner, heartbeat);
        }

        private Run(
                String id,
                Instant startedAt,
                Instant updatedAt,
                RunState state,
                Optional<String> reason,
                RunnerIdentity runner,
                Duration heartbeat) {
            this.id = Objects.requireNonNull(id, "id");
            this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
            this.updatedAt = Objects.requireNonNull(updatedAt, "updatedAt");
            this.state = Objects.requireNonNull(state, "state");
            this.reason = Objects.requireNonNull(reason, "reason");
            this.runner = Objects.requireNonNull(runner, "runner");
            this.heartbeat = Objects.requireNonNull(heartbeat, "heartbeat");
        }

        /** Unique among the runs of all directories. */
        public String id() {
            return id;
        }

        /** When this run began; not when the first one in the directory did. */
        public Instant startedAt() {
            return startedAt;
        }

        /** When this picture was taken. */
        public Instant updatedAt() {
            return updatedAt;
        }

        /** State of the run. */
        public RunState state() {
            return state;
        }

        /** Why it is in this state, for a person; present when paused or failed, and while running when something hinders it. */
        public Optional<String> reason() {
            return reason;
        }

        /** The process that runs it. */
        public RunnerIdentity runner() {
            return runner;
        }

        /** How often {@code updatedAt} is refreshed at least. */
        public Duration heartbeat() {
            return heartbeat;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Run that
                    && id.equals(that.id)
                    && startedAt.equals(that.startedAt)
                    && updatedAt.equals(that.updatedAt)
                    && state.equals(that.state)
                    && reason.equals(that.reason)
                    && runner.equals(that.runner)
                    && heartbeat.equals(that.heartbeat);
        }

        @Override
        public int hashCode() {
            return Objects.hash(id, startedAt, updatedAt, state, reason, runner, heartbeat);
        }

        @Override
        public String toString() {
            return "Run[id=" + id + ", startedAt=" + startedAt + ", updatedAt=" + updatedAt + ", state=" + state
                    + ", reason=" + reason + ", runner=" + runner + ", heartbeat=" + heartbeat + "]";
        }
    }

    /** How many calculations are where; {@code completed + failed + running + remaining = total}. */
    public static final class Progress {
        private final int total;
        private final int completed;
        private final int failed;
        private final int running;
        private final int failedSubjects;

        /** Makes one; see {@link RunStatus#of}. */
        public static Progress of(int total, int completed, int failed, int running, int failedSubjects) {
            return new Progress(total, completed, failed, running, failedSubjects);
        }

        private Progress(int total, int completed, int failed, int running, int failedSubjects) {
            if (completed < 0 || failed < 0 || running < 0 || (long) completed + failed + running > total) {
                throw new IllegalArgumentException("counts do not add up: total " + total + ", completed " + completed
                        + ", failed " + failed + ", running " + running);
            }
            this.total = total;
            this.completed = completed;
            this.failed = failed;
            this.running = running;
            this.failedSubjects = failedSubjects;
        }

        /** Calculations of the run. */
        public int total() {
            return total;
        }

        /** Done, by this run or an earlier one. */
        public int completed() {
            return completed;
        }

        /** Failed in this run, and not to be tried again by it. */
        public int failed() {
            return failed;
        }

        /** Under way. */
        public int running() {
            return running;
        }

        /** Unique subjects with a failure that is their own fault. */
        public int failedSubjects() {
            return failedSubjects;
        }

        /** Not yet begun. */
        public int remaining() {
            return total - completed - failed - running;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Progress that
                    && total == that.total
                    && completed == that.completed
                    && failed == that.failed
                    && running == that.running
                    && failedSubjects == that.failedSubjects;
        }

        @Override
        public int hashCode() {
            return Objects.hash(total, completed, failed, running, failedSubjects);
        }

        @Override
        public String toString() {
            return "Progress[total=" + total + ", completed=" + completed + ", failed=" + failed + ", running="
                    + running + ", failedSubjects=" + failedSubjects + "]";
        }
    }

    /** A calculation under way. */
    public static final class TaskUnderWay {
        private final Calculation calculation;
        private final int attempt;
        private final Instant startedAt;
        private final Optional<String> remark;

        /** Makes one; see {@link RunStatus#of}. */
        public static TaskUnderWay of(
                Calculation calculation, int attempt, Instant startedAt, Optional<String> remark) {
            return new TaskUnderWay(calculation, attempt, startedAt, remark);
        }

        private TaskUnderWay(Calculation calculation, int attempt, Instant startedAt, Optional<String> remark) {
            this.calculation = Objects.requireNonNull(calculation, "calculation");
            this.attempt = attempt;
            this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
            this.remark = Objects.requireNonNull(remark, "remark");
        }

        /** Which one. */
        public Calculation calculation() {
            return calculation;
        }

        /** Number of the attempt, from 1. */
        public int attempt() {
            return attempt;
        }

        /** When the attempt began. */
        public Instant startedAt() {
            return startedAt;
        }

        /** What it is doing, as far as it tells. */
        public Optional<String> remark() {
            return remark;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof TaskUnderWay that
                    && calculation.equals(that.calculation)
                    && attempt == that.attempt
                    && startedAt.equals(that.startedAt)
                    && remark.equals(that.remark);
        }

        @Override
        public int hashCode() {
            return Objects.hash(calculation, attempt, startedAt, remark);
        }

        @Override
        public String toString() {
            return "TaskUnderWay[calculation=" + calculation + ", attempt=" + attempt + ", startedAt=" + startedAt
                    + ", remark=" + remark + "]";
        }
    }

    /** A calculation that failed. */
    public static final class FailedTask {
        private final Calculation calculation;
        private final String kind;
        private final String error;
        private final Instant timestamp;

        /** Makes one; see {@link RunStatus#of}. */
        public static FailedTask of(Calculation calculation, String kind, String error, Instant timestamp) {
            return new FailedTask(calculation, kind, error, timestamp);
        }

        private FailedTask(Calculation calculation, String kind, String error, Instant timestamp) {
            this.calculation = Objects.requireNonNull(calculation, "calculation");
            this.kind = Objects.requireNonNull(kind, "kind");
            this.error = Objects.requireNonNull(error, "error");
            this.timestamp = Objects.requireNonNull(timestamp, "timestamp");
        }

        /** Which one. */
        public Calculation calculation() {
            return calculation;
        }

        /** Kind of the failure. */
        public String kind() {
            return kind;
        }

        /** Its message. */
        public String error() {
            return error;
        }

        /** When it failed. */
        public Instant timestamp() {
            return timestamp;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FailedTask that
                    && calculation.equals(that.calculation)
                    && kind.equals(that.kind)
                    && error.equals(that.error)
                    && timestamp.equals(that.timestamp);
        }

        @Override
        public int hashCode() {
            return Objects.hash(calculation, kind, error, timestamp);
        }

        @Override
        public String toString() {
            return "FailedTask[calculation=" + calculation + ", kind=" + kind + ", error=" + error + ", timestamp="
                    + timestamp + "]";
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunStatus that
                && run.equals(that.run)
                && progress.equals(that.progress)
                && running.equals(that.running)
                && failures.equals(that.failures)
                && timeLeft.equals(that.timeLeft);
    }

    @Override
    public int hashCode() {
        return Objects.hash(run, progress, running, failures, timeLeft);
    }

    @Override
    public String toString() {
        return "RunStatus[run=" + run + ", progress=" + progress + ", running=" + running + ", failures=" + failures
                + ", timeLeft=" + timeLeft + "]";
    }
}
