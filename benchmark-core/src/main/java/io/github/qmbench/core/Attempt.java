package io.github.qmbench.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One attempt at a calculation: when, how long, by which run. Times are kept to the millisecond.
 *
 * @param number from 1; counts every attempt in the directory, by whichever run
 * @param runId the run that made it
 * @param startedAt when it began, by the clock
 * @param finishedAt when it ended, by the clock; may be before the start if the clock was set back
 * @param duration how long it took, by a timer that nobody sets
 * @param launches the programs that ran for it elsewhere than on the runner's machine, in order
 * @param origin of an adopted result: the attempt that calculated it, whose times and launches these are
 */
public record Attempt(
        int number,
        String runId,
        Instant startedAt,
        Instant finishedAt,
        Duration duration,
        List<Launch> launches,
        Optional<Origin> origin) {

    /**
     * The attempt that calculated a result which a later run adopted, because it was made with that run's settings.
     *
     * @param attempt its number
     * @param runId the run that made it
     */
    public record Origin(int attempt, String runId) {

        public Origin {
            Objects.requireNonNull(runId, "runId");
        }
    }

    /**
     * A program that ran on a cluster.
     *
     * @param where node and job
     * @param waited how long it waited for its start
     * @param ran how long it ran
     */
    public record Launch(String where, Duration waited, Duration ran) {

        public Launch {
            Objects.requireNonNull(where, "where");
            waited = waited.truncatedTo(ChronoUnit.MILLIS);
            ran = ran.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Makes an attempt for which nothing ran elsewhere. */
    public Attempt(int number, String runId, Instant startedAt, Instant finishedAt, Duration duration) {
        this(number, runId, startedAt, finishedAt, duration, List.of());
    }

    /** Makes an attempt whose result was calculated in it. */
    public Attempt(
            int number, String runId, Instant startedAt, Instant finishedAt, Duration duration, List<Launch> launches) {
        this(number, runId, startedAt, finishedAt, duration, launches, Optional.empty());
    }

    public Attempt {
        if (number < 1) {
            throw new IllegalArgumentException("attempts count from 1 but this is " + number);
        }
        Objects.requireNonNull(runId, "runId");
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        finishedAt = finishedAt.truncatedTo(ChronoUnit.MILLIS);
        launches = List.copyOf(launches);
        Objects.requireNonNull(origin, "origin");
        duration = duration.truncatedTo(ChronoUnit.MILLIS);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative but was " + duration);
        }
    }

    /** Returns the attempt under which a later run adopts this one's result. */
    Attempt adopted(int newNumber, String adoptingRunId) {
        Origin first = origin.orElseGet(() -> new Origin(number, runId));
        return new Attempt(newNumber, adoptingRunId, startedAt, finishedAt, duration, launches, Optional.of(first));
    }
}
