package io.github.qmbench.core.store;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.StatusFormat;
import io.github.qmbench.core.internal.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The writer of {@code status.json}. At any moment and in any process, a reader sees a whole old status or a whole new
 * one. The writer writes to a file beside it, flushes it to disk, and renames it over the old one in one step. Where
 * the file system refuses an atomic rename, writing fails and the old status stays.
 *
 * <p>Safe for many threads; the last write wins. Not for two processes at once; {@link BenchmarkRunner} holds a lock.
 */
public final class StatusWriter {

    private final Path file;

    /**
     * Creates a writer for a run directory.
     *
     * @param directory must exist
     */
    public StatusWriter(RunDirectory directory) {
        this(RunFiles.status(directory));
    }

    /**
     * Creates a writer for a file.
     *
     * @param file in a directory that exists
     */
    public StatusWriter(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /**
     * Replaces the status.
     *
     * @param status replaces the old one
     * @throws IOException when it cannot be written; the old one is still there
     */
    public synchronized void write(RunStatus status) throws IOException {
        byte[] text =
                StatusFormat.write(Objects.requireNonNull(status, "status")).getBytes(StandardCharsets.UTF_8);
        Storage.DISK.replace(file, out -> out.write(text));
    }
}
