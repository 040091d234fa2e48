package io.github.qmbench.nmr.report;

import static io.github.qmbench.nmr.report.Html.escape;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.TaskRow.State;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fills {@code report.html}: all text and tables, so that the page says everything without its script, and the data from
 * which the script draws.
 */
final class ReportPage {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunOverview run;
    private final ShieldingAnalysis analysis;
    private final List<Comparison> comparisons;

    ReportPage(RunOverview run, ShieldingAnalysis analysis, List<Comparison> comparisons) {
        this.run = run;
        this.analysis = analysis;
        this.comparisons = comparisons;
    }

    /** Returns the values of all places of the page but its style and scripts. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("title", escape(run.title()));
        values.put("state", escape(run.state()));
        values.put("reason", escape(run.reason()));
        values.put("updated_iso", run.updatedAt().toString());
        values.put("updated", TIME.format(run.updatedAt()));
        values.put("progress_words", escape(progressWords()));
        values.put("progress", progress());
        values.put("facts", facts());
        values.put("switch", nucleusSwitch());
        values.put("data_set", escape(analysis.dataSet().name()));
        values.put("averaged", analysis.settings().averageEquivalent() ? "equivalent nuclei averaged" : "atom by atom");
        AccuracyTables accuracy = new AccuracyTables(analysis);
        values.put("rankings", fitted().map(accuracy::ranking).collect(Collectors.joining("\n")));
        values.put("matrices", fitted().map(new ComparisonMatrix(analysis)::of).collect(Collectors.joining()));
        AnalysisDocument document = AnalysisDocument.of(analysis);
        values.put(
                "published",
                document.published(comparisons).stream().map(HtmlForm::of).collect(Collectors.joining()));
        CalculationTables calculations = new CalculationTables(run, analysis.dataSet());
        values.put("calculations", run.tasks().isEmpty() ? "" : "shown");
        values.put("too_many", calculations.tooMany());
        values.put("matrix", calculations.matrix());
        values.put("failures", calculations.failures());
        values.put(
                "notes",
                Stream.concat(document.notes().stream(), Stream.of(document.procedure()))
                        .map(section -> "<div class=\"note\">\n" + HtmlForm.of(section) + "</div>\n")
                        .collect(Collectors.joining()));
        values.put("data", ReportData.json(run, analysis));
        return values;
    }

    private Stream<Nucleus> fitted() {
        return Stream.of(Nucleus.values())
                .filter(nucleus -> !analysis.ranked(nucleus).isEmpty());
    }

    private String progressWords() {
        int failed = run.count(State.FAILED);
        int running = run.count(State.RUNNING);
        return run.completed() + " of " + Phrases.count(run.tasks().size(), "calculation") + " done"
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (running > 0 ? ", " + running + " running" : "");
    }

    private String progress() {
        return run.tasks().isEmpty()
                ? ""
                : segment("done", run.completed())
                        + segment("failed", run.count(State.FAILED))
                        + segment("running", run.count(State.RUNNING));
    }

    private String segment(String state, int count) {
        return String.format(
                Locale.ROOT,
                "<span class=\"%s\" style=\"width:%.3f%%\"></span>",
                state,
                100.0 * count / run.tasks().size());
    }

    /** The few figures that matter most, in one row. */
    private String facts() {
        StringBuilder facts = new StringBuilder();
        if (!run.tasks().isEmpty()) {
            double[] seconds = run.secondsOfCompleted();
            facts.append(fact(
                    "Calculations",
                    run.completed() + "<small> of " + run.tasks().size() + "</small>"));
            facts.append(fact("Failed", failed()));
            facts.append(fact("Median time", seconds.length == 0 ? "–" : Html.duration(seconds[seconds.length / 2])));
            facts.append(fact("Computing time", total(seconds)));
            facts.append(used());
            run.timeLeft()
                    .ifPresent(left -> facts.append(fact("Time left", "≈ " + Html.duration(left.toMillis() / 1000.0))));
        }
        fitted().forEach(nucleus -> {
            ScalingFit best = analysis.ranked(nucleus).get(0);
            facts.append(fact(
                    Html.isotope(nucleus) + " RMSD of the best",
                    Html.number(best.accuracy().rmsd(), Html.decimals(nucleus)) + "<small> ppm, "
                            + escape(best.key().method()) + "/<wbr>"
                            + escape(best.key().basis()) + "</small>"));
        });
        return facts.toString();
    }

    /** What was used of what was reserved; empty when nothing was measured. */
    private String used() {
        UsageTotals usage = new UsageTotals();
        run.tasks().forEach(task -> task.usage().ifPresent(usage::add));
        if (usage.isEmpty()) {
            return "";
        }
        String reserved = usage.reservedMemory() == 0
                ? ""
                : "<small> of " + escape(Phrases.bytes(usage.reservedMemory())) + " reserved</small>";
        return fact("CPU efficiency", usage.efficiency()) + fact("Peak memory", usage.memory() + reserved);
    }

    private static String fact(String name, String value) {
        return "<div><dt>" + name + "</dt><dd>" + value + "</dd></div>\n";
    }

    private String failed() {
        int failed = run.count(State.FAILED);
        long molecules = run.tasks().stream()
                .filter(task -> task.state() == State.FAILED)
                .map(TaskRow::moleculeId)
                .distinct()
                .count();
        return failed + (failed == 0 ? "" : "<small> on " + Phrases.count(molecules, "molecule") + "</small>");
    }

    private static String total(double[] seconds) {
        double sum = 0;
        for (double value : seconds) {
            sum += value;
        }
        return seconds.length == 0 ? "–" : Html.duration(sum);
    }

    private String nucleusSwitch() {
        List<Nucleus> nuclei = fitted().toList();
        return nuclei.size() < 2
                ? ""
                : nuclei.stream()
                        .map(nucleus -> "<button type=\"button\" data-nucleus=\"" + nucleus + "\" aria-pressed=\""
                                + (nucleus == nuclei.get(0)) + "\">" + Html.isotope(nucleus) + "</button>")
                        .collect(Collectors.joining());
    }
}
