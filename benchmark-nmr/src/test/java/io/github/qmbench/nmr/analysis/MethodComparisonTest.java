package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which method is better; with the shieldings recorded in {@code docs/results} and with made-up ones. */
class MethodComparisonTest {

    private static final DataSet DELTA50 = DataSet.delta50();
    private static final AnalysisSettings DEFAULTS = AnalysisSettings.defaults();
    private static final Path RESULTS = Path.of("../docs/results");

    private static List<ShieldingResult> wp04;
    private static List<ShieldingResult> b3lyp;
    private static ShieldingAnalysis both;

    @BeforeAll
    static void reads() throws IOException {
        wp04 = PackedJournal.results(RESULTS.resolve("delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz"));
        b3lyp = PackedJournal.results(RESULTS.resolve("eta/b3lyp-6-31g-vacuum.jsonl.gz"));
        both = analyse(Stream.concat(wp04.stream(), b3lyp.stream()));
    }

    private static ShieldingAnalysis analyse(Stream<ShieldingResult> results) {
        return ShieldingAnalysis.of(DELTA50, results, DEFAULTS);
    }

    @Test
    void theIntervalsOfTheRecordedRunAreThoseOfMolecules() {
        MethodComparison comparison = both.comparison(Nucleus.H1);
        FitIntervals intervals = comparison.intervals(fit(comparison, "WP04")).orElseThrow();
        ConfidenceInterval rmsd = intervals.rmsd().orElseThrow();
        assertThat(intervals.molecules()).isEqualTo(50);
        // NumPy, 10,000 draws, lines fitted again in each: 0.0754 to 0.1049
        assertThat(rmsd.low()).isCloseTo(0.0757, within(0.002));
        assertThat(rmsd.high()).isCloseTo(0.1055, within(0.002));
    }

    @ParameterizedTest
    @EnumSource(names = {"H1", "C13"})
    void theDifferenceFromTheBestIsThatMethodMinusTheBest(Nucleus nucleus) {
        MethodComparison comparison = both.comparison(nucleus);
        RankedMethod best = comparison.ranking().get(0);
        RankedMethod other = comparison.ranking().get(1);
        MethodDifference difference = other.fromBest().orElseThrow();

        assertThat(best.fromBest()).isEmpty();
        assertThat(difference.first()).isEqualTo(other.fit().key());
        assertThat(difference.second()).isEqualTo(best.fit().key());
        assertThat(difference.rmsd()).isPositive().isCloseTo(other.rmsd() - best.rmsd(), within(1e-12));
        assertThat(difference.mae()).isCloseTo(other.mae() - best.mae(), within(1e-12));
        assertThat(difference.rmsdInterval().contains(difference.rmsd())).isTrue();
        assertThat(difference.maeInterval().contains(difference.mae())).isTrue();
        assertThat(difference.inversion()).isBetween(0.0, 0.5);
    }

