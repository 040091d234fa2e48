package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A line fitted through shieldings and measured shifts, and how well it does. Immutable.
 *
 * <p>The line is fitted once, {@code sigma = m * delta + b} by ordinary least squares with the shielding as the dependent
 * variable, as the DELTA50 paper does. {@link ShiftLine} is the same line solved for the shift. All deviations are of
 * shifts in ppm, predicted minus measured.
 *
 * @param key what it holds for
 * @param shieldingLine the line as the paper writes it
 * @param shiftLine the line as others write it
 * @param accuracy how well the points lie on it
 * @param points the points of the fit, at least 3, molecules in the order of the data set
 * @param removed outliers that were left out of it, beside the final line
 */
public record ScalingFit(
        ScalingFactor.Key key,
        ShieldingLine shieldingLine,
        ShiftLine shiftLine,
        Accuracy accuracy,
        List<FittedPoint> points,
        List<FittedPoint> removed) {

    public ScalingFit {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(shieldingLine, "shieldingLine");
        Objects.requireNonNull(shiftLine, "shiftLine");
        Objects.requireNonNull(accuracy, "accuracy");
        points = List.copyOf(points);
        removed = List.copyOf(removed);
    }

    /** The point with the largest deviation; the first one of equals. */
    public FittedPoint worst() {
        return points.stream()
                .max(Comparator.comparingDouble((FittedPoint point) -> Math.abs(point.residual())))
                .orElseThrow();
    }

    /** The points of the fit that are outliers, largest deviation first. */
    public List<FittedPoint> outliers() {
        return points.stream()
                .filter(FittedPoint::outlier)
                .sorted(Comparator.comparingDouble((FittedPoint point) -> -Math.abs(point.residual())))
                .toList();
    }

    /** The number of molecules that have a point in the fit. */
    public int molecules() {
        return (int) points.stream()
                .map(point -> point.point().moleculeId())
                .distinct()
                .count();
    }

    /** Returns the line as the scaling factor that predicts shifts. */
    public ScalingFactor factor() {
        return new ScalingFactor(key, shiftLine.slope(), shiftLine.intercept(), "", OptionalDouble.of(accuracy.rmsd()));
    }

    /**
     * {@code sigma = m * delta + b}.
     *
     * @param m ppm of shielding for each ppm of shift
     * @param b the shielding in ppm at shift 0
     * @param ciM 95 % confidence interval of m
     * @param ciB 95 % confidence interval of b
     */
    public record ShieldingLine(double m, double b, ConfidenceInterval ciM, ConfidenceInterval ciB) {}

    /**
     * {@code delta = slope * sigma + intercept}, where slope is 1 / m and intercept -b / m.
     *
     * @param slope ppm of shift for each ppm of shielding
     * @param intercept the shift in ppm at shielding 0
     * @param ciSlope 95 % confidence interval of the slope: the reciprocals of m's
     * @param ciIntercept 95 % confidence interval of the intercept, by Fieller's theorem
     */
    public record ShiftLine(
            double slope, double intercept, ConfidenceInterval ciSlope, ConfidenceInterval ciIntercept) {}

    /**
     * How well points lie on the line.
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
}
