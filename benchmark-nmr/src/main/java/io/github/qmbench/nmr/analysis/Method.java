package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.util.Objects;

/**
 * What shieldings were calculated with; written as {@code B3LYP/6-311+G(2d,p)/CHCl3}.
 *
 * @param functional the functional
 * @param basis the basis set
 * @param solvent the solvent, or {@code vacuum}
 */
public record Method(String functional, String basis, String solvent) {

    public Method {
        Objects.requireNonNull(functional, "functional");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(solvent, "solvent");
    }

    /** Returns the name of this method's scaling factor for a nucleus. */
    public ScalingFactor.Key key(Nucleus nucleus) {
        return new ScalingFactor.Key(functional, basis, nucleus, solvent);
    }

    @Override
    public String toString() {
        return functional + "/" + basis + "/" + solvent;
    }
}
