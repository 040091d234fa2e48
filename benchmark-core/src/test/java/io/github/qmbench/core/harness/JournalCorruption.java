package io.github.qmbench.core.harness;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.JournalRepair;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Damages a small journal in every place: it is either read right or refused with file and line; and a repair keeps every
 * record that the damage left whole, and the damaged file.
 */
public final class JournalCorruption {

    private final RunDirectory directory;
    private final List<JournalRecord> records = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final int repairEvery;
    private byte[] whole = new byte[0];
    private int places;
    private int refused;
    private int torn;
    private int repaired;

    private JournalCorruption(Path directory, int repairEvery) throws IOException {
        this.repairEvery = repairEvery;
        this.directory = RunDirectory.of(Files.createDirectories(directory));
        for (int i = 0; i < 5; i++) {
            Calculation calculation = Calculation.of("compound_" + i, Map.of("solvent", "CHCl3"));
            CalculationOutcome outcome = i == 2
                    ? CalculationOutcome.failed("scf").because("no \u2028 \"luck\"\n")
                    : CalculationOutcome.complete(Map.of("shieldings", List.of(31.2, 1.0 / 3, i), "text", "\ud800\0"));
            JournalRecord record = JournalRecord.of(
                    calculation,
                    Attempt.of(1, "run-1", Instant.EPOCH, Instant.EPOCH.plusSeconds(i), Duration.ofSeconds(i)),
                    outcome,
                    Fingerprint.of(Map.of("basis", "6-31G*")));
            byte[] line = JournalFormat.write(record);
            byte[] longer = Arrays.copyOf(whole, whole.length + line.length);
            System.arraycopy(line, 0, longer, whole.length, line.length);
            whole = longer;
            records.add(record);
            ends.add(whole.length);
        }
    }

    /**
     * Damages every byte, and repairs the damage of some.
     *
     * @param repairEvery how many places there are to one that is repaired, too, which takes longer
     */
    public static String run(Path directory, int repairEvery) throws IOException {
        JournalCorruption one = new JournalCorruption(directory, repairEvery);
        int flips = one.flipEveryByte();
        int lengths = one.truncateToEveryLength();
        int blocks = one.zeroBlocks();
        return flips + " flipped bytes, " + lengths + " lengths, " + blocks + " zeroed blocks: " + one.refused
                + " refused with file and line, " + one.torn + " read after a torn end was told, no wrong count; "
                + one.repaired
                + " repairs lost no whole record";
    }

    private int flipEveryByte() throws IOException {
        int count = 0;
        for (int i = 0; i < whole.length; i++) {
            for (int flip : new int[] {1, 2, 4, 8, 16, 32, 64, 128, whole[i] ^ '\n', whole[i]}) {
                if (flip != 0) {
                    byte[] damaged = whole.clone();
                    damaged[i] ^= (byte) flip;
                    Torture.check(!isTakenAsItIs(damaged), "a flipped byte " + i + " was not seen");
                    count++;
                }
            }
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            repairAfter(damaged, i, i + 1);
        }
        return count;
    }

    private int truncateToEveryLength() throws IOException {
        for (int length = 0; length <= whole.length; length++) {
            byte[] damaged = Arrays.copyOf(whole, length);
            int wholeLines = wholeLinesIn(length);
            Files.write(RunFiles.journal(directory), damaged);
            List<JournalRecord> read = new ArrayList<>();
            RunJournal.Extent extent = RunJournal.read(RunFiles.journal(directory), read::add);
            Torture.check(read.equals(records.subList(0, wholeLines)), "wrong records at length " + length);
            int end = wholeLines == 0 ? 0 : ends.get(wholeLines - 1);
            Torture.check(extent.tornBytes() == length - end, "the torn end at length " + length + " is not told");
        }
        return whole.length + 1;
    }

    private int zeroBlocks() throws IOException {
        int count = 0;
        for (int size : new int[] {2, 7, 64, 512}) {
            for (int from = 0; from < whole.length; from += Math.max(1, size / 2)) {
                byte[] damaged = whole.clone();
                int to = Math.min(whole.length, from + size);
                Arrays.fill(damaged, from, to, (byte) 0);
                isTakenAsItIs(damaged);
                repairAfter(damaged, from, to);
                count++;
            }
        }
        return count;
    }

    private int wholeLinesIn(int length) {
        return (int) ends.stream().filter(end -> end <= length).count();
    }

    /** Reads a damaged journal; true when it was read and nothing seemed to be missing. */
    private boolean isTakenAsItIs(byte[] damaged) throws IOException {
        Files.write(RunFiles.journal(directory), damaged);
        List<JournalRecord> read = new ArrayList<>();
        try {
            RunJournal.Extent extent = RunJournal.read(RunFiles.journal(directory), read::add);
            Torture.check(read.equals(records.subList(0, read.size())), "a record was changed unseen: " + read);
            Torture.check(
                    read.size() == records.size() || extent.tornBytes() > 0,
                    "records are missing, and nothing is said");
            torn++;
            return read.size() == records.size();
        } catch (JournalDamagedException e) {
            Torture.check(
                    e.file().equals(RunFiles.journal(directory)) && e.line() >= 1 && e.line() <= records.size(),
                    "the message names no place: " + e.getMessage());
            refused++;
            return false;
        }
    }

    /** Repairs a journal damaged from one byte to another; records that lie outside must survive, others must not. */
    private void repairAfter(byte[] damaged, int from, int to) throws IOException {
        if (places++ % repairEvery != 0) {
            return;
        }
        Files.write(RunFiles.journal(directory), damaged);
        JournalRepair repair = JournalRepair.repair(directory);
        List<JournalRecord> expected = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            int begin = i == 0 ? 0 : ends.get(i - 1);
            int end = ends.get(i) - 1; // a lost newline does not harm the record
            if (to <= begin || from >= end) {
                expected.add(records.get(i));
            }
        }
        List<JournalRecord> read = new ArrayList<>();
        RunJournal.read(RunFiles.journal(directory), read::add);
        Torture.check(
                read.equals(expected),
                "repair after damage of bytes " + from + " to " + to + " kept " + read.size() + " records instead of "
                        + expected.size() + ": " + repair);
        Torture.check(repair.keptRecords() == read.size() && repair.droppedPieces() > 0, "it tells " + repair);
        Path original = repair.original().orElseThrow();
        Torture.check(Arrays.equals(Files.readAllBytes(original), damaged), "the original was not kept");
        Files.delete(original);
        repaired++;
    }
}
