package io.github.qmbench.nwchem;

/** The task for each molecule: shieldings, a geometry, or both. */
public enum Task {
    /** The shieldings, at the given geometry. */
    SHIELDING,
    /** The geometry, and nothing else. */
    OPTIMIZATION,
    /** The geometry, and the shieldings at that geometry. */
    OPTIMIZATION_AND_SHIELDING;

    /** {@return whether the geometry is optimised} */
    public boolean optimizes() {
        return this != SHIELDING;
    }

    /** {@return whether shieldings are calculated} */
    public boolean hasShieldings() {
        return this != OPTIMIZATION;
    }
}
