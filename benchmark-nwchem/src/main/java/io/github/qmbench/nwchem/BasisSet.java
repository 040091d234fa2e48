package io.github.qmbench.nwchem;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A basis set of NWChem's library, and the shape of its d and higher functions. Immutable, safe for use by many threads.
 *
 * @param name as the user gave it, by which it is shown
 * @param library as NWChem's library names it: {@code 6-31G**} for {@code 6-31G(d,p)}
 * @param type spherical or Cartesian functions
 */
public record BasisSet(String name, String library, Type type) {

    /** The shape of d and higher functions; it changes numbers. */
    public enum Type {
        /** Five d functions. */
        SPHERICAL,
        /** Six d functions. */
        CARTESIAN;

        /** NWChem's word. */
        String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code 6-31+G(d,p)}, {@code 6-311G(d)}: the polarisation in brackets for which NWChem's library writes stars. */
    private static final Pattern STARS = Pattern.compile("(6-311?\\+{0,2}G)\\(d(,p)?\\)", Pattern.CASE_INSENSITIVE);

    /** The families for which Gaussian takes six d functions unless told otherwise (manual page "Basis Sets"). */
    private static final Pattern CARTESIAN_IN_GAUSSIAN =
            Pattern.compile("(3-21|6-21|4-31|6-31)\\+{0,2}G.*|CEP-31G.*|D95.*", Pattern.CASE_INSENSITIVE);

    public BasisSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(library, "library");
        Objects.requireNonNull(type, "type");
        if (library.isEmpty()
                || !library.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '/' && c != ';')) {
            throw new IllegalArgumentException("not the name of a basis set: \"" + name + "\"");
        }
    }

    /**
     * Returns the basis set of a name, with the shape that Gaussian takes for it by default: Cartesian for the families
     * 3-21G, 6-21G, 4-31G, 6-31G, CEP-31G and D95, spherical for all others. Whether NWChem has it is not looked at; see
     * {@link BasisLibrary}.
     *
     * <p>Gaussian takes seven f functions with every family, and so mixes shapes for 6-31G with f functions, which NWChem
     * cannot; there the whole set is Cartesian.
     */
    public static BasisSet of(String name) {
        String trimmed = Objects.requireNonNull(name, "name").trim();
        Type type = CARTESIAN_IN_GAUSSIAN.matcher(trimmed).matches() ? Type.CARTESIAN : Type.SPHERICAL;
        return new BasisSet(trimmed, libraryName(trimmed), type);
    }

    /** Returns this basis set with functions of another shape. */
    public BasisSet withType(Type other) {
        return new BasisSet(name, library, other);
    }

    private static String libraryName(String name) {
        Matcher stars = STARS.matcher(name);
        if (stars.matches()) {
            return stars.group(1) + (stars.group(2) == null ? "*" : "**");
        }
        return name;
    }
}
