package io.github.qmbench.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The state of a run at one moment, with its progress: the content of {@code status.json}. Immutable. */
public final class RunStatus {
    private final Run run;
    private final Progress progress;
    private final List<TaskUnderWay> running;
    private final List<FailedTask> failures;
    private final TimeLeft timeLeft;

    /**
     * {@return a status} For the library, and for tests of code that reads one.
     *
     * @param run its id, state and runner
     * @param progress its counts
     * @param running the running calculations, the oldest first
     * @param failures the last failures, the oldest first
     * @param timeLeft the estimate for the rest
     */
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

    /** {@return the id, state and runner of the run} */
    public Run run() {
        return run;
    }

    /** {@return the counts of calculations by state} */
    public Progress progress() {
        return progress;
    }

    /** {@return the running calculations, the oldest first} */
    public List<TaskUnderWay> running() {
        return running;
    }

    /** {@return the last failures, at most {@value #FAILURES_SHOWN}, the oldest first} */
    public List<FailedTask> failures() {
        return failures;
    }

    /** {@return the estimate of the time for the rest} */
    public TimeLeft timeLeft() {
        return timeLeft;
    }

    /** The number of failures that a status shows. */
    public static final int FAILURES_SHOWN = 10;

    /** {@return the state as written; {@link #liveness} says whether to believe a running one} */
    public RunState state() {
        return run.state();
    }

    /**
     * {@return the state of the runner; that of a run that has ended is dead}
     *
     * @param now the time by the clock
     */
    public Liveness liveness(Instant now) {
        Objects.requireNonNull(now, "now");
        return state().isFinal() ? Liveness.DEAD : run.runner().liveness(run.updatedAt(), run.heartbeat(), now);
    }

    /**
     * {@return whether the run was interrupted: the status says running although the runner is gone}
     *
     * @param now the time by the clock
     */
    public boolean isInterrupted(Instant now) {
        Liveness liveness = liveness(now);
        return !state().isFinal() && (liveness == Liveness.DEAD || liveness == Liveness.STALE);
    }

    /** The id, state and runner of a run. Immutable. */
    public static final class Run {
        private final String id;
        private final Instant startedAt;
        private final Instant updatedAt;
        private final RunState state;
        private final Optional<String> reason;
        private final RunnerIdentity runner;
        private final Duration heartbeat;

        /**
         * {@return the identity of a run; see {@link RunStatus#of}}
         *
         * @param id unique among all runs
         * @param startedAt when this run began
         * @param updatedAt when this status was written
         * @param state the state to write
         * @param reason for a person; may be empty
         * @param runner its process
         * @param heartbeat how often a status is written at least
         */
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

        /** {@return the id, unique among the runs of all directories} */
        public String id() {
            return id;
        }

        /** {@return the start of this run, not of the first one in the directory} */
        public Instant startedAt() {
            return startedAt;
        }

        /** {@return the time of this status} */
        public Instant updatedAt() {
            return updatedAt;
        }

        /** {@return the state of the run} */
        public RunState state() {
            return state;
        }

        /**
         * {@return why it is in this state, for a person; present when paused or failed, and while running when
         * something hinders it}
         */
        public Optional<String> reason() {
            return reason;
        }

        /** {@return the process that runs it} */
        public RunnerIdentity runner() {
            return runner;
        }

        /** {@return how often {@code updatedAt} is refreshed at least} */
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

    /** The counts of calculations by state; {@code completed + failed + running + remaining = total}. Immutable. */
    public static final class Progress {
        private final int total;
        private final int completed;
        private final int failed;
        private final int running;
        private final int failedSubjects;

        /**
         * {@return counts; see {@link RunStatus#of}}
         *
         * @param total all calculations of the run
         * @param completed by this run or an earlier one
         * @param failed in this run, and not to be retried by it
         * @param running at this moment
         * @param failedSubjects unique subjects at fault
         */
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

        /** {@return the number of all calculations of the run} */
        public int total() {
            return total;
        }

        /** {@return the number completed, by this run or an earlier one} */
        public int completed() {
            return completed;
        }

        /** {@return the number that failed in this run and that it does not retry} */
        public int failed() {
            return failed;
        }

        /** {@return the number that are running} */
        public int running() {
            return running;
        }

        /** {@return the number of unique subjects with a failure that is their own fault} */
        public int failedSubjects() {
            return failedSubjects;
        }

        /** {@return the number that have not started} */
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

    /** A running calculation. Immutable. */
    public static final class TaskUnderWay {
        private final Calculation calculation;
        private final int attempt;
        private final Instant startedAt;
        private final Optional<String> remark;

        /**
         * {@return a running calculation; see {@link RunStatus#of}}
         *
         * @param calculation subject and parameters
         * @param attempt its number, from 1
         * @param startedAt the start of the attempt
         * @param remark what it is doing; may be empty
         */
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

        /** {@return the calculation that is running} */
        public Calculation calculation() {
            return calculation;
        }

        /** {@return the number of the attempt, from 1} */
        public int attempt() {
            return attempt;
        }

        /** {@return the start of the attempt} */
        public Instant startedAt() {
            return startedAt;
        }

        /** {@return what it is doing, as far as it reports it} */
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

    /** A calculation that failed. Immutable. */
    public static final class FailedTask {
        private final Calculation calculation;
        private final String kind;
        private final String error;
        private final Instant timestamp;

        /**
         * {@return a failed calculation; see {@link RunStatus#of}}
         *
         * @param calculation subject and parameters
         * @param kind the kind of the failure
         * @param error one sentence for a person
         * @param timestamp the time of the failure
         */
        public static FailedTask of(Calculation calculation, String kind, String error, Instant timestamp) {
            return new FailedTask(calculation, kind, error, timestamp);
        }

        private FailedTask(Calculation calculation, String kind, String error, Instant timestamp) {
            this.calculation = Objects.requireNonNull(calculation, "calculation");
            this.kind = Objects.requireNonNull(kind, "kind");
            this.error = Objects.requireNonNull(error, "error");
            this.timestamp = Objects.requireNonNull(timestamp, "timestamp");
        }

        /** {@return the calculation that failed} */
        public Calculation calculation() {
            return calculation;
        }

        /** {@return the kind of the failure} */
        public String kind() {
            return kind;
        }

        /** {@return the message of the failure, for a person} */
        public String error() {
            return error;
        }

        /** {@return the time of the failure} */
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
