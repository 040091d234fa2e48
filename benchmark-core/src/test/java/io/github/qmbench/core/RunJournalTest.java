package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.JournalAppender;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.JournalLines;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.JournalReader;
import io.github.qmbench.core.store.JournalRepair;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a journal, whatever has become of its bytes, and when a record counts as written. */
class RunJournalTest {

    private static final RunJournal.Extent EMPTY = new RunJournal.Extent(0, 0, 0);

    @TempDir
    Path temporary;

    private static JournalRecord record(int number) {
        Instant then = Instant.parse("2026-11-24T08:00:00Z");
        return JournalRecord.of(
                Calculation.of("m" + number, Map.of()),
                Attempt.of(1, "run", then, then, Duration.ZERO),
                CalculationOutcome.complete(Map.of("value", number)),
                Fingerprint.EMPTY);
    }

    /** Three records, and where their lines end. */
    private static byte[] journal(List<Integer> ends) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            bytes.writeBytes(JournalFormat.write(record(i)));
            ends.add(bytes.size());
        }
        return bytes.toByteArray();
    }

    private static RunJournal.Extent read(byte[] bytes, List<JournalRecord> records) throws IOException {
        Path file = Files.createTempFile("qmbench-journal", ".jsonl");
        try {
            Files.write(file, bytes);
            return RunJournal.read(file, records::add);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 200)
    void anyChangedByteIsRefusedWithItsLine(@ForAll @IntRange(max = 2000) int place, @ForAll byte change) {
        List<Integer> ends = new ArrayList<>();
        byte[] bytes = journal(ends);
        int changed = place % bytes.length;
        if (change == 0 || changed == bytes.length - 1) {
            return; // no change, or the last newline, which has a test of its own
        }
        bytes[changed] ^= change;
        long line = 1 + ends.stream().filter(end -> end <= changed).count();

        assertThatThrownBy(() -> read(bytes, new ArrayList<>()))
                .isInstanceOfSatisfying(
                        JournalDamagedException.class,
                        damage -> assertThat(damage.line()).isEqualTo(line));
    }

    @Property(tries = 200)
    void cutAnywhereItsWholeLinesAreReadAndTheRestIsTorn(@ForAll @IntRange(max = 2000) int place) throws IOException {
        List<Integer> ends = new ArrayList<>();
        byte[] bytes = journal(ends);
        int length = place % (bytes.length + 1);
        int whole = (int) ends.stream().filter(end -> end <= length).count();
        int wholeBytes = whole == 0 ? 0 : ends.get(whole - 1);
        List<JournalRecord> records = new ArrayList<>();

        RunJournal.Extent extent = read(Arrays.copyOf(bytes, length), records);

        assertThat(extent).isEqualTo(new RunJournal.Extent(whole, wholeBytes, length - wholeBytes));
        assertThat(records).isEqualTo(List.of(record(0), record(1), record(2)).subList(0, whole));
    }

    @Test
    void lastNewlineThatWasChangedIsDamageAndNoTornLine() {
        byte[] bytes = journal(new ArrayList<>());
        bytes[bytes.length - 1] = ' ';

        assertThatThrownBy(() -> read(bytes, new ArrayList<>()))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("line 3: a complete record is followed by a byte that is not a newline");
    }

    @Test
    void lineLongerThanAnyRecordIsRefusedAndLeftOutByTheRepair() throws IOException {
        RunDirectory run = RunDirectory.of(temporary);
        byte[] record = JournalFormat.write(record(1));
        long tooLong = JournalLines.MOST_BYTES + 1L;
        try (RandomAccessFile file = new RandomAccessFile(RunFiles.journal(run).toFile(), "rw")) {
            file.seek(tooLong); // zeros, which take no room on the disk
            file.write('\n');
            file.write(record);
        }

        assertThatThrownBy(() -> RunJournal.read(RunFiles.journal(run), ignored -> {}))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("line 1: it has " + tooLong + " bytes, more than any record");
        JournalRepair repair = JournalRepair.repair(run);

        assertThat(repair.dropped())
                .containsExactly(new JournalRepair.Dropped(1, 0, tooLong, "longer than any record"));
        assertThat(RunFiles.journal(run)).hasBinaryContent(record);
    }

    @Test
    void recordIsFoundByItsPlaceAndAPlaceWithoutOneIsRefused() throws IOException {
        Path file = temporary.resolve("progress.jsonl");
        List<Integer> ends = new ArrayList<>();
        byte[] bytes = journal(ends);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        try (JournalReader records = new JournalReader(file)) {
            assertThat(records.at(ends.get(0))).isEqualTo(record(1));
            assertThatThrownBy(() -> records.at(ends.get(0) + 1)).hasMessageContaining("at byte " + (ends.get(0) + 1));
            assertThatThrownBy(() -> records.at(ends.get(1)))
                    .hasMessage(file + " has no whole line at byte " + ends.get(1));
        }
    }

    /** A file in memory that counts its forces, and fails when told to. */
    private static final class CountingFile implements Storage.AppendFile {
        private final ByteBuffer bytes = ByteBuffer.allocate(10_000);
        private int forces;
        private boolean failing;
        private boolean replaced;
        private boolean closed;

        @Override
        public long size() {
            return bytes.position();
        }

        @Override
        public void append(byte[] more) {
            bytes.put(more);
        }

        @Override
        public void force() throws IOException {
            if (failing) {
                throw new IOException("Input/output error");
            }
            forces++;
        }

        @Override
        public void check() throws IOException {
            if (replaced) {
                throw new IOException("somebody replaced it");
            }
        }

        @Override
        public void truncate(long size) {
            bytes.position((int) size);
        }

        @Override
        public void close() {
            closed = true;
        }

        JournalAppender journal(Path place, Durability durability) throws IOException {
            Storage storage = new QuickStorage() {
                @Override
                public Storage.AppendFile open(Path file) {
                    return CountingFile.this;
                }
            };
            return JournalAppender.open(place.resolve("progress.jsonl"), EMPTY, storage, durability);
        }
    }

    @Test
    void recordIsForcedWhenAppendReturns() throws IOException {
        CountingFile file = new CountingFile();
        try (JournalAppender journal = file.journal(temporary, Durability.FORCED)) {
            assertThat(file.forces)
                    .as("what was there before counts from now on")
                    .isEqualTo(1);
            journal.append(record(1));
            assertThat(file.forces).isEqualTo(2);
            journal.force();
            assertThat(file.forces).as("there is nothing left to force").isEqualTo(2);
        }
        assertThat(file.closed).isTrue();
    }

    @Test
    void periodicRecordWaitsForTheNextForce() throws IOException {
        CountingFile file = new CountingFile();
        try (JournalAppender journal = file.journal(temporary, Durability.PERIODIC)) {
            journal.append(record(1));
            journal.append(record(2));
            assertThat(file.forces).isEqualTo(1);
            journal.force();
            assertThat(file.forces).isEqualTo(2);
        }
    }

    @Test
    void afterAFailedForceNothingIsAppendedAnyMore() throws IOException {
        CountingFile file = new CountingFile();
        try (JournalAppender journal = file.journal(temporary, Durability.FORCED)) {
            file.failing = true;
            assertThatThrownBy(() -> journal.append(record(1))).hasMessage("Input/output error");
            file.failing = false;
            long size = file.size();

            assertThatThrownBy(() -> journal.append(record(1))).hasMessageContaining("is not trusted since");
            assertThat(file.size()).isEqualTo(size);
        }
    }

    @Test
    void afterALookThatFindsAnotherFileNothingIsAppendedAnyMore() throws IOException {
        CountingFile file = new CountingFile();
        try (JournalAppender journal = file.journal(temporary, Durability.FORCED)) {
            journal.check();
            file.replaced = true;
            assertThatThrownBy(journal::check).hasMessage("somebody replaced it");
            file.replaced = false;
            long size = file.size();

            assertThatThrownBy(() -> journal.append(record(1)))
                    .hasMessageContaining("is not trusted since: somebody replaced it");
            assertThat(file.size()).isEqualTo(size);
        }
    }

    @Test
    void aFailedForceInAnotherRunsDirectoryLeavesNoMarkThere() throws IOException {
        CountingFile file = new CountingFile();
        try (JournalAppender journal = file.journal(temporary, Durability.FORCED)) {
            file.failing = true;
            file.replaced = true;
            assertThatThrownBy(() -> journal.append(record(1)))
                    .hasMessage("Input/output error")
                    .satisfies(fault -> assertThat(fault.getSuppressed())
                            .singleElement()
                            .satisfies(why -> assertThat(why).hasMessage("somebody replaced it")));
            assertThat(temporary.resolve(".progress.jsonl.unsafe")).doesNotExist();

            file.replaced = false;
        }
    }

    @Test
    void fileThatCannotBeForcedIsClosedAgain() {
        CountingFile file = new CountingFile();
        file.failing = true;
        assertThatThrownBy(() -> file.journal(temporary, Durability.FORCED)).hasMessage("Input/output error");
        assertThat(file.closed).isTrue();
    }
}
