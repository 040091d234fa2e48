package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.internal.NearestMatch;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetTest {

    private static final DataSet DELTA50 = DataSet.delta50();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "compound_05; compound_05",
                "Compound_05; compound_05",
                "ACETONITRILE; compound_05",
                "Tetrahydrofuran (THF); compound_16",
                "thf; compound_16",
                "tetrahydrofuran; compound_16",
                "N,N-dimethylformamide; compound_10"
            })
    void findsMoleculesByIdAndNameInAnyCase(String text, String id) {
        assertThat(DELTA50.molecule(text)).map(Molecule::id).contains(id);
    }

    @ParameterizedTest
    @CsvSource({
        "compuond_05, compound_05",
        "compound_5, compound_05",
        "acetonitril, Acetonitrile",
        "Tolunee, Toluene",
        "cyclohexanon, Cyclohexanone"
    })
    void suggestsTheNearest(String typo, String meant) {
        assertThat(DELTA50.nearest(typo)).contains(meant);
    }

    @Test
    void suggestsNothingForSomethingElse() {
        assertThat(DELTA50.nearest("haemoglobin")).isEmpty();
    }

    @Test
    void selectsInTheOrderAskedAndOnceEach() {
        DataSet selected = DELTA50.select(List.of("compound_07", "acetonitrile", "compound_05"));
        assertThat(selected.ids()).containsExactly("compound_07", "compound_05");
        assertThat(selected.shifts()).hasSize(9 + 5);
    }

    @Test
    void anUnknownMoleculeIsToldWithTheNearestAndTheValidOnes() {
        assertThatThrownBy(() -> DELTA50.select(List.of("compound_01", "compound_99")))
                .isInstanceOfSatisfying(UnknownMoleculeException.class, e -> {
                    assertThat(e.asked()).isEqualTo("compound_99");
                    assertThat(e.valid()).hasSize(50);
                })
                .hasMessageStartingWith(
                        "unknown molecule 'compound_99'; did you mean compound_09, compound_19 or compound_29?");
    }

    @Test
    void aNameOfTwoMoleculesStandsForNone() {
        DataSet butenes =
                DataSet.of("test", "", List.of(named("a", "2-Butene (E)"), named("b", "2-Butene (Z)")), List.of());

        assertThat(butenes.molecule("2-butene")).isEmpty();
        assertThatThrownBy(() -> butenes.select(List.of("2-butene")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'2-butene' is the name of a and b; use the id");
        assertThat(butenes.nearest("2-buten")).contains("2-Butene (E)");
        assertThat(butenes.select(List.of("B", "2-butene (e)")).ids()).containsExactly("b", "a");
        assertThat(butenes.select(List.of("b")).molecule("2-butene"))
                .map(Molecule::id)
                .contains("b");
    }

    @Test
    void ofManyMoleculesWithOneNameTheFirstIsNamedAndTheIdsStay() {
        DataSet conformers = DataSet.of(
                "test", "", List.of(named("x-1", "X"), named("x-2", "x"), named("x", "X (best)")), List.of());
        DataSet more = DataSet.of(
                "test", "", List.of(named("x-1", "X"), named("x-2", "x"), named("x-3", "X (best)")), List.of());

        assertThat(conformers.molecule("X")).map(Molecule::id).contains("x");
        assertThatThrownBy(() -> more.select(List.of("X")))
                .hasMessage("'X' is the name of x-1 and 2 others; use the id");
    }

    private static Molecule named(String id, String name) {
        return new Molecule(id, name, List.of(new Atom(Element.Ar, 0, 0, 0)), 0, 1);
    }

    @Test
    void everyNameInDelta50IsThatOfOneMolecule() {
        for (Molecule molecule : DELTA50.molecules()) {
            assertThat(DELTA50.molecule(molecule.name())).hasValue(molecule);
            for (String part : molecule.name().split(" (?=\\()")) {
                assertThat(DELTA50.sharedName(part.replaceAll("[()]", ""))).isEmpty();
            }
        }
    }

    @Test
    void refusesShiftsThatTheMoleculesCannotHave() {
        Molecule water = new Molecule(
                "water",
                "Water",
                List.of(
                        new Atom(Element.O, 0, 0, 0),
                        new Atom(Element.H, 0, 0, 0.96),
                        new Atom(Element.H, 0.9, 0, -0.3)),
                0,
                1);
        assertThatThrownBy(() -> dataSet(water, new ExperimentalShift("water", 4, Nucleus.H1, 1)))
                .hasMessage("water has atoms 1 to 3, there is no atom 4");
        assertThatThrownBy(() -> dataSet(water, new ExperimentalShift("water", 1, Nucleus.H1, 1)))
                .hasMessage("atom 1 of water is O and has no 1H shift");
        assertThatThrownBy(() -> dataSet(water, new ExperimentalShift("ice", 2, Nucleus.H1, 1)))
                .hasMessageContaining("unknown molecule 'ice'");
        assertThatThrownBy(() -> dataSet(
                        water,
                        new ExperimentalShift("water", 2, Nucleus.H1, 1),
                        new ExperimentalShift("water", 2, Nucleus.H1, 2)))
                .hasMessage("atom 2 of water has two shifts, 1.0 and 2.0 ppm");
        assertThatThrownBy(() -> dataSet(
                        water,
                        new ExperimentalShift("water", 2, Nucleus.H1, 1),
                        new ExperimentalShift("water", 3, Nucleus.H1, 2, 2)))
                .hasMessage("atom 3 of water is in the group of atom 2, whose shift differs");
    }

    @Property
    void anyIdIsFoundInAnyCase(@ForAll("ids") String id, @ForAll boolean upper) {
        String typed = upper ? id.toUpperCase(Locale.ROOT) : id;
        assertThat(DELTA50.molecule(typed)).map(Molecule::id).contains(id);
    }

    @Property
    void theNearestOfAnExactNameIsThatName(@ForAll("ids") String id) {
        assertThat(DELTA50.nearest(id)).contains(id);
    }

    @Property
    void editsAreADistance(@ForAll String one, @ForAll String other) {
        int edits = NearestMatch.edits(one, other);
        assertThat(edits).isEqualTo(NearestMatch.edits(other, one));
        assertThat(edits == 0).isEqualTo(one.equals(other));
        assertThat(edits).isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.of(DELTA50.ids());
    }

    private static DataSet dataSet(Molecule molecule, ExperimentalShift... shifts) {
        return DataSet.of("test", "", List.of(molecule), List.of(shifts));
    }
}
