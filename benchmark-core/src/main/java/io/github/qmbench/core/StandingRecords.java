package io.github.qmbench.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The records of a journal that count, one for each calculation, in the order in which the calculations first appear: the
 * last completed one, or a later one that was not completed when it was made with other settings.
 *
 * <p>Needs no matrix and keeps no record: of each calculation a few bytes that tell where in the file its record is, so
 * that a million of them take some 30 MB. Not safe for use by many threads; valid as long as the journal is there.
 */
public final class StandingRecords {

    /** Takes a record. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes a record, and may fail to write what comes of it. */
        void accept(JournalRecord record) throws IOException;
    }

    private final Path journal;
    private int size;
    private int[] hashes = new int[16]; // of the task ids, by place
    private long[] offsets = new long[16]; // of the records that stand, by place
    private int[] table = new int[64]; // place + 1, or 0; open addressing, at most half full

    private StandingRecords(Path journal) {
        this.journal = Objects.requireNonNull(journal, "journal");
    }

    /**
     * Reads a journal, also while a run goes on; a missing file is an empty journal.
     *
     * @param each takes every record on the way, whether it stands or not
     * @throws JournalDamagedException when a line, other than a torn last one, is not what was written
     * @throws IOException when the file cannot be read
     */
    public static StandingRecords read(Path journal, Consumer<JournalRecord> each) throws IOException {
        StandingRecords standing = new StandingRecords(journal);
        if (Files.notExists(journal)) {
            return standing;
        }
        try (JournalReader earlier = new JournalReader(journal)) {
            RunJournal.visit(journal, (record, offset) -> {
                standing.take(record, offset, earlier);
                each.accept(record);
            });
        }
        return standing;
    }

    private void take(JournalRecord record, long offset, JournalReader earlier) throws IOException {
        int hash = record.calculation().taskId().hashCode();
        int slot = firstSlot(hash);
        while (table[slot] != 0) {
            int place = table[slot] - 1;
            if (hashes[place] == hash) {
                JournalRecord before = earlier.at(offsets[place]);
                if (before.calculation().taskId().equals(record.calculation().taskId())) {
                    if (record.isComplete() || !outlasts(before, record)) {
                        offsets[place] = offset;
                    }
                    return;
                }
            }
            slot = (slot + 1) & (table.length - 1);
        }
        add(slot, hash, offset);
    }

    private static boolean outlasts(JournalRecord before, JournalRecord failed) {
        return before.isComplete() && before.fingerprint().equals(failed.fingerprint());
    }

    private void add(int slot, int hash, long offset) {
        if (size == hashes.length) {
            int more = size + size / 2;
            hashes = Arrays.copyOf(hashes, more);
            offsets = Arrays.copyOf(offsets, more);
        }
        hashes[size] = hash;
        offsets[size] = offset;
        size++;
        table[slot] = size;
        if (size > table.length / 2) {
            table = new int[table.length * 2];
            for (int place = 0; place < size; place++) {
                int free = firstSlot(hashes[place]);
                while (table[free] != 0) {
                    free = (free + 1) & (table.length - 1);
                }
                table[free] = place + 1;
            }
        }
    }

    private int firstSlot(int hash) {
        int spread = hash * 0x9E3779B9; // the upper bits depend on all bits of the hash
        return spread >>> Integer.numberOfLeadingZeros(table.length) + 1;
    }

    /** How many calculations have a record. */
    public int size() {
        return size;
    }

    /**
     * Reads the records that stand from the journal, one after the other, each time anew.
     *
     * @throws IOException when the journal cannot be read any more, or as the receiver throws it
     */
    public void forEach(Receiver receiver) throws IOException {
        if (size == 0) {
            return;
        }
        try (JournalReader records = new JournalReader(journal)) {
            for (int place = 0; place < size; place++) {
                receiver.accept(records.at(offsets[place]));
            }
        }
    }
}
