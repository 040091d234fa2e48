package io.github.qmbench.nmr.analysis;

import java.util.Objects;
import java.util.Optional;

/**
 * A method's place among others, on the molecules that all of them have, each predicted from the others.
 *
 * @param fit the fit to the molecules of its own, which may be more
 * @param rank 1 and how many methods are better beyond doubt; several may share a rank
 * @param rmsd the cross-validated RMSD in ppm
 * @param rmsdInterval its 95 % interval by bootstrap over the molecules; empty with fewer than 10 of them
 * @param mae the cross-validated mean absolute deviation in ppm
 * @param maeInterval its interval
 * @param fromBest this method minus the one with the smallest RMSD; empty for that one, and with fewer than 10 molecules
 */
public record RankedMethod(
        ScalingFit fit,
        int rank,
        double rmsd,
        Optional<ConfidenceInterval> rmsdInterval,
        double mae,
        Optional<ConfidenceInterval> maeInterval,
        Optional<MethodDifference> fromBest) {

    public RankedMethod {
        Objects.requireNonNull(fit, "fit");
        Objects.requireNonNull(rmsdInterval, "rmsdInterval");
        Objects.requireNonNull(maeInterval, "maeInterval");
        Objects.requireNonNull(fromBest, "fromBest");
    }

    /** Whether it is the best method or cannot be told from it. */
    public boolean isLikeTheBest() {
        return fromBest.map(difference -> !difference.isDistinct()).orElse(true);
    }
}
