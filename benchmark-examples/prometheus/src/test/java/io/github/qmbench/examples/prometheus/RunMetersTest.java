package io.github.qmbench.examples.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RunHandle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetersTest {

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double gauge(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).gauge().value();
    }

    @Test
    void showsARunWhileItGoesOnAndAfterItsEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RunHandle run = BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects("a", "b", "c").build(),
                        (calculation, context) -> {
                            begun.countDown();
                            released.await();
                            return calculation.subject().equals("b")
                                    ? CalculationOutcome.failed("odd").because("b is odd")
                                    : CalculationOutcome.complete(Map.of());
                        })
                .build()
                .start();
        new RunMeters(run::status).bindTo(registry);

        begun.await();
        assertThat(gauge("qmbench.run.state", "state", "running")).isEqualTo(1);
        assertThat(gauge("qmbench.calculations", "where", "running")).isEqualTo(1);
        assertThat(gauge("qmbench.calculations", "where", "remaining")).isEqualTo(2);
        assertThat(registry.get("qmbench.remaining").gauge().value()).isNaN();

        released.countDown();
        run.join();
        assertThat(gauge("qmbench.run.state", "state", "running")).isZero();
        assertThat(gauge("qmbench.run.state", "state", "complete")).isEqualTo(1);
        assertThat(gauge("qmbench.calculations", "where", "completed")).isEqualTo(2);
        assertThat(gauge("qmbench.calculations", "where", "failed")).isEqualTo(1);
        assertThat(registry.get("qmbench.failed.subjects").gauge().value()).isEqualTo(1);
    }
}
