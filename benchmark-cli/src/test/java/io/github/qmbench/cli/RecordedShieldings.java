package io.github.qmbench.cli;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The shieldings of DELTA50 with WP04, recorded in the file that the variable {@code TEST_RECORDED} names; as a plug-in for
 * the distribution. The molecule in {@code TEST_FAILS} fails; {@code TEST_GRID} is a setting that determines results.
 */
public final class RecordedShieldings implements CalculationBackendProvider {

    private static final BackendOption<List<String>> MOLECULES =
            BackendOption.named("molecules").value("NAME").help("Which ones").texts();

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public String summary() {
        return "gives recorded shieldings";
    }

    @Override
    public List<BackendOption<?>> options() {
        return List.of(MOLECULES);
    }

    @Override
    public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory) throws IOException {
        Map<String, Map<String, Object>> recorded = new LinkedHashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(System.getenv("TEST_RECORDED")))),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Map<String, Object> record = Json.parseObject(line);
                recorded.put((String) record.get("subject"), record);
            }
        }
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(options.find(MOLECULES).orElse(DataSet.delta50().ids()))
                .axis("functional", "WP04")
                .axis("solvent", "CHCl3")
                .build();
        return PreparedBenchmark.builder(matrix, new CalculationBackend() {
                    @Override
                    public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                        if (calculation.subject().equals(System.getenv("TEST_FAILS"))) {
                            return CalculationOutcome.failed("scf").because("did not converge");
                        }
                        Map<String, Object> record = recorded.get(calculation.subject());
                        return CalculationOutcome.complete(Json.asObject(record.get("results")));
                    }

                    @Override
                    public Fingerprint fingerprint(Calculation calculation) {
                        Map<String, String> fields = new LinkedHashMap<>();
                        Json.asObject(recorded.get(calculation.subject()).get("fingerprint_of"))
                                .forEach((name, value) -> fields.put(name, (String) value));
                        String grid = System.getenv("TEST_GRID");
                        if (grid != null) {
                            fields.put("grid", grid);
                        }
                        return Fingerprint.of(fields);
                    }
                })
                .coresEach(Runtime.getRuntime().availableProcessors()) // one at a time
                .description(Map.of("data_set", "DELTA50"))
                .build();
    }
}
