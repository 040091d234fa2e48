package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactorChoiceTest {

    private static List<PredictionFactor> factors(String... keys) throws IOException {
        StringBuilder json = new StringBuilder("{");
        for (String key : keys) {
            json.append(json.length() == 1 ? "" : ",")
                    .append("\"" + key
                            + "\": {\"slope\": -1, \"intercept\": 31, \"conditions\": {\"grid\": \"fine\"}}");
        }
        return ScalingFactorsFile.parse("mine.json", json + "}");
    }

    @Test
    void theOnlyMethodNeedsNoName() throws IOException {
        FactorChoice choice =
                FactorChoice.of(factors("B3LYP/6-31G*/1H/CHCl3", "B3LYP/6-31G*/13C/CHCl3"), "mine", Optional.empty());

        assertThat(choice.factors()).containsOnlyKeys(Nucleus.H1, Nucleus.C13);
    }

    @Test
    void ofSeveralMethodsOneMustBeNamed() throws IOException {
        List<PredictionFactor> two = factors("B3LYP/6-31G*/1H/CHCl3", "WP04/6-31G*/1H/CHCl3");

        assertThatThrownBy(() -> FactorChoice.of(two, "mine", Optional.empty()))
                .hasMessage(
                        "--method is missing: mine has several methods; use B3LYP/6-31G*/CHCl3 or WP04/6-31G*/CHCl3");
        assertThatThrownBy(() -> FactorChoice.of(two, "mine", Optional.of("PBE")))
                .hasMessage("--method: unknown method 'PBE'; use B3LYP/6-31G*/CHCl3 or WP04/6-31G*/CHCl3");
        assertThatThrownBy(() -> FactorChoice.of(List.of(), "mine", Optional.empty()))
                .hasMessage("--factors: there are no scaling factors in mine");
        assertThat(FactorChoice.of(two, "mine", Optional.of(" wp04/6-31g*/chcl3 "))
                        .factors()
                        .values())
                .containsExactly(two.get(1));
    }

    @Test
    void aMoleculeTakesTheFactorsOfItsElements() {
        Molecule hydrogen =
                new Molecule("h2", "h2", List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, 0.74)), 0, 1);

        assertThat(FactorChoice.builtIn(Optional.empty()).factors()).containsOnlyKeys(Nucleus.H1, Nucleus.C13);
        assertThat(FactorChoice.builtIn(Optional.empty()).forMolecule(hydrogen).factors())
                .containsOnlyKeys(Nucleus.H1);
    }

    @Test
    void notesTellWhatDiffersFromTheCalculationsOfTheFactors() throws IOException {
        FactorChoice choice = FactorChoice.of(factors("B3LYP/6-31G*/1H/CHCl3"), "mine", Optional.empty());
        ShieldingResult coarse =
                new ShieldingResult("h2", "B3LYP", "CHCl3", Map.of("grid", "coarse"), List.of(), List.of());

        assertThat(choice.notes(false, Map.of("B3LYP/6-31G*/CHCl3", coarse)))
                .satisfiesExactly(
                        warning -> assertThat(warning).startsWith("warning: the factors do not state the level"),
                        note -> assertThat(note)
                                .isEqualTo("note: the scaling factors were made with grid fine, this calculation with"
                                        + " coarse"));
    }

    /** The task, its optimisation, the level of the geometry and a spelling may differ without a note. */
    @Test
    void notesSayEachThingOnce() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("basis", "6-31G*");
        conditions.put("geometry_level", "B3LYP/6-31G*");
        conditions.put("task", "shielding");
        conditions.put("optimization_basis", "6-31g*");
        conditions.put("basis_type", "cartesian");
        conditions.put("program", "NWChem 7.0.2");
        FactorChoice choice = FactorChoice.of(
                Stream.of("B3LYP/6-31G*/1H/CHCl3", "B3LYP/6-31G*/13C/CHCl3")
                        .map(key -> new PredictionFactor(
                                new ScalingFactor(ScalingFactor.Key.parse(key), -1, 31, "mine"),
                                "DELTA50",
                                100,
                                40,
                                conditions,
                                Optional.empty()))
                        .toList(),
                "mine",
                Optional.empty());
        ShieldingResult other = new ShieldingResult(
                "h2",
                "B3LYP",
                "CHCl3",
                Map.of(
                        "basis", "6-31g(d)",
                        "geometry_level", "HF/3-21G",
                        "task", "optimization and shielding",
                        "optimization_basis", "3-21g",
                        "basis_type", "spherical",
                        "program", "NWChem 7.0.2"),
                List.of(),
                List.of());
        String basisType =
                "note: the scaling factors were made with basis type cartesian, this calculation with spherical";

        assertThat(choice.notes(false, Map.of("B3LYP/6-31G*/CHCl3", other))).containsExactly(basisType);
        assertThat(choice.notes(true, Map.of("B3LYP/6-31G*/CHCl3", other)))
                .containsExactly(
                        "warning: the given geometry is used unchanged; the factors were made with geometries optimised at"
                                + " B3LYP/6-31G*, and the errors hold only for those",
                        basisType);
        assertThat(choice.notes(false, Map.of())).isEmpty();
    }
}
