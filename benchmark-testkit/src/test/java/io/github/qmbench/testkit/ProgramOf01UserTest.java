package io.github.qmbench.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunHandle;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.StopRequest;
import io.github.qmbench.core.StopSignal;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program of somebody who wrote it for 0.1, with every interface that a user of the runner implements. It must compile
 * and run with every later 0.1.x. Whoever has to edit it breaks that program: say so in the changelog.
 */
class ProgramOf01UserTest {

    /** What the user's backend gives. */
    record Power(double value) {}

    private static final class PowerBackend implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            int exponent = calculation.parameterAsInt("exponent");
            if (exponent < 0) {
                return CalculationOutcome.failed("negative").because("an exponent of " + exponent);
            }
            return CalculationOutcome.complete(new Power(Math.pow(2, exponent)));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("power", "1"));
        }
    }

    private static final class LastTime implements EtaEstimator {
        private Duration last = Duration.ZERO;

        @Override
        public void completed(Calculation calculation, Duration duration) {
            last = duration;
        }

        @Override
        public TimeLeft estimate(Workload workload) {
            return TimeLeft.of(last.multipliedBy(workload.count())).withModel("last_time");
        }
    }

    @TempDir
    Path directory;

    @Test
    void compilesAndRuns() throws Exception {
        List<String> heard = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void calculationEnded(CalculationEnded event) {
                heard.add(event.record().calculation() + " "
                        + event.record().outcome().state().word());
            }
        };
        StopSignal never = () -> StopRequest.NONE;
        FailurePolicy policy = tally -> tally.latest().kind().equals("no-licence")
                ? Optional.of("the licence server is gone")
                : Optional.empty();

        RunHandle run = BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder()
                                .subjects("two")
                                .axis("exponent", "-1", "3")
                                .build(),
                        new PowerBackend())
                .resultType(Power.class)
                .failurePolicy(policy.or(FailurePolicy.pauseWhenValueKeepsFailing("exponent", 5)))
                .retryPolicy(RetryPolicy.machineFailures(1, Duration.ofSeconds(1)))
                .stopSignal(never)
                .etaEstimator(LastTime::new)
                .listener(listener)
                .clock(new SettableClock(Instant.parse("2026-11-24T08:00:00Z")))
                .build()
                .start();
        RunOutcome outcome = run.join();

        assertThat(heard).containsExactly("two/-1 failed", "two/3 complete");
        assertThat(outcome.results().stream().map(record -> record.results(Power.class)))
                .containsExactly(new Power(8));
        assertThat(new StatusReader(RunDirectory.of(directory)).read().orElseThrow())
                .isEqualTo(run.status());
    }
}
