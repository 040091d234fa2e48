package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Delta50Test {

    private final DataSet delta50 = DataSet.delta50();

    @Test
    void hasFiftyMoleculesInTheOrderOfThePaper() {
        assertThat(delta50.ids())
                .hasSize(50)
                .startsWith("compound_01", "compound_02")
                .endsWith("compound_50");
        assertThat(delta50.molecule("compound_50").orElseThrow().name()).isEqualTo("2,5-Dihydrofuran");
        assertThat(delta50.citation()).contains("Cohen", "Molecules 2023", "2449");
    }

    @Test
    void hasTheCountsOfThePaper() {
        assertThat(shiftsOf(Nucleus.H1)).hasSize(342);
        assertThat(shiftsOf(Nucleus.C13)).hasSize(221);
        assertThat(distinct(Nucleus.H1)).isEqualTo(114);
        assertThat(distinct(Nucleus.C13)).isEqualTo(143);
    }

    @ParameterizedTest
    @EnumSource(Nucleus.class)
    void givesAShiftToEveryAtomOfTheNucleus(Nucleus nucleus) {
        long atoms = delta50.molecules().stream()
                .flatMap(molecule -> molecule.atoms().stream())
                .filter(atom -> atom.element() == nucleus.element())
                .count();
        assertThat(shiftsOf(nucleus)).hasSize((int) atoms);
    }

    @Test
    void putsAnisolesLargestRingShiftOnTheCarbonThatIsBondedToOxygen() {
        Molecule anisole = delta50.molecule("anisole").orElseThrow();
        Atom carbon = anisole.atom(1);
        assertThat(anisole.atoms().stream()
                        .filter(atom -> atom.element() == Element.O)
                        .mapToDouble(carbon::distanceTo))
                .allMatch(distance -> distance < 1.4);
        assertThat(List.of(1, 2, 3, 4, 5, 6).stream()
                        .map(atom ->
                                delta50.shift(anisole.id(), atom).orElseThrow().ppm()))
                .containsExactly(159.55, 113.90, 129.45, 120.65, 129.45, 113.90);
    }

    @Test
    void everyMoleculeIsNeutralWithPairedElectrons() {
        assertThat(delta50.molecules())
                .allMatch(molecule ->
                        molecule.charge() == 0 && molecule.multiplicity() == 1 && molecule.electrons() % 2 == 0);
    }

    @Test
    void pilotIsTheFiveSmallestWithAcetonitrileFirst() {
        assertThat(delta50.pilot().molecules())
                .extracting(Molecule::name)
                .containsExactly("Acetonitrile", "Acetaldehyde", "Oxirane", "Nitromethane", "Isoxazole");
    }

    private List<ExperimentalShift> shiftsOf(Nucleus nucleus) {
        return delta50.shifts().stream()
                .filter(shift -> shift.nucleus() == nucleus)
                .toList();
    }

    private int distinct(Nucleus nucleus) {
        return shiftsOf(nucleus).stream()
                .map(shift -> List.of(shift.moleculeId(), shift.ppm()))
                .collect(Collectors.toSet())
                .size();
    }
}
