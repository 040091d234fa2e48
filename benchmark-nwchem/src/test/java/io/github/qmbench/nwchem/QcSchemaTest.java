package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nwchem.BasisSet.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QcSchemaTest {

    /** The fields of {@code AtomicInput} and {@code AtomicResult}, QCElemental {@code models/v1/results.py}. */
    private static final Set<String> ATOMIC_RESULT = Set.of(
            "id",
            "schema_name",
            "schema_version",
            "molecule",
            "driver",
            "model",
            "keywords",
            "protocols",
            "extras",
            "provenance",
            "properties",
            "wavefunction",
            "return_result",
            "stdout",
            "stderr",
            "native_files",
            "success",
            "error");

    private static final List<String> REQUIRED =
            List.of("molecule", "driver", "model", "properties", "return_result", "success", "provenance");

    /** Some of the fields of {@code AtomicResultProperties}, of the same file; others are refused there. */
    private static final Set<String> PROPERTIES = Set.of(
            "calcinfo_nbasis",
            "calcinfo_nmo",
            "calcinfo_nalpha",
            "calcinfo_nbeta",
            "calcinfo_natom",
            "nuclear_repulsion_energy",
            "return_energy",
            "scf_total_energy",
            "scf_dipole_moment",
            "scf_iterations");

    /** The fields of {@code Molecule}, QCElemental {@code models/v1/molecule.py}. */
    private static final Set<String> MOLECULE = Set.of(
            "schema_name",
            "schema_version",
            "validated",
            "symbols",
            "geometry",
            "name",
            "identifiers",
            "comment",
            "molecular_charge",
            "molecular_multiplicity",
            "masses",
            "real",
            "atom_labels",
            "atomic_numbers",
            "mass_numbers",
            "connectivity",
            "fragments",
            "fragment_charges",
            "fragment_multiplicities",
            "fix_com",
            "fix_orientation",
            "fix_symmetry",
            "provenance",
            "id",
            "extras");

    @TempDir
    Path directory;

    @Test
    void hasTheFieldsOfTheSchemaAndNoOther() throws Exception {
        Map<String, Object> result = write();

        assertThat(ATOMIC_RESULT).containsAll(result.keySet());
        assertThat(result).containsKeys(REQUIRED.toArray(String[]::new));
        assertThat(PROPERTIES)
                .containsAll(Json.asObject(result.get("properties")).keySet());
        assertThat(MOLECULE).containsAll(Json.asObject(result.get("molecule")).keySet());
        assertThat(result)
                .containsEntry("schema_name", "qcschema_output")
                .containsEntry("schema_version", 1L)
                .containsEntry("driver", "properties")
                .containsEntry("model", Map.of("method", "B3LYP", "basis", "6-31G*"))
                .containsEntry("success", true);
        assertThat(Json.asObject(result.get("keywords")))
                .containsEntry("solvent", "CHCl3")
                .containsEntry("dielectric", 4.7113);
        assertThat(Json.asObject(result.get("provenance")))
                .containsEntry("creator", "NWChem")
                .containsEntry("version", "7.0.2");
    }

    @Test
    void hasTheMoleculeInBohrAndTheShieldingsInItsOrder() throws Exception {
        Map<String, Object> result = write();

        Map<String, Object> molecule = Json.asObject(result.get("molecule"));
        assertThat(molecule).containsEntry("symbols", List.of("O", "H", "H"));
        List<Object> geometry = Json.asArray(molecule.get("geometry"));
        assertThat(geometry).hasSize(9);
        assertThat((Double) geometry.get(3)).isCloseTo(0.757 * 1.8897261255, within(1e-8));
        assertThat(Json.asObject(result.get("return_result")))
                .containsEntry("nmr_shielding_isotropic", List.of(334.4234, 31.6667, 31.6667))
                .containsEntry("cosmo_energy", 0.055360312923);
        assertThat(Json.asObject(result.get("properties")))
                .containsEntry("calcinfo_nalpha", 5L)
                .containsEntry("calcinfo_nbeta", 5L)
                .containsEntry("calcinfo_natom", 3L)
                .containsEntry("calcinfo_nbasis", 18L)
                .containsEntry("return_energy", -76.415861386281)
                .containsEntry("scf_dipole_moment", List.of(0.0, 0.904042, 0.0));
    }

    private Map<String, Object> write() throws Exception {
        NwchemBackendTest.backend(NwchemSettings.builder()
                        .grid("fine")
                        .basis("6-31G*")
                        .basisType(Type.SPHERICAL)
                        .build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), new ReplayingContext(directory).thenSample("ok", 0));
        return Json.parseObject(Files.readString(directory.resolve("shifts.qcschema.json")));
    }
}
