package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryCheckTest {

    @Test
    void atomsAtBondingDistanceAndASingleAtomAreFine() {
        assertThat(GeometryCheck.objection(carbons(0, 1.5, 3))).isEmpty();
        assertThat(GeometryCheck.objection(carbons(7))).isEmpty();
    }

    @Test
    void oneLonelyAtomHasItsDistanceToTheNearestAtom() {
        assertThat(GeometryCheck.objection(carbons(0, 1.5, -5.25)))
                .hasValue("C3 of m has no neighbour at bonding distance: the nearest atom to C3 is 5.25 angstrom away."
                        + " Coordinates must be in angstrom, and of one molecule");
    }

    @Test
    void fiveAtomsAreNamedAndTheOthersCounted() {
        assertThat(GeometryCheck.objection(carbons(0, 6, 11, 21, 31)))
                .hasValue(
                        "C1, C2, C3, C4, C5 of m have no neighbour at bonding distance: the nearest atom to C1 is 6.00"
                                + " angstrom away. Coordinates must be in angstrom, and of one molecule");
        assertThat(GeometryCheck.objection(carbons(0, 6, 11, 21, 31, 41, 51)))
                .hasValue("C1, C2, C3, C4, C5 and 2 more atoms of m have no neighbour at bonding distance: the nearest"
                        + " atom to C1 is 6.00 angstrom away. Coordinates must be in angstrom, and of one molecule");
    }

    @Test
    void coordinatesInBohrAreRecognised() {
        assertThat(GeometryCheck.objection(carbons(0, 2.8, 5.7)))
                .hasValue(
                        "C1, C2, C3 of m have no neighbour at bonding distance: the nearest atom to C1 is 2.80 angstrom"
                                + " away. The coordinates look like bohr; convert them to angstrom (multiply by 0.529177)");
    }

    @Test
    void oneAtomTooFarForBohrIsNotSaidToBeInBohr() {
        assertThat(GeometryCheck.objection(carbons(0, 2.8, 6.6)).orElseThrow())
                .endsWith("Coordinates must be in angstrom, and of one molecule");
    }

    private static Molecule carbons(double... places) {
        List<Atom> atoms = new ArrayList<>();
        for (double x : places) {
            atoms.add(new Atom(Element.C, x, 0, 0));
        }
        return new Molecule("m", "name", atoms, 0, 1);
    }
}
