package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.analysis.FitRefusal.Kind;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShieldingAnalysisTest {

    private static final DataSet DELTA50 = DataSet.delta50();
    private static final AnalysisSettings DEFAULTS = AnalysisSettings.defaults();

    private final SyntheticRun run = new SyntheticRun(DELTA50);

    @Test
    void fitsOnePointForEachSetOfEquivalentNuclei() {
        ShieldingAnalysis analysis = analyse(run.results());
        assertThat(analysis.ranked(Nucleus.H1)).singleElement().satisfies(fit -> {
            assertThat(analysis.points(fit)).hasSize(114);
            assertThat(fit.support().points()).isEqualTo(114);
            assertThat(fit.support().molecules()).isEqualTo(50 - moleculesWithoutProtons());
            assertThat(fit.key()).hasToString("WP04/6-31G(d,p)/1H/CHCl3");
        });
        assertThat(analysis.ranked(Nucleus.C13).get(0).support().points()).isEqualTo(143);
    }

    @Test
    void fitsEachAtomWhenAsked() {
        ShieldingAnalysis analysis = ShieldingAnalysis.of(DELTA50, run.results(), DEFAULTS.perAtom());
        assertThat(analysis.ranked(Nucleus.H1).get(0).support().points()).isEqualTo(342);
        assertThat(analysis.ranked(Nucleus.C13).get(0).support().points()).isEqualTo(221);
    }

    @Test
    void averagesTheShieldingsOfEquivalentNuclei() {
        List<ShieldingResult> results = run.results().toList();
        FittedPoint methyl = points(analyse(results.stream()), Nucleus.H1).stream()
                .filter(point -> point.point().moleculeId().equals("compound_05"))
                .findFirst()
                .orElseThrow();
        double mean = results.get(4).shieldings().stream()
                .filter(shielding -> methyl.point().atoms().contains(shielding.atomNumber()))
                .mapToDouble(Shielding::ppm)
                .average()
                .orElseThrow();
        assertThat(methyl.point().atoms()).hasSize(3);
        assertThat(methyl.point().shielding()).isCloseTo(mean, within(1e-12));
    }

    @Test
    void findsTheLineThatThePointsLieOn() {
        ScalingFit fit = analyse(run.noise(0).results()).ranked(Nucleus.C13).get(0);
        assertThat(fit.shieldingLine().m()).isCloseTo(SyntheticRun.CARBON_M, within(1e-9));
        assertThat(fit.shieldingLine().b()).isCloseTo(SyntheticRun.CARBON_B, within(1e-9));
        assertThat(fit.shiftLine().slope()).isCloseTo(1 / SyntheticRun.CARBON_M, within(1e-9));
        assertThat(fit.accuracy().rmsd()).isCloseTo(0, within(1e-9));
        assertThat(fit.accuracy().rSquared()).isCloseTo(1, within(1e-12));
    }

    @Property(tries = 20)
    void allFiguresFollowFromTheResiduals(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
        ShieldingAnalysis analysis = analyse(run.seed(seed).results());
        ScalingFit fit = analysis.ranked(Nucleus.H1).get(0);
        double[] residuals = analysis.points(fit).stream()
                .mapToDouble(point ->
                        (point.point().shielding() - fit.shieldingLine().b())
                                        / fit.shieldingLine().m()
                                - point.point().experimental())
                .toArray();
        double squares = 0;
        double absolutes = 0;
        double largest = 0;
        for (double residual : residuals) {
            squares += residual * residual;
            absolutes += Math.abs(residual);
            largest = Math.max(largest, Math.abs(residual));
        }
        int n = residuals.length;
        assertThat(fit.accuracy().rmsd()).isCloseTo(Math.sqrt(squares / n), within(1e-9));
        assertThat(fit.accuracy().mae()).isCloseTo(absolutes / n, within(1e-9));
        assertThat(fit.accuracy().standardDeviation()).isCloseTo(Math.sqrt(squares / (n - 2)), within(1e-9));
        assertThat(Math.abs(fit.worst().residual())).isCloseTo(largest, within(1e-9));
        assertThat(fit.accuracy().crossValidatedRmsd().orElseThrow())
                .isGreaterThan(fit.accuracy().rmsd());
        double[] shieldings = analysis.points(fit).stream()
                .mapToDouble(point -> point.point().shielding())
                .sorted()
                .toArray();
        assertThat(fit.support().points()).isEqualTo(n);
        assertThat(fit.support().lowestShielding()).isEqualTo(shieldings[0]);
        assertThat(fit.support().highestShielding()).isEqualTo(shieldings[n - 1]);
    }

    @Test
    void crossValidationPredictsEachMoleculeFromTheOthers() {
        List<ShieldingResult> results = run.results().toList();
        double squares = 0;
        int count = 0;
        for (String left : DELTA50.ids()) {
            ScalingFactor factor = analyse(results.stream()
                            .filter(result -> !result.moleculeId().equals(left)))
                    .ranked(Nucleus.C13)
                    .get(0)
                    .factor();
            for (FittedPoint point : points(analyse(results.stream()), Nucleus.C13)) {
                if (point.point().moleculeId().equals(left)) {
                    squares += Math.pow(
                            factor.shift(point.point().shielding())
                                    - point.point().experimental(),
                            2);
                    count++;
                }
            }
        }
        assertThat(analyse(results.stream())
                        .ranked(Nucleus.C13)
                        .get(0)
                        .accuracy()
                        .crossValidatedRmsd())
                .hasValueCloseTo(Math.sqrt(squares / count), within(1e-9));
    }

    @Test
    void marksOutliersAndRemovesThemOnlyWhenAsked() {
        List<ShieldingResult> results =
                run.results().map(result -> moved(result, "compound_39", 1, 60)).toList();
        ScalingFit marked = analyse(results.stream()).ranked(Nucleus.C13).get(0);
        ScalingFit removed = ShieldingAnalysis.of(
                        DELTA50, results.stream(), DEFAULTS.removingOutliers().perAtom())
                .ranked(Nucleus.C13)
                .get(0);
        assertThat(marked.support().points()).isEqualTo(143);
        assertThat(marked.removed()).isEmpty();
        assertThat(places(marked.outliers()))
                .isNotEmpty()
                .isEqualTo(beyondThree(points(analyse(results.stream()), Nucleus.C13)));
        ShieldingAnalysis perAtom = ShieldingAnalysis.of(DELTA50, results.stream(), DEFAULTS.perAtom());
        assertThat(places(removed.removed()))
                .contains("compound_39 [1]")
                .isEqualTo(beyondThree(points(perAtom, Nucleus.C13)));
        assertThat(removed.support().points()).isEqualTo(221 - removed.removed().size());
        assertThat(removed.accuracy().rmsd())
                .isLessThan(perAtom.ranked(Nucleus.C13).get(0).accuracy().rmsd());
    }

    /** The points whose residual is more than 3 times its own standard error, by the formula of Cook and Weisberg. */
    private static List<String> beyondThree(List<FittedPoint> points) {
        double n = points.size();
        double mean = points.stream()
                .mapToDouble(point -> point.point().experimental())
                .average()
                .orElseThrow();
        double spread = points.stream()
                .mapToDouble(point -> Math.pow(point.point().experimental() - mean, 2))
                .sum();
        double squares = points.stream()
                .mapToDouble(point -> Math.pow(point.predicted() - point.point().experimental(), 2))
                .sum();
        return places(points.stream()
                .filter(point -> {
                    double leverage = 1 / n + Math.pow(point.point().experimental() - mean, 2) / spread;
                    double error = Math.sqrt(squares / (n - 2) * (1 - leverage));
                    return Math.abs(point.predicted() - point.point().experimental()) > 3 * error;
                })
                .toList());
    }

    private static List<String> places(List<FittedPoint> points) {
        return points.stream()
                .map(point -> point.point().moleculeId() + " " + point.point().atoms())
                .sorted()
                .toList();
    }

    @Test
    void listsMissingAndRecoveredMolecules() {
        Stream<ShieldingResult> results = run.results()
                .filter(result -> !result.moleculeId().equals("compound_02"))
                .map(result -> result.moleculeId().equals("compound_14")
                        ? new ShieldingResult(
                                result.moleculeId(),
                                result.functional(),
                                result.solvent(),
                                result.fingerprint(),
                                result.shieldings(),
                                List.of("noautoz"))
                        : result);
        List<ShieldingResult> list = results.toList();
        Coverage coverage = analyse(list.stream()).methods().get(0).coverage();
        assertThat(coverage.missing()).containsExactly("compound_02");
        assertThat(coverage.recovered()).containsExactly(Map.entry("compound_14", List.of("noautoz")));
        assertThat(coverage.used()).hasSize(49).contains("compound_14");
        MethodAnalysis without = ShieldingAnalysis.of(DELTA50, list.stream(), DEFAULTS.excludingRecovered())
                .methods()
                .get(0);
        assertThat(without.coverage().used()).hasSize(48).doesNotContain("compound_14");
        assertThat(without.coverage().recovered()).containsKey("compound_14");
    }

    @Test
    void neverFitsResultsOfTwoProgramVersionsTogether() {
        List<ShieldingResult> results = new ArrayList<>(run.results()
                .filter(result -> !result.moleculeId().equals("compound_03"))
                .toList());
        results.addAll(new SyntheticRun(DELTA50.select(List.of("compound_03")))
                .with("program", "Test 2.0")
                .results()
                .toList());
        MethodAnalysis mixed = analyse(results.stream()).methods().get(0);
        assertThat(mixed.fits()).isEmpty();
        assertThat(mixed.refusals()).hasSize(2).allSatisfy(refusal -> {
            assertThat(refusal.kind()).isEqualTo(Kind.MIXED_SETTINGS);
            assertThat(refusal.reason())
                    .contains("program is Test 1.0 for 49 molecules (compound_01, ...) but Test 2.0 for compound_03");
        });
        MethodAnalysis chosen = ShieldingAnalysis.of(DELTA50, results.stream(), DEFAULTS.only("program", "Test 1.0"))
                .methods()
                .get(0);
        assertThat(chosen.fits()).hasSize(2);
        assertThat(chosen.coverage().used()).hasSize(49);
        assertThat(chosen.coverage().missing()).containsExactly("compound_03");
        assertThat(chosen.conditions()).containsEntry("program", "Test 1.0").doesNotContainKey("geometry");
    }

    @Test
    void keepsBasisSetsFunctionalsAndSolventsApart() {
        Stream<ShieldingResult> results = Stream.of(
                        new SyntheticRun(DELTA50),
                        new SyntheticRun(DELTA50).with("basis", "6-311++G(2d,p)"),
                        new SyntheticRun(DELTA50).functional("B3LYP"),
                        new SyntheticRun(DELTA50).solvent("DMSO"))
                .flatMap(SyntheticRun::results);
        assertThat(analyse(results).methods())
                .extracting(method -> method.method().toString())
                .containsExactly(
                        "WP04/6-31G(d,p)/CHCl3",
                        "WP04/6-311++G(2d,p)/CHCl3",
                        "B3LYP/6-31G(d,p)/CHCl3",
                        "WP04/6-31G(d,p)/DMSO");
    }

    @Test
    void refusesOneFitAloneWhenThereAreTooFewPoints() {
        DataSet two = DELTA50.select(List.of("compound_05", "compound_04")); // 2 proton shifts, 3 carbon shifts
        MethodAnalysis method = ShieldingAnalysis.of(two, run.noise(0.1).results(), DEFAULTS)
                .methods()
                .get(0);
        assertThat(method.fit(Nucleus.C13)).isPresent();
        assertThat(method.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.kind()).isEqualTo(Kind.TOO_FEW_POINTS);
            assertThat(refusal.reason()).isEqualTo("a line needs at least 3 points and there are 2");
        });
    }

    @Test
    void refusesAFitWhoseShieldingsDoNotFollowTheShifts() {
        Stream<ShieldingResult> results = run.results()
                .map(result -> new ShieldingResult(
                        result.moleculeId(),
                        result.functional(),
                        result.solvent(),
                        result.fingerprint(),
                        result.shieldings().stream()
                                .map(shielding -> new Shielding(shielding.atomNumber(), shielding.element(), 30))
                                .toList(),
                        List.of()));
        assertThat(analyse(results).methods().get(0).refusals())
                .extracting(FitRefusal::kind)
                .containsExactly(Kind.NO_SLOPE, Kind.NO_SLOPE);
    }

    @Test
    void refusesTwoResultsForOneMoleculeAndMethod() {
        Stream<ShieldingResult> twice = Stream.concat(run.results(), run.results());
        assertThatThrownBy(() -> analyse(twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two results of compound_01 with WP04/6-31G(d,p)/CHCl3; pass only the one that counts");
    }

    @Test
    void leavesOutResultsThatDoNotBelongToTheMolecule() {
        List<ShieldingResult> results = run.results()
                .map(result -> result.moleculeId().equals("compound_01")
                        ? new ShieldingResult(
                                "compound_01",
                                result.functional(),
                                result.solvent(),
                                result.fingerprint(),
                                result.shieldings().subList(0, 6),
                                List.of())
                        : result)
                .toList();
        Coverage coverage = analyse(results.stream()).methods().get(0).coverage();
        assertThat(coverage.unusable())
                .containsExactly(Map.entry("compound_01", "the molecule has 7 atoms and the result 6 shieldings"));
        assertThat(coverage.used()).hasSize(49);
    }

    @Test
    void namesMoleculesThatTheDataSetDoesNotHave() {
        ShieldingAnalysis analysis =
                ShieldingAnalysis.of(DELTA50.select(List.of("compound_01")), run.results(), DEFAULTS);
        assertThat(analysis.unknownMolecules()).hasSize(49).contains("compound_02");
    }

    @Test
    void readsResultsAsTheJournalHoldsThem() {
        ShieldingResult result = ShieldingResult.of(
                "m",
                "WP04",
                "CHCl3",
                Map.of(),
                Map.of(
                        "shielding_data",
                        List.of(Map.of("index", 1L, "atom", "H", "shielding", 31)),
                        "recovered_by",
                        List.of("noautoz")));
        assertThat(result.shieldings().get(0).ppm()).isEqualTo(31);
        assertThat(result.recoveredBy()).containsExactly("noautoz");
        assertThatThrownBy(() -> ShieldingResult.of("m", "WP04", "CHCl3", Map.of(), Map.of()))
                .hasMessage("the results of m need a list shielding_data but have null");
        Map<String, Object> broken = new HashMap<>(Map.of("index", 1L, "atom", "H"));
        assertThatThrownBy(() ->
                        ShieldingResult.of("m", "WP04", "CHCl3", Map.of(), Map.of("shielding_data", List.of(broken))))
                .hasMessageContaining("need index, atom and shielding");
    }

    /** How long this takes is measured by {@code CompareBench}. */
    @Test
    void fiftyMoleculesByTwentyFourMethodsAreFittedAndCompared() throws IOException {
        ShieldingAnalysis analysis = analyse(IntStream.range(0, 24)
                .mapToObj(number ->
                        new SyntheticRun(DELTA50).functional("F" + number).seed(number))
                .flatMap(SyntheticRun::results));
        assertThat(analysis.fits()).hasSize(48);
        assertThat(analysis.comparison(Nucleus.H1).differences()).hasSize(24 * 23 / 2);
        assertThat(Written.factors(analysis)).contains("F23/");
        assertThat(analysis.methods())
                .allSatisfy(method -> assertThat(analysis.points(method))
                        .extracting(List::size)
                        .containsExactly(114, 143));
    }

    private static ShieldingAnalysis analyse(Stream<ShieldingResult> results) {
        return ShieldingAnalysis.of(DELTA50, results, DEFAULTS);
    }

    private static List<FittedPoint> points(ShieldingAnalysis analysis, Nucleus nucleus) {
        return analysis.points(analysis.ranked(nucleus).get(0));
    }

    private static long moleculesWithoutProtons() {
        return DELTA50.ids().stream()
                .filter(id -> DELTA50.shifts(id).stream().noneMatch(shift -> shift.nucleus() == Nucleus.H1))
                .count();
    }

    private static ShieldingResult moved(ShieldingResult result, String moleculeId, int atom, double by) {
        if (!result.moleculeId().equals(moleculeId)) {
            return result;
        }
        return new ShieldingResult(
                result.moleculeId(),
                result.functional(),
                result.solvent(),
                result.fingerprint(),
                result.shieldings().stream()
                        .map(shielding -> shielding.atomNumber() == atom
                                ? new Shielding(atom, shielding.element(), shielding.ppm() + by)
                                : shielding)
                        .toList(),
                result.recoveredBy());
    }
}
