package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.ScalingFactor;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A fit beside what a paper reports for the same method.
 *
 * @param fit the fit
 * @param published the published values
 */
public record Comparison(ScalingFit fit, PublishedResult published) {

    public Comparison {
        Objects.requireNonNull(fit, "fit");
        Objects.requireNonNull(published, "published");
    }

    /** Pairs fits with the published values whose key matches. */
    public static List<Comparison> of(ShieldingAnalysis analysis, List<PublishedResult> published) {
        return analysis.fits().stream()
                .flatMap(fit -> published.stream()
                        .filter(result -> result.key().matches(fit.key()))
                        .map(result -> new Comparison(fit, result)))
                .toList();
    }

    /**
     * The largest difference in ppm between the shifts that the two lines predict for the shieldings of the fit; empty when
     * no line was published.
     */
    public OptionalDouble largestDifference() {
        if (published.line().isEmpty()) {
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
