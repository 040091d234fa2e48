package io.github.qmbench.cli;

import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Benchmarks of a backend made up by the test: three molecules unless others are named, B3LYP and WP04, CHCl3. */
final class FakeBenchmarks implements CalculationBackendProvider {

    static final BackendOption<List<String>> MOLECULES =
            BackendOption.named("molecules").value("NAME").help("Which ones").texts();

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
    public String summary() {
        return "nothing at all";
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
                .axis("solvent", "CHCl3")
                .build();
        return PreparedBenchmark.builder(matrix, backend)
                .coresEach(Runtime.getRuntime().availableProcessors()) // one at a time
                .description(Map.of("data_set", "made up"))
                .remarks(sideBySide -> List.of("fake 1.0"))
                .build();
    }

    @Override
    public List<List<String>> byHand(JournalRecord record, Path directory) {
        return List.of(List.of("THREADS=1", "fake", "in put of " + record.calculation()));
    }
}
