package io.github.qmbench.slurm;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many jobs may be in the queue at once. When Slurm refuses one for a limit of the user or the account, the window
 * shrinks to what is there; afterwards it grows by one each time a while passes without a refusal, up to what was asked
 * for.
 *
 * <p>Safe for use by many threads.
 */
final class SubmissionWindow {

    private final int most;
    private final long growNanos;
    private final LongSupplier nanoTime;
    private int inside;
    private int width;
    private long changedAt;

    SubmissionWindow(int most, Duration grow, LongSupplier nanoTime) {
        this.most = most;
        this.growNanos = grow.toNanos();
        this.nanoTime = nanoTime;
        this.width = most;
    }

    /** Takes a place for a job that is to be submitted, if one is free. */
    synchronized boolean tryEnter() {
        if (inside >= width()) {
            return false;
        }
        inside++;
        return true;
    }

    /** Takes a place for a job that an earlier runner has submitted: it is in the queue, whatever the width. */
    synchronized void enterAnyway() {
        inside++;
    }

    /** Gives the place back. */
    synchronized void leave() {
        inside--;
    }

    /**
     * Says that Slurm refused a job, which has a place, for the number of jobs.
     *
     * @return the new width
     */
    synchronized int refused() {
        width = Math.max(1, Math.min(width(), inside - 1));
        changedAt = nanoTime.getAsLong();
        return width;
    }

    /** How many jobs there may be now. */
    synchronized int width() {
        while (width < most && nanoTime.getAsLong() - changedAt >= growNanos) {
            width++;
            changedAt += growNanos;
        }
        return width;
    }

    /** How many jobs there are. */
    synchronized int inside() {
        return inside;
    }
}
