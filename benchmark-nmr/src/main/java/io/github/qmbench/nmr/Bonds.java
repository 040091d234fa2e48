package io.github.qmbench.nmr;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which atoms are bonded, from distances alone: two atoms are when they are nearer than 1.25 times the sum of their
 * covalent radii.
 *
 * <p>Radii in angstrom: B. Cordero and others, Dalton Trans. 2008, 2832. Elements that are not in the table count as 1.5
 * angstrom, which suits most metals.
 */
final class Bonds {

    private static final double TOLERANCE = 1.25;
    private static final double OTHER_RADIUS = 1.5;
    private static final Map<Element, Double> RADII = radii();

    private Bonds() {}

    private static Map<Element, Double> radii() {
        Map<Element, Double> radii = new EnumMap<>(Element.class);
        radii.put(Element.H, 0.31);
        radii.put(Element.Li, 1.28);
        radii.put(Element.Be, 0.96);
        radii.put(Element.B, 0.84);
        radii.put(Element.C, 0.76);
        radii.put(Element.N, 0.71);
        radii.put(Element.O, 0.66);
        radii.put(Element.F, 0.57);
        radii.put(Element.Na, 1.66);
        radii.put(Element.Mg, 1.41);
        radii.put(Element.Al, 1.21);
        radii.put(Element.Si, 1.11);
        radii.put(Element.P, 1.07);
        radii.put(Element.S, 1.05);
        radii.put(Element.Cl, 1.02);
        radii.put(Element.Ge, 1.20);
        radii.put(Element.As, 1.19);
        radii.put(Element.Se, 1.20);
        radii.put(Element.Br, 1.20);
        radii.put(Element.Sn, 1.39);
        radii.put(Element.I, 1.39);
        return radii;
    }

    /** Returns the numbers of the atoms bonded to an atom, ascending. */
    static List<Integer> of(Molecule molecule, int atomNumber) {
        Atom atom = molecule.atom(atomNumber);
        List<Integer> bonded = new ArrayList<>();
        for (int other = 1; other <= molecule.atoms().size(); other++) {
            double reach = TOLERANCE
                    * (radius(atom.element()) + radius(molecule.atom(other).element()));
            if (other != atomNumber && atom.distanceTo(molecule.atom(other)) < reach) {
                bonded.add(other);
            }
        }
        return bonded;
    }

    /** The covalent radius in angstrom. */
    static double radius(Element element) {
        return RADII.getOrDefault(element, OTHER_RADIUS);
    }
}
