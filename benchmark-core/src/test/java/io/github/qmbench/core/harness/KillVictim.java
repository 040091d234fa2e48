package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A benchmark of a few hundred quick calculations with real child processes, for {@link KillLoop} to kill. Every tenth
 * calculation leaves a child behind that has a session of its own.
 */
public final class KillVictim {

    /** Every process that it starts has this variable. */
    public static final String CAMPAIGN_VARIABLE = "QMBENCH_TORTURE";

    public static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects(java.util.stream.IntStream.rangeClosed(1, 100)
                    .mapToObj(i -> "compound_" + i)
                    .toList())
            .axis("functional", "B3LYP", "WP04")
            .axis("solvent", "CHCl3")
            .build();

    private KillVictim() {}

    /** Runs the benchmark in a directory, and exits with 0 when it is complete. */
    public static void main(String[] args) throws Exception {
        String campaign = args[1];
        RunOutcome outcome = BenchmarkRunner.builder(
                        Path.of(args[0]), MATRIX, (calculation, context) -> calculate(calculation, context, campaign))
                .parallel(Integer.parseInt(args[2]))
                .failurePolicy(FailurePolicy.never())
                .build()
                .run();
        System.exit(outcome.isWhole() ? 0 : 1);
    }

    private static CalculationOutcome calculate(Calculation calculation, CalculationContext context, String campaign)
            throws Exception {
        int number = MATRIX.indexOf(calculation);
        String stayBehind = number % 10 == 0 ? "setsid sleep 600 >/dev/null 2>&1 & " : "";
        String script =
                stayBehind + "i=0; x=$1; while [ $i -lt 200 ]; do x=$(( (x * 1103515245 + 12345) % 2147483648 )); "
                        + "i=$((i+1)); done; sleep 0.0" + number % 7 + "; echo $x";
        ProcessResult result = context.launch(
                ProcessRequest.builder(context.directory(), List.of("sh", "-c", script, "sh", Integer.toString(number)))
                        .environment(CAMPAIGN_VARIABLE, campaign)
                        .build());
        long value = Long.parseLong(
                Files.readString(context.directory().resolve("stdout")).strip());
        return result.succeeded()
                ? CalculationOutcome.complete(
                        Map.of("value", value, "shielding", Math.sin(value), "task", calculation.taskId()))
                : CalculationOutcome.failed("exit").because("exit code " + result.exitCode());
    }
}
