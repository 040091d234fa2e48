package io.github.qmbench.core.internal;

import java.time.Duration;

/**
 * The time while a caller looks at it again and again. A longer gap between two looks is time in which everything was
 * suspended, such as a laptop asleep or a process stopped by SIGSTOP; no more than the longest gap of it counts. Not
 * safe for use by many threads.
 */
public final class WakeTime {

    private final long longestGapNanos;
    private long lookedAt;
    private long total;

    /**
     * Begins at this moment of a timer.
     *
     * @param longestGap several times as long as the usual time between two looks
     */
    public WakeTime(long now, Duration longestGap) {
        this.longestGapNanos = Require.positive(longestGap, "longestGap").toNanos();
        this.lookedAt = now;
    }

    /** Returns the nanoseconds from the beginning that count, at this look. */
    public long until(long now) {
        total += Math.min(Math.max(0, now - lookedAt), longestGapNanos);
        lookedAt = now;
        return total;
    }
}
