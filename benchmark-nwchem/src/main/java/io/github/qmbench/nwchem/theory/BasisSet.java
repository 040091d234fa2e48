package io.github.qmbench.nwchem.theory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A basis set of NWChem's library, and the shape of its d and higher functions. Immutable, safe for use by many threads.
 *
 * @param name as the user gave it, by which it is shown
 * @param library as NWChem's library names it: {@code 6-31G**} for {@code 6-31G(d,p)}
 * @param hydrogen the set of the library from which hydrogen is taken, where it is another: the library lacks
 *     6-311++G(2d,p), which is 6-311+G(2d,p) with the hydrogen of 6-311++G**
 * @param type spherical or Cartesian functions
 */
public record BasisSet(String name, String library, Optional<String> hydrogen, Type type) {

    /** The shape of d and higher functions; it changes numbers. */
    public enum Type {
        /** Five d functions. */
        SPHERICAL,
        /** Six d functions. */
        CARTESIAN;

        /** {@return the word that NWChem uses for it} */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code 6-31+G(d,p)}, {@code 6-311G(d)}: the polarisation in brackets for which NWChem's library writes stars. */
    private static final Pattern STARS = Pattern.compile("(6-311?\\+{0,2}G)\\(d(,p)?\\)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LIBRARY_STARS =
            Pattern.compile("(6-311?\\+{0,2}G)(\\*{1,2})", Pattern.CASE_INSENSITIVE);

    /** The families for which Gaussian takes six d functions unless told otherwise (manual page "Basis Sets"). */
    private static final Pattern CARTESIAN_IN_GAUSSIAN =
            Pattern.compile("(3-21|6-21|4-31|6-31)\\+{0,2}G.*|CEP-31G.*|D95.*", Pattern.CASE_INSENSITIVE);

    /**
     * Sets that NWChem's library lacks and that are made of two it has: heavy atoms of the first, hydrogen of the second.
     * Of Pople's sets the first plus stands for diffuse functions on heavy atoms and the second for those on hydrogen; what
     * is in brackets before the comma polarises heavy atoms, what is behind it hydrogen.
     */
    private static final Map<String, List<String>> COMPOSED =
            Map.of("6-311++g(2d,p)", List.of("6-311+G(2d,p)", "6-311++G**"));

    /**
     * Checks the components.
     *
     * @param name as the user gave it, by which it is shown
     * @param library as NWChem's library names it
     * @param hydrogen the set of the library from which hydrogen is taken, where it is another
     * @param type spherical or Cartesian functions
     */
    public BasisSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hydrogen, "hydrogen");
        Objects.requireNonNull(library, "library");
        Objects.requireNonNull(type, "type");
        if (library.isEmpty()
                || !library.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '/' && c != ';')) {
            throw new IllegalArgumentException("'" + name + "' is not a valid name of a basis set");
        }
    }

    /**
     * {@return the basis set of a name, with the shape that Gaussian uses for it by default} That is Cartesian for the
     * families 3-21G, 6-21G, 4-31G, 6-31G, CEP-31G and D95, and spherical for all others. It is not checked whether
     * NWChem has the set; see {@link BasisLibrary}.
     *
     * <p>Gaussian uses seven f functions with every family, and so mixes shapes for 6-31G with f functions. NWChem
     * cannot; there the whole set is Cartesian.
     *
     * @param name in any spelling of case, with stars or brackets
     */
    public static BasisSet of(String name) {
        String trimmed = Objects.requireNonNull(name, "name").trim();
        Type type = CARTESIAN_IN_GAUSSIAN.matcher(trimmed).matches() ? Type.CARTESIAN : Type.SPHERICAL;
        List<String> parts = COMPOSED.get(trimmed.toLowerCase(Locale.ROOT));
        return parts == null
                ? new BasisSet(trimmed, libraryName(trimmed), Optional.empty(), type)
                : new BasisSet(trimmed, parts.get(0), Optional.of(parts.get(1)), type);
    }

    /**
     * {@return this basis set with functions of another shape}
     *
     * @param other spherical or Cartesian
     */
    public BasisSet withType(Type other) {
        return new BasisSet(name, library, hydrogen, other);
    }

    /** {@return the part of a fingerprint that determines numbers: the names of the library, in lower case} */
    public String expression() {
        return (library + hydrogen.map(set -> ", H " + set).orElse("")).toLowerCase(Locale.ROOT);
    }

    /** {@return the name that tasks use, with brackets where the library writes stars, as in {@code 6-31G(d,p)}} */
    public String canonicalName() {
        Matcher stars = LIBRARY_STARS.matcher(library);
        return hydrogen.isEmpty() && stars.matches()
                ? stars.group(1).toUpperCase(Locale.ROOT) + (stars.group(2).length() == 1 ? "(d)" : "(d,p)")
                : name;
    }

    private static String libraryName(String name) {
        Matcher stars = STARS.matcher(name);
        if (stars.matches()) {
            return stars.group(1) + (stars.group(2) == null ? "*" : "**");
        }
        return name;
    }
}
