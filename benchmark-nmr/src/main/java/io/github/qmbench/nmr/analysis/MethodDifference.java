package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.Objects;

/**
 * The difference of two methods on the same molecules, each predicted from the others. It is the first minus the
 * second, so that a negative difference is in favour of the first. Intervals hold 95 %, by bootstrap over the
 * molecules, both methods with the same draws. Immutable.
 *
 * @param first the one method and its nucleus
 * @param second the other one
 * @param molecules how many molecules both have, at least 10
 * @param rmsd the difference of the cross-validated RMSDs in ppm
 * @param rmsdInterval its interval
 * @param mae the difference of the cross-validated mean absolute deviations in ppm
 * @param maeInterval its interval
 * @param inversion the probability that other molecules would rank the two the other way round by RMSD: the share of
 *     draws that do, those without a difference half; the inversion probability of P. Pernot, A. Savin, J. Chem. Phys.
 *     2020, 152, 164108
 */
public record MethodDifference(
        ScalingFactor.Key first,
        ScalingFactor.Key second,
        int molecules,
        double rmsd,
        ConfidenceInterval rmsdInterval,
        double mae,
        ConfidenceInterval maeInterval,
        double inversion) {

    /**
     * Checks the components.
     *
     * @param first the one method and its nucleus
     * @param second the other one
     * @param molecules how many molecules both have, at least 10
     * @param rmsd the difference of the cross-validated RMSDs in ppm
     * @param rmsdInterval its interval
     * @param mae the difference of the cross-validated mean absolute deviations in ppm
     * @param maeInterval its interval
     * @param inversion the probability that other molecules would rank the two the other way round by RMSD
     */
    public MethodDifference {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        Objects.requireNonNull(rmsdInterval, "rmsdInterval");
        Objects.requireNonNull(maeInterval, "maeInterval");
    }

    /** {@return whether the interval of the RMSDs' difference is without 0: one of the methods is better} */
    public boolean isDistinct() {
        return !rmsdInterval.contains(0);
    }

    /** {@return the second method minus the first} */
    public MethodDifference reversed() {
        return new MethodDifference(
                second, first, molecules, -rmsd, negative(rmsdInterval), -mae, negative(maeInterval), inversion);
    }

    private static ConfidenceInterval negative(ConfidenceInterval interval) {
        return new ConfidenceInterval(-interval.high(), -interval.low());
    }
}
