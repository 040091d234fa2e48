package io.github.qmbench.core.internal;

import io.github.qmbench.core.Durability;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.store.RunJournal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The appender of a journal. A calculation is finished when its line is whole and flushed to the disk, which is when
 * {@link #append} returns, unless {@link Durability} says otherwise.
 *
 * <p>Safe for use by many threads; those that append at the same time share one flush.
 */
public final class JournalAppender implements Closeable {

    private final Path path;
    private final Storage.AppendFile file;
    private final Durability durability;

    // Guarded by this.
    private long appended; // bytes
    private long forced; // bytes
    private boolean forcing; // a thread is at it
    private @Nullable IOException broken; // why it is not trusted any more

    private JournalAppender(Path path, Storage.AppendFile file, long size, Durability durability) {
        this.path = path;
        this.file = file;
        this.durability = durability;
        this.appended = size;
        this.forced = size;
    }

    /**
     * Opens a journal that {@link RunJournal#read} has found this extent of, and cuts a torn last line off. What is left is flushed:
     * the runner before may have been killed between writing and forcing, and from now on it counts as finished.
     *
     * <p>After a force that failed, a system may show bytes that are not on the disk, and report a later force as done. A file
     * beside the journal remembers that, and then the journal is written again to another place of the disk first. Where the
     * journal is missing, because it was archived or deleted, the file has nothing to say any more and is deleted.
     */
    public static JournalAppender open(Path file, RunJournal.Extent extent, Storage storage, Durability durability)
            throws IOException {
        if (Files.exists(unsafeMark(file))) {
            if (Files.exists(file)) {
                writeAgain(file, storage);
            }
            Files.delete(unsafeMark(file));
        }
        Storage.AppendFile appendFile = storage.open(file);
        try {
            if (appendFile.size() != extent.wholeBytes()) {
                appendFile.truncate(extent.wholeBytes());
            }
            force(appendFile, file);
            return new JournalAppender(file, appendFile, extent.wholeBytes(), durability);
        } catch (IOException e) {
            appendFile.close();
            throw e;
        }
    }

    /** Present after a force that failed, until what the journal holds is known to be on the disk. */
    private static Path unsafeMark(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".unsafe");
    }

    private static void force(Storage.AppendFile appendFile, Path file) throws IOException {
        try {
            appendFile.force();
        } catch (IOException e) {
            try {
                appendFile.check(); // in another run's directory there is nothing to be marked
                Storage.makeWay(unsafeMark(file));
                Files.createFile(unsafeMark(file));
            } catch (IOException noMark) {
                e.addSuppressed(noMark);
            }
            throw e;
        }
        appendFile.check();
    }

    /** Replaces the journal by a copy of its whole lines, each checked as it is copied, and forced. */
    private static void writeAgain(Path file, Storage storage) throws IOException {
        storage.replace(file, out -> {
            try (JournalLines lines = new JournalLines(file)) {
                while (lines.next() && lines.isEnded()) {
                    JournalFormat.readWithoutResults(lines.bytes());
                    out.write(lines.bytes());
                    out.write('\n');
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " cannot be read back from the disk: " + e.getMessage(), e);
            }
        });
        Storage.forceEntry(file);
    }

    /**
     * Appends a record; when this returns, it is on the disk, unless {@link Durability#PERIODIC} lets it wait for {@link
     * #force}.
     *
     * @return the byte at which its line begins
     * @throws RecordTooLargeException when it is longer than a line may be; nothing was written
     * @throws IOException when it cannot be written; the journal then ends where it ended before
     */
    public long append(JournalRecord record) throws IOException {
        Appended line = write(record);
        if (durability == Durability.FORCED) {
            forceUpTo(line.end());
        }
        return line.offset();
    }

    /** Appends a record that nothing counts before {@link #force} has returned; returns the byte at which it begins. */
    public long appendUnforced(JournalRecord record) throws IOException {
        return write(record).offset();
    }

    private record Appended(long offset, long end) {}

    private Appended write(JournalRecord record) throws IOException {
        byte[] line = JournalFormat.write(record);
        long offset;
        long end;
        synchronized (this) {
            refuseIfBroken();
            offset = appended;
            end = offset + line.length;
            try {
                file.append(line);
            } catch (IOException e) {
                broken = e; // unless what was written of the line can be taken back
                file.truncate(offset);
                broken = null;
                throw e;
            }
            appended = end;
        }
        return new Appended(offset, end);
    }

    /**
     * Looks whether the journal is still what was written.
     *
     * @throws IOException when somebody has removed, replaced or changed it; it is not trusted then
     */
    public void check() throws IOException {
        try {
            file.check();
        } catch (IOException e) {
            synchronized (this) {
                broken = broken == null ? e : broken;
            }
            throw e;
        }
    }

    /**
     * Forces what was appended, if it is not on the disk yet.
     *
     * @throws IOException when it cannot be; the journal is not trusted then
     */
    public void force() throws IOException {
        long end;
        synchronized (this) {
            end = appended;
        }
        forceUpTo(end);
    }

    /**
     * Returns when so many bytes are on the disk. One thread at a time forces, for all that have appended by then; who
     * appends meanwhile waits, and then one of those forces for all of them.
     */
    private void forceUpTo(long end) throws IOException {
        long covered;
        synchronized (this) {
            awaitForce(end);
            if (forced >= end) {
                return;
            }
            refuseIfBroken();
            forcing = true;
            covered = appended;
        }
        try {
            force(file, path);
            synchronized (this) {
                forced = covered;
            }
        } catch (IOException e) {
            synchronized (this) {
                broken = e; // after a failed force nobody knows what is on the disk
            }
            throw e;
        } finally {
            synchronized (this) {
                forcing = false;
                notifyAll();
            }
        }
    }

    /** Returns when so many bytes are on the disk, or when nobody forces. */
    private synchronized void awaitForce(long end) {
        boolean interrupted = false;
        while (forcing && forced < end) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void refuseIfBroken() throws IOException {
        if (broken != null) {
            throw new IOException(
                    "the journal could not be written before, and is not trusted since: " + broken.getMessage(),
                    broken);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
