package io.github.qmbench.cli;

import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RunDirectory;
import java.util.List;
import java.util.Map;

/** Benchmarks of a backend made up by the test: three molecules unless others are named, B3LYP and WP04, CHCl3. */
final class FakeBenchmarks implements BenchmarkFactory {

    private CalculationBackend backend;

    FakeBenchmarks() {
        this((calculation, context) -> CalculationOutcome.complete(Map.of()));
    }

    FakeBenchmarks(CalculationBackend backend) {
        this.backend = backend;
    }

    void setBackend(CalculationBackend other) {
        backend = other;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Benchmark prepare(BenchmarkOptions options, RunDirectory directory) {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(options.molecules.isEmpty() ? List.of("m1", "m2", "m3") : options.molecules)
                .axis("functional", "B3LYP", "WP04")
                .axis("solvent", "CHCl3")
                .build();
        return new Benchmark(matrix, backend, 1, Map.of("data_set", "made up"), List.of("fake 1.0"));
    }
}
