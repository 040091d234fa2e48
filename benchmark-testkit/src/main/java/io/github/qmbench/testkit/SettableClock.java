package io.github.qmbench.testkit;

import io.github.qmbench.core.RunClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A clock that stands still until a test moves it: time stamps and durations of a run in a test.
 *
 * <pre>{@code
 * SettableClock clock = new SettableClock(Instant.parse("2026-11-24T08:00:00Z"));
 * BenchmarkRunner.builder(directory, matrix, backend).clock(clock)
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class SettableClock implements RunClock {

    private Instant now;
    private long nanos;

    /**
     * Creates a clock that shows a time.
     *
     * @param now the time it shows
     */
    public SettableClock(Instant now) {
        this.now = Objects.requireNonNull(now, "now");
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Returns the nanoseconds by which {@link #advance} has moved the clock; {@link #set} does not change them. */
    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /**
     * Advances the clock and the timer.
     *
     * @param time zero or positive
     * @throws IllegalArgumentException when the time is negative; {@link #set} sets a clock back
     */
    public synchronized void advance(Duration time) {
        if (Objects.requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("time must not be negative but was " + time);
        }
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /**
     * Sets the clock, as somebody sets the clock of a machine; durations do not change.
     *
     * @param time the time it shows from then on
     */
    public synchronized void set(Instant time) {
        now = Objects.requireNonNull(time, "time");
    }

    @Override
    public String toString() {
        return "a clock at " + instant();
    }
}
