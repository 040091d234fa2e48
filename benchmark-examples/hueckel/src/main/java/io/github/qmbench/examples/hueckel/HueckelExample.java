package io.github.qmbench.examples.hueckel;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunHandle;
import io.github.qmbench.core.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Runs a benchmark with a backend of one's own: the pi energies of chains and rings of 4 to 14 carbon atoms. */
public final class HueckelExample {

    private HueckelExample() {}

    /**
     * Runs the benchmark in a directory, or resumes it there, and returns the energies in units of beta by task.
     *
     * @throws IOException when the directory cannot be written
     * @throws InterruptedException when the waiting thread is interrupted; the run continues
     */
    public static Map<String, Double> run(Path directory) throws IOException, InterruptedException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("C4", "C6", "C8", "C10", "C12", "C14")
                .axis("shape", "chain", "ring")
                .build();
        RunHandle run = BenchmarkRunner.builder(directory, matrix, new HueckelBackend())
                .resultType(HueckelBackend.Energies.class)
                .retryPolicy(RetryPolicy.machineFailures(1, Duration.ofSeconds(5)))
                .parallel(2)
                .build()
                .start();
        RunOutcome outcome = run.join();
        Map<String, Double> energies = new TreeMap<>();
        outcome.results()
                .forEach(record -> energies.put(
                        record.calculation().taskId(),
                        record.results(HueckelBackend.Energies.class).pi()));
        return energies;
    }
}
