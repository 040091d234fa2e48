package io.github.qmbench.core.store;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.JournalLines;
import io.github.qmbench.core.internal.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The reader of the append-only {@code progress.jsonl}, which decides what is finished.
 *
 * <p>Each line is one {@link JournalRecord} with a checksum. A last line without a newline is torn: its runner ended
 * while writing it, and it is left out. Any other line that is not what was written is damage, and refused.
 *
 * <p>Safe for use by many threads, also while a run is running. Needs permission to read only. {@link RecordedRun} says
 * which record of a calculation stands.
 */
public final class RunJournal {

    private RunJournal() {}

    /**
     * The extent of a journal: its records and bytes. Immutable.
     *
     * @param records the number of whole lines
     * @param wholeBytes the number of bytes that they take
     * @param tornBytes the number of bytes of a torn last line that follows
     */
    public record Extent(long records, long wholeBytes, long tornBytes) {}

    /** A receiver of records in the order of the file. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Receives a record and its place, for {@link JournalReader}.
         *
         * @param record the next one
         * @param offset the byte at which its line begins, from 0
         * @throws IOException when its output cannot be written
         */
        void visit(JournalRecord record, long offset) throws IOException;
    }

    /**
     * Reads all records of a run directory in order; a missing journal is an empty one. Memory does not grow with the file.
     *
     * @param directory with or without a journal
     * @param consumer called in the calling thread
     * @return how much was read
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read
     */
    public static Extent read(RunDirectory directory, Consumer<JournalRecord> consumer) throws IOException {
        return read(RunFiles.journal(directory), consumer);
    }

    /**
     * Reads all records in order; a missing file is an empty journal. Memory does not grow with the file.
     *
     * @param file may be missing
     * @param consumer called in the calling thread
     * @return how much was read
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read
     */
    public static Extent read(Path file, Consumer<JournalRecord> consumer) throws IOException {
        Objects.requireNonNull(consumer, "consumer");
        return visit(file, (record, offset) -> consumer.accept(record));
    }

    /**
     * Reads all records in order as {@link #read} does, each with the byte at which its line begins.
     *
     * @param file may be missing
     * @param visitor called in the calling thread
     * @return how much was read
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read, or as the visitor throws it
     */
    public static Extent visit(Path file, Visitor visitor) throws IOException {
        return visit(file, JournalFormat::read, visitor);
    }

    /**
     * Reads all records in order as {@link #visit} does, each without its results, which is much quicker.
     *
     * @param file may be missing
     * @param visitor called in the calling thread
     * @return how much was read
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read, or as the visitor throws it
     */
    public static Extent visitWithoutResults(Path file, Visitor visitor) throws IOException {
        return visit(file, JournalFormat::readWithoutResults, visitor);
    }

    private static Extent visit(Path file, Function<byte[], JournalRecord> format, Visitor visitor) throws IOException {
        Objects.requireNonNull(visitor, "visitor");
        if (Files.notExists(Objects.requireNonNull(file, "file"))) {
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
                    file, torn.number(), "a complete record is followed by a byte that is not a newline");
        }
    }
}
