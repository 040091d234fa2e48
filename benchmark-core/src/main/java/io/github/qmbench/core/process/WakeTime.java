package io.github.qmbench.core.process;

/**
 * Measures time while somebody looks at it again and again. A gap between two looks is time in which everything was
 * suspended, such as a laptop asleep or a process stopped by SIGSTOP; no more than a second of it counts. Not safe for use by
 * many threads.
 */
final class WakeTime {

    private static final long LONGEST_GAP_NANOS = 1_000_000_000;

    private long lookedAt;
    private long total;

    /** Begins at this moment of a timer. */
    WakeTime(long now) {
        this.lookedAt = now;
    }

    /** Looks, and returns the nanoseconds from the beginning that count. */
    long until(long now) {
        total += Math.min(Math.max(0, now - lookedAt), LONGEST_GAP_NANOS);
        lookedAt = now;
        return total;
    }
}
