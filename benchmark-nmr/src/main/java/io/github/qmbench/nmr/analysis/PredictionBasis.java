package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Element;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The basis for predictions of other molecules by a fit: its range and its errors. Immutable.
 *
 * @param interval the errors of predictions; empty when there are too few molecules for them
 * @param lowestShift the smallest measured shift of the fit in ppm
 * @param highestShift the largest one
 * @param bondedTo the elements that the fitted nuclei are bonded to
 * @param without the line and the interval of all other molecules, by the id of the molecule left out
 */
public record PredictionBasis(
        Optional<PredictionInterval> interval,
        double lowestShift,
        double highestShift,
        Set<Element> bondedTo,
        Map<String, Others> without) {

    /**
     * Checks the components.
     *
     * @param interval the errors of predictions
     * @param lowestShift the smallest measured shift of the fit in ppm
     * @param highestShift the largest one
     * @param bondedTo the elements that the fitted nuclei are bonded to
     * @param without the line and the interval of all other molecules, by the id of the molecule left out
     */
    public PredictionBasis {
        Objects.requireNonNull(interval, "interval");
        bondedTo = Collections.unmodifiableSet(new TreeSet<>(bondedTo));
        without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
    }

    /**
     * The line that the other molecules give, and the errors of its predictions. Immutable.
     *
     * @param slope ppm of shift for each ppm of shielding
     * @param intercept the shift in ppm at shielding 0
     * @param interval empty when the others are too few
     */
    public record Others(double slope, double intercept, Optional<PredictionInterval> interval) {

        /**
         * Checks the components.
         *
         * @param slope ppm of shift for each ppm of shielding
         * @param intercept the shift in ppm at shielding 0
         * @param interval empty when the others are too few
         */
        public Others {
            Objects.requireNonNull(interval, "interval");
        }

        /**
         * {@return the shift in ppm of a shielding in ppm}
         *
         * @param shielding isotropic, in ppm
         */
        public double shift(double shielding) {
            return slope * shielding + intercept;
        }
    }
}
