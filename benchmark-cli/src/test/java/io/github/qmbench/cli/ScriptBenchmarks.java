package io.github.qmbench.cli;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.ProcessRequest;
import io.github.qmbench.core.ProcessResult;
import io.github.qmbench.core.RunDirectory;
import java.util.List;
import java.util.Map;

/**
 * Benchmarks of a backend that runs the shell script in the variable {@code TEST_SCRIPT} for each calculation; as a plug-in
 * for the distribution.
 */
public final class ScriptBenchmarks implements BenchmarkFactory {

    @Override
    public String name() {
        return "script";
    }

    @Override
    public Benchmark prepare(BenchmarkOptions options, RunDirectory directory) {
        String script = System.getenv("TEST_SCRIPT");
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(options.molecules.isEmpty() ? List.of("m1", "m2", "m3") : options.molecules)
                .axis("functional", "B3LYP", "WP04")
                .build();
        return new Benchmark(
                matrix,
                (calculation, context) -> {
                    ProcessResult result = context.launch(ProcessRequest.builder(
                                    context.directory(), List.of("sh", "-c", script, calculation.taskId()))
                            .build());
                    return result.succeeded()
                            ? CalculationOutcome.complete(Map.of())
                            : CalculationOutcome.failed(result.failure()
                                    .orElseGet(
                                            () -> CalculationFailure.of("script", "exit code " + result.exitCode())));
                },
                1,
                Map.of(),
                List.of());
    }
}
