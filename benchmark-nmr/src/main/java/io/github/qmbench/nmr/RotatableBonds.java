package io.github.qmbench.nmr;

import java.util.List;

/**
 * A counter of the bonds about which a molecule has several conformers. A prediction from one of them is one of several
 * that the measurement averages. Holds no state; safe for use by many threads.
 *
 * <p>It counts single bonds outside rings that are not amide bonds and have a neighbour on both sides. It does not
 * count bonds to CH3, CF3, t-butyl and the like, and those at a straight atom: turning them gives the same conformer
 * again.
 */
public final class RotatableBonds {

    private RotatableBonds() {}

    /**
     * {@return the number of rotatable bonds}
     *
     * @param molecule with a geometry that shows its bonds
     */
    public static int count(Molecule molecule) {
        BondGraph graph = BondGraph.of(molecule);
        List<List<Integer>> classes = RotationClasses.of(molecule);
        int count = 0;
        for (int a = 1; a <= graph.size(); a++) {
            for (int b : graph.of(a)) {
                if (a < b
                        && graph.turns(a, b)
                        && isBranched(graph, classes, a, b)
                        && isBranched(graph, classes, b, a)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** Whether turning the end of a bond changes the molecule. */
    private static boolean isBranched(BondGraph graph, List<List<Integer>> classes, int end, int other) {
        List<Integer> branches = graph.of(end, other);
        boolean same = branches.size() == 3 && classes.stream().anyMatch(atoms -> atoms.containsAll(branches));
        return !branches.isEmpty() && !same && !graph.isStraight(end);
    }
}
