package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.RotationClasses;
import io.github.qmbench.nmr.analysis.PredictionBasis.Others;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How many of the shifts that were left out lie in their intervals, on all runs of {@code docs/results}. */
class PredictionCoverageTest {

    private static final Path RESULTS = Path.of("../docs/results");
    private static final DataSet DELTA50 = DataSet.delta50();

    /** What was predicted without its molecule, and how far off it is. */
    private record LeftOut(
            String method, Nucleus nucleus, String molecule, double deviation, PredictionInterval interval) {}

    @Test
    void theIntervalsCoverWhatTheySayOnEveryRunOfTheWholeSet() throws IOException {
        String guide = Files.readString(Path.of("../docs/analysis.md"));
        List<String> rows = new ArrayList<>();
        for (String run :
                List.of("delta50/progress", "delta50-wp04-6-31gdp-chcl3/progress", "eta/b3lyp-6-31g-vacuum")) {
            for (Nucleus nucleus : List.of(Nucleus.H1, Nucleus.C13)) {
                Map<String, List<LeftOut>> byMethod =
                        leftOut(run, nucleus).stream().collect(Collectors.groupingBy(LeftOut::method));
                byMethod.forEach((method, leftOut) -> {
                    assertThat(molecules(leftOut)).isEqualTo(50);
                    assertThat(covered68(leftOut)).as(method + nucleus).isBetween(0.60, 0.76);
                    assertThat(covered95(leftOut)).as(method + nucleus).isBetween(0.90, 0.99);
                    rows.add(row(method, nucleus.label(), leftOut));
                });
            }
        }
        assertThat(rows).hasSize(8);
        assertThat(guide).contains(rows);
    }

    /** Twelve molecules each: too few to look at one by one, where a single shift is six per cent. */
    @Test
    void theIntervalsOfSmallRunsCoverWhatTheySayTogether() throws IOException {
        List<LeftOut> together = new ArrayList<>();
        for (Nucleus nucleus : List.of(Nucleus.H1, Nucleus.C13)) {
            together.addAll(leftOut("checks/solvent", nucleus));
        }
        assertThat(molecules(together)).isEqualTo(12);
        assertThat(covered68(together)).isBetween(0.60, 0.76);
        assertThat(covered95(together)).isBetween(0.90, 0.99);
        assertThat(Files.readString(Path.of("../docs/analysis.md")))
                .contains(row("WP04/6-31G(d,p)/vacuum and DMSO", "both", together));
    }

    @Test
    void thereIsNoIntervalFromFewerThanTenMolecules() throws IOException {
        List<ShieldingResult> results =
                PackedJournal.results(RESULTS.resolve("delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz"));
        for (int molecules : List.of(9, 10, 11)) {
            List<PredictionBasis> bases = bases(results.subList(0, molecules));
            assertThat(bases).hasSize(2).allSatisfy(basis -> {
                assertThat(basis.interval().isPresent()).isEqualTo(molecules >= 10);
                assertThat(basis.without().values())
                        .hasSize(molecules)
                        .allMatch(others -> others.interval().isPresent() == (molecules == 11));
            });
        }
    }

    @Test
    void theGuideTellsTheErrorsOfTheRecordedMethods() throws IOException {
        List<PredictionInterval> wp04 = intervals("delta50-wp04-6-31gdp-chcl3/progress");
        List<PredictionInterval> b3lyp = intervals("eta/b3lyp-6-31g-vacuum");
        String guide = Files.readString(Path.of("../docs/analysis.md")).replace('\n', ' ');
        assertThat(guide)
                .contains(String.format(
                        Locale.ROOT,
                        "(intervals of %.2f and %.2f ppm instead of %.2f and %.2f)",
                        b3lyp.get(1).error68(),
                        b3lyp.get(1).error95(),
                        wp04.get(1).error68(),
                        wp04.get(1).error95()))
                .contains(String.format(
                        Locale.ROOT,
                        "much worse (%.2f and %.2f instead of %.2f and %.2f)",
                        b3lyp.get(0).error68(),
                        b3lyp.get(0).error95(),
                        wp04.get(0).error68(),
                        wp04.get(0).error95()));
    }

    private static List<PredictionInterval> intervals(String run) throws IOException {
        return bases(PackedJournal.results(RESULTS.resolve(run + ".jsonl.gz"))).stream()
                .map(basis -> basis.interval().orElseThrow())
                .toList();
    }

