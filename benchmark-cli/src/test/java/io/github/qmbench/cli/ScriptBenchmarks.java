package io.github.qmbench.cli;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Benchmarks of a backend that runs the shell script in the variable {@code TEST_SCRIPT} for each calculation; as a plug-in
 * for the distribution. With {@code EXIT 0} instead of a script it ends the whole process at its second molecule. The
 * variable {@code TEST_VERSION} determines its results; nothing is tried again in the same run.
 */
public final class ScriptBenchmarks implements CalculationBackendProvider {

    private static final BackendOption<List<String>> MOLECULES =
            BackendOption.named("molecules").value("NAME").help("Which ones").texts();

    @Override
    public String name() {
        return "script";
    }

    @Override
    public String summary() {
        return "runs a shell script";
    }

    @Override
    public List<BackendOption<?>> options() {
        return List.of(MOLECULES);
    }

    @Override
    public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory) {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(options.find(MOLECULES).orElse(List.of("m1", "m2", "m3")))
                .axis("functional", "B3LYP", "WP04")
                .build();
        return PreparedBenchmark.builder(matrix, new Script())
                .coresEach(cores())
                .retryPolicy(RetryPolicy.never())
                .build();
    }

    /** As many as there are, so that there is one calculation at a time, unless the test says otherwise. */
    private static int cores() {
        String cores = System.getenv("TEST_CORES");
        return cores == null ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores);
    }

    /** The backend. */
    private static final class Script implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context)
                throws IOException, InterruptedException {
            return ScriptBenchmarks.calculate(calculation, context);
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            String version = System.getenv("TEST_VERSION");
            return version == null ? Fingerprint.EMPTY : Fingerprint.of(Map.of("version", version));
        }
    }

    private static CalculationOutcome calculate(Calculation calculation, CalculationContext context)
            throws IOException, InterruptedException {
        String script = System.getenv("TEST_SCRIPT");
        if (script.startsWith("EXIT ") && calculation.subject().equals("m2")) {
            System.exit(Integer.parseInt(script.substring("EXIT ".length())));
        }
        ProcessResult result = context.launch(ProcessRequest.builder(
                        context.directory(),
                        List.of("sh", "-c", script.startsWith("EXIT ") ? "true" : script, calculation.taskId()))
                .build());
        return result.succeeded()
                ? CalculationOutcome.complete(Map.of())
                : CalculationOutcome.failed(result.failure()
                        .orElseGet(() -> CalculationFailure.of("script").because("exit code " + result.exitCode())));
    }
}
