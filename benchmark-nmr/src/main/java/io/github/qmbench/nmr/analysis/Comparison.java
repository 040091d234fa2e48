package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A fit beside what a paper reports for the same method. Differences are given only where both stand on the same number
 * of values that were averaged alike. Immutable.
 *
 * @param fit the fit of this analysis
 * @param averaged whether equivalent nuclei make one point of the fit
 * @param published the values of the paper
 */
public record Comparison(ScalingFit fit, boolean averaged, PublishedResult published) {

    /**
     * Checks the components.
     *
     * @param fit the fit of this analysis
     * @param averaged whether equivalent nuclei make one point of the fit
     * @param published the values of the paper
     */
    public Comparison {
        Objects.requireNonNull(fit, "fit");
        Objects.requireNonNull(published, "published");
    }

    /**
     * Pairs fits with the published values whose key matches.
     *
     * @param analysis the fits
     * @param published values of papers
     * @return a comparison for each pair
     */
    public static List<Comparison> of(ShieldingAnalysis analysis, List<PublishedResult> published) {
        boolean averaged = analysis.settings().averageEquivalent();
        return analysis.fits().stream()
                .flatMap(fit -> published.stream()
                        .filter(result -> result.key().matches(fit.key()))
                        .map(result -> new Comparison(fit, averaged, result)))
                .toList();
    }

    /** {@return why no difference is given, without a full stop; empty when both are comparable} */
    public Optional<String> objection() {
        if (published.support().isEmpty()) {
            return Optional.of("the number of published values is not known");
        }
        PublishedResult.Support support = published.support().get();
        if (support.averaged() != averaged) {
            return Optional.of("equivalent nuclei are averaged "
                    + (averaged ? "here and not in the published result" : "in the published result and not here"));
        }
        int points = fit.support().points();
        return support.points() == points
                ? Optional.empty()
                : Optional.of("the published result has " + support.points() + " values, this one " + points);
    }

    /**
     * {@return the RMSD of the fit minus the published one, in ppm; empty when none was published, or both are not
     * comparable}
     */
    public OptionalDouble rmsdDifference() {
        return published.rmsd().isEmpty() || objection().isPresent()
                ? OptionalDouble.empty()
                : OptionalDouble.of(fit.accuracy().rmsd() - published.rmsd().getAsDouble());
    }

    /**
     * {@return the largest difference in ppm between the shifts that the two lines predict for the shieldings of the
     * fit; empty when no line was published, or both are not comparable}
     */
    public OptionalDouble largestDifference() {
        if (published.line().isEmpty() || objection().isPresent()) {
            return OptionalDouble.empty();
        }
        ScalingFactor line = published.line().get();
        // two straight lines are furthest from each other at one end
        return DoubleStream.of(fit.support().lowestShielding(), fit.support().highestShielding())
                .map(shielding ->
                        Math.abs(line.shift(shielding) - fit.shieldingLine().shift(shielding)))
                .max();
    }
}
