package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.analysis.SyntheticRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** A page of made-up numbers, for tests alone. */
final class SamplePage {

    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private static final DataSet DELTA50 = DataSet.delta50();

    private SamplePage() {}

    static ShieldingAnalysis analysis() {
        Stream<ShieldingResult> results = Stream.of(
                        new SyntheticRun(DELTA50).noise(1),
                        new SyntheticRun(DELTA50).noise(1.3).seed(7).solvent("DMSO"),
                        new SyntheticRun(DELTA50)
                                .noise(1.8)
                                .seed(8)
                                .functional("B3LYP")
                                .with("basis", "6-311+G(2d,p)"),
                        new SyntheticRun(DELTA50)
                                .noise(2.1)
                                .seed(9)
                                .functional("B3LYP")
                                .with("basis", "6-311+G(2d,p)")
                                .solvent("DMSO"))
                .flatMap(SyntheticRun::results);
        return ShieldingAnalysis.of(DELTA50, results, AnalysisSettings.defaults());
    }

    static RunOverview run(boolean underWay) {
        Random random = new Random(3);
        List<TaskRow> tasks = new ArrayList<>();
        double[] lanes = {0, 0};
        int number = 0;
        for (Molecule molecule : DELTA50.molecules()) {
            for (String functional : List.of("B3LYP", "WP04")) {
                for (String solvent : List.of("CHCl3", "DMSO")) {
                    int lane = lanes[0] <= lanes[1] ? 0 : 1;
                    double seconds = 0.004
                            * Math.pow(molecule.electrons(), 2.4)
                            * (0.9 + 0.2 * random.nextDouble())
                            * (functional.equals("B3LYP") ? 2 : 1);
                    Instant start = START.plusMillis((long) (lanes[lane] * 1000));
                    Map<String, String> conditions = new LinkedHashMap<>();
                    conditions.put("functional", functional);
                    conditions.put("solvent", solvent);
                    tasks.add(task(molecule.id(), conditions, number++, underWay, start, seconds));
                    lanes[lane] += seconds + 1;
                }
            }
        }
        return new RunOverview(
                "DELTA50: 2 functionals × 2 solvents",
                underWay ? "running" : "complete",
                "",
                START.plusSeconds((long) lanes[0]),
                underWay ? Optional.of(Duration.ofMinutes(100)) : Optional.empty(),
                tasks);
    }

    private static TaskRow task(
            String id, Map<String, String> conditions, int number, boolean underWay, Instant start, double seconds) {
        Calculation calculation = Calculation.of(id, conditions);
        if (underWay && number >= 120) {
            return number < 122 ? TaskRow.running(calculation, start) : TaskRow.waiting(calculation);
        }
        if (number == 53 || number == 54 || number == 77) {
            CalculationOutcome failed = number == 77
                    ? CalculationOutcome.failed("memory").because("not enough memory <for> \"this\" & that")
                    : CalculationOutcome.failed("scf-convergence").because("the SCF did not converge in 30 iterations");
            return task(calculation, start, seconds / 3, failed);
        }
        Map<String, Object> results = new LinkedHashMap<>();
        ShieldingJson.writeRecoveredBy(results, number % 41 == 40 ? List.of("noautoz") : List.of());
        return task(calculation, start, seconds, CalculationOutcome.complete(results));
    }

    private static TaskRow task(Calculation calculation, Instant start, double seconds, CalculationOutcome outcome) {
        Duration duration = Duration.ofMillis(Math.round(seconds * 1000));
        return TaskRow.of(JournalRecord.of(
                calculation,
                Attempt.of(1, "run", start, start.plus(duration), duration),
                outcome,
                Fingerprint.of(Map.of("program", "Test 1.0"))));
    }

    static String html(boolean underWay) {
        ShieldingAnalysis analysis = analysis();
        return ReportWriter.html(run(underWay), analysis, Comparison.of(analysis, PublishedResult.all()));
    }

    /** Writes the page for looking at it: file, and whether the run is under way. */
    public static void main(String[] args) throws java.io.IOException {
        java.nio.file.Files.writeString(java.nio.file.Path.of(args[0]), html(Boolean.parseBoolean(args[1])));
    }
}
