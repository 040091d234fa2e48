package io.github.qmbench.nmr.analysis;

import java.util.Objects;

/**
 * A point beside the line that was fitted. Standardised residuals are those of R. D. Cook, S. Weisberg, Residuals and
 * Influence in Regression (1982), section 2.2. Immutable.
 *
 * @param point the measured shift and the shielding
 * @param predicted the shift in ppm which the line gives for its shielding
 * @param standardized the residual in standard deviations of such a residual: the internally studentised one,
 *     {@code residual / (s * sqrt(1 - h))} with the leverage h of the point. Among n points it is at most {@code sqrt(n - 2)}. For a
 *     point that was removed it is {@code residual / (s * sqrt(1 + h))}; 0 when the fit is perfect
 */
public record FittedPoint(ShiftPoint point, double predicted, double standardized) {

    /** The number of standard deviations beyond which a point is an outlier. */
    public static final double OUTLIER = 3;

    /**
     * Checks the components.
     *
     * @param point the measured shift and the shielding
     * @param predicted the shift in ppm which the line gives for its shielding
     * @param standardized the residual in standard deviations of such a residual
     */
    public FittedPoint {
        Objects.requireNonNull(point, "point");
    }

    /** {@return the predicted minus the measured shift in ppm} */
    public double residual() {
        return predicted - point.experimental();
    }

    /** {@return whether the point is more than {@value #OUTLIER} standard deviations off} */
    public boolean outlier() {
        return isOutlier(standardized);
    }

    static boolean isOutlier(double standardized) {
        return Math.abs(standardized) > OUTLIER;
    }
}
