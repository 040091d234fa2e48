package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.Torture;
import io.github.qmbench.core.internal.JournalAppender;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.store.JournalRepair;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRepairTest {

    private static final byte[] JUNK = "no record ".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    /** The bytes of a record without its newline. */
    private static byte[] record(int number) {
        Instant then = Instant.parse("2026-11-24T08:00:00Z");
        byte[] line = JournalFormat.write(JournalRecord.of(
                Calculation.of("m" + number, Map.of()),
                Attempt.of(1, "run", then, then, Duration.ZERO),
                CalculationOutcome.complete(Map.of("value", number)),
                Fingerprint.EMPTY));
        return java.util.Arrays.copyOf(line, line.length - 1);
    }

    @Property(tries = 100)
    void keepsEveryRecordInOrderAndSaysWhatItLeavesOut(
            @ForAll @Size(max = 5) List<@NotEmpty @Size(max = 4) List<Boolean>> lines, @ForAll boolean ended)
            throws IOException {
        Path directory = Files.createTempDirectory("qmbench-repair");
        try {
            ByteArrayOutputStream journal = new ByteArrayOutputStream();
            ByteArrayOutputStream cleaned = new ByteArrayOutputStream();
            List<String> dropped = new ArrayList<>();
            int records = 0;
            for (int i = 0; i < lines.size(); i++) {
                List<Boolean> pieces = lines.get(i);
                boolean newline = ended || i + 1 < lines.size();
                int droppedBefore = dropped.size();
                int junkFrom = -1;
                for (boolean isRecord : pieces) {
                    if (isRecord && junkFrom >= 0) {
                        dropped.add(place(i, junkFrom, journal.size() - junkFrom));
                        junkFrom = -1;
                    }
                    if (!isRecord && junkFrom < 0) {
                        junkFrom = journal.size();
                    }
                    byte[] bytes = isRecord ? record(records++) : JUNK;
                    journal.writeBytes(bytes);
                    if (isRecord) {
                        cleaned.writeBytes(bytes);
                        cleaned.write('\n');
                    }
                }
                boolean whole = pieces.equals(List.of(true)) && newline;
                if (junkFrom >= 0) {
                    dropped.add(place(i, junkFrom, journal.size() - junkFrom));
                } else if (!whole && dropped.size() == droppedBefore) {
                    dropped.add(place(i, journal.size(), 0));
                }
                if (newline) {
                    journal.write('\n');
                }
            }
            RunDirectory run = RunDirectory.of(directory);
            Files.write(RunFiles.journal(run), journal.toByteArray());

            JournalRepair repair = JournalRepair.repair(run);

            assertThat(repair.keptRecords()).isEqualTo(records);
            assertThat(repair.dropped().stream()
                            .map(piece -> place((int) piece.line() - 1, (int) piece.offset(), (int) piece.bytes())))
                    .containsExactlyElementsOf(dropped);
            assertThat(repair.droppedPieces()).isEqualTo(dropped.size());
            assertThat(RunFiles.journal(run))
                    .hasBinaryContent(dropped.isEmpty() ? journal.toByteArray() : cleaned.toByteArray());
            assertThat(repair.original().isPresent()).isEqualTo(!dropped.isEmpty());
        } finally {
            Torture.delete(directory);
        }
    }

    private static String place(int lineIndex, int offset, int bytes) {
        return "line " + (lineIndex + 1) + ", byte " + offset + ", " + bytes + " bytes";
    }

    @Test
    void listsTheFirstHundredPiecesAndCountsAll() throws IOException {
        RunDirectory run = RunDirectory.of(temporary);
        Files.write(RunFiles.journal(run), Collections.nCopies(101, "no record"));

        JournalRepair repair = JournalRepair.repair(run);

        assertThat(repair.dropped()).hasSize(100);
        assertThat(repair.droppedPieces()).isEqualTo(101);
        assertThat(repair.keptRecords()).isZero();
    }

    @Test
    void everyDamagedJournalIsKeptUnderItsOwnName() throws IOException {
        RunDirectory run = RunDirectory.of(temporary);
        for (int number = 1; number <= 3; number++) {
            String damage = "damage " + number;
            Files.writeString(RunFiles.journal(run), damage + "\n");

            assertThat(JournalRepair.repair(run).original())
                    .hasValue(run.path().resolve("progress-damaged-" + number + ".jsonl"))
                    .hasValueSatisfying(original -> assertThat(original).hasContent(damage));
        }
    }

    @Test
    void aRecordThatCouldNotBeWrittenWholeIsTakenBack() throws IOException {
        Path file = temporary.resolve("progress.jsonl");
        JournalRecord record = JournalFormat.read(record(1));
        boolean[] full = {false};
        Storage halfway = new QuickStorage() {
            @Override
            public AppendFile open(Path path) throws IOException {
                AppendFile disk = super.open(path);
                return new AppendFile() {
                    @Override
                    public long size() throws IOException {
                        return disk.size();
                    }

                    @Override
                    public void append(byte[] bytes) throws IOException {
                        disk.append(full[0] ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes);
                        if (full[0]) {
                            throw new IOException("no space left on device");
                        }
                    }

                    @Override
                    public void force() throws IOException {
                        disk.force();
                    }

                    @Override
                    public void truncate(long size) throws IOException {
                        disk.truncate(size);
                    }

                    @Override
                    public void close() throws IOException {
                        disk.close();
                    }
                };
            }
        };
        try (JournalAppender journal =
                JournalAppender.open(file, new RunJournal.Extent(0, 0, 0), halfway, Durability.FORCED)) {
            journal.append(record);
            byte[] whole = Files.readAllBytes(file);
            full[0] = true;

            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> journal.append(record)))
                    .hasMessageContaining("no space left");
            assertThat(file).hasBinaryContent(whole);

            full[0] = false;
            assertThat(journal.append(record)).isEqualTo(whole.length);
        }
    }
}
