package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
