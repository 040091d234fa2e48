package io.github.qmbench.examples.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusExporterTest {

    @TempDir
    Path directory;

    @Test
    void tellsHowFarARunIs() throws Exception {
        BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects("a", "b", "c").build(),
                        (calculation, context) -> calculation.subject().equals("b")
                                ? CalculationOutcome.failed("odd").because("b is odd")
                                : CalculationOutcome.complete(Map.of()))
                .build()
                .run();
        try (StatusExporter exporter = new StatusExporter(directory, 0)) {
            HttpURLConnection answer = get(exporter);

            assertThat(answer.getResponseCode()).isEqualTo(200);
            assertThat(new String(answer.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(
                            "qmbench_calculations{where=\"completed\"} 2\n",
                            "qmbench_calculations{where=\"failed\"} 1\n",
                            "qmbench_calculations{where=\"remaining\"} 0\n",
                            "qmbench_run_state{state=\"complete\"} 1\n",
                            "qmbench_run_state{state=\"running\"} 0\n",
                            "qmbench_run_interrupted 0\n")
                    .matches("(# (HELP|TYPE) .*\n|[a-z_]+(\\{[a-z]+=\"[a-z]+\"\\})? [0-9.]+\n)+");
        }
    }

    @Test
    void hasNothingToTellWithoutARun() throws Exception {
        try (StatusExporter exporter = new StatusExporter(directory, 0)) {
            assertThat(get(exporter).getResponseCode()).isEqualTo(503);
        }
    }

    private static HttpURLConnection get(StatusExporter exporter) throws IOException {
        return (HttpURLConnection) URI.create("http://localhost:" + exporter.port() + "/metrics")
                .toURL()
                .openConnection();
    }
}
