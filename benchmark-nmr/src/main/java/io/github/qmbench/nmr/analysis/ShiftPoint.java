package io.github.qmbench.nmr.analysis;

import java.util.List;
import java.util.Objects;

/**
 * What one point of a fit is: an atom, or equivalent atoms with the mean of their shieldings.
 *
 * @param moleculeId the molecule
 * @param atoms the atoms' numbers, ascending, at least one
 * @param experimental the measured shift in ppm
 * @param shielding the calculated shielding in ppm
 */
public record ShiftPoint(String moleculeId, List<Integer> atoms, double experimental, double shielding) {

    public ShiftPoint {
        Objects.requireNonNull(moleculeId, "moleculeId");
        atoms = List.copyOf(atoms);
        if (atoms.isEmpty()) {
            throw new IllegalArgumentException("a point of " + moleculeId + " has no atoms");
        }
    }
}
