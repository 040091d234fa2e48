package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ScalingFactor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A difference from a published value is given only where both are comparable. */
class ComparisonTest {

    private static final DataSet DELTA50 = DataSet.delta50();
    private static final ScalingFactor.Key KEY = ScalingFactor.Key.parse("WP04/6-31G(d,p)/1H/CHCl3");

    /** Of the synthetic run: 0.1 ppm of noise around -1.03 * shift + 31.9. */
    private static Comparison with(AnalysisSettings settings, Optional<PublishedResult.Support> support) {
        PublishedResult published = new PublishedResult(
                KEY,
                Optional.of(
                        ScalingFactor.ofShieldingLine(KEY, SyntheticRun.PROTON_M, SyntheticRun.PROTON_B + 1.03, "a")),
                OptionalDouble.of(0.2),
                OptionalDouble.of(0.4),
                support,
                "a paper");
        ShieldingAnalysis analysis = ShieldingAnalysis.of(DELTA50, new SyntheticRun(DELTA50).results(), settings);
        List<Comparison> comparisons = Comparison.of(analysis, List.of(published));
        assertThat(comparisons).hasSize(1);
        return comparisons.get(0);
    }

    private static Optional<PublishedResult.Support> support(int points, boolean averaged) {
        return Optional.of(new PublishedResult.Support(points, averaged));
    }

    @Test
    void theSameNumberOfValuesAveragedAlikeIsComparable() {
        Comparison comparison = with(AnalysisSettings.defaults(), support(114, true));

        assertThat(comparison.objection()).isEmpty();
        double rmsd = comparison.fit().accuracy().rmsd();
        assertThat(comparison.rmsdDifference()).hasValue(rmsd - 0.2);
        assertThat(comparison.rmsdDifference().orElseThrow()).isNegative();
        assertThat(comparison.largestDifference().orElseThrow())
                .as("the published line is 1 ppm of shift away")
                .isCloseTo(1, within(0.1));
        assertThat(with(AnalysisSettings.defaults().perAtom(), support(342, false))
                        .rmsdDifference())
                .isPresent();
    }

    @Test
    void anotherNumberOfValuesIsNot() {
        Comparison comparison = with(AnalysisSettings.defaults(), support(113, true));

        assertThat(comparison.objection()).hasValue("the published result has 113 values, this one 114");
        assertThat(comparison.rmsdDifference()).isEmpty();
        assertThat(comparison.largestDifference()).isEmpty();
    }

    @Test
    void anotherAveragingIsNot() {
        assertThat(with(AnalysisSettings.defaults().perAtom(), support(342, true))
                        .objection())
                .hasValue("equivalent nuclei are averaged in the published result and not here");
        Comparison comparison = with(AnalysisSettings.defaults(), support(114, false));
        assertThat(comparison.objection())
                .hasValue("equivalent nuclei are averaged here and not in the published result");
        assertThat(comparison.rmsdDifference()).isEmpty();
        assertThat(comparison.largestDifference()).isEmpty();
    }

    @Test
    void anUnknownNumberOfValuesIsNot() {
        Comparison comparison = with(AnalysisSettings.defaults(), Optional.empty());

        assertThat(comparison.objection()).hasValue("the number of published values is not known");
        assertThat(comparison.rmsdDifference()).isEmpty();
    }

    @Test
    void theRowsOfTable3StandOn114Values() {
        List<PublishedResult> rows = PublishedResult.all().stream()
                .filter(result -> result.rmsd().isPresent())
                .toList();
        assertThat(rows)
                .extracting(
                        row -> row.key().toString(),
                        row -> row.rmsd().getAsDouble(),
                        row -> row.maxDeviation().orElse(-1))
                .containsExactly(
                        tuple("WP04/6-31G(d,p)/1H/CHCl3", 0.098, 0.37),
                        tuple("WP04/6-31G(d)/1H/CHCl3", 0.115, -1.0),
                        tuple("WP04/cc-pVDZ/1H/CHCl3", 0.109, -1.0));
        assertThat(rows).allSatisfy(row -> assertThat(row.support()).isEqualTo(support(114, true)));
        assertThatThrownBy(() -> new PublishedResult.Support(0, true)).hasMessageContaining("points");
    }
}
