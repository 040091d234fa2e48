package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The results in {@code docs/results} took days of computing. A change of what determines a result (a fingerprint) would make
 * them stale: a run with the same options must find all of them complete.
 */
class CommittedResultsTest {

    private static final Path RESULTS = Path.of("../docs/results");

    /** The options of each run, as they stood on its command line. */
    private static final Map<String, Map<String, List<String>>> RUNS = Map.of(
            "delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz",
            Map.of("functionals", List.of("WP04"), "solvents", List.of("CHCl3"), "basis", List.of("6-31G(d,p)")),
            "delta50/progress.jsonl.gz", // begun; its other molecules follow
            Map.of("functionals", List.of("B3LYP"), "solvents", List.of("CHCl3")),
            "checks/solvent.jsonl.gz",
            Map.of(
                    "functionals",
                    List.of("WP04"),
                    "solvents",
                    List.of("vacuum", "DMSO"),
                    "basis",
                    List.of("6-31G(d,p)")),
            "checks/grid.jsonl.gz",
            Map.of(
                    "functionals",
                    List.of("WP04"),
                    "solvents",
                    List.of("CHCl3"),
                    "basis",
                    List.of("6-31G(d,p)"),
                    "grid",
                    List.of("fine")),
            "checks/geometry.jsonl.gz",
            Map.of(
                    "functionals",
                    List.of("WP04"),
                    "solvents",
                    List.of("CHCl3"),
                    "basis",
                    List.of("6-31G(d,p)"),
                    "optimize",
                    List.of(),
                    "optimize-solvent",
                    List.of("CHCl3")),
            "checks/large-basis.jsonl.gz",
            Map.of("functionals", List.of("WP04"), "solvents", List.of("CHCl3")),
            "checks/large-basis-geometry.jsonl.gz",
            Map.of(
                    "functionals",
                    List.of("WP04"),
                    "solvents",
                    List.of("CHCl3"),
                    "optimize",
                    List.of(),
                    "optimize-basis",
                    List.of("6-311G(d,p)"),
                    "optimize-solvent",
                    List.of("CHCl3")),
            "eta/b3lyp-6-31g-vacuum.jsonl.gz",
            Map.of("functionals", List.of("B3LYP"), "solvents", List.of("vacuum"), "basis", List.of("6-31G")));

    @TempDir
    Path directory;

    static Stream<String> journals() throws IOException {
        try (Stream<Path> files = Files.walk(RESULTS)) {
            return files
                    .filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .map(file -> RESULTS.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void everyCommittedJournalIsLookedAt() throws IOException {
        assertThat(journals()).containsExactlyInAnyOrderElementsOf(RUNS.keySet());
    }

    @ParameterizedTest
    @MethodSource("journals")
    void aRunWithTheSameOptionsFindsEverythingDone(String journal) throws Exception {
        RunDirectory run = RunDirectory.of(directory);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RESULTS.resolve(journal)))) {
            Files.copy(in, RunFiles.journal(run));
        }
        Set<String> subjects = new LinkedHashSet<>();
        for (String line : Files.readAllLines(RunFiles.journal(run))) {
            subjects.add((String) Json.parseObject(line).get("subject"));
        }
        Map<String, List<String>> given = new HashMap<>(RUNS.get(journal));
        given.put("molecules", List.copyOf(subjects));
        BackendOptions options = BackendOptions.of(NwchemOptions.all(), given);
        DataSet molecules = NwchemOptions.molecules(options);
        CalculationMatrix matrix = NwchemOptions.matrix(options, molecules);
        NwchemBackend backend = NwchemBackend.builder(new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2"))
                .molecules(molecules.molecules().stream()
                        .collect(Collectors.toMap(molecule -> molecule.id(), Function.identity())))
                .settings(NwchemOptions.settings(options))
                .basisLibrary(Optional.empty())
                .build();

        RunPlan plan =
                BenchmarkRunner.builder(directory, matrix, backend).build().plan();

        plan.forEach(entry -> assertThat(entry.action())
                .as(entry.calculation() + " " + entry.differences())
                .isEqualTo(RunPlan.Action.DONE));
        assertThat(plan.count(RunPlan.Action.DONE)).isEqualTo(matrix.size()).isPositive();
    }
}
