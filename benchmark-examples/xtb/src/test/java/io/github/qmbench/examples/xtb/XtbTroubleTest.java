package io.github.qmbench.examples.xtb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.CalculationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XtbTroubleTest {

    @TempDir
    Path directory;

    @Test
    void namesTheReasonThatXtbGives() {
        CalculationFailure failure = XtbTrouble.explain(CalculationFailure.of(CalculationFailure.EXIT_CODE)
                .withEvidence(Map.of(
                        "end_of_stderr",
                        List.of(
                                "[ERROR] Program stopped due to fatal error",
                                "-3- Single point calculation terminated",
                                "-2- xtb_calculator_singlepoint: Electronic structure method terminated",
                                "-1- scf: Self consistent charge iterator did not converge"))));

        assertThat(failure.kind()).isEqualTo("scf-not-converged");
        assertThat(failure.message()).isEqualTo("scf: Self consistent charge iterator did not converge");
    }

    @Test
    void readsEnergyAndGapAndRefusesAFileWithoutThem() throws IOException {
        Path file = directory.resolve("xtbout.json");
        Files.writeString(
                file,
                "{\"total energy\": -8.2, \"dipole\": [0.1, [1]], \"HOMO-LUMO gap/eV\": 12.5, \"method\": \"GFN2-xTB\"}");
        assertThat(XtbJson.read(file)).isEqualTo(Map.of("energy_hartree", -8.2, "gap_ev", 12.5));

        Files.writeString(file, "{\"total energy\": -8.2}");
        assertThatThrownBy(() -> XtbJson.read(file)).hasMessageContaining("gap");
    }

    @Test
    void aMachinesFaultStaysOne() {
        CalculationFailure killed = CalculationFailure.ofMachine(CalculationFailure.KILLED);

        assertThat(XtbTrouble.explain(killed)).isSameAs(killed);
    }

    @Test
    void theBackendHasAtMostFortyLines() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/java/io/github/qmbench/examples/xtb/XtbBackend.java")))
                .hasSizeLessThanOrEqualTo(40);
    }
}
