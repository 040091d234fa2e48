package io.github.qmbench.nmr;

import io.github.qmbench.nmr.internal.TheoryName;
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
 * @param key the method, nucleus and solvent of the line
 * @param slope ppm of shift for each ppm of shielding, not 0 (about -1)
 * @param intercept the shift in ppm of a nucleus without shielding
 * @param reference the source of the line, empty when it was fitted here
 * @param rmsd the RMSD of predicted from measured shifts in ppm, where that is known
 */
public record ScalingFactor(Key key, double slope, double intercept, String reference, OptionalDouble rmsd) {

    /**
     * Checks the components.
     *
     * @param key the method, nucleus and solvent of the line
     * @param slope ppm of shift for each ppm of shielding, not 0
     * @param intercept the shift in ppm of a nucleus without shielding
     * @param reference the source of the line, empty when it was fitted here
     * @param rmsd the RMSD of predicted from measured shifts in ppm, where that is known
     */
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

    /**
     * Creates the line {@code delta = slope * sigma + intercept} of unknown accuracy.
     *
     * @param key the method, nucleus and solvent of the line
     * @param slope ppm of shift for each ppm of shielding, not 0
     * @param intercept the shift in ppm at shielding 0
     * @param reference the source of the line
     */
    public ScalingFactor(Key key, double slope, double intercept, String reference) {
        this(key, slope, intercept, reference, OptionalDouble.empty());
    }

    /**
     * {@return the line {@code sigma = m * delta + b}}
     *
     * @param key the method, nucleus and solvent of the line
     * @param m ppm of shielding for each ppm of shift, not 0
     * @param b the shielding in ppm at shift 0
     * @param reference the source of the line
     * @throws IllegalArgumentException when m is 0 or one of the two is not finite
     */
    public static ScalingFactor ofShieldingLine(Key key, double m, double b, String reference) {
        if (!Double.isFinite(m) || m == 0) {
            throw new IllegalArgumentException("m must be finite and not 0 but was " + m);
        }
        return new ScalingFactor(key, 1 / m, -b / m, reference);
    }

    /** {@return the slope of shielding on shift, {@code 1 / slope}} */
    public double m() {
        return 1 / slope;
    }

    /** {@return the shielding in ppm at shift 0, {@code -intercept / slope}} */
    public double b() {
        return -intercept / slope;
    }

    /**
     * {@return the chemical shift in ppm of a shielding in ppm}
     *
     * @param shielding isotropic, in ppm
     */
    public double shift(double shielding) {
        return slope * shielding + intercept;
    }

    /**
     * {@return the shielding in ppm that has this chemical shift in ppm}
     *
     * @param shift in ppm
     */
    public double shielding(double shift) {
        return (shift - intercept) / slope;
    }

    /**
     * The name of a scaling factor: method, basis set, nucleus and solvent. It is written as {@code
     * B3LYP/6-311+G(2d,p)/1H/CHCl3}. Where two lines differ in their geometries alone, it is {@code
     * B3LYP/6-311+G(2d,p)/1H/CHCl3//B3LYP/6-31G*}. Immutable.
     *
     * @param method the functional
     * @param basis the basis set of the shielding calculation
     * @param nucleus the nucleus whose shift it predicts
     * @param solvent the solvent, or {@code vacuum}
     * @param geometry the level of theory of the geometries; empty where it is not needed
     */
    public record Key(String method, String basis, Nucleus nucleus, String solvent, String geometry) {

        /**
         * Checks the components.
         *
         * @param method the functional
         * @param basis the basis set of the shielding calculation
         * @param nucleus the nucleus whose shift it predicts
         * @param solvent the solvent, or {@code vacuum}
         * @param geometry the level of theory of the geometries
         */
        public Key {
            checkPart("method", method);
            checkPart("basis", basis);
            Objects.requireNonNull(nucleus, "nucleus");
            checkPart("solvent", solvent);
            Objects.requireNonNull(geometry, "geometry");
        }

        /**
         * Creates the key of a line for geometries of a level that need not be named.
         *
         * @param method the functional
         * @param basis the basis set of the shielding calculation
         * @param nucleus the nucleus whose shift it predicts
         * @param solvent the solvent, or {@code vacuum}
         */
        public Key(String method, String basis, Nucleus nucleus, String solvent) {
            this(method, basis, nucleus, solvent, "");
        }

        /**
         * {@return this key with the level of the geometries}
         *
         * @param level the level of theory, such as {@code B3LYP/6-31G*}
         */
        public Key withGeometry(String level) {
            return new Key(method, basis, nucleus, solvent, level);
        }

        /** {@return the method without the nucleus: {@code B3LYP/6-311+G(2d,p)/CHCl3}} */
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
         * Parses what {@link #toString} writes.
         *
         * @param text four parts with slashes between
         * @return the key
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

        /**
         * {@return whether both mean the same: case does not matter, and 6-31G** is 6-31G(d,p)}
         *
         * @param other the key to compare with
         */
        public boolean matches(Key other) {
            return canonical().equals(other.canonical());
        }

        /** The same for all keys that match. */
        Key canonical() {
            return new Key(
                    method.toLowerCase(Locale.ROOT),
                    TheoryName.canonical(basis),
                    nucleus,
                    solvent.toLowerCase(Locale.ROOT),
                    TheoryName.canonical(geometry));
        }

        @Override
        public String toString() {
            return method + "/" + basis + "/" + nucleus + "/" + solvent + behind();
        }
    }
}
