package io.github.qmbench.core;

import java.io.IOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code status.json} up with a run: at most five times a second however fast the run is, the latest truth within 200
 * ms, and once in a while when nothing changes, so that a reader sees that the runner lives.
 *
 * <p>Safe for use by many threads.
 */
final class LiveStatus {

    /** How often at most a status is written; what looks after the run must call {@link #writeIfDue} as often. */
    static final long TICK_MILLIS = 200;

    static final long TICK_NANOS = TICK_MILLIS * 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final RunDirectory directory;
    private final StatusWriter writer;
    private final Supplier<RunStatus> snapshot;
    private final LongSupplier nanoTime;
    private final long heartbeatNanos;
    private volatile boolean changed;
    private volatile long writtenAt;
    private boolean closed; // guarded by this

    /**
     * Makes one that has written nothing.
     *
     * @param lock nothing is written once it is lost
     * @param snapshot returns what is true now; called by any thread
     */
    LiveStatus(BenchmarkRunner.Builder settings, RunLock lock, Supplier<RunStatus> snapshot) {
        this.directory = settings.directory;
        this.writer = new StatusWriter(directory.status(), lock.guard(settings.storage));
        this.snapshot = snapshot;
        this.nanoTime = settings.nanoTime;
        this.heartbeatNanos = settings.heartbeat.toNanos();
        this.writtenAt = nanoTime.getAsLong() - TICK_NANOS;
    }

    /** Writes the first status; that of what happens next need not wait. */
    RunStatus writeFirst() throws IOException {
        RunStatus first = snapshot.get();
        writer.write(first);
        return first;
    }

    /** Says that what is true has changed; to be called after the change. */
    void changed() {
        changed = true;
    }

    /** Says that time has passed; a status that is old is due again. */
    void beat() {
        if (nanoTime.getAsLong() - writtenAt >= heartbeatNanos) {
            changed = true;
        }
    }

    /** Writes the status if something has changed and the last one is not too fresh; else a later call will do it. */
    void writeIfDue() {
        if (isDue()) {
            write();
        }
    }

    private boolean isDue() {
        return changed && nanoTime.getAsLong() - writtenAt >= TICK_NANOS;
    }

    private synchronized void write() {
        if (closed || !isDue()) {
            return;
        }
        changed = false; // before the look: what changes after that is for the next status
        writtenAt = nanoTime.getAsLong();
        try {
            writer.write(snapshot.get());
        } catch (IOException e) {
            // The status is derived: the next one is right again, and the last one has space kept for it.
            LOG.warn("cannot write {}: {}", directory.status(), e.getMessage());
        }
    }

    /**
     * Writes the last status, and none after that.
     *
     * @param disk gives up the space kept for it, if need be
     * @return what is, or would have been, written
     */
    synchronized RunStatus writeLast(DiskSpace disk, RunListener listener) {
        closed = true;
        RunStatus last = snapshot.get();
        try {
            try {
                writer.write(last);
            } catch (IOException e) {
                if (!disk.release()) {
                    throw e;
                }
                writer.write(last);
            }
        } catch (IOException e) {
            LOG.error("cannot write the last status", e);
            listener.notice("cannot write " + directory.status() + ": " + e.getMessage());
        }
        return last;
    }
}
