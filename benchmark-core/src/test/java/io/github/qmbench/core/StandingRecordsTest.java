package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingRecordsTest {

    @TempDir
    Path temporary;

    private static JournalRecord record(int number, boolean complete, int settings, int bytes) {
        Instant then = Instant.parse("2026-11-24T08:00:00Z");
        // "Aa" and "BB" have one hash
        String subject = (number % 2 == 0 ? "Aa" : "BB") + number / 2;
        return new JournalRecord(
                Calculation.of(subject, Map.of()),
                new Attempt(1, "run", then, then, Duration.ZERO),
                complete
                        ? CalculationOutcome.complete(Map.of("value", "x".repeat(bytes)))
                        : CalculationOutcome.failed("scf", "x".repeat(bytes)),
                Fingerprint.of(Map.of("settings", String.valueOf(settings))));
    }

    @Provide
    Arbitrary<List<JournalRecord>> journals() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(20, 10),
                                net.jqwik.api.Tuple.of(1, 20_000))) // more than a buffer
                .as(StandingRecordsTest::record)
                .list()
                .ofMaxSize(150);
    }

    @Property(tries = 100)
    void areTheLastCompletedOrWhatFollowedItWithOtherSettings(@ForAll("journals") List<JournalRecord> journal)
            throws IOException {
        Map<String, JournalRecord> expected = new LinkedHashMap<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JournalRecord record : journal) {
            bytes.write(JournalFormat.write(record));
            expected.merge(
                    record.calculation().taskId(),
                    record,
                    (before, later) -> later.isComplete()
                                    || !before.isComplete()
                                    || !before.fingerprint().equals(later.fingerprint())
                            ? later
                            : before);
        }
        Path file = Files.createTempFile("qmbench-standing", ".jsonl");
        try {
            Files.write(file, bytes.toByteArray());
            List<JournalRecord> all = new ArrayList<>();
            StandingRecords standing = StandingRecords.read(file, all::add);
            List<JournalRecord> read = new ArrayList<>();
            standing.forEach(read::add);

            assertThat(all).isEqualTo(journal);
            assertThat(read).isEqualTo(List.copyOf(expected.values()));
            assertThat(standing.size()).isEqualTo(read.size());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void ofNoJournalThereAreNone() throws IOException {
        List<JournalRecord> read = new ArrayList<>();

        StandingRecords.read(temporary.resolve("progress.jsonl"), read::add).forEach(read::add);

        assertThat(read).isEmpty();
    }
}
