package io.github.qmbench.testkit;

import io.github.qmbench.core.RunClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A clock that stands still until it is told to go on: time stamps and durations of a run in a test.
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

    /** Makes a clock that shows this time. */
    public SettableClock(Instant now) {
        this.now = Objects.requireNonNull(now, "now");
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** The nanoseconds by which {@link #advance} has moved the clock; setting it has no influence. */
    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalArgumentException when the time is negative; {@link #set} sets a clock back
     */
    public synchronized void advance(Duration time) {
        if (Objects.requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("time must not be negative but was " + time);
        }
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** Sets the clock, as somebody sets the clock of a machine: durations are not concerned. */
    public synchronized void set(Instant time) {
        now = Objects.requireNonNull(time, "time");
    }

    @Override
    public String toString() {
        return "a clock at " + instant();
    }
}
