package io.github.qmbench.nwchem.theory;

import java.util.Objects;

/**
 * The level of theory of one calculation. Immutable, safe for use by many threads.
 *
 * @param functional the density functional
 * @param basis the basis set
 * @param solvent what surrounds the molecule
 */
public record Method(Functional functional, BasisSet basis, Solvent solvent) {

    public Method {
        Objects.requireNonNull(functional, "functional");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(solvent, "solvent");
    }

    /** For people: {@code WP04/6-31G(d,p) in CHCl3}. */
    @Override
    public String toString() {
        return functional.name() + "/" + basis.name() + " in " + solvent.name();
    }
}
