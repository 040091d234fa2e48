package io.github.qmbench.core.internal;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.store.RunDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free space of a run directory's disk, watched. Some of it is kept in a file, so that the last records of a run
 * can be written when the disk is full.
 */
public final class DiskSpace implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private static final int RESERVED_BYTES = 256 << 10;

    private final FileStore store;
    private final long minFreeBytes;
    private final Path reserve;
    private final Object reserveKey;

    DiskSpace(FileStore store, long minFreeBytes, Path reserve, Object reserveKey) {
        this.store = store;
        this.minFreeBytes = minFreeBytes;
        this.reserve = reserve;
        this.reserveKey = reserveKey;
    }

    public static DiskSpace watch(RunDirectory directory, long minFreeBytes) throws IOException {
        Path reserve = RunFiles.reserve(directory);
        byte[] content = new byte[RESERVED_BYTES];
        ThreadLocalRandom.current().nextBytes(content); // a file system may not store zeros at all
        Storage.makeWay(reserve);
        try {
            Files.write(reserve, content, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            Files.deleteIfExists(reserve); // the first look at the free space says so, and pauses the run
        }
        Object key = Files.exists(reserve) ? LockHolder.keyOf(reserve) : reserve;
        return new DiskSpace(Files.getFileStore(directory.path()), minFreeBytes, reserve, key);
    }

    /** Returns why no calculation should start, or nothing when there is space enough. */
    public Optional<String> shortage() throws IOException {
        long free = store.getUsableSpace();
        return free < Math.max(minFreeBytes, Files.exists(reserve) ? 0 : 2L * RESERVED_BYTES)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the disk of the run directory has %.1f MB free; at least %.1f MB are needed",
                        free / 1e6,
                        Math.max(minFreeBytes, 2L * RESERVED_BYTES) / 1e6))
                : Optional.empty();
    }

    /** {@return whether there is so little space that a program may fail because of it} */
    public boolean isFull() {
        try {
            return store.getUsableSpace() < 2L * RESERVED_BYTES;
        } catch (IOException e) {
            return false; // nothing is known of a disk that cannot be asked
        }
    }

    /** Gives the reserved space up; returns whether there was any. The file of another run is left alone. */
    public boolean release() throws IOException {
        return Files.exists(reserve) && LockHolder.keyOf(reserve).equals(reserveKey) && Files.deleteIfExists(reserve);
    }

    /** Gives the reserved space up. A file that cannot be deleted is logged: it must not cost the outcome of a run. */
    @Override
    public void close() {
        try {
            release();
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}; delete it yourself", reserve, IoReason.of(e, reserve));
        }
    }
}
