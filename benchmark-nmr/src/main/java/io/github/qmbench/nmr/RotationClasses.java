package io.github.qmbench.nmr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A finder of atoms that fast rotation about single bonds exchanges, so that they give one signal. These are the
 * hydrogens of CH3, the fluorines of CF3, the carbons and hydrogens of t-butyl and trimethylsilyl, and the halves of a
 * freely turning phenyl ring. Holds no state; safe for use by many threads.
 *
 * <p>Classes come from bonds and geometry, never from values. Nothing is exchanged across a double bond or an amide
 * bond: the two methyl groups of dimethylformamide stay apart, each with one signal. Nor does ring inversion count.
 */
public final class RotationClasses {

    private static final int RING = 6;

    private final BondGraph graph;
    private final int[] classOf; // by atom

    private RotationClasses(BondGraph graph) {
        this.graph = graph;
        this.classOf = IntStream.rangeClosed(0, graph.size()).toArray();
    }

    /**
     * {@return the classes of all atoms, each ascending, in the order of their first atoms; most have one atom}
     *
     * @param molecule with a geometry that shows its bonds
     */
    public static List<List<Integer>> of(Molecule molecule) {
        RotationClasses classes = new RotationClasses(BondGraph.of(molecule));
        for (int atom = 1; atom <= classes.graph.size(); atom++) {
            classes.turnRotor(atom);
        }
        for (int atom = 1; atom <= classes.graph.size(); atom++) {
            classes.turnRing(atom);
        }
        Map<Integer, List<Integer>> byClass = new TreeMap<>();
        for (int atom = 1; atom <= classes.graph.size(); atom++) {
            byClass.computeIfAbsent(classes.classOf[atom], first -> new ArrayList<>())
                    .add(atom);
        }
        return List.copyOf(byClass.values());
    }

    /** Exchanges the branches of an atom with four neighbours of which three or all are alike: CH3, CF3, C(CH3)3. */
    private void turnRotor(int centre) {
        if (graph.of(centre).size() != 4) {
            return;
        }
        Map<String, List<Integer>> alike = graph.of(centre).stream()
                .collect(Collectors.groupingBy(
                        branch -> simpleBranch(centre, branch), LinkedHashMap::new, Collectors.toList()));
        alike.forEach((kind, branches) -> {
            if (branches.size() >= 3 && !kind.isEmpty()) {
                merge(branches);
                merge(branches.stream()
                        .flatMap(branch -> graph.of(branch, centre).stream())
                        .toList());
            }
        });
    }

    /** What a branch is, if it is one that three-fold rotation cannot tell from its likes: {@code H}, {@code CH}; else empty. */
    private String simpleBranch(int centre, int branch) {
        String symbol = graph.element(branch).symbol();
        if (graph.isTerminal(branch)) {
            return symbol;
        }
        List<Integer> ends = graph.of(branch, centre);
        boolean rotor = ends.size() == 3
                && ends.stream().allMatch(graph::isTerminal)
                && ends.stream().map(graph::element).distinct().count() == 1;
        return rotor ? symbol + graph.element(ends.get(0)).symbol() : "";
    }

    /** Exchanges the halves of a six-membered aromatic ring that turns about a bond at this atom. */
    private void turnRing(int ipso) {
        if (graph.of(ipso).size() != 3) {
            return;
        }
        for (int anchor : graph.of(ipso)) {
            List<Integer> ortho = graph.of(ipso, anchor);
            if (!graph.isTerminal(anchor) && !graph.isStraight(anchor) && graph.turns(ipso, anchor)) {
                turnRing(ipso, ortho.get(0), ortho.get(1));
            }
        }
    }

    private void turnRing(int ipso, int ortho, int otherOrtho) {
        for (int meta : graph.of(ortho, ipso)) {
            for (int otherMeta : graph.of(otherOrtho, ipso)) {
                for (int para : graph.of(meta, ortho)) {
                    List<Integer> ring = List.of(ipso, ortho, meta, para, otherMeta, otherOrtho);
                    if (graph.of(otherMeta).contains(para) && isAromatic(ring) && isFree(ring, ortho, otherOrtho)) {
                        Set<Integer> wall = new LinkedHashSet<>(ring);
                        exchange(graph.surroundings(ipso), half(wall, ortho, meta), half(wall, otherOrtho, otherMeta));
                    }
                }
            }
        }
    }

    private boolean isAromatic(List<Integer> ring) {
        return new LinkedHashSet<>(ring).size() == RING
                && ring.stream().allMatch(atom -> graph.of(atom).size() <= 3)
                && IntStream.range(0, RING)
                        .allMatch(i -> graph.isAromaticLength(ring.get(i), ring.get((i + 1) % RING)));
    }

    /** Whether nothing but hydrogen or fluorine stands beside the bond about which the ring turns. */
    private boolean isFree(List<Integer> ring, int... beside) {
        return IntStream.of(beside)
                .flatMap(atom -> graph.of(atom).stream().mapToInt(Integer::intValue))
                .filter(atom -> !ring.contains(atom))
                .allMatch(atom -> graph.element(atom) == Element.H || graph.element(atom) == Element.F);
    }

    /** Two atoms of a ring with all that hangs on them. */
    private Set<Integer> half(Set<Integer> ring, int ortho, int meta) {
        Set<Integer> half = new LinkedHashSet<>(List.of(ortho, meta));
        for (int atom : List.of(ortho, meta)) {
            graph.of(atom).stream()
                    .filter(branch -> !ring.contains(branch))
                    .forEach(branch -> half.addAll(graph.side(atom, branch, ring)));
        }
        return half;
    }

    /** Exchanges two halves if they are alike, atoms of the same surroundings with each other. */
    private void exchange(List<Integer> surroundings, Set<Integer> half, Set<Integer> other) {
        Map<Integer, List<Integer>> ofHalf = bySurroundings(surroundings, half);
        Map<Integer, List<Integer>> ofOther = bySurroundings(surroundings, other);
        if (!sizes(ofHalf).equals(sizes(ofOther))) {
            return;
        }
        ofHalf.forEach((kind, atoms) -> {
            List<Integer> others = ofOther.getOrDefault(kind, List.of());
            if (isOneClass(atoms) && isOneClass(others)) {
                merge(atoms);
                merge(List.of(atoms.get(0), others.get(0)));
            }
        });
    }

    private static Map<Integer, List<Integer>> bySurroundings(List<Integer> surroundings, Set<Integer> atoms) {
        return atoms.stream()
                .collect(Collectors.groupingBy(
                        atom -> surroundings.get(atom - 1), LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<Integer, Integer> sizes(Map<Integer, List<Integer>> groups) {
        Map<Integer, Integer> sizes = new LinkedHashMap<>();
        groups.forEach((kind, atoms) -> sizes.put(kind, atoms.size()));
        return sizes;
    }

    private boolean isOneClass(Collection<Integer> atoms) {
        return atoms.stream().mapToInt(atom -> classOf[atom]).distinct().count() == 1;
    }

    private void merge(List<Integer> atoms) {
        Set<Integer> classes =
                atoms.stream().map(atom -> classOf[atom]).collect(Collectors.toCollection(LinkedHashSet::new));
        int first = classes.stream().mapToInt(Integer::intValue).min().orElse(0);
        for (int atom = 1; atom < classOf.length; atom++) {
            if (classes.contains(classOf[atom])) {
                classOf[atom] = first;
            }
        }
    }
}
