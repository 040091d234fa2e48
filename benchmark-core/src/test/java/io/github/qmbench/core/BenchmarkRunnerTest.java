package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkRunnerTest {

    @TempDir
    Path directory;

    private final CalculationMatrix matrix = CalculationMatrix.builder()
            .subjects("a", "b", "c")
            .axis("functional", "B3LYP", "WP04")
            .build();

    @Test
    void completesEveryCalculationAndReturnsItsResults() throws Exception {
        CalculationBackend backend = (calculation, context) -> CalculationOutcome.complete(
                Map.of("length", calculation.taskId().length()));

        RunOutcome outcome =
                BenchmarkRunner.builder(directory, matrix, backend).build().run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(outcome.results().of(matrix.get(0)).orElseThrow().outcome().results())
                .containsEntry("length", 7L);
        assertThat(Files.readAllLines(directory.resolve("progress.jsonl"))).hasSize(6);
        assertThat(new StatusReader(RunDirectory.of(directory))
                        .read()
                        .orElseThrow()
                        .progress())
                .isEqualTo(outcome.results().status().progress());
    }

    @Test
    void limitsBeyondWhatCanBeCountedAreRefusedAtOnce() {
        BenchmarkRunner.Builder builder =
                BenchmarkRunner.builder(directory, matrix, (calculation, context) -> CalculationOutcome.cancelled());

        assertThatThrownBy(() -> builder.timeout(Duration.ofDays(999_999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout must be less than 292 years but was PT");
        assertThatThrownBy(() -> builder.stall(Duration.ZERO)).hasMessage("stall must be positive but was PT0S");
    }

    @Test
    void resumesAfterStopAndCountsWhatWasDone() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CalculationBackend backend = (calculation, context) -> {
            if (calls.incrementAndGet() == 2) {
                Files.createFile(directory.resolve("STOP"));
            }
            return CalculationOutcome.complete(Map.of());
        };
        RunOutcome first =
                BenchmarkRunner.builder(directory, matrix, backend).build().run();
        assertThat(first.state()).isEqualTo(RunState.STOPPED);
        assertThat(directory.resolve("STOP")).doesNotExist();

        RunOutcome second =
                BenchmarkRunner.builder(directory, matrix, backend).build().run();

        assertThat(second.state()).isEqualTo(RunState.COMPLETE);
        assertThat(calls).hasValue(6);
    }
}
