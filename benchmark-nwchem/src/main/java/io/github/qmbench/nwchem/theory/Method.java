package io.github.qmbench.nwchem.theory;

import java.util.Objects;

/**
 * The level of theory of one calculation. Immutable, safe for use by many threads.
 *
 * @param functional the density functional
 * @param basis the basis set and its shape
 * @param solvent the surroundings of the molecule, or vacuum
 */
public record Method(Functional functional, BasisSet basis, Solvent solvent) {

    /**
     * Checks the components.
     *
     * @param functional the density functional
     * @param basis the basis set and its shape
     * @param solvent the surroundings of the molecule, or vacuum
     */
    public Method {
        Objects.requireNonNull(functional, "functional");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(solvent, "solvent");
    }

    /** Returns the text for people: {@code WP04/6-31G(d,p) in CHCl3}. */
    @Override
    public String toString() {
        return functional.name() + "/" + basis.name() + " in " + solvent.name();
    }
}
