package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTotalsTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    Path path;

    private int molecules;

    @Test
    void fiveDirectoriesOfAdoptedResultsAreNamedInOrder() throws IOException {
        for (String shard : List.of("e", "b", "b", "a", "d", "c", "b")) {
            add(2, CalculationOutcome.complete(Map.of()), Optional.of("/data/" + shard));
        }
        assertThat(totals().adoptedPhrase())
                .isEqualTo("1 result of /data/a, 3 of /data/b, 1 of /data/c, 1 of /data/d, 1 of /data/e");

        add(2, CalculationOutcome.complete(Map.of()), Optional.of("/data/f"));
        add(2, CalculationOutcome.complete(Map.of()), Optional.of("/data/g"));
        assertThat(totals().adoptedPhrase())
                .isEqualTo("1 result of /data/a, 3 of /data/b, 1 of /data/c, 1 of /data/d, 1 of /data/e and 2 more");
    }

    @Test
    void timesOfCompletedAndFailedCalculationsAreAddedApart() throws IOException {
        add(3, CalculationOutcome.complete(Map.of()), Optional.empty());
        add(20, CalculationOutcome.failed("scf").because("no convergence"), Optional.empty());
        add(7, CalculationOutcome.complete(Map.of("recovered_by", List.of("memory"))), Optional.empty());
        add(100, CalculationOutcome.failed("scf").because("no convergence"), Optional.empty());
        add(5, CalculationOutcome.complete(Map.of()), Optional.empty());

        RunTotals totals = totals();

        assertThat(totals.completed()).isEqualTo(3);
        assertThat(totals.failed()).isEqualTo(2);
        assertThat(totals.seconds()).isEqualTo(15);
        assertThat(totals.failedSeconds()).isEqualTo(120);
        assertThat(totals.adopted()).isEmpty();
        assertThat(totals.adoptedPhrase()).isEmpty();
        assertThat(totals.usedCluster()).isFalse();
        assertThat(totals.firstStart()).contains(START.plusSeconds(60));
        assertThat(totals.parameterNames()).containsExactly("functional");
        assertThat(totals.groups()).hasSize(1).first().satisfies(group -> {
            assertThat(group.completed()).isEqualTo(3);
            assertThat(group.recovered()).isEqualTo(1);
            assertThat(group.failed()).isEqualTo(2);
            assertThat(group.seconds().getMax()).isEqualTo(7);
            assertThat(group.seconds().getMin()).isEqualTo(3);
        });
    }

    @Test
    void anAdoptedAttemptInJsonHasItsRunAndDirectory() throws IOException {
        add(1, CalculationOutcome.complete(Map.of()), Optional.empty());

        assertThat(totals().toJson(Attempt.Origin.of(4, "run-9").in("/data/a")))
                .isEqualTo(Map.of("attempt", 4, "run_id", "run-9", "directory", "/data/a"));
        assertThat(totals().toJson(Attempt.Origin.of(3, "run-8")))
                .isEqualTo(Map.of("attempt", 3, "run_id", "run-8", "directory", path.toString()));
    }

    private RunTotals totals() throws IOException {
        return RunTotals.of(RecordedRun.open(RunDirectory.of(path)));
    }

    private void add(int seconds, CalculationOutcome outcome, Optional<String> adoptedFrom) throws IOException {
        molecules++;
        Instant start = START.plusSeconds(60L * molecules);
        JournalRecord record = JournalRecord.of(
                Calculation.of("m" + molecules, Map.of("functional", "WP04")),
                Attempt.of(
                        1,
                        "run-1",
                        start,
                        start.plusSeconds(seconds),
                        Duration.ofSeconds(seconds),
                        List.of(),
                        adoptedFrom.map(from -> Attempt.Origin.of(1, "run-0").in(from))),
                outcome,
                Fingerprint.EMPTY);
        Files.write(
                RunFiles.journal(RunDirectory.of(path)),
                JournalFormat.write(record),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