    /** The sandwich formula for least squares with clusters: (X'X)^-1 (sum of X_c' e_c e_c' X_c) (X'X)^-1. */
    @ParameterizedTest
    @CsvSource({"H1, 0.0199", "C13, 0.326"})
    void theLinesHaveTheErrorsOfTheClusterRobustFormula(Nucleus nucleus, double expected) {
        MethodComparison comparison = both.comparison(nucleus);
        ScalingFit fit = fit(comparison, "WP04");
        FitIntervals intervals = comparison.intervals(fit).orElseThrow();
        List<FittedPoint> points = both.points(fit);
        double n = points.size();
        double mean = points.stream()
                .mapToDouble(point -> point.point().experimental())
                .average()
                .orElseThrow();
        double spread = points.stream()
                .mapToDouble(point -> Math.pow(point.point().experimental() - mean, 2))
                .sum();
        Map<String, double[]> scores = new LinkedHashMap<>(); // of b and m, by molecule
        for (FittedPoint point : points) {
            double residual = point.point().shielding()
                    - fit.shieldingLine().m() * point.point().experimental()
                    - fit.shieldingLine().b();
            double x = point.point().experimental() - mean;
            double[] score = scores.computeIfAbsent(point.point().moleculeId(), id -> new double[2]);
            score[0] += residual * (1 / n - mean * x / spread);
            score[1] += residual * x / spread;
        }
        double ofB = Math.sqrt(scores.values().stream()
                .mapToDouble(score -> score[0] * score[0])
                .sum());
        double ofM = Math.sqrt(scores.values().stream()
                .mapToDouble(score -> score[1] * score[1])
                .sum());
        assertThat(ofB).isCloseTo(expected, within(0.02 * expected));
        assertThat(halfWidth(intervals.b().orElseThrow())).isCloseTo(2.03 * ofB, within(0.1 * 2.03 * ofB));
        assertThat(halfWidth(intervals.m().orElseThrow())).isCloseTo(2.03 * ofM, within(0.1 * 2.03 * ofM));
        assertThat(intervals.slope().orElseThrow().low())
                .isCloseTo(1 / intervals.m().orElseThrow().high(), within(1e-6));
        assertThat(intervals.intercept().orElseThrow().contains(fit.shiftLine().intercept()))
                .isTrue();
    }

    /**
     * The delta method: what each molecule contributes to the difference of two roots of mean squares, to first order. It takes
     * the lines as given, so the bootstrap, which does not, is a little wider.
     */
    @ParameterizedTest
    @CsvSource({"H1", "C13"})
    void theDifferenceOfTwoMethodsHasTheErrorOfTheDeltaMethod(Nucleus nucleus) {
        MethodComparison comparison = both.comparison(nucleus);
        MethodDifference difference = comparison
                .difference(fit(comparison, "WP04"), fit(comparison, "B3LYP"))
                .orElseThrow();
        Map<String, List<Double>> first = crossValidated(wp04, nucleus);
        Map<String, List<Double>> second = crossValidated(b3lyp, nucleus);
        double a = rmsd(first);
        double b = rmsd(second);
        double points = first.values().stream().mapToInt(List::size).sum();
        double variance = 0;
        for (String molecule : first.keySet()) {
            double n = first.get(molecule).size();
            double influence = (squares(first.get(molecule)) - n * a * a) / (2 * a)
                    - (squares(second.get(molecule)) - n * b * b) / (2 * b);
            variance += influence * influence;
        }
        double error = Math.sqrt(variance) / points;
        assertThat(difference.molecules()).isEqualTo(first.size());
        assertThat(difference.rmsd()).isCloseTo(a - b, within(1e-9));
        assertThat(difference.mae()).isCloseTo(mae(first) - mae(second), within(1e-9));
        assertThat(halfWidth(difference.rmsdInterval()) / (2.03 * error)).isBetween(0.9, 1.2);
    }

    /** Deviations of each molecule from the line of an analysis without it. */
    private static Map<String, List<Double>> crossValidated(List<ShieldingResult> results, Nucleus nucleus) {
        ShieldingAnalysis all = analyse(results.stream());
        Map<String, List<FittedPoint>> points = all
                .points(all.fits().stream()
                        .filter(fit -> fit.key().nucleus() == nucleus)
                        .findFirst()
                        .orElseThrow())
                .stream()
                .collect(Collectors.groupingBy(
                        point -> point.point().moleculeId(), LinkedHashMap::new, Collectors.toList()));
        Map<String, List<Double>> deviations = new LinkedHashMap<>();
        points.forEach((molecule, own) -> {
            ScalingFactor line = analyse(results.stream()
                            .filter(result -> !result.moleculeId().equals(molecule)))
                    .methods()
                    .get(0)
                    .fit(nucleus)
                    .orElseThrow()
                    .factor();
            deviations.put(
                    molecule,
                    own.stream()
                            .map(point -> line.shift(point.point().shielding())
                                    - point.point().experimental())
                            .toList());
        });
        return deviations;
    }

