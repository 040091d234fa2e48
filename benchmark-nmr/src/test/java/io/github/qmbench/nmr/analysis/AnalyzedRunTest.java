package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Durability;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several run directories that are looked at together. */
class AnalyzedRunTest {

    private static final DataSet DELTA50 = DataSet.delta50();
    private static final List<String> FIRST = DELTA50.ids().subList(0, 10);
    private static final List<String> SECOND = DELTA50.ids().subList(10, 18);

    @TempDir
    Path directory;

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "basis", "3-21g", "grid", "medium", "program", "Test 1.0", "scf_convergence", "tight", "solvent", "COSMO"));
    private final Map<String, Object> results = new HashMap<>();
    private String dataSet = "DELTA50";

    /** Runs a method and returns its directory. */
    private RecordedRun run(String name, String functional, List<String> molecules) throws IOException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(molecules)
                .axis("functional", functional)
                .axis("solvent", "CHCl3")
                .build();
        BenchmarkRunner.builder(
                        directory.resolve(name), matrix, new Synthetic(Map.copyOf(settings), Map.copyOf(results)))
                .durability(Durability.PERIODIC)
                .description(Map.of("data_set", dataSet))
                .build()
                .run();
        return RecordedRun.open(RunDirectory.of(directory.resolve(name)));
    }

    private record Synthetic(Map<String, String> settings, Map<String, Object> more) implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            Random random = new Random(calculation.taskId().hashCode());
            Molecule molecule = DELTA50.molecule(calculation.subject()).orElseThrow();
            Map<String, Object> results = new HashMap<>(more);
            results.put("shielding_data", new SyntheticRun(DELTA50).shieldings(molecule, random));
            return CalculationOutcome.complete(results);
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(settings);
        }
    }

    private static AnalyzedRun analyze(RecordedRun... runs) throws IOException {
        return AnalyzedRun.of(List.of(runs), Optional.empty(), AnalysisSettings.defaults());
    }

    @Test
    void methodsOfSeveralDirectoriesAreRankedTogetherAsEachIsAlone() throws IOException {
        RecordedRun one = run("one", "B3LYP", FIRST);
        RecordedRun other = run("other", "WP04", FIRST);

        AnalyzedRun both = analyze(one, other);

        assertThat(both.analysis().ranked(Nucleus.H1)).hasSize(2);
        List<MethodAnalysis> apart = new ArrayList<>(analyze(one).analysis().methods());
        apart.addAll(analyze(other).analysis().methods());
        assertThat(both.analysis().methods()).isEqualTo(apart);
        assertThat(both.title()).isEqualTo("DELTA50: 10 molecules, B3LYP, WP04");
        assertThat(both.matrices()).hasSize(2);
        ScalingFit fit = both.analysis().methods().get(1).fits().get(0);
        assertThat(both.analysis().points(fit))
                .isEqualTo(analyze(other).analysis().points(fit));
    }

    @Test
    void oneMethodMayBeSpreadOverDirectoriesWithDifferentMolecules() throws IOException {
        List<String> all = new ArrayList<>(FIRST);
        all.addAll(SECOND);

        AnalyzedRun both = analyze(run("one", "B3LYP", FIRST), run("other", "B3LYP", SECOND));

        assertThat(both.analysis().methods())
                .isEqualTo(analyze(run("whole", "B3LYP", all)).analysis().methods());
        assertThat(both.dataSet().ids()).isEqualTo(all);
        assertThat(both.title()).isEqualTo("DELTA50: 18 molecules, B3LYP");
    }

    @Test
    void aMoleculeTwiceWithOneMethodIsRefused() throws IOException {
        RecordedRun one = run("one", "B3LYP", FIRST);
        RecordedRun other = run("other", "B3LYP", DELTA50.ids().subList(8, 18));

        assertThatThrownBy(() -> analyze(one, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("B3LYP/3-21g/CHCl3 has results of " + FIRST.get(8) + ", " + FIRST.get(9))
                .hasMessageContaining(directory.resolve("one") + " and in " + directory.resolve("other"));
        assertThatThrownBy(() -> analyze(one, one)).hasMessageContaining("is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grid", "program", "scf_convergence"})
    void otherSettingsAreRefusedForDifferentMethodsToo(String field) throws IOException {
        RecordedRun one = run("one", "B3LYP", FIRST);
        String before = settings.put(field, "other");
        RecordedRun other = run("other", "WP04", FIRST);

        assertThatThrownBy(() -> analyze(one, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field + " is " + before + " in " + directory.resolve("one") + " but other in "
                        + directory.resolve("other"))
                .hasMessageContaining("--only " + field + "='" + before + "'");
        assertThat(AnalyzedRun.of(
                                List.of(one, other),
                                Optional.empty(),
                                AnalysisSettings.defaults().only(field, "other"))
                        .analysis()
                        .methods())
                .extracting(method -> method.method().functional())
                .containsExactly("WP04");
    }

    @Test
    void anotherLevelOfTheGeometriesIsRefused() throws IOException {
        settings.put("task", "optimization_and_shielding");
        results.put("optimization", Map.of("functional", "B3LYP", "basis", "6-31G(d)", "solvent", "vacuum"));
        RecordedRun one = run("one", "B3LYP", FIRST);
        results.put("optimization", Map.of("functional", "B3LYP", "basis", "6-311G(d,p)", "solvent", "CHCl3"));
        RecordedRun other = run("other", "WP04", FIRST);

        assertThatThrownBy(() -> analyze(one, other))
                .hasMessageContaining("geometry_level is B3LYP/6-31G(d) in ")
                .hasMessageContaining("but B3LYP/6-311G(d,p)/CHCl3 in ");
    }

    /** The basis set and the solvent belong to the method. */
    @Test
    void methodsMayDifferInBasisSetAndSolvent() throws IOException {
        RecordedRun one = run("one", "B3LYP", FIRST);
        settings.put("basis", "6-31g");
        settings.put("basis_type", "cartesian");
        settings.put("solvent", "none");

        assertThat(analyze(one, run("other", "B3LYP", FIRST)).analysis().methods())
                .extracting(method -> method.method().basis())
                .containsExactly("3-21g", "6-31g");
    }

    @Test
    void theBasisSetOfOnlyMayBeSpelledInAnyWay() throws IOException {
        settings.put("basis", "6-31g*");
        RecordedRun run = run("one", "B3LYP", FIRST);

        assertThat(AnalyzedRun.of(
                                run,
                                Optional.empty(),
                                AnalysisSettings.defaults().only("basis", "6-31G(d)"))
                        .analysis()
                        .methods())
                .hasSize(1);
        AnalysisSettings other = AnalysisSettings.defaults().only("basis", "6-31G");
        assertThatThrownBy(() -> AnalyzedRun.of(run, Optional.empty(), other))
                .hasMessage("--only: no result was made with basis=6-31G; its values are 6-31g*");
    }

    @Test
    void runsOfTwoDataSetsAreRefusedUnlessOneIsNamed() throws IOException {
        RecordedRun one = run("one", "B3LYP", FIRST);
        dataSet = "delta50 of mine";
        RecordedRun other = run("other", "WP04", FIRST);

        assertThatThrownBy(() -> analyze(one, other))
                .hasMessageContaining("not of one data set: " + directory.resolve("one") + " is of DELTA50, "
                        + directory.resolve("other") + " is of delta50 of mine")
                .hasMessageContaining("--dataset");
        assertThat(AnalyzedRun.of(List.of(one, other), Optional.of("DELTA50"), AnalysisSettings.defaults())
                        .analysis()
                        .methods())
                .hasSize(2);
    }

    @Test
    void aDataSetWithoutTheMoleculesOfTheRunIsRefusedInSentences() throws IOException {
        RecordedRun one = run("one", "B3LYP", FIRST);
        Path file = Files.writeString(directory.resolve("compound_1.xyz"), "2\nhydrogen\nH 0 0 0\nH 0 0 0.74\n");

        assertThatThrownBy(
                        () -> AnalyzedRun.of(List.of(one), Optional.of(file.toString()), AnalysisSettings.defaults()))
                .hasMessage(
                        "the run in " + directory.resolve("one") + " is not one of the data set compound_1; name the"
                                + " right one with --dataset. The first difference: unknown molecule 'compound_01'; did you mean"
                                + " compound_1? Valid: compound_1");
    }

    @Test
    void aDirectoryWithoutARunIsNamed() throws IOException {
        RecordedRun one = run("one", "B3LYP", FIRST);
        RecordedRun none = RecordedRun.open(RunDirectory.of(directory.resolve("none")));

        assertThatThrownBy(() -> analyze(one, none)).hasMessage("no run in " + directory.resolve("none"));
        assertThatThrownBy(AnalyzedRunTest::analyze).hasMessageContaining("runs");
    }
}
