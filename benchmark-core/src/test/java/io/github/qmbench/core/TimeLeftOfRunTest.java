package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time left that a run writes into its status. */
class TimeLeftOfRunTest {

    private static final Instant BEGIN = Instant.parse("2026-11-24T22:00:00Z");

    @TempDir
    Path path;

    private CalculationMatrix matrix = matrix("10", "20", "40", "30", "60", "50");
    private int slowness = 1;

    private static CalculationMatrix matrix(String... subjects) {
        return CalculationMatrix.builder().subjects(subjects).build();
    }

    /** A backend whose calculations take the square of their size in seconds; reads the status in each of them. */
    private class Sized implements CalculationBackend {
        final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
        final List<TimeLeft> seen = Collections.synchronizedList(new ArrayList<>());

        Duration time(Calculation calculation) {
            int size = Integer.parseInt(calculation.subject());
            return Duration.ofSeconds((long) slowness * size * size);
        }

        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws Exception {
            Instant begin = now.get();
            now.set(begin.plusSeconds(1));
            seen.add(awaitStatus(matrix.indexOf(calculation)).timeLeft());
            now.set(begin.plus(time(calculation)));
            return CalculationOutcome.complete(Map.of());
        }

        /** The status that a run writes within a second after a calculation has begun. */
        private RunStatus awaitStatus(int completed) throws IOException, InterruptedException {
            for (int i = 0; i < 500; i++) {
                RunStatus status =
                        new StatusReader(RunDirectory.of(path)).read().orElseThrow();
                if (status.progress().completed() == completed
                        && !status.running().isEmpty()) {
                    return status;
                }
                Thread.sleep(20);
            }
            throw new AssertionError("no status with " + completed + " completed");
        }

        void run() throws IOException {
            RunOutcome outcome = BenchmarkRunner.builder(path, matrix, this)
                    .clock(new TestClock(
                            now::get, () -> Duration.between(BEGIN, now.get()).toNanos()))
                    .storage(new QuickStorage())
                    .build()
                    .run();
            assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        }
    }

    private final class Hinted extends Sized implements CostHint {
        @Override
        public Cost cost(Calculation calculation) {
            double size = Double.parseDouble(calculation.subject());
            return new Cost(size * size, Map.of("size", size), Map.of());
        }
    }

    @Test
    void withAHintItComesFromTheSizeModelOnceThreeTimesAreKnown() throws Exception {
        Hinted backend = new Hinted();

        backend.run();

        assertThat(backend.seen)
                .extracting(timeLeft -> timeLeft.model().orElse("none"))
                .containsExactly("none", "rolling_mean", "rolling_mean", "size_model", "size_model", "size_model");
        TimeLeft threeLeft = backend.seen.get(3);
        Duration truth = Duration.ofSeconds(900 + 3600 + 2500 - 1);
        assertThat(threeLeft.remaining().orElseThrow()).isCloseTo(truth, Duration.ofSeconds(20));
        assertThat(threeLeft.range().orElseThrow().from()).isLessThan(truth);
        assertThat(threeLeft.range().orElseThrow().to()).isGreaterThan(truth);
    }

    @Test
    void timesOfAnEarlierRunOnASlowerMachineAreCorrectedAfterTwoCalculations() throws Exception {
        slowness = 3;
        matrix = matrix("10", "20", "40", "30", "60", "50", "45", "25");
        new Hinted().run();
        slowness = 1;
        matrix = matrix("10", "20", "40", "30", "60", "50", "45", "25", "35", "55", "42", "58", "28");
        Hinted faster = new Hinted();
        TimeLeft planned = BenchmarkRunner.builder(path, matrix, faster)
                .build()
                .plan()
                .forecast()
                .time();

        faster.run();

        assertThat(planned.range().orElseThrow().to().toMillis())
                .as("of another machine, perhaps")
                .isGreaterThan(
                        Math.round(1.4 * planned.remaining().orElseThrow().toMillis()));
        double truth = 42 * 42 + 58 * 58 + 28 * 28 - 1;
        TimeLeft atFirst = faster.seen.get(0);
        assertThat(atFirst.remaining().orElseThrow()).isGreaterThan(Duration.ofSeconds(Math.round(2.5 * truth)));
        TimeLeft threeLeft = faster.seen.get(2);
        assertThat(threeLeft.remaining().orElseThrow().toMillis() / 1000.0)
                .isCloseTo(truth, Percentage.withPercentage(20));
        assertThat(threeLeft.range().orElseThrow().from()).isLessThan(Duration.ofSeconds(Math.round(truth)));
    }

    @Test
    void withoutAHintItIsTheMeanOfAllThatIsWaitingOrRunning() throws Exception {
        Sized backend = new Sized();

        backend.run();

        TimeLeft threeLeft = backend.seen.get(3);
        assertThat(threeLeft.model()).hasValue("rolling_mean");
        assertThat(threeLeft.remaining().orElseThrow())
                .isCloseTo(Duration.ofSeconds((100 + 400 + 1600) / 3 * 3), Duration.ofSeconds(20));
    }
}
