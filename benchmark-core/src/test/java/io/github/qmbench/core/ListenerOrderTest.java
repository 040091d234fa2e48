package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link RunListener} is told comes in the order in which it happened, however many run side by side. */
class ListenerOrderTest {

    private static final int CALCULATIONS = 2000;
    private static final int SIDE_BY_SIDE = 8;

    @TempDir
    Path directory;

    @Test
    void eachEndIsToldWithOneMoreCompletedThanTheOneBefore() throws Exception {
        CalculationMatrix.Builder matrix = CalculationMatrix.builder();
        IntStream.range(0, CALCULATIONS).forEach(i -> matrix.subjects("s" + i));
        List<Integer> completed = new ArrayList<>();
        List<Integer> underWay = new ArrayList<>();
        AtomicInteger running = new AtomicInteger();

        BenchmarkRunner.builder(
                        directory, matrix.build(), (calculation, context) -> CalculationOutcome.complete(Map.of()))
                .parallel(SIDE_BY_SIDE)
                .durability(Durability.PERIODIC)
                .listener(new RunListener() {
                    @Override
                    public void calculationStarted(CalculationStarted event) {
                        underWay.add(running.incrementAndGet());
                    }

                    @Override
                    public void calculationEnded(CalculationEnded event) {
                        completed.add(event.status().progress().completed());
                        running.decrementAndGet();
                    }
                })
                .build()
                .run();

        assertThat(completed)
                .isEqualTo(IntStream.rangeClosed(1, CALCULATIONS).boxed().toList());
        assertThat(underWay).hasSize(CALCULATIONS).allMatch(number -> number >= 1 && number <= SIDE_BY_SIDE);
    }
}
