package io.github.qmbench.nmr;

import java.util.List;
import java.util.Objects;

/**
 * A molecule with its geometry. Immutable.
 *
 * @param id by which tasks, directories and tables name it: letters, digits, {@code _}, {@code -}, {@code .} and the
 *     like; it becomes a directory's name
 * @param name for people; may equal the id
 * @param atoms at least one, in the order in which shieldings are given; atom numbers count from 1
 * @param charge in elementary charges
 * @param multiplicity 2S + 1, at least 1
 */
public record Molecule(String id, String name, List<Atom> atoms, int charge, int multiplicity) {

    public Molecule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        atoms = List.copyOf(atoms);
        if (atoms.isEmpty()) {
            throw new IllegalArgumentException("molecule " + id + " has no atoms");
        }
        if (multiplicity < 1) {
            throw new IllegalArgumentException("multiplicity must be at least 1 but was " + multiplicity);
        }
    }

    /** The number of electrons. */
    public int electrons() {
        return atoms.stream().mapToInt(atom -> atom.element().atomicNumber()).sum() - charge;
    }
}
