package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.theory.BasisSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NwchemBackendIT {

    private static NwchemProgram program;

    @TempDir
    Path directory;

    @BeforeAll
    static void findsNwchem() throws Exception {
        program = NwchemProgram.detect();
        assertThat(program.version()).matches("NWChem \\d+\\.\\d+.*");
    }

    @Test
    void calculatesWaterAsTheSampleHasIt() throws Exception {
        Molecule water = Samples.molecule("ok");
        LocalContext context = new LocalContext(directory.resolve("ok/B3LYP_CHCl3"));
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(Map.of("ok", water))
                .settings(NwchemSettings.builder()
                        .basis("6-31G(d)")
                        .basisType(BasisSet.Type.SPHERICAL)
                        .build())
                .build();

        CalculationOutcome outcome = backend.calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        List<Object> shieldings = Json.asArray(outcome.results().get("shielding_data"));
        assertThat(isotropic(shieldings, 0)).isCloseTo(334.4234, within(0.01));
        assertThat(isotropic(shieldings, 1)).isCloseTo(31.6667, within(0.001));
        assertThat(outcome.results())
                .containsEntry("program_version", program.version())
                .containsEntry("ranks", 1L);
        assertThat(context.directory().resolve("scratch")).doesNotExist();
        Map<String, Object> shifts =
                Json.parseObject(Files.readString(context.directory().resolve("shifts.json")));
        assertThat(shifts)
                .containsEntry("molecule_id", "ok")
                .containsEntry("functional", "B3LYP")
                .containsEntry("solvent", "CHCl3");
        assertThat(isotropic(Json.asArray(shifts.get("shielding_data")), 0)).isEqualTo(isotropic(shieldings, 0));
    }

    @Test
    void calculatesOnTwoRanksThroughMpirun() throws Exception {
        NwchemBackend backend = NwchemBackend.builder(program)
                .molecules(Map.of("ok", Samples.molecule("ok")))
                .settings(NwchemSettings.builder().basis("STO-3G").ranks(2).build())
                .build();

        CalculationOutcome outcome =
                backend.calculate(calculation("ok", "WP04", "vacuum"), new LocalContext(directory));

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results()).containsEntry("ranks", 2L).containsEntry("dielectric", 1.0);
    }

    static double isotropic(List<Object> shieldings, int atom) {
        return (Double) Json.asObject(shieldings.get(atom)).get("shielding");
    }

    static Calculation calculation(String molecule, String functional, String solvent) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("functional", functional);
        parameters.put("solvent", solvent);
        return Calculation.of(molecule, parameters);
    }
}
