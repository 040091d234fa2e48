package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.SyntheticRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void theProgressHasASegmentForEachState() {
        Map<String, String> page = page(
                "stopping <now>",
                List.of(
                        done("m1", 3),
                        failed("m2", 1000),
                        done("m3", 50),
                        TaskRow.running(calculation("m4"), START),
                        failed("m5", 2000),
                        done("m6", 7),
                        TaskRow.waiting(calculation("m7")),
                        TaskRow.waiting(calculation("m8"))));

        assertThat(page)
                .containsEntry("progress_words", "3 of 8 calculations done, 2 failed, 1 running")
                .containsEntry(
                        "progress",
                        "<span class=\"done\" style=\"width:37.500%\"></span>"
                                + "<span class=\"failed\" style=\"width:25.000%\"></span>"
                                + "<span class=\"running\" style=\"width:12.500%\"></span>")
                .containsEntry("facts", """
                        <div><dt>Calculations</dt><dd>3<small> of 8</small></dd></div>
                        <div><dt>Failed</dt><dd>2<small> on 2 molecules</small></dd></div>
                        <div><dt>Median time</dt><dd>7.0 s</dd></div>
                        <div><dt>Computing time</dt><dd>60 s</dd></div>
                        <div><dt>Time left</dt><dd>≈ 90 min</dd></div>
                        """)
                .containsEntry("reason", "stopping &lt;now&gt;")
                .containsEntry("updated", "2026-03-01 08:00 UTC")
                .containsEntry("updated_iso", "2026-03-01T08:00:00Z")
                .containsEntry("calculations", "shown")
                .containsEntry("switch", "");
    }

    @Test
    void aPageWithoutCalculationsHasNoProgress() {
        assertThat(page("", List.of()))
                .containsEntry("progress_words", "0 of 0 calculations done")
                .containsEntry("progress", "")
                .containsEntry("facts", "")
                .containsEntry("calculations", "");
    }

    @Test
    void withMoreThanEightMethodsIntervalsAreInTheTitlesAlone() {
        assertThat(matrix(8)).containsPattern("≈ [^<]*<small>[^<]* … ");
        assertThat(matrix(9)).doesNotContainPattern("[≈▼▲] [+−0-9][^<]*<small>").contains("; MAE ");
    }

    private static String matrix(int methods) {
        DataSet few = DataSet.delta50().select(DataSet.delta50().ids().subList(0, 14));
        ShieldingAnalysis analysis = ShieldingAnalysis.of(
                few,
                IntStream.range(0, methods)
                        .boxed()
                        .flatMap(number -> new SyntheticRun(few)
                                .functional("F" + number)
                                .noise(1 + 0.02 * number)
                                .seed(number)
                                .results()),
                AnalysisSettings.defaults());
        return new ComparisonMatrix(analysis).of(Nucleus.C13);
    }

    private static Map<String, String> page(String reason, List<TaskRow> rows) {
        return new ReportPage(
                        new RunOverview(
                                "run",
                                "running",
                                reason,
                                START,
                                rows.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMinutes(90)),
                                rows),
                        ShieldingAnalysis.of(DataSet.delta50(), Stream.empty(), AnalysisSettings.defaults()),
                        List.of())
                .values();
    }

    private static TaskRow done(String molecule, int seconds) {
        return row(molecule, seconds, CalculationOutcome.complete(Map.of()));
    }

    private static TaskRow failed(String molecule, int seconds) {
        return row(molecule, seconds, CalculationOutcome.failed("scf").because("no convergence"));
    }

    private static TaskRow row(String molecule, int seconds, CalculationOutcome outcome) {
        return TaskRow.of(JournalRecord.of(
                calculation(molecule),
                Attempt.of(1, "run", START, START.plusSeconds(seconds), Duration.ofSeconds(seconds)),
                outcome,
                Fingerprint.EMPTY));
    }

    private static Calculation calculation(String molecule) {
        return Calculation.of(molecule, Map.of("functional", "WP04"));
    }
}
