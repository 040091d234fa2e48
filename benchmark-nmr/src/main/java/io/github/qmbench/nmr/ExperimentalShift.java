package io.github.qmbench.nmr;

import java.util.Objects;

/**
 * A measured chemical shift of one atom. Immutable.
 *
 * <p>Atoms that were measured as one signal form a group and make one point of a fit. A group is stated, never
 * concluded from equal values: two carbons may share a shift by chance.
 *
 * @param moleculeId the id of the molecule
 * @param atomNumber the atom, counted from 1
 * @param nucleus the measured nucleus
 * @param ppm the shift in ppm, in the range that {@link Nucleus#believes} allows
 * @param group the number of the first atom of its group; its own number when it is a signal of its own
 */
public record ExperimentalShift(String moleculeId, int atomNumber, Nucleus nucleus, double ppm, int group) {

    /**
     * Checks the components.
     *
     * @param moleculeId the id of the molecule
     * @param atomNumber the atom, counted from 1
     * @param nucleus the measured nucleus
     * @param ppm the shift in ppm, in the range that {@link Nucleus#believes} allows
     * @param group the number of the first atom of its group
     */
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

    /**
     * Creates the shift of an atom that is a signal of its own.
     *
     * @param moleculeId the id of the molecule
     * @param atomNumber the atom, counted from 1
     * @param nucleus the measured nucleus
     * @param ppm the shift in ppm, in the range that {@link Nucleus#believes} allows
     */
    public ExperimentalShift(String moleculeId, int atomNumber, Nucleus nucleus, double ppm) {
        this(moleculeId, atomNumber, nucleus, ppm, atomNumber);
    }
}
