package io.github.qmbench.nmr;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The straight line that turns a calculated shielding into a chemical shift, for one method, nucleus and solvent.
 *
 * <p>{@code delta = slope * sigma + intercept}. Some papers, DELTA50's among them, give the same line the other way round
 * as {@code sigma = m * delta + b}; {@link #m()} and {@link #b()} are these. All in ppm. Immutable.
 *
 * @param key what the line holds for
 * @param slope ppm of shift for each ppm of shielding, not 0 (about -1)
 * @param intercept the shift in ppm of a nucleus without shielding
 * @param reference where the line comes from, empty when it was fitted here
 * @param rmsd how far predicted shifts lie from measured ones in ppm, where that is known
 */
public record ScalingFactor(Key key, double slope, double intercept, String reference, OptionalDouble rmsd) {

    public ScalingFactor {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(rmsd, "rmsd");
        if (!Double.isFinite(slope) || slope == 0) {
            throw new IllegalArgumentException("slope must be finite and not 0 but was " + slope);
        }
        if (!Double.isFinite(intercept)) {
            throw new IllegalArgumentException("intercept must be finite but was " + intercept);
        }
    }

    /** Creates the line {@code delta = slope * sigma + intercept} of unknown accuracy. */
    public ScalingFactor(Key key, double slope, double intercept, String reference) {
        this(key, slope, intercept, reference, OptionalDouble.empty());
    }

    /**
     * Returns the line {@code sigma = m * delta + b}.
     *
     * @throws IllegalArgumentException when m is 0 or one of the two is not finite
     */
    public static ScalingFactor ofShieldingLine(Key key, double m, double b, String reference) {
        if (!Double.isFinite(m) || m == 0) {
            throw new IllegalArgumentException("m must be finite and not 0 but was " + m);
        }
        return new ScalingFactor(key, 1 / m, -b / m, reference);
    }

    /** The slope of shielding on shift, {@code 1 / slope}. */
    public double m() {
        return 1 / slope;
    }

    /** The shielding in ppm at shift 0, {@code -intercept / slope}. */
    public double b() {
        return -intercept / slope;
    }

    /** Returns the chemical shift in ppm of a shielding in ppm. */
    public double shift(double shielding) {
        return slope * shielding + intercept;
    }

    /** Returns the shielding in ppm that has this chemical shift in ppm. */
    public double shielding(double shift) {
        return (shift - intercept) / slope;
    }

    /**
     * What a line holds for; written as {@code B3LYP/6-311+G(2d,p)/1H/CHCl3}, or, where two lines differ in their geometries
     * alone, as {@code B3LYP/6-311+G(2d,p)/1H/CHCl3//B3LYP/6-31G*}.
     *
     * @param method the functional
     * @param basis the basis set of the shielding calculation
     * @param nucleus the nucleus
     * @param solvent the solvent, or {@code vacuum}
     * @param geometry the level of theory of the geometries; empty where it need not be told
     */
    public record Key(String method, String basis, Nucleus nucleus, String solvent, String geometry) {

        public Key {
            checkPart("method", method);
            checkPart("basis", basis);
            Objects.requireNonNull(nucleus, "nucleus");
            checkPart("solvent", solvent);
            Objects.requireNonNull(geometry, "geometry");
        }

        /** Creates the key of a line that holds for geometries of a level that need not be told. */
        public Key(String method, String basis, Nucleus nucleus, String solvent) {
            this(method, basis, nucleus, solvent, "");
        }

        /** Returns this key with the level of the geometries. */
        public Key withGeometry(String level) {
            return new Key(method, basis, nucleus, solvent, level);
        }

        /** Returns the method without the nucleus: {@code B3LYP/6-311+G(2d,p)/CHCl3}. */
        public String methodName() {
            return method + "/" + basis + "/" + solvent + behind();
        }

        private String behind() {
            return geometry.isEmpty() ? "" : GEOMETRY + geometry;
        }

        private static final String GEOMETRY = "//";

        private static void checkPart(String name, String value) {
            Objects.requireNonNull(value, name);
            if (value.isBlank() || value.contains("/")) {
                throw new IllegalArgumentException(name + " must have text and no slash but was '" + value + "'");
            }
        }

        /**
         * Reads what {@link #toString} writes.
         *
         * @throws IllegalArgumentException when the text has not four parts, or an unknown nucleus
         */
        public static Key parse(String text) {
            int behind = text.indexOf(GEOMETRY);
            List<String> parts = List.of((behind < 0 ? text : text.substring(0, behind)).split("/", -1));
            if (parts.size() != 4) {
                throw new IllegalArgumentException(
                        "expected method/basis/nucleus/solvent, or that with //geometry behind it, but found '" + text
                                + "'");
            }
            Nucleus nucleus = Nucleus.ofLabel(parts.get(2))
                    .orElseThrow(() ->
                            new IllegalArgumentException("unknown nucleus '" + parts.get(2) + "' in '" + text + "'"));
            String geometry = behind < 0 ? "" : text.substring(behind + GEOMETRY.length());
            return new Key(parts.get(0), parts.get(1), nucleus, parts.get(3), geometry);
        }

        /** Tells whether both mean the same: case does not matter, and 6-31G** is 6-31G(d,p). */
        public boolean matches(Key other) {
            return canonical().equals(other.canonical());
        }

        /** The same for all keys that match. */
        Key canonical() {
            return new Key(
                    method.toLowerCase(Locale.ROOT),
                    canonicalBasis(basis),
                    nucleus,
                    solvent.toLowerCase(Locale.ROOT),
                    canonicalBasis(geometry));
        }

        private static String canonicalBasis(String basis) {
            String lower = basis.toLowerCase(Locale.ROOT).replace(" ", "");
            if (lower.endsWith("**")) {
                return lower.substring(0, lower.length() - 2) + "(d,p)";
            }
            return lower.endsWith("*") ? lower.substring(0, lower.length() - 1) + "(d)" : lower;
        }

        @Override
        public String toString() {
            return method + "/" + basis + "/" + nucleus + "/" + solvent + behind();
        }
    }
}
