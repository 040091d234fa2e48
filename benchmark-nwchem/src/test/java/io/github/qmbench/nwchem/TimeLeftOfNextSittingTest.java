package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The estimates of a sitting whose machine was much faster for it than those of the sittings before: B3LYP of DELTA50 ran beside
 * builds, WP04 alone. {@code docs/performance.md} has the figures.
 */
class TimeLeftOfNextSittingTest {

    private static final String SITTING = "20261201T060605Z-a987db";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8, 16})
    void isWhatThePageOnPerformanceSays(int done) throws IOException {
        List<JournalRecord> all = PackedRecords.completed("delta50/progress.jsonl.gz", directory);
        List<JournalRecord> sitting = all.stream()
                .filter(record -> record.attempt().runId().equals(SITTING))
                .toList();
        List<JournalRecord> before = all.subList(0, all.indexOf(sitting.get(0)));
        CostHint hint = NwchemBackend.builder(new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2"))
                .molecules(id -> DataSet.delta50().molecule(id).orElse(null))
                .basisLibrary(Optional.empty())
                .build();

        EtaEstimator alike = EtaEstimator.sizeModel(hint);
        EtaEstimator apart = EtaEstimator.sizeModel(hint);
        learn(before, alike::completed);
        learn(before, apart::completedEarlier);
        learn(sitting.subList(0, done), alike::completed);
        learn(sitting.subList(0, done), apart::completed);
        List<JournalRecord> left = sitting.subList(done, sitting.size());

        String row =
                "| " + done + " of " + sitting.size() + " | " + error(alike, left) + " | " + error(apart, left) + " |";
        assertThat(Files.readString(Path.of("../docs/performance.md"))).contains(row);
    }

    private static void learn(List<JournalRecord> records, BiConsumer<Calculation, Duration> estimator) {
        records.forEach(record ->
                estimator.accept(record.calculation(), record.attempt().duration()));
    }

    /** How far the estimate of the calculations is off, one after another. */
    private static String error(EtaEstimator estimator, List<JournalRecord> left) {
        TimeLeft said = estimator.estimate(EtaEstimator.Workload.of(
                1,
                left.stream()
                        .map(one -> EtaEstimator.Batch.of(one.calculation(), 1))
                        .toList(),
                List.of()));
        double truth = left.stream()
                .mapToLong(one -> one.attempt().duration().toMillis())
                .sum();
        return String.format(
                Locale.ROOT, "%+.0f %%", 100 * (said.remaining().orElseThrow().toMillis() / truth - 1));
    }
}
