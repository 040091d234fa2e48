package io.github.qmbench.nmr.analysis;

/**
 * The error of a prediction: half widths of intervals around the predicted shift, in ppm. Immutable.
 *
 * <p>They are quantiles of the deviations of shifts that were each predicted without their own molecule, for the
 * signals of a prediction: atoms that rotation exchanges are averaged, others are not.
 *
 * @param error68 half the width of the interval for 68 % of all shifts
 * @param error95 the same for 95 %
 * @param molecules the number of molecules it stands on, at least {@value #FEWEST_MOLECULES}
 */
public record PredictionInterval(double error68, double error95, int molecules) {

    /** The smallest number of molecules that an error of prediction can stand on. */
    public static final int FEWEST_MOLECULES = 10;

    /**
     * Checks the components.
     *
     * @param error68 half the width of the interval for 68 % of all shifts
     * @param error95 the same for 95 %
     * @param molecules the number of molecules it stands on, at least {@value #FEWEST_MOLECULES}
     */
    public PredictionInterval {
        if (!(error68 >= 0) || !(error95 >= error68)) {
            throw new IllegalArgumentException("errors must rise but were " + error68 + " and " + error95);
        }
        if (molecules < FEWEST_MOLECULES) {
            throw new IllegalArgumentException(
                    "at least " + FEWEST_MOLECULES + " molecules are needed but there were " + molecules);
        }
    }
}
