package io.github.qmbench.nmr.analysis;

import java.util.Objects;

/**
 * A point beside the line that was fitted.
 *
 * @param point the point
 * @param predicted the shift in ppm which the line gives for its shielding
 * @param standardized the residual in standard deviations of the fit; 0 when the fit is perfect
 */
public record FittedPoint(ShiftPoint point, double predicted, double standardized) {

    /** Points further off than this many standard deviations are outliers. */
    public static final double OUTLIER = 3;

    public FittedPoint {
        Objects.requireNonNull(point, "point");
    }

    /**
     * Returns a point beside a line.
     *
     * @param standardDeviation of the line's residuals in ppm of shift
     */
    static FittedPoint of(ShiftPoint point, ScalingFit.ShieldingLine line, double standardDeviation) {
        double predicted = line.shift(point.shielding());
        double residual = predicted - point.experimental();
        return new FittedPoint(point, predicted, standardDeviation == 0 ? 0 : residual / standardDeviation);
    }

    /** Predicted minus measured shift in ppm. */
    public double residual() {
        return predicted - point.experimental();
    }

    /** Tells whether it is more than {@value #OUTLIER} standard deviations off. */
    public boolean outlier() {
        return Math.abs(standardized) > OUTLIER;
    }
}
