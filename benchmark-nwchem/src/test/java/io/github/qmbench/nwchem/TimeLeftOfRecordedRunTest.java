package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nwchem.theory.BasisLibrary;
import io.github.qmbench.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The time left that a real run writes into its status: B3LYP/6-31G of DELTA50, whose calculations take as long as they
 * did when they were recorded, one after another, in the order of the files.
 */
class TimeLeftOfRecordedRunTest {

    private static final String RECORDED = "eta/b3lyp-6-31g-vacuum.jsonl.gz";

    /** How many are done when the status is read: 10, 25, 50 and 75 % of 50. */
    private static final List<Integer> READ_AT = List.of(5, 13, 25, 38);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    @TempDir
    Path path;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T08:00:00Z"));

    /** What a status said, and what came. */
    private record Estimate(int done, TimeLeft said, Duration truth) {
        double error() {
            return said.remaining().orElseThrow().toMillis() / (double) truth.toMillis() - 1;
        }
    }

    /** NWChem as far as a run can tell, but for the results. */
    private final class Recorded implements CalculationBackend, CostHint {
        private final NwchemBackend nwchem;
        private final Map<Calculation, Duration> times;
        private final List<Estimate> estimates = new ArrayList<>();
        private int done;

        Recorded(Map<Calculation, Duration> times, Optional<BasisLibrary> library) {
            this.times = times;
            this.nwchem = NwchemBackend.builder(new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2"))
                    .molecules(id -> DataSet.delta50().molecule(id).orElse(null))
                    .settings(NwchemSettings.builder().basis("6-31G").build())
                    .basisLibrary(library)
                    .build();
        }

        @Override
        public Cost cost(Calculation calculation) {
            return nwchem.cost(calculation);
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws Exception {
            clock.advance(FIRST_LOOK);
            if (READ_AT.contains(done)) {
                Duration truth = times.values().stream().skip(done).reduce(Duration.ZERO, Duration::plus);
                estimates.add(new Estimate(done, awaitStatus(done).timeLeft(), truth.minus(FIRST_LOOK)));
            }
            clock.advance(times.get(calculation).minus(FIRST_LOOK));
            done++;
            return CalculationOutcome.complete(Map.of());
        }
    }

    /** The status that a run writes when the next calculation runs. */
    private RunStatus awaitStatus(int completed) throws IOException, InterruptedException {
        for (int i = 0; i < 500; i++) {
            RunStatus status = new StatusReader(RunDirectory.of(path)).read().orElseThrow();
            if (status.progress().completed() == completed && !status.running().isEmpty()) {
                return status;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no status with " + completed + " completed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNearTheTruthInTheStatusesOfARun(boolean withTheLibraryOfThisMachine) throws Exception {
        Map<Calculation, Duration> times = times();
        Recorded backend = new Recorded(times, withTheLibraryOfThisMachine ? BasisLibrary.find() : Optional.empty());
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(times.keySet().stream().map(Calculation::subject).toList())
                .axis("functional", "B3LYP")
                .axis("solvent", "vacuum")
                .build();

        RunState end = BenchmarkRunner.builder(path, matrix, backend)
                .clock(clock)
                .build()
                .run()
                .state();

        assertThat(end).isEqualTo(RunState.COMPLETE);
        assertThat(backend.estimates).hasSize(4).allSatisfy(estimate -> {
            assertThat(estimate.said().model()).hasValue("size_model");
            TimeLeft.Range range = estimate.said().range().orElseThrow();
            assertThat(estimate.truth()).isBetween(range.from(), range.to());
        });
        double[] errors = backend.estimates.stream()
                .mapToDouble(estimate -> Math.abs(estimate.error()))
                .sorted()
                .toArray();
        assertThat((errors[1] + errors[2]) / 2)
                .as("median of %s", backend.estimates)
                .isLessThanOrEqualTo(0.15);
    }

    private Map<Calculation, Duration> times() throws IOException {
        Map<Calculation, Duration> times = new LinkedHashMap<>();
        PackedRecords.completed(RECORDED, path)
                .forEach(record ->
                        times.put(record.calculation(), record.attempt().duration()));
        assertThat(times).hasSize(50);
        return times;
    }
}
