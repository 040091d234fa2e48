package io.github.qmbench.slurm;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Remembers how long something has been so. Used by one thread. */
final class Stopwatch {

    private final LongSupplier nanoTime;
    private boolean running;
    private long since;

    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Says whether it is so now; the time counts from the first yes. */
    void set(boolean so) {
        if (so && !running) {
            since = nanoTime.getAsLong();
        }
        running = so;
    }

    /** Says that it has been so for a while already. */
    void setSince(Duration ago) {
        running = true;
        since = nanoTime.getAsLong() - ago.toNanos();
    }

    boolean isRunning() {
        return running;
    }

    /** How long it has been so, zero when it is not. */
    Duration elapsed() {
        return running ? Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - since)) : Duration.ZERO;
    }

    boolean isOver(Duration limit) {
        return running && elapsed().compareTo(limit) > 0;
    }
}
