package io.github.qmbench.nwchem;

/** What is calculated of each molecule. */
public enum Task {
    /** The shieldings, at the given geometry. */
    SHIELDING,
    /** The geometry, and nothing else. */
    OPTIMIZATION,
    /** The geometry, and the shieldings at that geometry. */
    OPTIMIZATION_AND_SHIELDING;

    /** Whether the geometry is optimised. */
    public boolean optimizes() {
        return this != SHIELDING;
    }

    /** Whether shieldings are calculated. */
    public boolean hasShieldings() {
        return this != OPTIMIZATION;
    }
}
