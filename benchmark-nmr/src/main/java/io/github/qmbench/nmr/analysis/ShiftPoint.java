package io.github.qmbench.nmr.analysis;

import java.util.List;
import java.util.Objects;

/**
 * A point of a fit: an atom, or equivalent atoms with the mean of their shieldings. Immutable.
 *
 * @param moleculeId the id of the molecule
 * @param atoms the atoms' numbers, ascending, at least one
 * @param experimental the measured shift in ppm
 * @param shielding the calculated shielding in ppm
 */
public record ShiftPoint(String moleculeId, List<Integer> atoms, double experimental, double shielding) {

    /**
     * Checks the components.
     *
     * @param moleculeId the id of the molecule
     * @param atoms the atoms' numbers, ascending, at least one
     * @param experimental the measured shift in ppm
     * @param shielding the calculated shielding in ppm
     */
    public ShiftPoint {
        Objects.requireNonNull(moleculeId, "moleculeId");
        atoms = List.copyOf(atoms);
        if (atoms.isEmpty()) {
            throw new IllegalArgumentException("a point of " + moleculeId + " has no atoms");
        }
    }
}
