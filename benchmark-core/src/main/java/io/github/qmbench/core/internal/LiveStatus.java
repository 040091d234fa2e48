package io.github.qmbench.core.internal;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code status.json} of a running run, kept up to date. It is written at most five times a second however fast the
 * run is, and shows a change within 200 ms. It is also written once in a while when nothing changes, so that a reader
 * sees that the runner lives.
 *
 * <p>Safe for use by many threads.
 */
public final class LiveStatus {

    /** How often at most a status is written; what looks after the run must call {@link #writeIfDue} as often. */
    public static final long TICK_MILLIS = 200;

    public static final long TICK_NANOS = TICK_MILLIS * 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final RunDirectory directory;
    private final Storage storage;
    private final DiskSpace disk;
    private final Supplier<RunStatus> picture;
    private final LongSupplier nanoTime;
    private final long heartbeatNanos;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean changed;
    private volatile long writtenAt;
    private boolean closed; // guarded by writing

    public LiveStatus(
            RunDirectory directory,
            Storage storage,
            DiskSpace disk,
            Supplier<RunStatus> picture,
            Duration heartbeat,
            LongSupplier nanoTime) {
        this.directory = directory;
        this.storage = storage;
        this.disk = disk;
        this.picture = picture;
        this.nanoTime = nanoTime;
        this.heartbeatNanos = heartbeat.toNanos();
        this.writtenAt = nanoTime.getAsLong() - TICK_NANOS;
    }

    /** Writes the first status; that of what happens next need not wait. */
    public RunStatus writeFirst() throws IOException {
        RunStatus first = picture.get();
        write(first);
        return first;
    }

    /** Notes that the status has changed; to be called after the change. */
    public void changed() {
        changed = true;
    }

    /** Notes that time has passed; an old status is due again. */
    public void beat() {
        if (nanoTime.getAsLong() - writtenAt >= heartbeatNanos) {
            changed = true;
        }
    }

    /**
     * Writes the status if something has changed and the last one is not too fresh; else a later call will do it. While one
     * thread writes, others do not wait for it.
     */
    public void writeIfDue() {
        if (isDue() && writing.tryLock()) {
            try {
                write();
            } finally {
                writing.unlock();
            }
        }
    }

    private boolean isDue() {
        return changed && nanoTime.getAsLong() - writtenAt >= TICK_NANOS;
    }

    private void write() {
        if (closed || !isDue()) {
            return;
        }
        changed = false; // before the look: what changes after that is for the next status
        writtenAt = nanoTime.getAsLong();
        try {
            write(picture.get());
        } catch (IOException e) {
            // The status is derived: the next one is right again, and the last one has space kept for it.
            LOG.warn("cannot write {}: {}", RunFiles.status(directory), IoReason.of(e, RunFiles.status(directory)));
        }
    }

    /**
     * Writes the last status, if need be into the space kept for it, and none after that.
     *
     * @param notice is told why it cannot be written
     * @return what is, or would have been, written
     */
    public RunStatus writeLast(Consumer<String> notice) {
        writing.lock();
        try {
            closed = true;
            RunStatus last = picture.get();
            try {
                writeIntoReserveIfNeedBe(last);
            } catch (IOException e) {
                LOG.error("cannot write the last status", e);
                notice.accept("cannot write " + RunFiles.status(directory) + ": "
                        + IoReason.of(e, RunFiles.status(directory)));
            }
            return last;
        } finally {
            writing.unlock();
        }
    }

    private void writeIntoReserveIfNeedBe(RunStatus last) throws IOException {
        try {
            write(last);
        } catch (IOException e) {
            if (!disk.release()) {
                throw e;
            }
            write(last);
        }
    }

    private void write(RunStatus status) throws IOException {
        byte[] text = StatusFormat.write(status).getBytes(StandardCharsets.UTF_8);
        storage.replace(RunFiles.status(directory), out -> out.write(text));
    }
}
