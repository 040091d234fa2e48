package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures of {@code docs/reproduction.md} follow from the recorded results. */
class ReproductionTest {

    private static final DataSet DELTA50 = DataSet.delta50();
    private static final Path CHECKS = Path.of("../docs/results/checks");

    private static String guide;
    private static List<ShieldingResult> recorded;
    private static ShieldingAnalysis together;

    @BeforeAll
    static void reads() throws IOException {
        guide = Files.readString(Path.of("../docs/reproduction.md"));
        recorded = PackedJournal.results(Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz"));
        together = RecordedRuns.analysis();
    }

    @Test
    void theRowOfTheTable() {
        ScalingFit fit = fit(recorded);
        assertThat(guide)
                .contains(said("| %.3f | %.3f |", 0.098, fit.accuracy().rmsd()))
                .contains(said("| %.2f | %.2f (H6", 0.37, Math.abs(fit.worst().residual())))
                .contains(said(
                        "%.4f (%.4f to %.4f)",
                        fit.shieldingLine().m(),
                        fit.shieldingLine().ciM().low(),
                        fit.shieldingLine().ciM().high()))
                .contains(said(
                        "%.3f (%.3f to %.3f)",
                        fit.shieldingLine().b(),
                        fit.shieldingLine().ciB().low(),
                        fit.shieldingLine().ciB().high()))
                .contains(said(
                        "%.3f for shifts, divided by *n*; %.3f divided by *n* - 2; %.3f for shieldings",
                        fit.accuracy().rmsd(),
                        fit.accuracy().standardDeviation(),
                        fit.accuracy().rmsd() * Math.abs(fit.shieldingLine().m())));
    }

    @Test
    void theTableOfMethods() {
        assertThat(together.methods()).hasSize(7);
        for (MethodAnalysis method : together.methods()) {
            ScalingFit protons = method.fit(Nucleus.H1).orElseThrow();
            assertThat(protons.support().points()).isEqualTo(114);
            assertThat(guide)
                    .contains(said(
                            "| %s | %s | %.3f | %.3f | %.2f |\n",
                            protons.key().methodName().replace("/CHCl3", ""),
                            BasisSetTrend.published(protons).stream()
                                    .mapToObj(rmsd -> said("%.3f", rmsd))
                                    .findFirst()
                                    .orElse("not available to us"),
                            protons.accuracy().rmsd(),
                            protons.accuracy().crossValidatedRmsd().orElseThrow(),
                            method.fit(Nucleus.C13).orElseThrow().accuracy().rmsd()));
        }
        assertThat(guide.replaceAll("\\s+", " "))
                .contains(
                        "from 6-31G(d,p) is " + difference(Nucleus.H1, "WP04/6-31G(d,p)", "WP04/3-21G") + ".",
                        "worse than 6-31G(d,p), by " + difference(Nucleus.H1, "WP04/6-31G(d,p)", "WP04/def2-SVP") + ",",
                        "better than 6-31G(d,p), by "
                                + difference(Nucleus.H1, "WP04/6-311++G(2d,p)", "WP04/6-31G(d,p)")
                                        .replace(")", ";"),
                        "6-31G(d) and 6-31G(d,p) is " + difference(Nucleus.H1, "WP04/6-31G(d,p)", "WP04/6-31G(d)")
                                + ".",
                        "better than 6-31G(d,p), by "
                                + difference(Nucleus.C13, "WP04/6-311++G(2d,p)", "WP04/6-31G(d,p)") + " and "
                                + difference(Nucleus.C13, "WP04/def2-SVP", "WP04/6-31G(d,p)") + ".");
    }

    @Test
    void whatCanBeToldApart() {
        assertThat(alike(Nucleus.H1))
                .containsExactlyInAnyOrder(
                        Set.of("WP04/6-311++G(2d,p)", "B3LYP/6-311+G(2d,p)"),
                        Set.of("WP04/6-31G(d,p)", "B3LYP/6-311+G(2d,p)"),
                        Set.of("WP04/6-31G(d)", "B3LYP/6-311+G(2d,p)"),
                        Set.of("WP04/cc-pVDZ", "B3LYP/6-311+G(2d,p)"),
                        Set.of("WP04/6-31G(d)", "WP04/6-31G(d,p)"),
                        Set.of("WP04/cc-pVDZ", "WP04/6-31G(d,p)"),
                        Set.of("WP04/cc-pVDZ", "WP04/6-31G(d)"),
                        Set.of("WP04/def2-SVP", "WP04/6-31G(d)"));
        assertThat(alike(Nucleus.C13))
                .noneMatch(pair -> pair.contains("B3LYP/6-311+G(2d,p)"))
                .filteredOn(pair -> pair.contains("WP04/def2-SVP") || pair.contains("WP04/6-311++G(2d,p)"))
                .containsExactly(Set.of("WP04/def2-SVP", "WP04/6-311++G(2d,p)"));
    }

    /** The pairs of methods of which neither is shown to be better. */
    private static List<Set<String>> alike(Nucleus nucleus) {
        return together.comparison(nucleus).differences().stream()
                .filter(pair -> !pair.isDistinct())
                .map(pair -> Set.of(
                        pair.first().methodName().replace("/CHCl3", ""),
                        pair.second().methodName().replace("/CHCl3", "")))
                .toList();
    }

    @Test
    void thePictureShowsTheTable() throws IOException {
        assertThat(BasisSetTrend.PICTURE).hasContent(BasisSetTrend.svg(together));
    }

    /** By how much the RMSD of the second method is larger, as the guide says it. */
    private static String difference(Nucleus nucleus, String first, String second) {
        MethodDifference difference = together.comparison(nucleus).differences().stream()
                .filter(pair -> pair.first().methodName().equals(first + "/CHCl3")
                        && pair.second().methodName().equals(second + "/CHCl3"))
                .findFirst()
                .orElseThrow();
        String form = nucleus == Nucleus.H1 ? "%.3f (%.3f to %.3f)" : "%.2f ppm (%.2f to %.2f)";
        return said(
                form,
                -difference.rmsd(),
                -difference.rmsdInterval().high(),
                -difference.rmsdInterval().low());
    }

    @Test
    void theSolventsEffect() throws IOException {
        List<ShieldingResult> others = PackedJournal.results(CHECKS.resolve("solvent.jsonl.gz"));
        List<ShieldingResult> vacuum = in("vacuum", others);
        List<ShieldingResult> chloroform = only(vacuum, recorded);
        double rmsdInVacuum = fit(vacuum).accuracy().rmsd();
        double rmsd = fit(chloroform).accuracy().rmsd();
        assertThat(guide)
                .contains(said(
                        "RMSD %.3f in vacuum, %.3f in chloroform, %.3f in DMSO",
                        rmsdInVacuum, rmsd, fit(in("DMSO", others)).accuracy().rmsd()))
                .contains(said(
                        "move by %.2f ppm on average, and the RMSD by %.3f.",
                        changes(Element.H, chloroform, vacuum).getAverage(), rmsdInVacuum - rmsd));
        assertThat(fit(chloroform).support().points()).isEqualTo(16);
        List<ShieldingResult> both = new ArrayList<>(chloroform);
        both.addAll(vacuum);
        MethodDifference difference = ShieldingAnalysis.of(DELTA50, both.stream(), AnalysisSettings.defaults())
                .comparison(Nucleus.H1)
                .differences()
                .get(0);
        assertThat(difference.first().solvent()).isEqualTo("CHCl3");
        assertThat(guide.replaceAll("\\s+", " "))
                .contains(said(
                        "cross-validated RMSD is %.3f, with a 95 %% interval from %.3f to %.3f.",
                        -difference.rmsd(),
                        -difference.rmsdInterval().high(),
                        -difference.rmsdInterval().low()));
    }

    @Test
    void theEffectsOfGridAndGeometry() throws IOException {
        List<ShieldingResult> grid = PackedJournal.results(CHECKS.resolve("grid.jsonl.gz"));
        DoubleSummaryStatistics protons = changes(Element.H, only(grid, recorded), grid);
        DoubleSummaryStatistics carbons = changes(Element.C, only(grid, recorded), grid);
        assertThat(guide)
                .contains(said("at most %.4f ppm for <sup>1</sup>H, %.4f for", largest(protons), largest(carbons)));
        List<ShieldingResult> geometry = PackedJournal.results(CHECKS.resolve("geometry.jsonl.gz"));
        DoubleSummaryStatistics moved = changes(Element.H, only(geometry, recorded), geometry);
        assertThat(guide)
                .contains(said(
                        "move by %.3f ppm on average, %.3f at most", Math.abs(moved.getAverage()), largest(moved)));
    }

    @Test
    void thePublishedLineOnOurShieldings() throws IOException {
        List<ShieldingResult> four = PackedJournal.results(CHECKS.resolve("large-basis.jsonl.gz"));
        List<ShieldingResult> all = PackedJournal.results(Path.of("../docs/results/delta50/progress.jsonl.gz")).stream()
                .filter(result -> result.functional().equals("WP04"))
                .toList();
        for (List<ShieldingResult> results :
                List.of(all, four, PackedJournal.results(CHECKS.resolve("large-basis-geometry.jsonl.gz")))) {
            ScalingFactor line = ScalingFactors.published()
                    .find(results.get(0).method().key(Nucleus.H1))
                    .orElseThrow();
            DoubleSummaryStatistics deviations = results.stream()
                    .flatMap(result -> new Points(
                                    DELTA50,
                                    DELTA50.molecule(result.moleculeId()).orElseThrow(),
                                    result)
                            .averaged(Nucleus.H1).stream())
                    .mapToDouble(point -> line.shift(point.shielding()) - point.experimental())
                    .summaryStatistics();
            assertThat(guide)
                    .contains(said(
                            "| %d | %.3f | %.3f | %.3f |",
                            deviations.getCount(), deviations.getAverage(), deviations.getMin(), deviations.getMax()));
        }
    }

    @Test
    void ourLineBesideThatOfTable7() {
        ScalingFit ours = together.ranked(Nucleus.H1).get(0);
        assertThat(ours.key()).hasToString("WP04/6-311++G(2d,p)/1H/CHCl3");
        FitIntervals intervals = together.comparison(Nucleus.H1).intervals(ours).orElseThrow();
        ConfidenceInterval m = intervals.m().orElseThrow();
        ConfidenceInterval b = intervals.b().orElseThrow();
        assertThat(m.low()).isLessThan(-1.0311);
        assertThat(m.high()).isGreaterThan(-1.0311);
        assertThat(b.high()).isLessThan(32.2654);
        assertThat(guide.replaceAll("\\s+", " "))
                .contains(said(
                        "*m* = %.4f (%.4f to %.4f) and *b* = %.3f (%.3f to %.3f)",
                        ours.shieldingLine().m(),
                        m.low(),
                        m.high(),
                        ours.shieldingLine().b(),
                        b.low(),
                        b.high()));
    }

    private static ScalingFit fit(List<ShieldingResult> results) {
        return ShieldingAnalysis.of(DELTA50, results.stream(), AnalysisSettings.defaults())
                .ranked(Nucleus.H1)
                .get(0);
    }

    private static List<ShieldingResult> in(String solvent, List<ShieldingResult> results) {
        return results.stream()
                .filter(result -> result.solvent().equals(solvent))
                .toList();
    }

    /** Those results of the second list whose molecules are in the first, in the order of the first. */
    private static List<ShieldingResult> only(List<ShieldingResult> molecules, List<ShieldingResult> results) {
        return molecules.stream()
                .flatMap(wanted ->
                        results.stream().filter(result -> result.moleculeId().equals(wanted.moleculeId())))
                .toList();
    }

    private static DoubleSummaryStatistics changes(
            Element element, List<ShieldingResult> from, List<ShieldingResult> to) {
        List<Double> changes = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            for (int atom = 0; atom < from.get(i).shieldings().size(); atom++) {
                Shielding before = from.get(i).shieldings().get(atom);
                if (before.element() == element) {
                    changes.add(to.get(i).shieldings().get(atom).ppm() - before.ppm());
                }
            }
        }
        return changes.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    }

    private static double largest(DoubleSummaryStatistics changes) {
        return Stream.of(changes.getMin(), changes.getMax())
                .mapToDouble(Math::abs)
                .max()
                .orElseThrow();
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
