package io.github.qmbench.nmr.analysis;

import java.util.Objects;
import java.util.Optional;

/**
 * The 95 % intervals of a fit by bootstrap over its molecules. Unlike Student's they hold also where the points of one
 * molecule are not independent. Immutable.
 *
 * <p>An interval is empty where a draw has no such value, as when all molecules drawn have the same shift.
 *
 * @param molecules how many molecules were drawn from
 * @param rmsd the interval of the RMSD in ppm
 * @param mae the interval of the mean absolute deviation in ppm
 * @param crossValidatedRmsd the interval of the cross-validated RMSD in ppm
 * @param slope the interval of the slope of {@code shift = slope * shielding + intercept}
 * @param intercept the interval of the intercept of the same line, in ppm
 * @param m the interval of the slope of {@code shielding = m * shift + b}
 * @param b the interval of the intercept of that line, in ppm
 */
public record FitIntervals(
        int molecules,
        Optional<ConfidenceInterval> rmsd,
        Optional<ConfidenceInterval> mae,
        Optional<ConfidenceInterval> crossValidatedRmsd,
        Optional<ConfidenceInterval> slope,
        Optional<ConfidenceInterval> intercept,
        Optional<ConfidenceInterval> m,
        Optional<ConfidenceInterval> b) {

    /**
     * Checks the components.
     *
     * @param molecules how many molecules were drawn from
     * @param rmsd the interval of the RMSD in ppm
     * @param mae the interval of the mean absolute deviation in ppm
     * @param crossValidatedRmsd the interval of the cross-validated RMSD in ppm
     * @param slope the interval of the slope of {@code shift = slope * shielding + intercept}
     * @param intercept the interval of the intercept of the same line, in ppm
     * @param m the interval of the slope of {@code shielding = m * shift + b}
     * @param b the interval of the intercept of that line, in ppm
     */
    public FitIntervals {
        Objects.requireNonNull(rmsd, "rmsd");
        Objects.requireNonNull(mae, "mae");
        Objects.requireNonNull(crossValidatedRmsd, "crossValidatedRmsd");
        Objects.requireNonNull(slope, "slope");
        Objects.requireNonNull(intercept, "intercept");
        Objects.requireNonNull(m, "m");
        Objects.requireNonNull(b, "b");
    }
}
