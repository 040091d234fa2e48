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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The estimates of runs that were resumed, on other machines or beside other work, from the journal of {@code delta50}.
 * {@code docs/performance.md} has the figures.
 */
class TimeLeftOfNextSittingTest {

    /** One sitting, and what was calculated before it. */
    private record Sitting(String runId, List<JournalRecord> before, List<JournalRecord> records) {

        /** How far the estimate of all but the first calculations is off, by a model that keeps earlier runs apart. */
        Estimate apart(int done) {
            EtaEstimator estimator = EtaEstimator.sizeModel(HINT);
            learn(before, estimator::completedEarlier);
            return estimate(estimator, done);
        }

        /** The same by a model that does not. */
        Estimate alike(int done) {
            EtaEstimator estimator = EtaEstimator.sizeModel(HINT);
            learn(before, estimator::completed);
            return estimate(estimator, done);
        }

        private Estimate estimate(EtaEstimator estimator, int done) {
            learn(records.subList(0, done), estimator::completed);
            List<JournalRecord> left = records.subList(done, records.size());
            return new Estimate(
                    estimator.estimate(EtaEstimator.Workload.of(
                            1,
                            left.stream()
                                    .map(one -> EtaEstimator.Batch.of(one.calculation(), 1))
                                    .toList(),
                            List.of())),
                    left.stream().map(one -> one.attempt().duration()).reduce(Duration.ZERO, Duration::plus));
        }

        private static void learn(List<JournalRecord> records, BiConsumer<Calculation, Duration> estimator) {
            records.forEach(record ->
                    estimator.accept(record.calculation(), record.attempt().duration()));
        }
    }

    private record Estimate(TimeLeft said, Duration truth) {

        String error() {
            double ratio = (double) said.remaining().orElseThrow().toMillis() / truth.toMillis();
            return String.format(Locale.ROOT, "%+.0f %%", 100 * (ratio - 1));
        }

        boolean rangeHeld() {
            TimeLeft.Range range = said.range().orElseThrow();
            return range.from().compareTo(truth) <= 0 && truth.compareTo(range.to()) <= 0;
        }
    }

    private static final CostHint HINT = NwchemBackend.builder(new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2"))
            .molecules(id -> DataSet.delta50().molecule(id).orElse(null))
            .basisLibrary(Optional.empty())
            .build();

    /** B3LYP ran beside builds; this sitting, the first with WP04, for most of the time alone. */
    private static final String MUCH_FASTER = "20261201T060605Z-a987db";

    private static String page;
    private static List<Sitting> sittings;

    @BeforeAll
    static void reads(@TempDir Path directory) throws IOException {
        page = Files.readString(Path.of("../docs/performance.md"));
        List<JournalRecord> all = PackedRecords.completed("delta50/progress.jsonl.gz", directory);
        sittings = all.stream()
                .collect(Collectors.groupingBy(
                        record -> record.attempt().runId(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(run -> new Sitting(
                        run.getKey(), all.subList(0, all.indexOf(run.getValue().get(0))), run.getValue()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8, 16})
    void ofAFasterMachineAreWhatThePageOnPerformanceSays(int done) {
        Sitting sitting = sittings.stream()
                .filter(one -> one.runId().equals(MUCH_FASTER))
                .findFirst()
                .orElseThrow();

        assertThat(page)
                .contains("| " + done + " of " + sitting.records().size() + " | "
                        + sitting.alike(done).error() + " | "
                        + sitting.apart(done).error() + " |");
    }

    @Test
    void ofAllResumedSittingsAreWhatThePageOnPerformanceSays() {
        List<String> rows = sittings.stream()
                .skip(1)
                .filter(sitting -> sitting.records().size() > 2)
                .map(TimeLeftOfNextSittingTest::row)
                .toList();

        assertThat(rows).hasSize(7);
        assertThat(page).contains(String.join("", rows));
    }

    private static String row(Sitting sitting) {
        Estimate first = sitting.apart(0);
        return String.join(
                " | ",
                "| " + sitting.runId().substring(0, 15),
                Integer.toString(sitting.records().size()),
                first.error(),
                first.rangeHeld() ? "yes" : "no",
                sitting.alike(2).error(),
                sitting.apart(2).error() + " |\n");
    }
}
