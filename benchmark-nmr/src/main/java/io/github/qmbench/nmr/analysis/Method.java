package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.internal.TheoryName;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The method of a shielding calculation; written as {@code B3LYP/6-311+G(2d,p)/CHCl3}. Immutable. The spelling of the
 * basis set makes no other method: {@code 6-31G*} equals {@code 6-31g(d)}.
 *
 * @param functional the density functional
 * @param basis the basis set of the shieldings
 * @param solvent the solvent, or {@code vacuum}
 */
public record Method(String functional, String basis, String solvent) {

    private static final Pattern POPLE_WITH_STARS =
            Pattern.compile("(6-311?\\+{0,2}G)(\\*{1,2})", Pattern.CASE_INSENSITIVE);

    /**
     * Checks the components.
     *
     * @param functional the density functional
     * @param basis the basis set of the shieldings
     * @param solvent the solvent, or {@code vacuum}
     */
    public Method {
        Objects.requireNonNull(functional, "functional");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(solvent, "solvent");
    }

    /** Returns the name with brackets for one of the 6-31G family with stars: 6-31G(d,p) for 6-31G**. */
    static String canonicalBasis(String basis) {
        Matcher stars = POPLE_WITH_STARS.matcher(basis);
        if (!stars.matches()) {
            return basis;
        }
        return stars.group(1) + (stars.group(2).length() == 1 ? "(d)" : "(d,p)");
    }

    /**
     * {@return the name of this method's scaling factor for a nucleus}
     *
     * @param nucleus whose shift it predicts
     */
    public ScalingFactor.Key key(Nucleus nucleus) {
        return new ScalingFactor.Key(functional, basis, nucleus, solvent);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Method that
                && functional.equals(that.functional)
                && TheoryName.canonical(basis).equals(TheoryName.canonical(that.basis))
                && solvent.equals(that.solvent);
    }

    @Override
    public int hashCode() {
        return Objects.hash(functional, TheoryName.canonical(basis), solvent);
    }

    @Override
    public String toString() {
        return functional + "/" + basis + "/" + solvent;
    }
}
