package io.github.qmbench.core.harness;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** For each directory on standard input runs a benchmark in it, for {@link TwoRunners}; says {@code HELD} or {@code RAN}. */
public final class Contender {

    public static final CalculationMatrix MATRIX =
            CalculationMatrix.builder().subjects("only").build();

    private Contender() {}

    /** Needs no arguments. */
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("READY");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Path directory = Path.of(line);
            try {
                BenchmarkRunner.builder(directory, MATRIX, (calculation, context) -> {
                            while (Files.notExists(directory.resolve("release"))) {
                                Thread.sleep(1);
                            }
                            return CalculationOutcome.complete(Map.of());
                        })
                        .build()
                        .run();
                System.out.println("RAN");
            } catch (RunDirectoryHeldException e) {
                System.out.println("HELD " + e.holder());
            }
        }
    }
}
