package io.github.qmbench.nmr.analysis;

import java.util.Objects;
import java.util.Optional;

/**
 * The rank of a method among others, on the molecules that all of them have, each predicted from the others. Immutable.
 *
 * @param fit the fit to the molecules of its own, which may be more
 * @param rank 1 plus the number of methods that are better beyond doubt; several may share a rank
 * @param rmsd the cross-validated RMSD in ppm
 * @param rmsdInterval its 95 % interval by bootstrap over the molecules; empty with fewer than 10 of them
 * @param mae the cross-validated mean absolute deviation in ppm
 * @param maeInterval its interval
 * @param fromBest this method minus the one with the smallest RMSD; empty for that one, with fewer than 10 molecules, and
 *     where too many draws have no finite difference
 */
public record RankedMethod(
        ScalingFit fit,
        int rank,
        double rmsd,
        Optional<ConfidenceInterval> rmsdInterval,
        double mae,
        Optional<ConfidenceInterval> maeInterval,
        Optional<MethodDifference> fromBest) {

    /**
     * Checks the components.
     *
     * @param fit the fit to the molecules of its own, which may be more
     * @param rank 1 plus the number of methods that are better beyond doubt
     * @param rmsd the cross-validated RMSD in ppm
     * @param rmsdInterval its 95 % interval by bootstrap over the molecules
     * @param mae the cross-validated mean absolute deviation in ppm
     * @param maeInterval its interval
     * @param fromBest this method minus the one with the smallest RMSD
     */
    public RankedMethod {
        Objects.requireNonNull(fit, "fit");
        Objects.requireNonNull(rmsdInterval, "rmsdInterval");
        Objects.requireNonNull(maeInterval, "maeInterval");
        Objects.requireNonNull(fromBest, "fromBest");
    }

    /** {@return whether it is the best method or cannot be distinguished from it, as where {@link #fromBest} is empty} */
    public boolean isLikeTheBest() {
        return fromBest.map(difference -> !difference.isDistinct()).orElse(true);
    }
}
