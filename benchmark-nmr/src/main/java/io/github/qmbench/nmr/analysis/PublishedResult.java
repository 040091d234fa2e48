package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.internal.Require;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The values that a paper reports for a method: a line, an accuracy, or both. Immutable.
 *
 * @param key the method and nucleus
 * @param line the published line, if it is
 * @param rmsd the published RMSD in ppm, if it is
 * @param maxDeviation the published largest deviation in ppm, if it is
 * @param support the number of values behind it, where the paper says it
 * @param reference the paper and the place in it
 */
public record PublishedResult(
        ScalingFactor.Key key,
        Optional<ScalingFactor> line,
        OptionalDouble rmsd,
        OptionalDouble maxDeviation,
        Optional<Support> support,
        String reference) {

    /**
     * The values that a published result stands on. Immutable.
     *
     * @param points the number of values, at least 1
     * @param averaged whether equivalent nuclei make one value
     */
    public record Support(int points, boolean averaged) {

        /**
         * Checks the components.
         *
         * @param points the number of values, at least 1
         * @param averaged whether equivalent nuclei make one value
         */
        public Support {
            Require.atLeastOne(points, "points");
        }
    }

    /** Rows of the DELTA50 paper's Table 3 that we know. */
    private static final List<PublishedResult> DELTA50_TABLE_3 = List.of(
            delta50Table3("WP04/6-31G(d,p)/1H/CHCl3", 0.098, OptionalDouble.of(0.37)),
            delta50Table3("WP04/6-31G(d)/1H/CHCl3", 0.115, OptionalDouble.empty()),
            delta50Table3("WP04/cc-pVDZ/1H/CHCl3", 0.109, OptionalDouble.empty()));

    private static PublishedResult delta50Table3(String key, double rmsd, OptionalDouble maxDeviation) {
        return new PublishedResult(
                ScalingFactor.Key.parse(key),
                Optional.empty(),
                OptionalDouble.of(rmsd),
                maxDeviation,
                Optional.of(new Support(114, true)),
                "Cohen et al., Molecules 2023, 28, 2449, Table 3, doi:10.3390/molecules28062449");
    }

    /**
     * Checks the components.
     *
     * @param key the method and nucleus
     * @param line the published line, if it is
     * @param rmsd the published RMSD in ppm, if it is
     * @param maxDeviation the published largest deviation in ppm, if it is
     * @param support the number of values behind it, where the paper says it
     * @param reference the paper and the place in it
     */
    public PublishedResult {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(rmsd, "rmsd");
        Objects.requireNonNull(maxDeviation, "maxDeviation");
        Objects.requireNonNull(support, "support");
        Objects.requireNonNull(reference, "reference");
    }

    /**
     * Returns the published results that are known here: the lines of {@link ScalingFactors#published()} and rows of
     * the DELTA50 paper's Table 3.
     *
     * @return the results, unmodifiable
     */
    public static List<PublishedResult> all() {
        return Stream.concat(
                        ScalingFactors.published().all().stream()
                                .map(line -> new PublishedResult(
                                        line.key(),
                                        Optional.of(line),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        Optional.empty(), // how many values is not at hand
                                        line.reference())),
                        DELTA50_TABLE_3.stream())
                .toList();
    }
}
