package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventLinesTest {

    private static final CalculationMatrix TWO = CalculationMatrix.builder()
            .subjects(List.of("a", "b"))
            .axis("functional", "x")
            .build();

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private BenchmarkRunner.Builder runner(CalculationBackend backend) {
        return BenchmarkRunner.builder(directory, TWO, backend).listener(new EventLines(LineStream.checked(out)));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The second calculation begins before the first one ends, and ends after it. */
    @Test
    void tellsTheTimeLeftAlsoWhileOnlyTheLastCalculationIsRunning() throws Exception {
        CountDownLatch secondHasBegun = new CountDownLatch(1);
        CountDownLatch firstHasEnded = new CountDownLatch(1);
        runner((calculation, context) -> {
                    if (calculation.subject().equals("a")) {
                        secondHasBegun.await();
                    } else {
                        secondHasBegun.countDown();
                        firstHasEnded.await();
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .parallel(2)
                .listener(new RunListener() {
                    @Override
                    public void calculationEnded(CalculationEnded event) {
                        firstHasEnded.countDown();
                    }
                })
                .build()
                .run();

        assertThat(lines())
                .filteredOn(line -> line.startsWith("["))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("[1/2] a/x complete in ")
                                .endsWith("; less than a minute left"),
                        second -> assertThat(second)
                                .startsWith("[2/2] b/x complete in ")
                                .doesNotContain("left"));
    }

    @Test
    void countsWhatFailedAndNamesAttemptsThatAreTriedAgain() throws Exception {
        runner((calculation, context) -> {
                    if (calculation.subject().equals("a")) {
                        return CalculationOutcome.failed("scf").because("it went up and down");
                    }
                    return context.attempt() == 1
                            ? CalculationOutcome.failed(
                                    CalculationFailure.ofMachine("lost").because("its node died"))
                            : CalculationOutcome.complete(Map.of());
                })
                .retryPolicy(RetryPolicy.machineFailures(1, Duration.ZERO))
                .build()
                .run();

        assertThat(lines().stream()
                        .map(line ->
                                line.replaceAll("(in|after) \\S+ s", "$1 TIME").replaceFirst(";.*", "")))
                .containsExactly(
                        "2 calculations",
                        "started a/x",
                        "[1/2] a/x FAILED after TIME: scf: it went up and down",
                        "started b/x",
                        "[1/2] b/x failed after TIME and is tried again: lost: its node died",
                        "started b/x, attempt 2",
                        "[2/2] b/x complete in TIME");
    }
}
