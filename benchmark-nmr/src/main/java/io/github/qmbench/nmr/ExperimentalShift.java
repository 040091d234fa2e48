package io.github.qmbench.nmr;

import java.util.Objects;

/**
 * A measured chemical shift of one atom.
 *
 * @param moleculeId the molecule
 * @param atomNumber the atom, counted from 1
 * @param nucleus which nucleus was measured
 * @param ppm the shift in ppm, in the range that {@link Nucleus#believes} allows
 */
public record ExperimentalShift(String moleculeId, int atomNumber, Nucleus nucleus, double ppm) {

    public ExperimentalShift {
        Objects.requireNonNull(moleculeId, "moleculeId");
        Objects.requireNonNull(nucleus, "nucleus");
        if (atomNumber < 1) {
            throw new IllegalArgumentException("atom numbers count from 1 but this one was " + atomNumber);
        }
        if (!nucleus.believes(ppm)) {
            throw new IllegalArgumentException(
                    "a " + nucleus + " shift of " + ppm + " ppm is outside " + nucleus.believedRange());
        }
    }
}
