package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.RunPlan;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nwchem.theory.Functional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final Map<String, Map<String, List<String>>> RUNS = new HashMap<>(Map.of(
            "delta50/progress.jsonl.gz",
            Map.of("functionals", List.of("B3LYP", "WP04"), "solvents", List.of("CHCl3")),
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
            "checks/slow-machine.jsonl.gz",
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
            Map.of("functionals", List.of("B3LYP"), "solvents", List.of("vacuum"), "basis", List.of("6-31G"))));

    static {
        for (String basis : List.of("3-21G", "6-31G(d)", "def2-SVP", "cc-pVDZ")) {
            RUNS.put(
                    "delta50-wp04-" + basis.toLowerCase(Locale.ROOT).replaceAll("[()]", "") + "/progress.jsonl.gz",
                    wp04(basis));
        }
        RUNS.put("delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz", wp04("6-31G(d,p)"));
    }

    private static Map<String, List<String>> wp04(String basis) {
        return Map.of("functionals", List.of("WP04"), "solvents", List.of("CHCl3"), "basis", List.of(basis));
    }

    @TempDir
    Path directory;

    static Stream<String> journals() throws IOException {
        try (Stream<Path> files = Files.walk(RESULTS)) {
            return files
                    .filter(file -> file.toString().endsWith(".jsonl.gz") && !file.endsWith("status.jsonl.gz"))
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
        Map<String, List<String>> given = unpack(journal);

        RunPlan plan = plan(given);

        Set<String> unfinished = unfinished();
        plan.forEach(entry -> assertThat(entry.action())
                .as(entry.calculation() + " " + entry.differences())
                .isEqualTo(
                        unfinished.contains(entry.calculation().taskId())
                                ? RunPlan.Action.AGAIN
                                : RunPlan.Action.DONE));
        assertThat(plan.count(RunPlan.Action.DONE)).isGreaterThan(5 * unfinished.size());
    }

    /** A further basis set joins the run: nothing is calculated again, nothing is stale, and the new ids have it in them. */
    @ParameterizedTest
    @MethodSource("journals")
    void aFurtherBasisSetLeavesEverythingDone(String journal) throws Exception {
        Map<String, List<String>> given = unpack(journal);
        int done = plan(given).count(RunPlan.Action.DONE);

        RunPlan plan = plan(withFurtherBasisSet(given, "STO-3G"));

        assertThat(plan.count(RunPlan.Action.DONE)).isEqualTo(done);
        int all = done + unfinished().size();
        assertThat(plan.count(RunPlan.Action.NEW)).isEqualTo(all);
        plan.forEach(entry -> assertThat(entry.calculation().taskId().contains("_STO-3G_"))
                .as(entry.calculation() + " " + entry.action())
                .isEqualTo(entry.action() == RunPlan.Action.NEW));
        given.put("basis", List.of("STO-3G"));
        assertThat(plan(given).count(RunPlan.Action.NEW)).isEqualTo(all);
    }

    /** Names the basis sets that the options have, or mean: in one list, or each with its functional if they differ. */
    private static Map<String, List<String>> withFurtherBasisSet(Map<String, List<String>> given, String basis) {
        Map<String, List<String>> further = new HashMap<>(given);
        if (given.containsKey("basis")) {
            further.put(
                    "basis",
                    Stream.concat(given.get("basis").stream(), Stream.of(basis)).toList());
        } else {
            further.put(
                    "methods",
                    further.remove("functionals").stream()
                            .flatMap(functional -> Stream.of(
                                    functional + "/"
                                            + Functional.parse(functional).basis(),
                                    functional + "/" + basis))
                            .toList());
        }
        return further;
    }

    /** The calculations that were running when the run was stopped. */
    private Set<String> unfinished() throws IOException {
        Set<String> unfinished = new TreeSet<>();
        RecordedRun.Receiver receiver = record -> {
            if (record.outcome().state() instanceof CalculationState.Cancelled) {
                unfinished.add(record.calculation().taskId());
            }
        };
        RecordedRun.open(RunDirectory.of(directory)).forEachStanding(receiver);
        return unfinished;
    }

    /** Puts a journal into the directory, and returns the options of its run. */
    private Map<String, List<String>> unpack(String journal) throws IOException {
        RunDirectory run = RunDirectory.of(directory);
        PackedRecords.unpack(journal, RunFiles.journal(run));
        Set<String> subjects = new LinkedHashSet<>();
        for (String line : Files.readAllLines(RunFiles.journal(run))) {
            subjects.add((String) Json.parseObject(line).get("subject"));
        }
        Map<String, List<String>> given = new HashMap<>(RUNS.get(journal));
        given.put("molecules", List.copyOf(subjects));
        return given;
    }

    private RunPlan plan(Map<String, List<String>> given) throws Exception {
        BackendOptions options = BackendOptions.of(NwchemOptions.all(), given);
        DataSet molecules = NwchemOptions.molecules(options);
        MethodChoice methods = NwchemOptions.methods(options, RecordedBasisSets.in(RunDirectory.of(directory)));
        NwchemBackend backend = NwchemBackend.builder(new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2"))
                .molecules(molecules.molecules().stream()
                        .collect(Collectors.toMap(molecule -> molecule.id(), Function.identity())))
                .settings(NwchemOptions.settings(options))
                .basisSets(methods.unnamed())
                .basisLibrary(Optional.empty())
                .build();
        return BenchmarkRunner.builder(
                        directory, methods.matrix(molecules.ids(), NwchemOptions.solvents(options)), backend)
                .build()
                .plan();
    }
}
