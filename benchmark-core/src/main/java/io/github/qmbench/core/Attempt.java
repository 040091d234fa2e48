package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.process.ResourceUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One attempt at a calculation: its run, its times and where its programs ran. Times are kept to the millisecond.
 * Immutable.
 */
public final class Attempt {
    private final int number;
    private final String runId;
    private final Instant startedAt;
    private final Instant finishedAt;
    private final Duration duration;
    private final List<Launch> launches;
    private final Optional<Origin> origin;
    private final Optional<ResourceUsage> usage;

    private Attempt(
            int number,
            String runId,
            Instant startedAt,
            Instant finishedAt,
            Duration duration,
            List<Launch> launches,
            Optional<Origin> origin,
            Optional<ResourceUsage> usage) {
        duration = Objects.requireNonNull(duration, "duration").truncatedTo(ChronoUnit.MILLIS);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative but was " + duration);
        }
        this.number = Require.atLeastOne(number, "number");
        this.runId = Objects.requireNonNull(runId, "runId");
        this.startedAt = Objects.requireNonNull(startedAt, "startedAt").truncatedTo(ChronoUnit.MILLIS);
        this.finishedAt = Objects.requireNonNull(finishedAt, "finishedAt").truncatedTo(ChronoUnit.MILLIS);
        this.duration = duration;
        this.launches = List.copyOf(Objects.requireNonNull(launches, "launches"));
        this.origin = Objects.requireNonNull(origin, "origin");
        this.usage = Objects.requireNonNull(usage, "usage");
    }

    /** {@return the number of the attempt, from 1; it counts every attempt in the directory, whichever run made it} */
    public int number() {
        return number;
    }

    /** {@return the id of the run that made the attempt} */
    public String runId() {
        return runId;
    }

    /** {@return the start of the attempt by the clock} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return the end of the attempt by the clock; it may be before the start if the clock was set back} */
    public Instant finishedAt() {
        return finishedAt;
    }

    /** {@return the duration of the attempt, by a timer that nobody sets} */
    public Duration duration() {
        return duration;
    }

    /** {@return the programs that ran for the attempt on other machines than the runner's, in order; unmodifiable} */
    public List<Launch> launches() {
        return launches;
    }

    /**
     * {@return the attempt that calculated an adopted result, whose times and launches these are; empty for any other
     * result}
     */
    public Optional<Origin> origin() {
        return origin;
    }

    /**
     * {@return what the programs of the attempt used, added up} Empty when it started no program, when its runner died,
     * on a system that does not report usage, and in records of versions that did not measure it.
     */
    public Optional<ResourceUsage> usage() {
        return usage;
    }

    /**
     * {@return this attempt with what its programs used}
     *
     * @param used the usage of all its programs, added up
     */
    public Attempt withUsage(ResourceUsage used) {
        return new Attempt(
                number,
                runId,
                startedAt,
                finishedAt,
                duration,
                launches,
                origin,
                Optional.of(Objects.requireNonNull(used, "used")));
    }

    /**
     * The attempt that calculated a result which a later run adopted. The result was adopted because its settings were
     * those of the later run. Immutable.
     */
    public static final class Origin {
        private final int attempt;
        private final String runId;
        private final Optional<String> directory;

        /**
         * {@return an origin in the same run directory}
         *
         * @param attempt its number, from 1
         * @param runId the id of the run that made it
         */
        public static Origin of(int attempt, String runId) {
            return new Origin(attempt, runId);
        }

        private Origin(int attempt, String runId) {
            this(attempt, runId, Optional.empty());
        }

        private Origin(int attempt, String runId, Optional<String> directory) {
            this.attempt = Require.atLeastOne(attempt, "attempt");
            this.runId = Objects.requireNonNull(runId, "runId");
            this.directory = directory;
        }

        /**
         * {@return the same attempt and run as an origin in another run directory}
         *
         * @param otherDirectory the absolute path of the run directory
         */
        public Origin in(String otherDirectory) {
            return new Origin(attempt, runId, Optional.of(Require.text(otherDirectory, "otherDirectory")));
        }

        /** {@return the number of the attempt, from 1} */
        public int attempt() {
            return attempt;
        }

        /** {@return the id of the run that made the attempt} */
        public String runId() {
            return runId;
        }

        /**
         * {@return the absolute path of the other run directory, which calculated the result and has its files; empty
         * when it is the directory of the record itself}
         */
        public Optional<String> directory() {
            return directory;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Origin that
                    && attempt == that.attempt
                    && runId.equals(that.runId)
                    && directory.equals(that.directory);
        }

        @Override
        public int hashCode() {
            return Objects.hash(attempt, runId, directory);
        }

        @Override
        public String toString() {
            return "Origin[attempt=" + attempt + ", runId=" + runId + ", directory=" + directory + "]";
        }
    }

    /** A program that ran on a cluster for an attempt. Immutable. */
    public static final class Launch {
        private final String where;
        private final Duration waited;
        private final Duration ran;

        /**
         * {@return a launch}
         *
         * @param where the node and the job, for a person
         * @param waited the time from its submission to its start
         * @param ran the time from its start to its end
         */
        public static Launch of(String where, Duration waited, Duration ran) {
            return new Launch(where, waited, ran);
        }

        private Launch(String where, Duration waited, Duration ran) {
            this.where = Objects.requireNonNull(where, "where");
            this.waited = Objects.requireNonNull(waited, "waited").truncatedTo(ChronoUnit.MILLIS);
            this.ran = Objects.requireNonNull(ran, "ran").truncatedTo(ChronoUnit.MILLIS);
        }

        /** {@return the node and the job, for a person} */
        public String where() {
            return where;
        }

        /** {@return the time from its submission to its start} */
        public Duration waited() {
            return waited;
        }

        /** {@return the time from its start to its end} */
        public Duration ran() {
            return ran;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Launch that
                    && where.equals(that.where)
                    && waited.equals(that.waited)
                    && ran.equals(that.ran);
        }

        @Override
        public int hashCode() {
            return Objects.hash(where, waited, ran);
        }

        @Override
        public String toString() {
            return "Launch[where=" + where + ", waited=" + waited + ", ran=" + ran + "]";
        }
    }

    /**
     * {@return the attempt with this origin}
     *
     * @param value the attempt that calculated the result
     */
    public Attempt withOrigin(Origin value) {
        return new Attempt(
                number,
                runId,
                startedAt,
                finishedAt,
                duration,
                launches,
                Optional.of(Objects.requireNonNull(value, "value")),
                usage);
    }

    /** Returns the attempt as a run in another directory sees it: its origin, if it has none elsewhere, is in this one. */
    Attempt from(String directory) {
        Origin here = origin.orElseGet(() -> new Origin(number, runId));
        return here.directory().isPresent() ? this : withOrigin(here.in(directory));
    }

    /**
     * {@return an attempt for which nothing ran elsewhere}
     *
     * @param number from 1
     * @param runId the id of the run that made it
     * @param startedAt the start by the clock
     * @param finishedAt the end by the clock
     * @param duration by a timer, not negative
     */
    public static Attempt of(int number, String runId, Instant startedAt, Instant finishedAt, Duration duration) {
        return of(number, runId, startedAt, finishedAt, duration, List.of());
    }

    /**
     * {@return an attempt that calculated its result itself}
     *
     * @param number from 1
     * @param runId the id of the run that made it
     * @param startedAt the start by the clock
     * @param finishedAt the end by the clock
     * @param duration by a timer, not negative
     * @param launches the programs that ran on other machines, in order
     */
    public static Attempt of(
            int number, String runId, Instant startedAt, Instant finishedAt, Duration duration, List<Launch> launches) {
        return of(number, runId, startedAt, finishedAt, duration, launches, Optional.empty());
    }

    /**
     * {@return an attempt} For the library, and for tests of code that reads journals.
     *
     * @param number from 1
     * @param runId the id of the run that made it
     * @param startedAt the start by the clock
     * @param finishedAt the end by the clock
     * @param duration by a timer, not negative
     * @param launches the programs that ran on other machines, in order
     * @param origin the attempt that calculated an adopted result; empty for any other result
     */
    public static Attempt of(
            int number,
            String runId,
            Instant startedAt,
            Instant finishedAt,
            Duration duration,
            List<Launch> launches,
            Optional<Origin> origin) {
        return new Attempt(number, runId, startedAt, finishedAt, duration, launches, origin, Optional.empty());
    }

    /** Returns the attempt under which a later run adopts this one's result. */
    Attempt adopted(int newNumber, String adoptingRunId) {
        Origin first = origin.orElseGet(() -> new Origin(number, runId));
        return new Attempt(
                newNumber, adoptingRunId, startedAt, finishedAt, duration, launches, Optional.of(first), usage);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attempt that
                && number == that.number
                && runId.equals(that.runId)
                && startedAt.equals(that.startedAt)
                && finishedAt.equals(that.finishedAt)
                && duration.equals(that.duration)
                && launches.equals(that.launches)
                && origin.equals(that.origin)
                && usage.equals(that.usage);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, runId, startedAt, finishedAt, duration, launches, origin, usage);
    }

    @Override
    public String toString() {
        return "Attempt[number=" + number + ", runId=" + runId + ", startedAt=" + startedAt + ", finishedAt="
                + finishedAt + ", duration=" + duration + ", launches=" + launches + ", origin=" + origin + ", usage="
                + usage + "]";
    }
}