    /** By the straight way: the others are fitted and predicted each without itself, by the formula of the fits. */
    @Test
    void neitherLineNorWidthHasSeenTheMolecule() throws IOException {
        List<ShieldingResult> results =
                PackedJournal.results(RESULTS.resolve("delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz"));
        Others acetaldehyde = bases(results).get(1).without().get("compound_03");
        List<ShieldingResult> others = results.stream()
                .filter(result -> !result.moleculeId().equals("compound_03"))
                .toList();
        ScalingFit fit = analyse(others).ranked(Nucleus.C13).get(0);
        assertThat(acetaldehyde.slope()).isCloseTo(fit.shiftLine().slope(), within(1e-9));
        assertThat(acetaldehyde.intercept()).isCloseTo(fit.shiftLine().intercept(), within(1e-7));
        PredictionInterval expected = bases(others).get(1).interval().orElseThrow();
        assertThat(acetaldehyde.interval().orElseThrow().error68()).isCloseTo(expected.error68(), within(1e-9));
        assertThat(acetaldehyde.interval().orElseThrow().error95()).isCloseTo(expected.error95(), within(1e-9));
        assertThat(acetaldehyde.interval().orElseThrow().molecules()).isEqualTo(49);

        // and the width is made of deviations of shifts that their own molecule had no part in
        List<Double> deviations = new ArrayList<>();
        for (ShieldingResult result : others) {
            ScalingFit rest = analyse(others.stream()
                            .filter(other -> !other.moleculeId().equals(result.moleculeId()))
                            .toList())
                    .ranked(Nucleus.C13)
                    .get(0);
            signals(result, Nucleus.C13)
                    .forEach(signal -> deviations.add(
                            Math.abs(rest.shieldingLine().shift(signal.shielding()) - signal.experimental())));
        }
        deviations.sort(null);
        double share = 0.68 * (1 + 1.0 / 49);
        int place = (int) (share * (deviations.size() - 1));
        assertThat(expected.error68()).isBetween(deviations.get(place) - 1e-9, deviations.get(place + 1) + 1e-9);
    }

    private static List<LeftOut> leftOut(String run, Nucleus nucleus) throws IOException {
        List<ShieldingResult> results = PackedJournal.results(RESULTS.resolve(run + ".jsonl.gz"));
        ShieldingAnalysis analysis = analyse(results);
        List<LeftOut> leftOut = new ArrayList<>();
        for (MethodAnalysis method : analysis.methods()) {
            PredictionBasis basis = analysis.predictions(method)
                    .get(method.fits().indexOf(method.fit(nucleus).orElseThrow()));
            Map<String, ShieldingResult> byMolecule = results.stream()
                    .filter(result -> result.method().equals(method.method()))
                    .collect(Collectors.toMap(ShieldingResult::moleculeId, result -> result));
            basis.without()
                    .forEach((id, others) -> signals(byMolecule.get(id), nucleus)
                            .forEach(signal -> leftOut.add(new LeftOut(
                                    method.method().toString(),
                                    nucleus,
                                    id,
                                    Math.abs(others.shift(signal.shielding()) - signal.experimental()),
                                    others.interval().orElseThrow()))));
        }
        return leftOut;
    }

    private static List<ShiftPoint> signals(ShieldingResult result, Nucleus nucleus) {
        Molecule molecule = DELTA50.molecule(result.moleculeId()).orElseThrow();
        return new Points(DELTA50, molecule, result).signals(nucleus, RotationClasses.of(molecule));
    }

    private static ShieldingAnalysis analyse(List<ShieldingResult> results) {
        return ShieldingAnalysis.of(DELTA50, results.stream(), AnalysisSettings.defaults());
    }

    private static List<PredictionBasis> bases(List<ShieldingResult> results) {
        ShieldingAnalysis analysis = analyse(results);
        return analysis.predictions(analysis.methods().get(0));
    }

    private static long molecules(List<LeftOut> leftOut) {
        return leftOut.stream().map(LeftOut::molecule).distinct().count();
    }

    private static double covered68(List<LeftOut> leftOut) {
        return share(
                leftOut.stream()
                        .filter(one -> one.deviation() <= one.interval().error68())
                        .count(),
                leftOut);
    }

    private static double covered95(List<LeftOut> leftOut) {
        return share(
                leftOut.stream()
                        .filter(one -> one.deviation() <= one.interval().error95())
                        .count(),
                leftOut);
    }

    private static double share(long part, List<LeftOut> all) {
        return (double) part / all.size();
    }

    private static String row(String run, String nucleus, List<LeftOut> leftOut) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.1f %% | %.1f %% |",
                run,
                nucleus,
                molecules(leftOut),
                leftOut.size(),
                100 * covered68(leftOut),
                100 * covered95(leftOut));
    }
}
