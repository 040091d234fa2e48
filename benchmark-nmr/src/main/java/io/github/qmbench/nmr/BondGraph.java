package io.github.qmbench.nmr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which atoms of a molecule are bonded, and what kind of bonds they are; concluded from the geometry alone.
 *
 * <p>A bond shorter than 0.92 times the sum of the covalent radii counts as a double or triple bond: that distinguishes C=C (1.34
 * angstrom) from C-C between two sp2 carbons (1.46), C=N from aniline's C-N, C=O from an ester's C-O. Immutable.
 */
final class BondGraph {

    private static final double MULTIPLE = 0.92;
    private static final double AROMATIC = 0.96;
    private static final double STRAIGHT_DEGREES = 160;

    private final Molecule molecule;
    private final List<List<Integer>> neighbours;

    private BondGraph(Molecule molecule, List<List<Integer>> neighbours) {
        this.molecule = molecule;
        this.neighbours = neighbours;
    }

    static BondGraph of(Molecule molecule) {
        Objects.requireNonNull(molecule, "molecule");
        return new BondGraph(
                molecule,
                IntStream.rangeClosed(1, molecule.atoms().size())
                        .mapToObj(atom -> Bonds.of(molecule, atom))
                        .toList());
    }

    /** The number of atoms; they are counted from 1. */
    int size() {
        return neighbours.size();
    }

    Element element(int atom) {
        return molecule.atom(atom).element();
    }

    /** The atoms bonded to an atom, ascending. */
    List<Integer> of(int atom) {
        return neighbours.get(atom - 1);
    }

    /** The atoms bonded to an atom, without one of them. */
    List<Integer> of(int atom, int without) {
        return of(atom).stream().filter(other -> other != without).toList();
    }

    boolean isTerminal(int atom) {
        return of(atom).size() == 1;
    }

    /** Whether a bond is part of a ring. */
    boolean inRing(int from, int to) {
        return side(from, to, Set.of()).contains(from);
    }

    /** The atoms that can be reached from {@code to} without the bond that comes from {@code from}, and without a wall. */
    Set<Integer> side(int from, int to, Set<Integer> wall) {
        Set<Integer> reached = new TreeSet<>(Set.of(to));
        Deque<Integer> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            int atom = open.pop();
            for (int next : of(atom)) {
                boolean theBond = atom == to && next == from;
                if (!theBond && !wall.contains(next) && reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    /** Whether the two sides of a bond turn against each other: a single bond outside rings that is no amide's. */
    boolean turns(int a, int b) {
        return !isMultiple(a, b) && !isAmide(a, b) && !isAmide(b, a) && !inRing(a, b);
    }

    private boolean isMultiple(int a, int b) {
        return relativeLength(a, b) < MULTIPLE;
    }

    /** Whether a bond is as short as in a benzene ring. */
    boolean isAromaticLength(int a, int b) {
        return relativeLength(a, b) < AROMATIC;
    }

    private double relativeLength(int a, int b) {
        return molecule.atom(a).distanceTo(molecule.atom(b)) / (Bonds.radius(element(a)) + Bonds.radius(element(b)));
    }

    /** Whether it is the bond from a carbonyl or thiocarbonyl carbon to nitrogen. */
    private boolean isAmide(int carbon, int nitrogen) {
        return element(carbon) == Element.C
                && element(nitrogen) == Element.N
                && of(carbon, nitrogen).stream()
                        .anyMatch(other ->
                                isTerminal(other) && (element(other) == Element.O || element(other) == Element.S));
    }

    /** Whether an atom with two neighbours lies on the line between them, as in a nitrile or an alkyne. */
    boolean isStraight(int atom) {
        if (of(atom).size() != 2) {
            return false;
        }
        Atom middle = molecule.atom(atom);
        double a = middle.distanceTo(molecule.atom(of(atom).get(0)));
        double b = middle.distanceTo(molecule.atom(of(atom).get(1)));
        double c = molecule.atom(of(atom).get(0)).distanceTo(molecule.atom(of(atom).get(1)));
        return Math.toDegrees(Math.acos(Math.max(-1, (a * a + b * b - c * c) / (2 * a * b)))) > STRAIGHT_DEGREES;
    }

    /**
     * Returns for each atom a text that is the same for atoms with the same surroundings: elements and bonds, refined until
     * nothing changes (Weisfeiler and Leman). Stereochemistry does not count.
     *
     * @param marked an atom to be told from all others, 0 for none
     */
    List<Integer> surroundings(int marked) {
        List<Integer> colours = IntStream.rangeClosed(1, size())
                .mapToObj(atom -> atom == marked ? -1 : element(atom).atomicNumber())
                .toList();
        for (int round = 0; round < size(); round++) {
            List<Integer> before = colours;
            List<Integer> after = new ArrayList<>();
            for (int atom = 1; atom <= size(); atom++) {
                List<Integer> around = new ArrayList<>(
                        of(atom).stream().map(other -> before.get(other - 1)).toList());
                Collections.sort(around);
                after.add(31 * before.get(atom - 1) + around.hashCode());
            }
            colours = after;
        }
        return colours;
    }

    /** Whether two molecules have the same atoms with the same bonds. */
    static boolean sameConstitution(Molecule one, Molecule other) {
        return one.atoms().size() == other.atoms().size()
                && one.charge() == other.charge()
                && sorted(BondGraph.of(one)).equals(sorted(BondGraph.of(other)));
    }

    private static List<Integer> sorted(BondGraph graph) {
        return graph.surroundings(0).stream().sorted().toList();
    }
}
