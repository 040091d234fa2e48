package io.github.qmbench.core;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The append-only {@code progress.jsonl}: the truth about what is finished.
 *
 * <p>Each line is one {@link JournalRecord} with a checksum. A calculation is finished when its line is whole and forced
 * to disk, which is when {@link #append} returns (unless {@link Durability} says otherwise). Without a final newline the last line is torn: it was being written when
 * its runner ended, and is left out. Any other line that is not what was written is damage, and refused.
 *
 * <p>{@link #read} may be used at any time, also while a run goes on, and needs permission to read only. Appending is
 * safe for many threads; those that append at the same time share one force.
 */
public final class RunJournal implements Closeable {

    private final Path path;
    private final Storage.AppendFile file;
    private final Durability durability;

    // Guarded by this.
    private long appended; // bytes
    private long forced; // bytes
    private boolean forcing; // a thread is at it
    private @Nullable IOException broken; // why it is not trusted any more

    private RunJournal(Path path, Storage.AppendFile file, long size, Durability durability) {
        this.path = path;
        this.file = file;
        this.durability = durability;
        this.appended = size;
        this.forced = size;
    }

    /**
     * What reading a journal found.
     *
     * @param records how many whole lines
     * @param wholeBytes how many bytes they take
     * @param tornBytes how many bytes of a torn last line follow
     */
    public record Extent(long records, long wholeBytes, long tornBytes) {}

    /** Receives records in the order of the file. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes a record whose line begins at this byte, for {@link JournalReader}. */
        void visit(JournalRecord record, long offset) throws IOException;
    }

    /**
     * Reads all records in order; a missing file is an empty journal. Memory does not grow with the file.
     *
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read
     */
    public static Extent read(Path file, Consumer<JournalRecord> consumer) throws IOException {
        return visit(file, (record, offset) -> consumer.accept(record));
    }

    /**
     * Reads all records in order as {@link #read} does, each with the byte at which its line begins.
     *
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read, or as the visitor throws it
     */
    public static Extent visit(Path file, Visitor visitor) throws IOException {
        return visit(file, JournalFormat::read, visitor);
    }

    /** Reads all records in order as {@link #read} does, each without its results, which is much quicker. */
    static Extent visitWithoutResults(Path file, Visitor visitor) throws IOException {
        return visit(file, JournalFormat::readWithoutResults, visitor);
    }

    private static Extent visit(Path file, Function<byte[], JournalRecord> format, Visitor visitor) throws IOException {
        if (Files.notExists(file)) {
            return new Extent(0, 0, 0);
        }
        try (JournalLines lines = new JournalLines(file)) {
            long records = 0;
            while (lines.next()) {
                if (!lines.isEnded()) {
                    refuseWholeRecordWithTail(file, lines);
                    return new Extent(records, lines.offset(), lines.length());
                }
                visitor.visit(parse(file, lines, format), lines.offset());
                records++;
            }
            return new Extent(records, lines.offset(), 0);
        }
    }

    private static JournalRecord parse(Path file, JournalLines lines, Function<byte[], JournalRecord> format)
            throws JournalDamagedException {
        try {
            if (lines.isTooLong()) {
                throw new IllegalArgumentException("it has " + lines.length() + " bytes, more than any record");
            }
            return format.apply(lines.bytes());
        } catch (IllegalArgumentException e) {
            throw new JournalDamagedException(file, lines.number(), String.valueOf(e.getMessage()));
        }
    }

    /** A torn line is the beginning of a record. If it holds a whole one, its newline was changed into something else. */
    private static void refuseWholeRecordWithTail(Path file, JournalLines torn) throws IOException {
        byte[] bytes = torn.bytes();
        if (!torn.isTooLong() && bytes.length > 1) {
            try {
                JournalFormat.read(Arrays.copyOf(bytes, bytes.length - 1));
            } catch (IllegalArgumentException noWholeRecord) {
                return;
            }
            throw new JournalDamagedException(
                    file, torn.number(), "a whole record is followed by a byte that is no newline");
        }
    }

    /**
     * Opens a journal that {@link #read} has found this extent of, and cuts a torn last line off. What is left is forced:
     * the runner before may have been killed between writing and forcing, and from now on it counts as finished.
     *
     * <p>After a force that failed, a system may show bytes that are not on the disk, and report a later force as done. A file
     * beside the journal remembers that, and then the journal is written again to another place of the disk first.
     */
    static RunJournal open(Path file, Extent extent, Storage storage, Durability durability) throws IOException {
        if (Files.exists(unsafeMark(file))) {
            writeAgain(file, storage);
        }
        Storage.AppendFile appendFile = storage.open(file);
        try {
            if (appendFile.size() != extent.wholeBytes()) {
                appendFile.truncate(extent.wholeBytes());
            }
            force(appendFile, file);
            return new RunJournal(file, appendFile, extent.wholeBytes(), durability);
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
            byte[][] line = new byte[1][];
            visit(
                    file,
                    bytes -> {
                        line[0] = bytes;
                        return JournalFormat.readWithoutResults(bytes);
                    },
                    (record, offset) -> {
                        out.write(line[0]);
                        out.write('\n');
                    });
        });
        Storage.forceEntry(file);
        Files.delete(unsafeMark(file));
    }

    /**
     * Appends a record; when this returns, it is on the disk, unless {@link Durability#PERIODIC} lets it wait for {@link
     * #force}.
     *
     * @return the byte at which its line begins
     * @throws IOException when it cannot be written; the journal then ends where it ended before
     */
    long append(JournalRecord record) throws IOException {
        byte[] line = JournalFormat.write(record);
        if (line.length > JournalLines.MOST_BYTES) {
            throw new IOException("the record of " + record.calculation() + " would have " + line.length
                    + " bytes; large results belong in files");
        }
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
        if (durability == Durability.FORCED) {
            forceUpTo(end);
        }
        return offset;
    }

    /**
     * Looks whether the journal is still what was written.
     *
     * @throws IOException when somebody has removed, replaced or changed it; it is not trusted then
     */
    void check() throws IOException {
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
    void force() throws IOException {
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
