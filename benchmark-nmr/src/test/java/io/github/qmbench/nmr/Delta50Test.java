package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        assertThat(groups(Nucleus.H1)).isEqualTo(114);
        assertThat(groups(Nucleus.C13)).isEqualTo(143);
    }

    @ParameterizedTest
    @EnumSource(names = {"H1", "C13"})
    void givesAShiftToEveryAtomOfTheNucleus(Nucleus nucleus) {
        long atoms = delta50.molecules().stream()
                .flatMap(molecule -> molecule.atoms().stream())
                .filter(atom -> atom.element() == nucleus.element())
                .count();
        assertThat(shiftsOf(nucleus)).hasSize((int) atoms);
    }

    /** Topology alone would give 110 and 140 groups: the paper tells cis from trans, topology does not. */
    @Test
    void noGroupHasAtomsOfDifferentSurroundings() {
        for (Molecule molecule : delta50.molecules()) {
            List<Integer> surroundings = surroundings(molecule);
            assertThat(delta50.shifts(molecule.id()))
                    .isNotEmpty()
                    .allSatisfy(shift -> assertThat(surroundings.get(shift.atomNumber() - 1))
                            .as(shift.toString())
                            .isEqualTo(surroundings.get(shift.group() - 1)));
        }
    }

    @Test
    void knowsWhereTheShiftsWereMeasuredAndHowTheGeometriesWereMade() {
        assertThat(delta50.solvent()).hasValue("CDCl3");
        assertThat(delta50.geometryLevel()).hasValue("B3LYP/6-31G*");
        assertThat(delta50.pilot().geometryLevel()).hasValue("B3LYP/6-31G*");
    }

    @Test
    void namesCompound15AfterItsBondsAndKeepsTheOldNameAsAnAlias() {
        Molecule molecule = delta50.molecule("compound_15").orElseThrow();
        assertThat(molecule.name()).isEqualTo("2-Methyl-2-nitropropane");
        assertThat(molecule.bondedTo(1)).as("nitrogen is bonded to carbon 2").contains(2);
        assertThat(delta50.molecule("t-butyl nitrate")).hasValue(molecule);
        assertThat(delta50.select(List.of("t-Butyl nitrate")).ids()).containsExactly("compound_15");
        assertThat(delta50.nearest("t-butyl nitrat")).hasValue("t-Butyl nitrate");
        assertThat(delta50.select(List.of("compound_01")).molecule("t-Butyl nitrate"))
                .isEmpty();
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

    private int groups(Nucleus nucleus) {
        return shiftsOf(nucleus).stream()
                .map(shift -> List.of(shift.moleculeId(), shift.group()))
                .collect(Collectors.toSet())
                .size();
    }

    /** The graph of bonds with the elements, refined until atoms of different surroundings differ. */
    private static List<Integer> surroundings(Molecule molecule) {
        List<Integer> colours = molecule.atoms().stream()
                .map(atom -> atom.element().atomicNumber())
                .toList();
        for (int round = 0; round < molecule.atoms().size(); round++) {
            List<Integer> before = colours;
            colours = IntStream.rangeClosed(1, molecule.atoms().size())
                    .mapToObj(atom -> List.of(
                                    before.get(atom - 1),
                                    molecule.bondedTo(atom).stream()
                                            .map(other -> before.get(other - 1))
                                            .sorted()
                                            .toList())
                            .hashCode())
                    .toList();
        }
        return colours;
    }
}
