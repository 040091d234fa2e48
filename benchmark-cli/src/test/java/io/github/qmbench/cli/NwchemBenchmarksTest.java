package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NwchemBenchmarksTest {

    private final BenchmarkOptions options = new BenchmarkOptions();

    @Test
    void withoutASelectionItIsTheWholeBenchmarkOfTwoHundred() throws Refusal {
        CalculationMatrix matrix = NwchemBenchmarks.select(options).matrix();

        assertThat(matrix.size()).isEqualTo(200);
        assertThat(List.of(matrix.get(0), matrix.get(1), matrix.get(2), matrix.get(3), matrix.get(4)))
                .extracting(Calculation::taskId)
                .containsExactly(
                        "compound_01/B3LYP_CHCl3",
                        "compound_01/B3LYP_DMSO",
                        "compound_01/WP04_CHCl3",
                        "compound_01/WP04_DMSO",
                        "compound_02/B3LYP_CHCl3");
    }

    @Test
    void thePilotIsTheFiveSmallestMoleculesInChloroform() throws Refusal {
        options.pilot = true;

        NwchemBenchmarks.Selection selection = NwchemBenchmarks.select(options);

        assertThat(selection.dataSet().molecules())
                .extracting(molecule -> molecule.name().toLowerCase(java.util.Locale.ROOT))
                .hasSize(5)
                .anyMatch(name -> name.contains("acetonitrile"));
        assertThat(selection.matrix().axes())
                .isEqualTo(Map.of("functional", List.of("B3LYP", "WP04"), "solvent", List.of("CHCl3")));
    }

    @Test
    void otherOptionsOverrideThePilot() throws Refusal {
        options.pilot = true;
        options.molecules = List.of("compound_01");
        options.solvents = List.of("DMSO");

        assertThat(NwchemBenchmarks.select(options).matrix().get(1).taskId()).isEqualTo("compound_01/WP04_DMSO");
    }

    @Test
    void namesInAnySpellingBecomeTheOnesOfTheTasksAndCountOnce() throws Refusal {
        options.molecules = List.of("Compound_05,nitromethane", "COMPOUND_05");
        options.functionals = List.of("b3lyp", "wp04,B3LYP");
        options.solvents = List.of("chloroform", "gas,CHCl3");

        CalculationMatrix matrix = NwchemBenchmarks.select(options).matrix();

        assertThat(matrix.subjects()).containsExactly("compound_05", "compound_01");
        assertThat(matrix.axes())
                .isEqualTo(Map.of("functional", List.of("B3LYP", "WP04"), "solvent", List.of("CHCl3", "vacuum")));
    }

    @ParameterizedTest
    @CsvSource({
        "molecules,compund_05,compound_05",
        "molecules,../../evil,compound_01",
        "functionals,B3LPY,did you mean B3LYP?",
        "functionals,M06-L,no shieldings",
        "solvents,chlorform,did you mean CHCl3?",
        "solvents,dielectric=0.5,0.5"
    })
    void whatThereIsNotIsRefusedWithTheNearest(String option, String value, String hint) {
        switch (option) {
            case "molecules" -> options.molecules = List.of(value);
            case "functionals" -> options.functionals = List.of(value);
            default -> options.solvents = List.of(value);
        }
        assertThatThrownBy(() -> NwchemBenchmarks.select(options))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("--" + option)
                .hasMessageContaining(hint);
    }

    @Test
    void withoutNwchemOnThePathTheProgramIsUnavailable(@TempDir Path empty) {
        NwchemBenchmarks benchmarks = new NwchemBenchmarks(Map.of("PATH", empty.toString()));

        assertThatThrownBy(() -> benchmarks.prepare(options, RunDirectory.of(empty)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("apt-get install nwchem");
    }
}
