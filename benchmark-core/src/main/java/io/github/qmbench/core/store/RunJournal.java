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
 * Reads the append-only {@code progress.jsonl}: the truth about what is finished.
 *
 * <p>Each line is one {@link JournalRecord} with a checksum. Without a final newline the last line is torn: it was being
 * written when its runner ended, and is left out. Any other line that is not what was written is damage, and refused.
 *
 * <p>Safe for use by many threads, also while a run goes on. Needs permission to read only. Which record of a calculation
 * stands is for {@link RecordedRun} to say.
 */
public final class RunJournal {

    private RunJournal() {}

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
     * Reads all records of a run directory in order; a missing journal is an empty one. Memory does not grow with the file.
     *
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read
     */
    public static Extent read(RunDirectory directory, Consumer<JournalRecord> consumer) throws IOException {
        return read(RunFiles.journal(directory), consumer);
    }

    /**
     * Reads all records in order; a missing file is an empty journal. Memory does not grow with the file.
     *
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
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read, or as the visitor throws it
     */
    public static Extent visit(Path file, Visitor visitor) throws IOException {
        return visit(file, JournalFormat::read, visitor);
    }

    /**
     * Reads all records in order as {@link #visit} does, each without its results, which is much quicker.
     *
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
