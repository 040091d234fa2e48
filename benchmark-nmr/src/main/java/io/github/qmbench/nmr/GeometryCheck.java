package io.github.qmbench.nmr;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A check of whether a geometry can be meant as it is: every atom has another one at bonding distance. Holds no state;
 * safe for use by many threads.
 */
public final class GeometryCheck {

    private static final double ANGSTROM_PER_BOHR = 0.529177;
    private static final int NAMED = 5;

    private GeometryCheck() {}

    /**
     * {@return what is wrong, in a sentence; empty when nothing is, as for a single atom}
     *
     * @param molecule at the geometry to check
     */
    public static Optional<String> objection(Molecule molecule) {
        List<Integer> lonely = lonely(molecule);
        if (lonely.isEmpty() || molecule.atoms().size() == 1) {
            return Optional.empty();
        }
        int first = lonely.get(0);
        String atoms = lonely.stream()
                .limit(NAMED)
                .map(atom -> molecule.atom(atom).element().symbol() + atom)
                .collect(Collectors.joining(", "));
        boolean bohr = lonely(scaled(molecule, ANGSTROM_PER_BOHR)).isEmpty();
        return Optional.of(String.format(
                Locale.ROOT,
                "%s%s of %s %s no neighbour at bonding distance: the nearest atom to %s%d is %.2f angstrom away. %s",
                atoms,
                lonely.size() > NAMED ? " and " + (lonely.size() - NAMED) + " more atoms" : "",
                molecule.id(),
                lonely.size() == 1 ? "has" : "have",
                molecule.atom(first).element().symbol(),
                first,
                nearest(molecule, first),
                bohr
                        ? "The coordinates look like bohr; convert them to angstrom (multiply by 0.529177)"
                        : "Coordinates must be in angstrom, and of one molecule"));
    }

    private static List<Integer> lonely(Molecule molecule) {
        return IntStream.rangeClosed(1, molecule.atoms().size())
                .filter(atom -> Bonds.of(molecule, atom).isEmpty())
                .boxed()
                .toList();
    }

    private static double nearest(Molecule molecule, int atom) {
        return IntStream.rangeClosed(1, molecule.atoms().size())
                .filter(other -> other != atom)
                .mapToDouble(other -> molecule.atom(atom).distanceTo(molecule.atom(other)))
                .min()
                .orElse(0);
    }

    private static Molecule scaled(Molecule molecule, double factor) {
        return new Molecule(
                molecule.id(),
                molecule.name(),
                molecule.atoms().stream()
                        .map(atom -> new Atom(atom.element(), factor * atom.x(), factor * atom.y(), factor * atom.z()))
                        .toList(),
                molecule.charge(),
                molecule.multiplicity());
    }
}
