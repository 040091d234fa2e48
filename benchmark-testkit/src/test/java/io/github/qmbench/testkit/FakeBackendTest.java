package io.github.qmbench.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.StopRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeBackendTest {

    private static final CalculationMatrix MATRIX =
            CalculationMatrix.builder().subjects("m1", "m2", "m3").build();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T08:00:00Z"));

    @TempDir
    Path directory;

    private BenchmarkRunner runner(FakeBackend backend) {
        return BenchmarkRunner.builder(directory, MATRIX, backend).clock(clock).build();
    }

    @Test
    void doesAsItIsTold() throws Exception {
        FakeBackend backend = new FakeBackend()
                .results(calculation -> Map.of("name", calculation.subject()))
                .fail("m2", CalculationFailure.of("scf").because("no convergence"))
                .take(Duration.ofHours(2), clock);

        RunOutcome outcome = runner(backend).run();

        List<JournalRecord> records = new ArrayList<>();
        outcome.results().forEach(records::add);
        assertThat(records)
                .extracting(record -> record.outcome().results().get("name"))
                .containsExactly("m1", "m3");
        assertThat(records)
                .allSatisfy(record -> assertThat(record.attempt().duration()).isEqualTo(Duration.ofHours(2)));
        assertThat(outcome.results().status().progress().failed()).isEqualTo(1);
        assertThat(backend.begun()).extracting(Calculation::subject).containsExactly("m1", "m2", "m3");
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-24T14:00:00Z"));
    }

    @Test
    void holdsUntilItIsReleased() throws Exception {
        FakeBackend backend = new FakeBackend().hold("m2");
        BenchmarkRunner runner = runner(backend);
        CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> {
            try {
                return runner.run();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        backend.awaitBegun(2);
        runner.requestStop(StopRequest.DRAIN);
        assertThat(run).isNotDone();
        backend.release();

        assertThat(run.get().state()).isEqualTo(RunState.STOPPED);
        assertThat(backend.begun()).hasSize(2);
    }

    @Test
    void aClockSetBackTakesNoTimeAway() {
        clock.advance(Duration.ofMinutes(5));
        clock.set(Instant.EPOCH);

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        assertThat(clock.nanoTime()).isEqualTo(Duration.ofMinutes(5).toNanos());
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
