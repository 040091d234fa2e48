package io.github.qmbench.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One attempt at a calculation: when, how long, by which run. Times are kept to the millisecond.
 *
 * @param number from 1; counts every attempt in the directory, by whichever run
 * @param runId the run that made it
 * @param startedAt when it began, by the clock
 * @param finishedAt when it ended, by the clock; may be before the start if the clock was set back
 * @param duration how long it took, by a timer that nobody sets
 */
public record Attempt(int number, String runId, Instant startedAt, Instant finishedAt, Duration duration) {

    public Attempt {
        if (number < 1) {
            throw new IllegalArgumentException("attempts count from 1 but this is " + number);
        }
        Objects.requireNonNull(runId, "runId");
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        finishedAt = finishedAt.truncatedTo(ChronoUnit.MILLIS);
        duration = duration.truncatedTo(ChronoUnit.MILLIS);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative but was " + duration);
        }
    }
}
