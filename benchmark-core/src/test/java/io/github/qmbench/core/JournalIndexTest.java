package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.JournalIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalIndexTest {

    @TempDir
    Path temporary;

    private static JournalRecord record(int number, int attempt, int bytes) {
        Instant then = Instant.parse("2026-11-24T08:00:00Z");
        // "Aa" and "BB" have one hash
        String subject = (number % 2 == 0 ? "Aa" : "BB") + number / 2;
        return JournalRecord.of(
                Calculation.of(subject, Map.of()),
                Attempt.of(attempt, "run", then, then, Duration.ZERO),
                CalculationOutcome.complete(Map.of("value", "x".repeat(bytes))),
                Fingerprint.of(Map.of()));
    }

    /** What a reader hands over. */
    private static List<JournalRecord> standing(Path journal) throws IOException {
        List<JournalRecord> standing = new ArrayList<>();
        JournalIndex.ofReader(journal).forEach((record, offset) -> standing.add(record));
        return standing;
    }

    @Test
    void recordsAreFoundAgainBeyondTheBufferOfTheReader() throws IOException {
        Path file = temporary.resolve("progress.jsonl");
        List<JournalRecord> journal = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int number = 0; number < 40; number++) {
            journal.add(record(number % 20, number / 20 + 1, number % 3 == 0 ? 20_000 : 10));
            bytes.write(JournalFormat.write(journal.get(number)));
        }
        Files.write(file, bytes.toByteArray());

        assertThat(standing(file)).isEqualTo(journal.subList(20, 40));
        assertThat(JournalIndex.ofReader(file).of("Aa3")).contains(journal.get(26));
        assertThat(JournalIndex.ofReader(file).of("BB99")).isEmpty();
    }

    @Test
    void thousandCalculationsAreToldApartAndFoundAgain() throws IOException {
        Path file = temporary.resolve("progress.jsonl");
        List<JournalRecord> second = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int attempt = 1; attempt <= 2; attempt++) {
            for (int number = 0; number < 1000; number++) {
                JournalRecord record = record(number, attempt, 1);
                bytes.write(JournalFormat.write(record));
                if (attempt == 2) {
                    second.add(record);
                }
            }
        }
        Files.write(file, bytes.toByteArray());

        assertThat(standing(file)).isEqualTo(second);
    }

    @Test
    void ofNoJournalThereAreNone() throws IOException {
        assertThat(standing(temporary.resolve("progress.jsonl"))).isEmpty();
        assertThat(JournalIndex.ofReader(temporary.resolve("progress.jsonl")).of("Aa"))
                .isEmpty();
    }

    @Test
    void theFirstStartIsTheEarliestInWhicheverOrderTheRecordsCame() throws IOException {
        Path file = temporary.resolve("progress.jsonl");
        Instant early = Instant.parse("2026-11-24T08:00:00Z");
        Instant late = early.plusSeconds(60);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Instant start : List.of(late, early, late)) {
            bytes.write(JournalFormat.write(JournalRecord.of(
                    Calculation.of("at-" + bytes.size(), Map.of()),
                    Attempt.of(1, "run", start, start, Duration.ZERO),
                    CalculationOutcome.complete(Map.of()),
                    Fingerprint.of(Map.of()))));
        }
        assertThat(JournalIndex.ofReader(file).firstStart()).isEmpty();
        Files.write(file, bytes.toByteArray());

        assertThat(JournalIndex.ofReader(file).firstStart()).hasValue(early);
    }

    @Test
    void ofAttemptsThatHaveNotEndedTheLastOneIsShown() throws IOException {
        Path file = temporary.resolve("progress.jsonl");
        Instant then = Instant.parse("2026-11-24T08:00:00Z");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int attempt = 1; attempt <= 2; attempt++) {
            bytes.write(JournalFormat.write(JournalRecord.of(
                    Calculation.of("a", Map.of()),
                    Attempt.of(attempt, "run", then, then, Duration.ZERO),
                    CalculationOutcome.cancelled(),
                    Fingerprint.of(Map.of()))));
        }
        Files.write(file, bytes.toByteArray());

        assertThat(standing(file))
                .singleElement()
                .satisfies(record -> assertThat(record.attempt().number()).isEqualTo(2));
    }
}