    @Test
    void tellsWp04FromASmallBasisForProtonsAndNotWhatIsWithinChance() {
        MethodComparison protons = both.comparison(Nucleus.H1);
        assertThat(protons.ranking())
                .extracting(method -> method.fit().key().method(), RankedMethod::rank, RankedMethod::isLikeTheBest)
                .containsExactly(tuple("WP04", 1, true), tuple("B3LYP", 2, false));
        assertThat(protons.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.isDistinct()).isTrue();
            assertThat(difference.inversion()).isLessThan(0.01);
        });
        MethodDifference carbons = both.comparison(Nucleus.C13).differences().get(0);
        assertThat(carbons.first().method()).isEqualTo("B3LYP");
        assertThat(carbons.isDistinct()).isEqualTo(carbons.rmsdInterval().high() < 0);
    }

    /** Row 7 of a review: without its three worst molecules a method must not look better than itself. */
    @Test
    void aMethodGainsNothingByLackingItsWorstMolecules() {
        ShieldingAnalysis whole = analyse(wp04.stream());
        ScalingFit fit = whole.ranked(Nucleus.H1).get(0);
        Set<String> worst = whole.points(fit).stream()
                .sorted(Comparator.comparingDouble(point -> -Math.abs(point.residual())))
                .map(point -> point.point().moleculeId())
                .distinct()
                .limit(3)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        ShieldingAnalysis analysis = analyse(Stream.concat(
                wp04.stream(),
                wp04.stream()
                        .filter(result -> !worst.contains(result.moleculeId()))
                        .map(result -> renamed(result, "LACKING"))));
        MethodComparison comparison = analysis.comparison(Nucleus.H1);
        ScalingFit lacking = fit(comparison, "LACKING");
        assertThat(lacking.accuracy().rmsd()).isLessThan(0.9 * fit.accuracy().rmsd());
        assertThat(comparison.molecules()).hasSize(47).doesNotContainAnyElementsOf(worst);
        assertThat(comparison.ranking()).extracting(RankedMethod::rank).containsExactly(1, 1);
        assertThat(comparison.ranking().get(0).rmsd())
                .isEqualTo(comparison.ranking().get(1).rmsd());
        assertThat(comparison.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.rmsd()).isZero();
            assertThat(difference.molecules()).isEqualTo(47);
            assertThat(difference.isDistinct()).isFalse();
            assertThat(difference.inversion()).isEqualTo(0.5);
        });
    }

    private static ShieldingResult renamed(ShieldingResult result, String functional) {
        return new ShieldingResult(
                result.moleculeId(),
                functional,
                result.solvent(),
                result.fingerprint(),
                result.shieldings(),
                result.recoveredBy());
    }

    @Test
    void aMethodThatHasHardlyBegunSpoilsNoRanking() {
        ShieldingAnalysis analysis = analyse(Stream.of(
                        wp04.stream(),
                        b3lyp.stream(),
                        wp04.stream().limit(7).map(result -> renamed(result, "BEGUN")),
                        wp04.stream().limit(12).map(result -> renamed(result, "FURTHER")))
                .flatMap(results -> results));
        MethodComparison comparison = analysis.comparison(Nucleus.C13);
        assertThat(comparison.molecules()).hasSize(12);
        assertThat(comparison.ranking())
                .extracting(method -> method.fit().key().method())
                .containsExactlyInAnyOrder("WP04", "B3LYP", "FURTHER");
        assertThat(comparison.unranked()).extracting(fit -> fit.key().method()).containsExactly("BEGUN");
        assertThat(analysis.ranked(Nucleus.C13)).hasSize(4).last().isEqualTo(fit(comparison, "BEGUN"));
        assertThat(comparison
                        .difference(fit(comparison, "WP04"), fit(comparison, "B3LYP"))
                        .orElseThrow()
                        .molecules())
                .as("a pair has all molecules that both have")
                .isEqualTo(50);
        assertThat(comparison.difference(fit(comparison, "WP04"), fit(comparison, "BEGUN")))
                .isEmpty();
        assertThat(comparison.intervals(fit(comparison, "BEGUN"))).isEmpty();
    }

    @Test
    void theMethodWithMostMoleculesBeginsWhereverItStands() {
        MethodComparison comparison = analyse(Stream.of(
                                wp04.stream().limit(7).map(result -> renamed(result, "BEGUN")),
                                wp04.stream().limit(12).map(result -> renamed(result, "FURTHER")),
                                b3lyp.stream(),
                                wp04.stream())
                        .flatMap(results -> results))
                .comparison(Nucleus.C13);

        assertThat(comparison.molecules()).hasSize(12);
        assertThat(comparison.unranked()).extracting(fit -> fit.key().method()).containsExactly("BEGUN");
    }

    /** Of nine molecules the half is five. */
    @ParameterizedTest
    @CsvSource({"5, true", "4, false"})
    void ofFewMoleculesAMethodNeedsHalfToBeRanked(int molecules, boolean ranked) {
        MethodComparison comparison = analyse(Stream.concat(
                        wp04.stream().limit(9), wp04.stream().limit(molecules).map(result -> renamed(result, "BEGUN"))))
                .comparison(Nucleus.C13);

        assertThat(comparison.ranking()).hasSize(ranked ? 2 : 1);
        assertThat(comparison.molecules()).hasSize(ranked ? 5 : 9);
    }

    @Test
    void tenMoleculesAreEnoughForAnInterval() {
        MethodComparison comparison = analyse(Stream.of(wp04, b3lyp)
                        .flatMap(results -> results.stream().limit(10)))
                .comparison(Nucleus.C13);

        assertThat(comparison.molecules()).hasSize(10);
        assertThat(comparison.differences()).hasSize(1);
        assertThat(comparison.ranking()).hasSize(2).allSatisfy(method -> {
            assertThat(method.rmsdInterval()).isPresent();
            assertThat(comparison.intervals(method.fit())).isPresent();
        });
    }

    @Test
    void withFewMoleculesNothingIsTold() throws IOException {
        ShieldingAnalysis few = analyse(
                Stream.of(wp04, b3lyp).flatMap(results -> results.stream().limit(9)));
        MethodComparison comparison = few.comparison(Nucleus.C13);
        assertThat(comparison.molecules()).hasSize(9);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.ranking()).hasSize(2).allSatisfy(method -> {
            assertThat(method.rank()).isEqualTo(1);
            assertThat(method.rmsd()).isPositive();
            assertThat(method.rmsdInterval()).isEmpty();
        });
        StringWriter file = new StringWriter();
        MethodComparisonFile.write(few, file);
        Map<String, Object> nuclei =
                Json.asObject(Json.parseObject(file.toString()).get("nuclei"));
        assertThat(Json.asArray(Json.asObject(nuclei.get("13C")).get("ranking")))
                .extracting(method -> Json.asObject(method).get("like_the_best"))
                .as("the first is the best; of the other nobody knows")
                .containsExactly(true, null);
    }

    @Test
    void theDifferenceTurnsRoundWithTheMethods() {
        MethodComparison comparison = both.comparison(Nucleus.C13);
        ScalingFit one = fit(comparison, "WP04");
        ScalingFit other = fit(comparison, "B3LYP");
        MethodDifference difference = comparison.difference(one, other).orElseThrow();
        MethodDifference turned = comparison.difference(other, one).orElseThrow();
        assertThat(turned).isEqualTo(difference.reversed());
        assertThat(turned.rmsdInterval().low())
                .isEqualTo(-difference.rmsdInterval().high());
        assertThat(turned.first()).isEqualTo(other.key());
    }

    @Test
    void moreMethodsThanCanBeComparedFollowTheBest() {
        DataSet few = DELTA50.select(DELTA50.ids().subList(0, 12));
        List<ShieldingResult> results = new ArrayList<>();
        for (int i = 0; i < MethodComparison.MOST_METHODS + 3; i++) {
            results.addAll(new SyntheticRun(few)
                    .functional("F" + i)
                    .seed(i)
                    .noise(1 + 0.05 * i)
                    .results()
                    .toList());
        }
        MethodComparison comparison =
                ShieldingAnalysis.of(few, results.stream(), DEFAULTS).comparison(Nucleus.C13);
        assertThat(comparison.ranking()).hasSize(MethodComparison.MOST_METHODS);
        assertThat(comparison.unranked())
                .hasSize(3)
                .allSatisfy(fit -> assertThat(comparison.intervals(fit)).isEmpty());
        assertThat(comparison.ranking())
                .extracting(RankedMethod::rank)
                .contains(2)
                .containsExactlyElementsOf(comparison.ranking().stream()
                        .map(method -> 1 + distinctlyBetter(comparison, method))
                        .toList());
        assertThat(comparison.ranking()).isSortedAccordingTo(Comparator.comparingDouble(RankedMethod::rmsd));
    }

    /** How many methods have a difference from this one whose interval is wholly below 0. */
    private static int distinctlyBetter(MethodComparison comparison, RankedMethod method) {
        return (int) comparison.ranking().stream()
                .filter(other -> !other.fit().key().equals(method.fit().key()))
                .filter(other -> comparison
                                .difference(other.fit(), method.fit())
                                .orElseThrow()
                                .rmsdInterval()
                                .high()
                        < 0)
                .count();
    }

    /** Row 11: the molecule that is left out has no say in which points are outliers. */
    @Test
    void outliersAreRemovedInsideEachFold() {
        ShieldingAnalysis analysis = ShieldingAnalysis.of(DELTA50, wp04.stream(), DEFAULTS.removingOutliers());
        ScalingFit fit = analysis.ranked(Nucleus.C13).get(0);
        assertThat(fit.removed()).isNotEmpty();
        List<FittedPoint> all = new ArrayList<>(analysis.points(fit));
        all.addAll(fit.removed());
        double squares = 0;
        for (String left : DELTA50.ids()) {
            ScalingFactor line = ShieldingAnalysis.of(
                            DELTA50,
                            wp04.stream().filter(result -> !result.moleculeId().equals(left)),
                            DEFAULTS.removingOutliers())
                    .methods()
                    .get(0)
                    .fit(Nucleus.C13)
                    .orElseThrow()
                    .factor();
            for (FittedPoint point : all) {
                if (point.point().moleculeId().equals(left)) {
                    squares += Math.pow(
                            line.shift(point.point().shielding())
                                    - point.point().experimental(),
                            2);
                }
            }
        }
        assertThat(fit.accuracy().crossValidatedRmsd()).hasValueCloseTo(Math.sqrt(squares / all.size()), within(1e-9));
        ConfidenceInterval interval = analysis.comparison(Nucleus.C13)
                .intervals(fit)
                .flatMap(FitIntervals::crossValidatedRmsd)
                .orElseThrow();
        assertThat(interval.contains(fit.accuracy().crossValidatedRmsd().orElseThrow()))
                .isTrue();
    }

    private static ScalingFit fit(MethodComparison comparison, String functional) {
        return comparison.fits().stream()
                .filter(fit -> fit.key().method().equals(functional))
                .findFirst()
                .orElseThrow();
    }

    private static double halfWidth(ConfidenceInterval interval) {
        return (interval.high() - interval.low()) / 2;
    }

    private static double squares(List<Double> deviations) {
        return deviations.stream().mapToDouble(value -> value * value).sum();
    }

    private static double rmsd(Map<String, List<Double>> deviations) {
        List<Double> all = deviations.values().stream().flatMap(List::stream).toList();
        return Math.sqrt(squares(all) / all.size());
    }

    private static double mae(Map<String, List<Double>> deviations) {
        return deviations.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Math::abs)
                .average()
                .orElseThrow();
    }
}
