package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A comparison of methods for a nucleus: which is better, and whether the data can show it. Made by {@link
 * ShieldingAnalysis#comparison}. Immutable, safe for use by many threads.
 *
 * <p>Methods are ranked on the molecules that all of them have, by the RMSD of shifts that are each predicted from the
 * other molecules. A pair is compared on all molecules that both have. Bootstrap estimates what other molecules might
 * give: molecules are drawn with replacement, with all their points, 10,000 times with a fixed seed. Both methods of a
 * pair get the same draws. A ranking is uncertain because the molecules are few, and errors of two methods must be
 * drawn together because they are correlated: P. Pernot, A. Savin, J. Chem. Phys. 2020, 152, 164108,
 * doi:10.1063/5.0006202.
 *
 * <p>An interval is that of one pair. Of many pairs of equally good methods, 5 % are called different.
 */
public final class MethodComparison {

    /** The largest number of methods that are compared: those with the smallest cross-validated RMSD. */
    public static final int MOST_METHODS = 100;

    private final Nucleus nucleus;
    private final List<String> molecules;
    private final List<RankedMethod> ranking;
    private final List<ScalingFit> unranked;
    private final List<MethodDifference> differences;
    private final Map<List<ScalingFactor.Key>, MethodDifference> byPair = new LinkedHashMap<>();
    private final Map<ScalingFactor.Key, FitIntervals> intervals;

    MethodComparison(
            Nucleus nucleus,
            List<String> molecules,
            List<RankedMethod> ranking,
            List<ScalingFit> unranked,
            List<MethodDifference> differences,
            Map<ScalingFactor.Key, FitIntervals> intervals) {
        this.nucleus = nucleus;
        this.molecules = List.copyOf(molecules);
        this.ranking = List.copyOf(ranking);
        this.unranked = List.copyOf(unranked);
        this.differences = List.copyOf(differences);
        this.intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
        for (MethodDifference difference : differences) {
            byPair.put(List.of(difference.first(), difference.second()), difference);
            byPair.put(List.of(difference.second(), difference.first()), difference.reversed());
        }
    }

    /** {@return the nucleus whose shifts are compared} */
    public Nucleus nucleus() {
        return nucleus;
    }

    /** {@return the ids of the molecules that all ranked methods have, in the order of the data set} */
    public List<String> molecules() {
        return molecules;
    }

    /** {@return the ranked methods, smallest RMSD first} */
    public List<RankedMethod> ranking() {
        return ranking;
    }

    /**
     * {@return the fits that are not ranked, smallest cross-validated RMSD on molecules of their own first} They have
     * too few molecules in common with the others, cannot spare one, or come after {@value #MOST_METHODS} better ones.
     */
    public List<ScalingFit> unranked() {
        return unranked;
    }

    /** {@return all fits, the ranked ones first} */
    public List<ScalingFit> fits() {
        List<ScalingFit> fits = new ArrayList<>();
        ranking.forEach(method -> fits.add(method.fit()));
        fits.addAll(unranked);
        return fits;
    }

    /**
     * {@return the differences of all pairs that have at least 10 molecules in common; the first method is the one that
     * is named first in {@link #fits}}
     */
    public List<MethodDifference> differences() {
        return differences;
    }

    /**
     * {@return the difference of two fits, first minus second; empty where they have too few molecules in common}
     *
     * @param first a fit of this comparison
     * @param second another fit of this comparison
     */
    public Optional<MethodDifference> difference(ScalingFit first, ScalingFit second) {
        return Optional.ofNullable(byPair.get(List.of(
                Objects.requireNonNull(first, "first").key(),
                Objects.requireNonNull(second, "second").key())));
    }

    /**
     * {@return the intervals of a fit; empty with fewer than 10 molecules, and for a fit that was not compared}
     *
     * @param fit of this comparison
     */
    public Optional<FitIntervals> intervals(ScalingFit fit) {
        return Optional.ofNullable(intervals.get(fit.key()));
    }
}
