package io.github.qmbench.core;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** A run that adopts thousands of results of another directory, for {@link KilledAdoptionIT} to kill. */
final class AdoptingVictim {

    static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects(IntStream.range(0, 8_000).mapToObj(i -> "compound_" + i).toList())
            .build();

    private AdoptingVictim() {}

    /** Runs in the first directory with results of the second; exits with 0 when it is complete. */
    public static void main(String[] args) throws Exception {
        RunOutcome outcome =
                runner(Path.of(args[0])).reuseFrom(Path.of(args[1])).build().run();
        System.exit(outcome.isWhole() ? 0 : 1);
    }

    static BenchmarkRunner.Builder runner(Path directory) {
        return BenchmarkRunner.builder(
                        directory,
                        MATRIX,
                        (calculation, context) -> CalculationOutcome.complete(Map.of("value", calculation.subject())))
                .version("1")
                .durability(Durability.PERIODIC);
    }
}
