package io.github.qmbench.cli;

import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationMatrix;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be run: selected, checked and ready.
 *
 * @param matrix which calculations
 * @param backend how
 * @param parallel how many side by side
 * @param description JSON values for {@code benchmark.json}
 * @param remarks what a person should know before it starts
 */
record Benchmark(
        CalculationMatrix matrix,
        CalculationBackend backend,
        int parallel,
        Map<String, Object> description,
        List<String> remarks) {

    Benchmark {
        Objects.requireNonNull(matrix, "matrix");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(description, "description");
        remarks = List.copyOf(remarks);
    }
}
