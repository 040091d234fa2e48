package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodTest {

    private static final Method WP04 = new Method("WP04", "6-31G(d,p)", "CHCl3");
    private static final Method B3LYP = new Method("B3LYP", "pcSseg-1", "DMSO");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6-31G*       | 6-31G(d)",
                "6-31G**      | 6-31G(d,p)",
                "6-311++g**   | 6-311++g(d,p)",
                "6-31+G*      | 6-31+G(d)",
                "6-31G        | 6-31G",
                "6-31G***     | 6-31G***",
                "6-311+++G*   | 6-311+++G*",
                "cc-pVDZ*     | cc-pVDZ*"
            })
    void oneStarIsDAndTwoAreDAndP(String basis, String canonical) {
        assertThat(Method.canonicalBasis(basis)).isEqualTo(canonical);
    }

    @Test
    void theSpellingOfTheBasisSetMakesNoOtherMethod() {
        Method same = new Method("WP04", "6-31g**", "CHCl3");

        assertThat(same).isEqualTo(WP04).hasSameHashCodeAs(WP04).hasToString("WP04/6-31g**/CHCl3");
        assertThat(WP04)
                .isNotEqualTo(new Method("WP04", "6-31G(d)", "CHCl3"))
                .isNotEqualTo(new Method("B3LYP", "6-31G(d,p)", "CHCl3"))
                .isNotEqualTo(new Method("WP04", "6-31G(d,p)", "DMSO"));
    }

    @Test
    void resultsOfABasisSetInTwoSpellingsAreHeldUnderTheFirst() {
        ShieldingResult first = result("compound_01", new Method("WP04", "6-31g(d)", "CHCl3"));
        ShieldingResult second = result("compound_02", new Method("WP04", "6-31G*", "CHCl3"));

        HeldResults held = new HeldResults(DataSet.delta50(), Stream.of(first, second));

        assertThat(held.methods()).extracting(Method::basis).containsExactly("6-31g(d)");
        assertThat(held.of(second.method())).containsOnlyKeys("compound_01", "compound_02");
    }

    @Test
    void namesItsScalingFactor() {
        assertThat(WP04).hasToString("WP04/6-31G(d,p)/CHCl3");
        assertThat(WP04.key(Nucleus.C13)).isEqualTo(new ScalingFactor.Key("WP04", "6-31G(d,p)", Nucleus.C13, "CHCl3"));
    }

    @Test
    void resultsAreHeldByMethodAndThoseOfUnknownMoleculesAreNamedOnceInOrder() {
        ShieldingResult third = result("compound_03", WP04);
        ShieldingResult other = result("compound_01", B3LYP);
        ShieldingResult first = result("compound_01", WP04);

        HeldResults held = new HeldResults(
                DataSet.delta50(),
                Stream.of(third, result("z", WP04), other, first, result("a", B3LYP), result("z", B3LYP)));

        assertThat(held.methods()).containsExactly(WP04, B3LYP);
        assertThat(held.of(WP04)).containsExactly(Map.entry("compound_03", third), Map.entry("compound_01", first));
        assertThat(held.of(B3LYP)).containsExactly(Map.entry("compound_01", other));
        assertThat(held.of(new Method("PBE0", "6-31G", "CHCl3"))).isEmpty();
        assertThat(held.unknownMolecules()).containsExactly("a", "z");
    }

    @Test
    void refusesTwoResultsOfOneMoleculeWithOneMethod() {
        Stream<ShieldingResult> twice =
                Stream.of(result("compound_02", WP04), result("compound_02", B3LYP), result("compound_02", B3LYP));

        assertThatThrownBy(() -> new HeldResults(DataSet.delta50(), twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two results of compound_02 with B3LYP/pcSseg-1/DMSO; pass only the one that counts");
    }

    @Test
    void theShiftsOfAWarningAreInTheOrderOfTheAtoms() {
        Map<Integer, Double> fitting = new LinkedHashMap<>();
        fitting.put(7, 3.5);
        fitting.put(2, 9.25);
        fitting.put(11, 1.125);

        AssignmentWarning warning = new AssignmentWarning(
                WP04.key(Nucleus.H1),
                new ShiftPoint("compound_01", List.of(2), 3.5, 28.25),
                9.5,
                6.75,
                List.of("H2: C1 1.09"),
                fitting);

        assertThat(warning.fitting()).containsExactly(Map.entry(2, 9.25), Map.entry(7, 3.5), Map.entry(11, 1.125));
    }

    private static ShieldingResult result(String molecule, Method method) {
        return new ShieldingResult(
                molecule, method.functional(), method.solvent(), Map.of("basis", method.basis()), List.of(), List.of());
    }
}
