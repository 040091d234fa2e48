package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NwchemProviderTest {

    private final Map<String, List<String>> given = new HashMap<>();

    private BackendOptions options() {
        return BackendOptions.of(NwchemOptions.all(), given);
    }

    private CalculationMatrix matrix() throws IOException {
        return NwchemOptions.matrix(options(), NwchemOptions.molecules(options()));
    }

    @Test
    void withoutASelectionItIsTheWholeBenchmarkOfTwoHundred() throws IOException {
        CalculationMatrix matrix = matrix();

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
    void thePilotIsTheFiveSmallestMoleculesInChloroform() throws IOException {
        given.put("pilot", List.of());

        DataSet dataSet = NwchemOptions.molecules(options());

        assertThat(dataSet.molecules())
                .extracting(molecule -> molecule.name().toLowerCase(java.util.Locale.ROOT))
                .hasSize(5)
                .anyMatch(name -> name.contains("acetonitrile"));
        assertThat(matrix().axes())
                .isEqualTo(Map.of("functional", List.of("B3LYP", "WP04"), "solvent", List.of("CHCl3")));
        assertThat(NwchemOptions.settings(options()).basis()).contains("6-31G(d,p)");
    }

    @Test
    void otherOptionsOverrideThePilot() throws IOException {
        given.put("pilot", List.of());
        given.put("molecules", List.of("compound_01"));
        given.put("solvents", List.of("DMSO"));

        assertThat(matrix().get(1).taskId()).isEqualTo("compound_01/WP04_DMSO");
    }

    @Test
    void namesInAnySpellingBecomeTheOnesOfTheTasksAndCountOnce() throws IOException {
        given.put("molecules", List.of("Compound_05,nitromethane", "COMPOUND_05"));
        given.put("functionals", List.of("b3lyp", "wp04,B3LYP"));
        given.put("solvents", List.of("chloroform", "gas,CHCl3"));

        assertThat(matrix().subjects()).containsExactly("compound_05", "compound_01");
        assertThat(matrix().axes())
                .isEqualTo(Map.of("functional", List.of("B3LYP", "WP04"), "solvent", List.of("CHCl3", "vacuum")));
    }

    @Test
    void warnsOfOpenShellsBeforeTheirShieldingsAreCalculated(@TempDir Path molecules) throws IOException {
        Files.writeString(molecules.resolve("h2.xyz"), "2\nx\nH 0 0 0\nH 0 0 0.74\n");
        DataSet closed = DataSet.ofDirectory(molecules);
        assertThat(NwchemProvider.openShells(closed, NwchemSettings.defaults())).isEmpty();
        Files.writeString(molecules.resolve("o2.xyz"), "2\nx mult=3\nO 0 0 0\nO 0 0 1.2\n");
        DataSet open = DataSet.ofDirectory(molecules);
        assertThat(NwchemProvider.openShells(open, NwchemSettings.defaults()))
                .hasValue(
                        "warning: open shells: o2: their shieldings lack the contact term; the results are marked, and no"
                                + " fit uses them");
        assertThat(NwchemProvider.openShells(
                        open, NwchemSettings.builder().task(Task.OPTIMIZATION).build()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "molecules,compund_05,compound_05",
        "molecules,../../evil,All 50: qmbench list molecules",
        "functionals,B3LPY,did you mean B3LYP?",
        "functionals,M06-L,no shieldings",
        "functionals,xc=slater 0.5 xtpss03 0.5 ctpss03,no shieldings",
        "functionals,xc=slater 0.5 slater 0.5,twice",
        "solvents,chlorform,did you mean CHCl3?",
        "solvents,dielectric=0.5,0.5"
    })
    void whatThereIsNotIsRefusedWithTheNearest(String option, String value, String hint) {
        given.put(option, List.of(value));

        assertThatThrownBy(this::matrix)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + ": ")
                .hasMessageContaining(hint);
    }

    @Test
    void anExpressionThatNwchemWouldCutIsRefusedWithTheLimit() {
        given.put("functionals", List.of("xc=slater 0." + "8".repeat(1001)));

        assertThatThrownBy(this::matrix)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("functionals: ")
                .hasMessageContaining("at most 1000 characters");
    }

    @Test
    void withoutNwchemOnThePathTheProgramIsUnusable(@TempDir Path empty) {
        NwchemProvider provider = new NwchemProvider(Map.of("PATH", empty.toString()));

        assertThatThrownBy(() -> provider.prepare(options(), RunDirectory.of(empty)))
                .isInstanceOf(BackendUnusableException.class)
                .hasMessageContaining("apt-get install nwchem");
    }

    @Test
    void repeatsTheStepsOfACalculationByHandAsTheyWereStarted(@TempDir Path files) throws IOException {
        NwchemProvider nwchem = new NwchemProvider();
        JournalRecord complete = record(CalculationOutcome.complete(Map.of("ranks", 2)));
        assertThat(nwchem.byHand(complete, files)).as("no input was kept").isEmpty();
        Path input = Files.writeString(files.resolve("input.nw"), "task dft property");
        Path optimization = Files.createDirectory(files.resolve("optimization")).resolve("input.nw");
        Files.writeString(optimization, "task dft optimize");

        assertThat(nwchem.byHand(complete, files))
                .map(words -> String.join(" ", words))
                .containsExactly(
                        "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 mpirun -n 2 --bind-to none nwchem " + optimization,
                        "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 mpirun -n 2 --bind-to none nwchem " + input);
    }

    @Test
    void repeatsAFailureByTheCommandOfItsEvidence(@TempDir Path files) throws IOException {
        Path input = Files.writeString(files.resolve("input.nw"), "task dft property");
        CalculationOutcome failed = CalculationOutcome.failed(CalculationFailure.of("scf")
                .because("does not converge")
                .withEvidence(Map.of("command", List.of("mpirun", "-n", "4", "nwchem", "../input.nw"))));

        assertThat(new NwchemProvider().byHand(record(failed), files))
                .containsExactly(List.of(
                        "OMP_NUM_THREADS=1",
                        "OPENBLAS_NUM_THREADS=1",
                        "mpirun",
                        "-n",
                        "4",
                        "nwchem",
                        input.toString()));
    }

    private static JournalRecord record(CalculationOutcome outcome) {
        return JournalRecord.of(
                Calculation.of("h2", Map.of("functional", "HF")),
                Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                outcome,
                Fingerprint.of(Map.of("basis", "3-21G")));
    }
}
