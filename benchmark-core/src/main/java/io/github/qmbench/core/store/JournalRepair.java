package io.github.qmbench.core.store;

import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.JournalLines;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.internal.Storage;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of a repair of a damaged journal: what it kept and dropped. Immutable.
 *
 * <p>A repair keeps every record whose checksum is right, byte for byte and in order, even where damage has joined
 * several on one line. It leaves out the rest; those calculations run again. The damaged file is never changed: a copy
 * of it is flushed to disk first, as {@code progress-damaged-N.jsonl}. Then the cleaned file takes its name in one
 * step. If a repair is interrupted at any point, the journal is the whole old or the whole new one.
 *
 * @param journal the path of the journal
 * @param original the path of the copy of the damaged file; empty when nothing was wrong, and nothing was changed
 * @param keptRecords the number of records in the journal now
 * @param droppedPieces the number of pieces left out; a missing newline that was put in counts as a piece of 0 bytes
 * @param dropped the first pieces left out, at most {@value #DROPPED_SHOWN}
 */
public record JournalRepair(
        Path journal, Optional<Path> original, long keptRecords, long droppedPieces, List<Dropped> dropped) {

    /** The number of dropped pieces that a report lists. */
    public static final int DROPPED_SHOWN = 100;

    // Where a record may begin and end; whether it does, says its checksum.
    private static final Pattern BEGIN = Pattern.compile("\\{\"task_id\":");
    private static final Pattern END = Pattern.compile(",\"crc\":\"[0-9a-f]{8}\"\\}");

    /**
     * Checks the components.
     *
     * @param journal the path of the journal
     * @param original the path of the copy of the damaged file
     * @param keptRecords the number of records in the journal now
     * @param droppedPieces the number of pieces left out
     * @param dropped the first pieces left out, at most {@value #DROPPED_SHOWN}
     */
    public JournalRepair {
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(original, "original");
        dropped = List.copyOf(Objects.requireNonNull(dropped, "dropped"));
    }

    /**
     * A piece of the journal that is not a record. Immutable.
     *
     * @param line the number of its line in the damaged file, from 1
     * @param offset the byte of that file at which it begins, from 0
     * @param bytes its length
     * @param reason what is wrong with it
     */
    public record Dropped(long line, long offset, long bytes, String reason) {

        /**
         * Checks the components.
         *
         * @param line the number of its line in the damaged file, from 1
         * @param offset the byte of that file at which it begins, from 0
         * @param bytes its length
         * @param reason what is wrong with it
         */
        public Dropped {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Repairs the journal of a run directory; does nothing when it is whole or missing.
     *
     * @param directory in which no run is running
     * @return what was kept and dropped
     * @throws RunDirectoryHeldException when a run is running in it
     * @throws IOException when it cannot be read, or the cleaned one not be written; the old one is there then
     */
    public static JournalRepair repair(RunDirectory directory) throws IOException {
        try (RunLock lock = RunLock.take(
                Objects.requireNonNull(directory, "directory"), RunnerIdentity.ofThisProcess(), Instant.now())) {
            if (Files.notExists(RunFiles.journal(directory))) {
                return new JournalRepair(RunFiles.journal(directory), Optional.empty(), 0, 0, List.of());
            }
            Path next = directory.path().resolve(".progress.jsonl.next");
            Storage.makeWay(next);
            try {
                return new Work(RunFiles.journal(directory), next).repair();
            } finally {
                Files.deleteIfExists(next);
            }
        }
    }

    /** One repair while it runs. */
    private static final class Work {
        private final Path journal;
        private final Path next;
        private final List<Dropped> dropped = new ArrayList<>();
        private long pieces;
        private long kept;

        Work(Path journal, Path next) {
            this.journal = journal;
            this.next = next;
        }

        JournalRepair repair() throws IOException {
            try (JournalLines lines = new JournalLines(journal);
                    FileOutputStream file = new FileOutputStream(next.toFile());
                    BufferedOutputStream out = new BufferedOutputStream(file)) {
                while (lines.next()) {
                    clean(lines, out);
                }
                out.flush();
                file.getFD().sync();
            }
            if (pieces == 0) {
                return new JournalRepair(journal, Optional.empty(), kept, 0, List.of());
            }
            Path original = keep();
            Storage.DISK.rename(next, journal);
            return new JournalRepair(journal, Optional.of(original), kept, pieces, dropped);
        }

        private void clean(JournalLines lines, BufferedOutputStream out) throws IOException {
            if (lines.isTooLong()) {
                drop(lines, 0, lines.length(), "longer than any record");
                return;
            }
            byte[] line = lines.bytes();
            Optional<String> fault = faultOf(line, 0, line.length);
            if (fault.isEmpty()) {
                write(line, 0, line.length, out);
                if (!lines.isEnded()) {
                    drop(lines, line.length, 0, "the newline was missing; the record is kept");
                }
                return;
            }
            long piecesBefore = pieces;
            // Latin-1 gives each byte one character, so that places in the text are places in the line.
            String text = new String(line, StandardCharsets.ISO_8859_1);
            Matcher begin = BEGIN.matcher(text);
            int done = 0;
            for (int from = 0; begin.find(from); ) {
                int end = endOfRecord(line, text, begin.start());
                if (end < 0) {
                    from = begin.end();
                    continue;
                }
                if (begin.start() > done) {
                    drop(lines, done, begin.start() - done, fault.get());
                }
                write(line, begin.start(), end, out);
                done = end;
                from = end;
            }
            if (done < line.length || pieces == piecesBefore) {
                drop(lines, done, line.length - done, fault.get());
            }
        }

        private static int endOfRecord(byte[] line, String text, int begin) {
            Matcher end = END.matcher(text);
            for (int from = begin; end.find(from); from = end.end()) {
                if (faultOf(line, begin, end.end()).isEmpty()) {
                    return end.end();
                }
            }
            return -1;
        }

        private static Optional<String> faultOf(byte[] line, int from, int to) {
            try {
                JournalFormat.read(Arrays.copyOfRange(line, from, to));
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        private void write(byte[] line, int from, int to, BufferedOutputStream out) throws IOException {
            out.write(line, from, to - from);
            out.write('\n');
            kept++;
        }

        private void drop(JournalLines lines, long from, long bytes, String reason) {
            pieces++;
            if (dropped.size() < DROPPED_SHOWN) {
                dropped.add(new Dropped(lines.number(), lines.offset() + from, bytes, reason));
            }
        }

        private Path keep() throws IOException {
            int number = 1;
            Path original;
            do {
                original = journal.resolveSibling("progress-damaged-" + number++ + ".jsonl");
            } while (Files.exists(original));
            Files.copy(journal, original, StandardCopyOption.COPY_ATTRIBUTES);
            try (RandomAccessFile copy = new RandomAccessFile(original.toFile(), "rw")) {
                copy.getFD().sync();
            }
            return original;
        }
    }
}
