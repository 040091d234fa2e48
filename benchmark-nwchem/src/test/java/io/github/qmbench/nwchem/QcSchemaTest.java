package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.theory.BasisSet.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QcSchemaTest {

    @TempDir
    Path directory;

    @Test
    void hasTheFieldsOfTheSchemaAndNoOther() throws Exception {
        Map<String, Object> result = write();

        assertFollows("AtomicResult", result);
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
    void theCheckFindsAFieldTooManyOneTooFewAndOneOfAnotherType() throws Exception {
        Map<String, Object> result = write();
        Map<String, Object> tooMany = new LinkedHashMap<>(result);
        tooMany.put("solvent", "CHCl3");
        Map<String, Object> tooFew = new LinkedHashMap<>(result);
        tooFew.remove("driver");
        Map<String, Object> otherType = new LinkedHashMap<>(result);
        otherType.put("properties", Map.of("calcinfo_natom", "three"));

        assertThat(List.of(tooMany, tooFew, otherType))
                .allSatisfy(wrong -> assertThatThrownBy(() -> assertFollows("AtomicResult", wrong))
                        .isInstanceOf(AssertionError.class));
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
                .containsEntry("scf_one_electron_energy", -123.263588810018)
                .containsEntry("nuclear_repulsion_energy", 9.193913822219)
                .containsEntry("scf_dipole_moment", List.of(0.0, 0.904042, 0.0));
    }

    @Test
    void aRadicalHasOneElectronMoreOfOneSpin() throws Exception {
        Molecule water = Samples.molecule("ok");
        Molecule cation = new Molecule("ok", "ok", water.atoms(), 1, 2);

        Map<String, Object> result = QcSchema.of(
                cation,
                Samples.b3lyp("6-31G*", Type.SPHERICAL, "vacuum"),
                NwchemSettings.defaults(),
                Samples.parse(Samples.output("ok")),
                Map.of());

        assertThat(Json.asObject(result.get("properties")))
                .containsEntry("calcinfo_nalpha", 5)
                .containsEntry("calcinfo_nbeta", 4);
        assertThat(Json.asObject(result.get("molecule")))
                .containsEntry("molecular_charge", 1.0)
                .containsEntry("molecular_multiplicity", 2);
        assertThat(Json.asObject(result.get("keywords")))
                .containsEntry("solvent_model", "none")
                .containsEntry("grid", "medium");
        assertThat(Json.asObject(result.get("return_result")))
                .containsEntry("nmr_shielding_anisotropy", List.of(45.6094, 19.1076, 19.1076))
                .doesNotContainKey("cosmo_energy");
    }

    /** NWChem prints -192.7706, -551.3475 and -551.2452 for nitrogen and oxygen. */
    @Test
    void anAnisotropyIsThatOfTheLargestComponent() throws Exception {
        Map<String, Object> result = QcSchema.of(
                Samples.molecule("nitromethane"),
                Samples.b3lyp("6-311+G(2d,p)", Type.SPHERICAL, "CHCl3"),
                NwchemSettings.defaults(),
                Samples.parse(Samples.output("nitromethane")),
                Map.of());

        assertThat(Json.asArray(Json.asObject(result.get("return_result")).get("nmr_shielding_anisotropy")))
                .extracting(ppm -> Math.round(10_000 * (Double) ppm) / 10_000.0)
                .containsExactly(104.0061, 327.0272, 693.2379, 693.2281, 3.2138, 3.2148, 2.9177);
    }

    /** Holds an object to the published field list, and the objects in it likewise. */
    private static void assertFollows(String name, Map<String, Object> object) {
        Map<String, String[]> fields = published(name);
        assertThat(fields.keySet()).as(name).containsAll(object.keySet());
        fields.forEach((field, row) -> {
            if (row[3].equals("required")) {
                assertThat(object).as(name).containsKey(field);
            }
            if (object.containsKey(field)) {
                assertIs(row[2], object.get(field), name + "." + field);
            }
        });
    }

    private static void assertIs(String types, Object value, String where) {
        String type = value instanceof Map
                ? "object"
                : value instanceof List
                        ? "array"
                        : value instanceof Boolean
                                ? "boolean"
                                : value instanceof String ? "string" : value instanceof Long ? "integer" : "number";
        if (Character.isUpperCase(types.charAt(0))) {
            assertThat(type).as(where).isEqualTo("object");
            assertFollows(types, Json.asObject(value));
        } else {
            assertThat(types.split("\\|")).as(where).contains(type);
        }
    }

    /** The fields of an object by name, each with its row: object, field, type, presence. */
    private static Map<String, String[]> published(String name) {
        Map<String, String[]> fields = Samples.lines("qcschema-fields.csv")
                .map(line -> line.split(","))
                .filter(row -> row[0].equals(name))
                .collect(Collectors.toMap(row -> row[1], row -> row));
        assertThat(fields).as(name).isNotEmpty();
        return fields;
    }

    private Map<String, Object> write() throws Exception {
        NwchemBackendTest.backend(NwchemSettings.builder()
                        .grid("fine")
                        .scfConvergence(ScfConvergence.NWCHEM)
                        .basis("6-31G*")
                        .basisType(Type.SPHERICAL)
                        .build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), new ReplayingContext(directory).thenSample("ok", 0));
        return Json.parseObject(Files.readString(directory.resolve("shifts.qcschema.json")));
    }
}
