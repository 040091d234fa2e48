package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One attempt at a calculation: when, how long, by which run. Times are kept to the millisecond. */
public final class Attempt {
    private final int number;
    private final String runId;
    private final Instant startedAt;
    private final Instant finishedAt;
    private final Duration duration;
    private final List<Launch> launches;
    private final Optional<Origin> origin;

    private Attempt(
            int number,
            String runId,
            Instant startedAt,
            Instant finishedAt,
            Duration duration,
            List<Launch> launches,
            Optional<Origin> origin) {
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
    }

    /** From 1; counts every attempt in the directory, by whichever run. */
    public int number() {
        return number;
    }

    /** The run that made it. */
    public String runId() {
        return runId;
    }

    /** When it began, by the clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it ended, by the clock; may be before the start if the clock was set back. */
    public Instant finishedAt() {
        return finishedAt;
    }

    /** How long it took, by a timer that nobody sets. */
    public Duration duration() {
        return duration;
    }

    /** The programs that ran for it elsewhere than on the runner's machine, in order. */
    public List<Launch> launches() {
        return launches;
    }

    /** Of an adopted result: the attempt that calculated it, whose times and launches these are. */
    public Optional<Origin> origin() {
        return origin;
    }

    /**
     * The attempt that calculated a result which a later run adopted, because it was made with that run's settings.
     */
    public static final class Origin {
        private final int attempt;
        private final String runId;
        private final Optional<String> directory;

        /** Makes an origin in the same run directory. */
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

        /** Returns the same attempt and run as an origin in another run directory. */
        public Origin in(String otherDirectory) {
            return new Origin(attempt, runId, Optional.of(Require.text(otherDirectory, "otherDirectory")));
        }

        /** Its number. */
        public int attempt() {
            return attempt;
        }

        /** The run that made it. */
        public String runId() {
            return runId;
        }

        /**
         * The other run directory in which it was calculated, and in which its files are, as an absolute path; empty when it is
         * the directory of the record itself.
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

    /** A program that ran on a cluster. */
    public static final class Launch {
        private final String where;
        private final Duration waited;
        private final Duration ran;

        /** Makes a launch. */
        public static Launch of(String where, Duration waited, Duration ran) {
            return new Launch(where, waited, ran);
        }

        private Launch(String where, Duration waited, Duration ran) {
            this.where = Objects.requireNonNull(where, "where");
            this.waited = Objects.requireNonNull(waited, "waited").truncatedTo(ChronoUnit.MILLIS);
            this.ran = Objects.requireNonNull(ran, "ran").truncatedTo(ChronoUnit.MILLIS);
        }

        /** Node and job. */
        public String where() {
            return where;
        }

        /** How long it waited for its start. */
        public Duration waited() {
            return waited;
        }

        /** How long it ran. */
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

    /** Returns the attempt with this origin. */
    public Attempt withOrigin(Origin value) {
        return new Attempt(
                number,
                runId,
                startedAt,
                finishedAt,
                duration,
                launches,
                Optional.of(Objects.requireNonNull(value, "value")));
    }

    /** Returns the attempt as a run in another directory sees it: its origin, if it has none elsewhere, is in this one. */
    Attempt from(String directory) {
        Origin here = origin.orElseGet(() -> new Origin(number, runId));
        return here.directory().isPresent() ? this : withOrigin(here.in(directory));
    }

    /** Makes an attempt for which nothing ran elsewhere. */
    public static Attempt of(int number, String runId, Instant startedAt, Instant finishedAt, Duration duration) {
        return of(number, runId, startedAt, finishedAt, duration, List.of());
    }

    /** Makes an attempt whose result was calculated in it. */
    public static Attempt of(
            int number, String runId, Instant startedAt, Instant finishedAt, Duration duration, List<Launch> launches) {
        return of(number, runId, startedAt, finishedAt, duration, launches, Optional.empty());
    }

    /** Makes an attempt; for the library, and for tests of code that reads journals. */
    public static Attempt of(
            int number,
            String runId,
            Instant startedAt,
            Instant finishedAt,
            Duration duration,
            List<Launch> launches,
            Optional<Origin> origin) {
        return new Attempt(number, runId, startedAt, finishedAt, duration, launches, origin);
    }

    /** Returns the attempt under which a later run adopts this one's result. */
    Attempt adopted(int newNumber, String adoptingRunId) {
        Origin first = origin.orElseGet(() -> new Origin(number, runId));
        return new Attempt(newNumber, adoptingRunId, startedAt, finishedAt, duration, launches, Optional.of(first));
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
                && origin.equals(that.origin);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, runId, startedAt, finishedAt, duration, launches, origin);
    }

    @Override
    public String toString() {
        return "Attempt[number=" + number + ", runId=" + runId + ", startedAt=" + startedAt + ", finishedAt="
                + finishedAt + ", duration=" + duration + ", launches=" + launches + ", origin=" + origin + "]";
    }
}
