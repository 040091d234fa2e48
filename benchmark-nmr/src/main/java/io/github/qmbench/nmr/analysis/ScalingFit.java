package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A line fitted through shieldings and measured shifts, with its accuracy. Immutable.
 *
 * <p>The line is fitted once, {@code sigma = m * delta + b} by ordinary least squares with the shielding as the
 * dependent variable, as the DELTA50 paper does. {@link ShiftLine} is the same line solved for the shift. All
 * deviations are of shifts in ppm, predicted minus measured.
 *
 * <p>Of its points it has those that stand out; all of them gives {@link ShieldingAnalysis#points}.
 *
 * @param key the method, nucleus and solvent of the line
 * @param shieldingLine the line as the paper writes it
 * @param shiftLine the same line solved for the shift
 * @param accuracy the deviations of the points from it
 * @param support the points and molecules it stands on
 * @param worst the point with the largest deviation, the first one of equals
 * @param outliers the points of the fit that are outliers, largest deviation first
 * @param removed outliers that were left out of it, beside the final line
 */
public record ScalingFit(
        ScalingFactor.Key key,
        ShieldingLine shieldingLine,
        ShiftLine shiftLine,
        Accuracy accuracy,
        Support support,
        FittedPoint worst,
        List<FittedPoint> outliers,
        List<FittedPoint> removed) {

    /**
     * Checks the components.
     *
     * @param key the method, nucleus and solvent of the line
     * @param shieldingLine the line as the paper writes it
     * @param shiftLine the same line solved for the shift
     * @param accuracy the deviations of the points from it
     * @param support the points and molecules it stands on
     * @param worst the point with the largest deviation, the first one of equals
     * @param outliers the points of the fit that are outliers, largest deviation first
     * @param removed outliers that were left out of it, beside the final line
     */
    public ScalingFit {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(shieldingLine, "shieldingLine");
        Objects.requireNonNull(shiftLine, "shiftLine");
        Objects.requireNonNull(accuracy, "accuracy");
        Objects.requireNonNull(support, "support");
        Objects.requireNonNull(worst, "worst");
        outliers = List.copyOf(outliers);
        removed = List.copyOf(removed);
    }

    /** {@return the line as the scaling factor that predicts shifts} */
    public ScalingFactor factor() {
        return new ScalingFactor(key, shiftLine.slope(), shiftLine.intercept(), "", OptionalDouble.of(accuracy.rmsd()));
    }

    /**
     * The line {@code sigma = m * delta + b}. Immutable.
     *
     * @param m ppm of shielding for each ppm of shift
     * @param b the shielding in ppm at shift 0
     * @param ciM 95 % confidence interval of m
     * @param ciB 95 % confidence interval of b
     */
    public record ShieldingLine(double m, double b, ConfidenceInterval ciM, ConfidenceInterval ciB) {

        /**
         * {@return the shift in ppm at which the line has this shielding in ppm}
         *
         * @param shielding isotropic, in ppm
         */
        public double shift(double shielding) {
            return (shielding - b) / m;
        }
    }

    /**
     * The line {@code delta = slope * sigma + intercept}, where slope is 1 / m and intercept -b / m. Immutable.
     *
     * @param slope ppm of shift for each ppm of shielding
     * @param intercept the shift in ppm at shielding 0
     * @param ciSlope 95 % confidence interval of the slope: the reciprocals of m's
     * @param ciIntercept 95 % confidence interval of the intercept, by Fieller's theorem
     */
    public record ShiftLine(
            double slope, double intercept, ConfidenceInterval ciSlope, ConfidenceInterval ciIntercept) {}

    /**
     * The accuracy of a line: the deviations of its points. Immutable.
     *
     * @param rSquared the coefficient of determination
     * @param standardDeviation of the residuals in ppm, with n - 2 degrees of freedom
     * @param rmsd root of the mean squared deviation in ppm (divided by n)
     * @param mae mean absolute deviation in ppm
     * @param crossValidatedRmsd RMSD in ppm of shifts each predicted by the line fitted without its molecule; empty when
     *     a molecule cannot be spared
     */
    public record Accuracy(
            double rSquared, double standardDeviation, double rmsd, double mae, OptionalDouble crossValidatedRmsd) {}

    /**
     * The points and molecules that a line stands on. Immutable.
     *
     * @param points the number of points, at least 3
     * @param molecules the number of molecules with a point among them
     * @param lowestShielding the smallest shielding of a point in ppm
     * @param highestShielding the largest one
     */
    public record Support(int points, int molecules, double lowestShielding, double highestShielding) {}
}
