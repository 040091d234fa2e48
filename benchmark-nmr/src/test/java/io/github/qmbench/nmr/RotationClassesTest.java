package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationClassesTest {

    private static final DataSet DELTA50 = DataSet.delta50();

    /** Classes of more than one atom: element and size, sorted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Acetaldehyde; H3",
                "2-Methyl-2-nitropropane; C3 H9",
                "Methyl t-butyl ether (MTBE); C3 H3 H9",
                "Pivalonitrile; C3 H9",
                "t-Butylethylene; C3 H9",
                // the methyl groups of amides and alkenes stay apart, and those of isobutylene are alike by symmetry
                // alone
                "N,N-Dimethylformamide (DMF); H3 H3",
                "N,N-Dimethylacetamide (DMAc); H3 H3 H3",
                "2-Methyl-2-butene; H3 H3 H3",
                "Isobutylene; H3 H3",
                "Acetone; H3 H3",
                "Isobutyronitrile; H3 H3",
                "Toluene; C2 C2 H2 H2 H3",
                "Anisole; C2 C2 H2 H2 H3",
                "Nitrobenzene; C2 C2 H2 H2",
                // nothing turns here: ring inversion and symmetry are no rotation about a bond
                "Benzene; ''",
                "Fluorobenzene; ''",
                "Pyridine; ''",
                "1,4-Benzoquinone; ''",
                "Cyclohexane; ''",
                "Oxirane; ''",
                "Cyclohex-2-en-1-one; ''",
                "N-Methylpyrrole; H3",
                "2-Butyne; H3 H3"
            })
    void averagesWhatRotationExchangesAndNothingElse(String molecule, String classes) {
        Molecule subject = DELTA50.molecule(molecule).orElseThrow();
        assertThat(sizes(subject)).isEqualTo(classes);
    }

    @Test
    void theMethylGroupsOfDimethylformamideKeepTheirOwnCarbons() {
        Molecule dmf = DELTA50.molecule("DMF").orElseThrow();
        for (List<Integer> hydrogens : RotationClasses.of(dmf)) {
            assertThat(hydrogens.stream()
                            .map(atom -> dmf.bondedTo(atom))
                            .filter(bonded -> bonded.size() == 1)
                            .distinct())
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void everyClassOfDelta50IsPartOfOneMeasuredSignal() {
        for (Molecule molecule : DELTA50.molecules()) {
            for (List<Integer> atoms : RotationClasses.of(molecule)) {
                assertThat(atoms.stream()
                                .map(atom -> DELTA50.shift(molecule.id(), atom).map(ExperimentalShift::group))
                                .distinct())
                        .as(molecule.name() + " " + atoms)
                        .hasSize(1);
            }
        }
    }

    @Test
    void fluorinesOfATrifluoromethylGroupAreOneClass() {
        assertThat(sizes(ethane(Element.F, Element.H))).isEqualTo("F3 H3");
        assertThat(sizes(ethane(Element.Cl, Element.F))).isEqualTo("Cl3 F3");
    }

    @Test
    void allHydrogensOfMethaneAreOneClass() {
        assertThat(sizes(methane(1))).isEqualTo("H4");
    }

    /** Classes do not depend on the order of the atoms. */
    @Property(tries = 60)
    void theOrderOfTheAtomsDoesNotMatter(@ForAll("ids") String id, @ForAll long seed) {
        Molecule molecule = DELTA50.molecule(id).orElseThrow();
        List<Atom> shuffled = new ArrayList<>(molecule.atoms());
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(sizes(new Molecule(id, id, shuffled, 0, 1))).isEqualTo(sizes(molecule));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.of(DELTA50.ids());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Acetaldehyde; 0",
                "Toluene; 0",
                "Cyclohexane; 0",
                "2-Butyne; 0",
                "Pivalonitrile; 0",
                "Propionitrile; 0",
                "N,N-Dimethylformamide (DMF); 0",
                "2-Methyl-2-butene; 0",
                "Anisole; 1",
                "Nitrobenzene; 1",
                "Methyl acetate; 1",
                "Nitroethane; 1"
            })
    void countsBondsAboutWhichThereAreConformers(String molecule, int bonds) {
        assertThat(RotatableBonds.count(DELTA50.molecule(molecule).orElseThrow()))
                .isEqualTo(bonds);
    }

    /** N,N-dimethylthioformamide: the bond to nitrogen turns no more than that of the amide. */
    @Test
    void aThioamideTurnsAsLittleAsAnAmide() {
        Molecule amide = DELTA50.molecule("DMF").orElseThrow();
        List<Atom> atoms = new ArrayList<>(amide.atoms());
        int oxygen = IntStream.rangeClosed(1, atoms.size())
                .filter(atom -> amide.atom(atom).element() == Element.O)
                .findFirst()
                .orElseThrow();
        Atom carbon = amide.atom(amide.bondedTo(oxygen).get(0));
        atoms.set(oxygen - 1, along(carbon, amide.atom(oxygen), Element.S, 1.66));
        Molecule thioamide = new Molecule("thioamide", "thioamide", atoms, 0, 1);

        assertThat(RotatableBonds.count(thioamide)).isZero();
        assertThat(sizes(thioamide)).isEqualTo("H3 H3");
        atoms.set(oxygen - 1, along(carbon, amide.atom(oxygen), Element.Cl, 1.76));
        assertThat(RotatableBonds.count(new Molecule("chloride", "chloride", atoms, 0, 1)))
                .as("nothing of an amide")
                .isEqualTo(1);
    }

    @Test
    void ethanolHasOneForItsHydroxylGroup() {
        List<Atom> atoms = new ArrayList<>(ethane(Element.H, Element.H).atoms());
        Atom hydrogen = atoms.get(2);
        atoms.set(2, along(atoms.get(0), hydrogen, Element.O, 1.42));
        Atom oxygen = atoms.get(2);
        atoms.add(new Atom(Element.H, oxygen.x() + 0.3, oxygen.y(), oxygen.z() + 0.92));
        assertThat(RotatableBonds.count(new Molecule("ethanol", "ethanol", atoms, 0, 1)))
                .isEqualTo(1);
    }

    @Test
    void methaneInBohrHasNoAtomAtBondingDistance() {
        assertThat(GeometryCheck.objection(methane(1))).isEmpty();
        assertThat(GeometryCheck.objection(methane(1 / 0.529177)))
                .hasValue(
                        "C1, H2, H3, H4, H5 of methane have no neighbour at bonding distance: the nearest atom to C1 is"
                                + " 2.06 angstrom away. The coordinates look like bohr; convert them to angstrom (multiply by"
                                + " 0.529177)");
    }

    @Test
    void everyGeometryOfDelta50CanBeMeantAndNoneInBohr() {
        for (Molecule molecule : DELTA50.molecules()) {
            assertThat(GeometryCheck.objection(molecule)).as(molecule.name()).isEmpty();
            Molecule bohr = new Molecule(
                    molecule.id(),
                    molecule.name(),
                    molecule.atoms().stream()
                            .map(atom -> new Atom(
                                    atom.element(), atom.x() / 0.529177, atom.y() / 0.529177, atom.z() / 0.529177))
                            .toList(),
                    0,
                    1);
            assertThat(GeometryCheck.objection(bohr)).as(molecule.name()).isPresent();
        }
    }

    @Test
    void oneLonelyAtomIsNamedAndASingleAtomIsAMolecule() {
        List<Atom> atoms = new ArrayList<>(methane(1).atoms());
        atoms.add(new Atom(Element.Na, 9, 0, 0));
        assertThat(GeometryCheck.objection(new Molecule("salt", "salt", atoms, 1, 1)))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Na6 of salt has no neighbour at bonding distance")
                        .endsWith("Coordinates must be in angstrom, and of one molecule"));
        assertThat(GeometryCheck.objection(new Molecule("neon", "neon", List.of(new Atom(Element.Ne, 0, 0, 0)), 0, 1)))
                .isEmpty();
    }

    static Molecule methane(double scale) {
        double d = 0.629 * scale;
        return new Molecule(
                "methane",
                "methane",
                List.of(
                        new Atom(Element.C, 0, 0, 0),
                        new Atom(Element.H, d, d, d),
                        new Atom(Element.H, d, -d, -d),
                        new Atom(Element.H, -d, d, -d),
                        new Atom(Element.H, -d, -d, d)),
                0,
                1);
    }

    /** CX3-CY3, staggered. */
    private static Molecule ethane(Element x, Element y) {
        List<Atom> atoms = new ArrayList<>(List.of(new Atom(Element.C, 0, 0, 0), new Atom(Element.C, 0, 0, 1.52)));
        for (int i = 0; i < 3; i++) {
            double angle = Math.toRadians(120 * i);
            double bondX = Bonds.radius(x) + 0.76;
            double bondY = Bonds.radius(y) + 0.76;
            atoms.add(new Atom(x, 0.943 * bondX * Math.cos(angle), 0.943 * bondX * Math.sin(angle), -bondX / 3));
            atoms.add(
                    new Atom(y, -0.943 * bondY * Math.cos(angle), -0.943 * bondY * Math.sin(angle), 1.52 + bondY / 3));
        }
        return new Molecule("ethane", "ethane", atoms, 0, 1);
    }

    private static Atom along(Atom from, Atom towards, Element element, double distance) {
        double factor = distance / from.distanceTo(towards);
        return new Atom(
                element,
                from.x() + factor * (towards.x() - from.x()),
                from.y() + factor * (towards.y() - from.y()),
                from.z() + factor * (towards.z() - from.z()));
    }

    private static String sizes(Molecule molecule) {
        return RotationClasses.of(molecule).stream()
                .filter(atoms -> atoms.size() > 1)
                .map(atoms -> molecule.atom(atoms.get(0)).element().symbol() + atoms.size())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
