package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BondsTest {

    /**
     * Measured lengths in angstrom of the bonds to hydrogen and to carbon: of H2, LiH, BeH2, BH3, the hydrides of groups 14 to 17, and
     * the methyl compounds (CRC Handbook of Chemistry and Physics, "Bond lengths and angles in gas-phase molecules"). Sums of
     * covalent radii are within 7 % of the first and within 5 % of the second.
     */
    @ParameterizedTest
    @CsvSource({
        "H, 0.741, 1.087",
        "Li, 1.595,",
        "Be, 1.334, 1.698",
        "B, 1.19, 1.578",
        "C, 1.087, 1.535",
        "N, 1.012, 1.471",
        "O, 0.958, 1.416",
        "F, 0.917, 1.382",
        "Na, 1.887,",
        "Mg, 1.73,",
        "Al, 1.58, 1.957",
        "Si, 1.480, 1.867",
        "P, 1.420, 1.847",
        "S, 1.336, 1.807",
        "Cl, 1.275, 1.785",
        "Ge, 1.525, 1.945",
        "As, 1.519, 1.979",
        "Se, 1.460, 1.943",
        "Br, 1.414, 1.933",
        "Sn, 1.711, 2.144",
        "I, 1.609, 2.132",
    })
    void radiiAddUpToMeasuredBonds(Element element, double toHydrogen, Double toCarbon) {
        double hydrogen = element == Element.H ? 2 * 0.31 : Bonds.radius(element) + 0.31;
        if (element != Element.H) { // no sum of radii is right for H2
            assertThat(hydrogen / toHydrogen).isCloseTo(1, within(0.07));
        }
        if (toCarbon != null) {
            assertThat((Bonds.radius(element) + Bonds.radius(Element.C)) / toCarbon)
                    .isCloseTo(1, within(0.05));
        }
        assertThat(Bonds.of(pair(element, Element.H, toHydrogen), 1)).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource({"H, H, 0.62", "C, Br, 1.96", "U, O, 2.16", "S, C, 1.81", "P, O, 1.73", "F, Cl, 1.59", "Si, N, 1.82"})
    void atomsAreBondedUpToOneAndAQuarterOfTheSumOfTheirRadii(Element one, Element other, double sum) {
        assertThat(Bonds.of(pair(one, other, 1.249 * sum), 1)).containsExactly(2);
        assertThat(Bonds.of(pair(one, other, 1.251 * sum), 1)).isEmpty();
        assertThat(Bonds.of(pair(one, other, 1.251 * sum), 2)).isEmpty();
    }

    /** Carbons of 1,3-butadiene and of butadiyne: the bond between the multiple ones turns in the first alone. */
    @Test
    void theBondBetweenTwoDoubleBondsIsSingle() {
        double angle = Math.toRadians(124);
        assertThat(RotatableBonds.count(carbons(
                        -1.337 * -Math.cos(angle),
                        1.337 * Math.sin(angle),
                        0,
                        0,
                        1.467,
                        0,
                        1.467 + 1.337 * -Math.cos(angle),
                        -1.337 * Math.sin(angle))))
                .isEqualTo(1);
        assertThat(RotatableBonds.count(carbons(-1.21, 0, 0, 0, 1.38, 0, 2.59, 0)))
                .isZero();
    }

    private static Molecule carbons(double... xy) {
        return new Molecule(
                "c4",
                "c4",
                List.of(
                        new Atom(Element.C, xy[0], xy[1], 0),
                        new Atom(Element.C, xy[2], xy[3], 0),
                        new Atom(Element.C, xy[4], xy[5], 0),
                        new Atom(Element.C, xy[6], xy[7], 0)),
                0,
                1);
    }

    private static Molecule pair(Element one, Element other, double distance) {
        return new Molecule("m", "m", List.of(new Atom(one, 0, 0, 0), new Atom(other, 0, 0, distance)), 0, 1);
    }

    @ParameterizedTest
    @CsvSource({"159, false", "161, true", "180, true"})
    void anAtomIsStraightFromAHundredAndSixtyDegreesOn(double degrees, boolean straight) {
        double angle = Math.toRadians(degrees);
        Molecule bent = new Molecule(
                "c3",
                "c3",
                List.of(
                        new Atom(Element.C, 0, 0, 0),
                        new Atom(Element.C, 1.4, 0, 0),
                        new Atom(Element.C, 1.4 * Math.cos(angle), 1.4 * Math.sin(angle), 0)),
                0,
                1);
        assertThat(BondGraph.of(bent).isStraight(1)).isEqualTo(straight);
        assertThat(BondGraph.of(bent).isStraight(2)).isFalse();
    }
}
