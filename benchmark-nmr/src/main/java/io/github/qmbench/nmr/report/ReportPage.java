package io.github.qmbench.nmr.report;

import static io.github.qmbench.nmr.report.Html.escape;
import static io.github.qmbench.nmr.report.Html.number;
import static io.github.qmbench.nmr.report.Html.signed;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AssignmentWarning;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.ConfidenceInterval;
import io.github.qmbench.nmr.analysis.FitRefusal;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.MethodAnalysis;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShiftPoint;
import io.github.qmbench.nmr.report.TaskPicture.State;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the page together: all text and tables, so that it says everything without its script, and the places where the
 * script draws. One use.
 */
final class ReportPage {

    /** With more calculations than this the page says so instead of drawing each. */
    static final int DRAWN = 20_000;

    /** A longer ranking scrolls in itself, so that the plots below stay in view. */
    private static final int MANY_METHODS = 10;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunPicture run;
    private final ShieldingAnalysis analysis;
    private final List<Comparison> comparisons;
    private final StringBuilder page = new StringBuilder(1 << 20);

    ReportPage(RunPicture run, ShieldingAnalysis analysis, List<Comparison> comparisons) {
        this.run = run;
        this.analysis = analysis;
        this.comparisons = comparisons;
    }

    String html(String style, String charts, String script) {
        boolean fitted = !analysis.fits().isEmpty();
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline';"
                + " style-src 'unsafe-inline'; img-src data:\">");
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<meta name=\"color-scheme\" content=\"light dark\">");
        line("<title>" + escape(run.title()) + "</title>");
        line("<link rel=\"icon\" href=\"data:,\">");
        line("<style>\n" + style + "</style>");
        line("</head>");
        line("<body>");
        header(fitted);
        line("<main>");
        if (fitted) {
            accuracy();
            shifts();
        }
        if (!run.tasks().isEmpty()) {
            calculations();
        }
        notes();
        line("</main>");
        footer();
        line("<script type=\"application/json\" id=\"data\">" + ReportData.json(run, analysis) + "</script>");
        line("<script>\n" + charts + "\n</script>");
        line("<script>\n" + script + "</script>");
        line("</body>");
        line("</html>");
        return page.toString();
    }

    private void header(boolean fitted) {
        line("<header class=\"top\">");
        line("<div class=\"masthead\">");
        line("<h1>" + escape(run.title()) + "</h1>");
        line("<p class=\"stand\"><span class=\"pill " + escape(run.state()) + "\">" + escape(run.state()) + "</span> "
                + (run.reason().isEmpty() ? "" : escape(run.reason()) + " · ")
                + "<time datetime=\"" + run.updatedAt() + "\">" + TIME.format(run.updatedAt()) + "</time></p>");
        line("</div>");
        if (!run.tasks().isEmpty()) {
            progress();
        }
        headline();
        line("<nav aria-label=\"Sections\">"
                + (fitted ? "<a href=\"#accuracy\">Accuracy</a><a href=\"#shifts\">Shifts</a>" : "")
                + (run.tasks().isEmpty() ? "" : "<a href=\"#calculations\">Calculations</a>")
                + "<a href=\"#notes\">Notes</a></nav>");
        line("</header>");
    }

    private void progress() {
        int total = run.tasks().size();
        int failed = run.count(State.FAILED);
        int running = run.count(State.RUNNING);
        String words = run.completed() + " of " + total + " calculations done"
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (running > 0 ? ", " + running + " running" : "");
        line("<div class=\"progress\" role=\"img\" aria-label=\"" + escape(words) + "\">"
                + segment("done", run.completed(), total) + segment("failed", failed, total)
                + segment("running", running, total) + "</div>");
    }

    private static String segment(String state, int count, int total) {
        return count == 0
                ? ""
                : "<span class=\"" + state + "\" style=\"width:"
                        + String.format(Locale.ROOT, "%.3f", 100.0 * count / total) + "%\"></span>";
    }

    /** The few figures that matter most, in one row. */
    private void headline() {
        line("<dl class=\"facts\">");
        if (!run.tasks().isEmpty()) {
            int total = run.tasks().size();
            fact("Calculations", run.completed() + "<small> of " + total + "</small>");
            fact("Failed", failedWords());
            fact("Median time", median());
            fact("Computing time", total(seconds()));
            run.timeLeft().ifPresent(left -> fact("Time left", "≈ " + Html.duration(left.toSeconds())));
        }
        for (Nucleus nucleus : Nucleus.values()) {
            analysis.ranked(nucleus).stream()
                    .findFirst()
                    .ifPresent(best -> fact(
                            "Best " + isotope(nucleus) + " RMSD",
                            number(best.accuracy().rmsd(), decimals(nucleus)) + "<small> ppm, "
                                    + escape(best.key().method()) + "/"
                                    + escape(best.key().basis()) + "</small>"));
        }
        line("</dl>");
    }

    private void fact(String name, String value) {
        line("<div><dt>" + name + "</dt><dd>" + value + "</dd></div>");
    }

    private String failedWords() {
        int failed = run.count(State.FAILED);
        long molecules = run.tasks().stream()
                .filter(task -> task.state() == State.FAILED)
                .map(TaskPicture::moleculeId)
                .distinct()
                .count();
        return failed + (failed == 0 ? "" : "<small> on " + counted(molecules, "molecule") + "</small>");
    }

    private double[] seconds() {
        return run.tasks().stream()
                .filter(task -> task.state().isComplete() && task.seconds().isPresent())
                .mapToDouble(task -> task.seconds().getAsDouble())
                .sorted()
                .toArray();
    }

    private String median() {
        double[] seconds = seconds();
        return seconds.length == 0 ? "–" : Html.duration(seconds[seconds.length / 2]);
    }

    private static String total(double[] seconds) {
        double sum = 0;
        for (double value : seconds) {
            sum += value;
        }
        return seconds.length == 0 ? "–" : Html.duration(sum);
    }

    private void accuracy() {
        line("<section id=\"accuracy\" aria-labelledby=\"accuracy-title\">");
        line("<div class=\"title\"><h2 id=\"accuracy-title\">Accuracy</h2>");
        List<Nucleus> nuclei = Stream.of(Nucleus.values())
                .filter(nucleus -> !analysis.ranked(nucleus).isEmpty())
                .toList();
        if (nuclei.size() > 1) {
            line("<div class=\"switch\" role=\"group\" aria-label=\"Nucleus\">"
                    + nuclei.stream()
                            .map(nucleus -> "<button type=\"button\" data-nucleus=\"" + nucleus + "\" aria-pressed=\""
                                    + (nucleus == nuclei.get(0)) + "\">" + isotope(nucleus) + "</button>")
                            .collect(Collectors.joining())
                    + "</div>");
        }
        line("</div>");
        line("<p class=\"lede\">Deviation of predicted from measured shifts, "
                + escape(analysis.dataSet().name())
                + ", " + (analysis.settings().averageEquivalent() ? "equivalent nuclei averaged" : "atom by atom")
                + ". Cross-validated: each molecule predicted from the others. Choose a method to see its plots.</p>");
        nuclei.forEach(this::ranking);
        detail();
        if (!comparisons.isEmpty()) {
            published();
        }
        line("</section>");
    }

    private void ranking(Nucleus nucleus) {
        List<ScalingFit> fits = analysis.ranked(nucleus);
        double largest = fits.get(fits.size() - 1).accuracy().rmsd();
        line("<div class=\"scroll ranking" + (fits.size() > MANY_METHODS ? " long" : "") + "\" data-nucleus=\""
                + nucleus + "\" tabindex=\"0\" role=\"region\" aria-label=\"" + nucleus + " methods ranked by RMSD\">");
        line("<table><caption>" + isotope(nucleus)
                + ", best first. ppm; 95 % confidence intervals below the values.</caption>");
        line("<thead><tr><th scope=\"col\" class=\"name\">Method</th><th scope=\"col\">RMSD</th>"
                + "<th scope=\"col\"><abbr title=\"RMSD with each molecule predicted from the others\">Cross-val.</abbr></th>"
                + "<th scope=\"col\"><abbr title=\"mean absolute error\">MAE</abbr></th>"
                + "<th scope=\"col\">Largest</th><th scope=\"col\" class=\"text\">at</th><th scope=\"col\">R²</th>"
                + "<th scope=\"col\">n</th><th scope=\"col\">Slope</th><th scope=\"col\">Intercept</th>"
                + "<th scope=\"col\"><i>m</i></th><th scope=\"col\"><i>b</i></th></tr></thead>");
        line("<tbody>");
        for (ScalingFit fit : fits) {
            FittedPoint worst = fit.worst();
            line("<tr data-key=\"" + escape(fit.key().toString()) + "\">"
                    + "<th scope=\"row\" class=\"name\"><button type=\"button\" aria-pressed=\"false\">"
                    + escape(fit.key().method()) + "<span>/<wbr>"
                    + escape(fit.key().basis()) + "</span></button><small>"
                    + escape(fit.key().solvent()) + "</small></th>"
                    + "<td class=\"barred\" data-field=\"rmsd\"><span class=\"bar\" style=\"--share:"
                    + String.format(
                            Locale.ROOT,
                            "%.3f",
                            largest == 0 ? 0 : fit.accuracy().rmsd() / largest)
                    + "\"></span><b>" + number(fit.accuracy().rmsd(), decimals(nucleus)) + "</b></td>"
                    + cell("cross_validated_rmsd", number(fit.accuracy().crossValidatedRmsd(), decimals(nucleus)))
                    + cell("mae", number(fit.accuracy().mae(), decimals(nucleus)))
                    + cell("max_deviation", number(Math.abs(worst.residual()), decimals(nucleus)))
                    + "<td class=\"text\">" + place(fit.key().nucleus(), worst.point()) + "</td>"
                    + cell("r_squared", number(fit.accuracy().rSquared(), 5))
                    + cell("n_points", String.valueOf(fit.points().size()))
                    + cell(
                            "slope",
                            number(fit.shiftLine().slope(), 4),
                            fit.shiftLine().ciSlope(),
                            4)
                    + cell(
                            "intercept",
                            number(fit.shiftLine().intercept(), 3),
                            fit.shiftLine().ciIntercept(),
                            3)
                    + cell(
                            "m",
                            number(fit.shieldingLine().m(), 4),
                            fit.shieldingLine().ciM(),
                            4)
                    + cell(
                            "b",
                            number(fit.shieldingLine().b(), 3),
                            fit.shieldingLine().ciB(),
                            3)
                    + "</tr>");
        }
        line("</tbody></table></div>");
    }

    private static String cell(String field, String value) {
        return "<td data-field=\"" + field + "\"><b>" + value + "</b></td>";
    }

    private static String cell(String field, String value, ConfidenceInterval interval, int decimals) {
        return "<td data-field=\"" + field + "\"><b>" + value + "</b><small>" + number(interval.low(), decimals) + " … "
                + number(interval.high(), decimals) + "</small></td>";
    }

    private void detail() {
        line("<div id=\"detail\" class=\"detail\" hidden>");
        line("<h3 id=\"detail-title\" aria-live=\"polite\"></h3>");
        line("<p id=\"detail-line\" class=\"equation\"></p>");
        line("<div class=\"plots\">");
        figure("scatter", "wide", "Shielding against measured shift, with the fitted line");
        figure("residuals", "", "Deviation against measured shift; the band is ±3 standard deviations");
        figure("histogram", "", "How often a deviation occurs; the curve is the normal distribution of the same width");
        line("</div></div>");
        line("<noscript><p>The plots need JavaScript; all numbers are in the tables.</p></noscript>");
    }

    private void figure(String id, String kind, String caption) {
        line("<figure class=\"" + kind + "\"><figcaption>" + escape(caption) + "<span id=\"" + id
                + "-words\" class=\"words\"></span></figcaption><div class=\"chart\" id=\"" + id
                + "\" role=\"img\" aria-label=\"" + escape(caption) + "\"></div></figure>");
    }

    private void published() {
        line("<h3>Beside published values</h3>");
        line(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Published values\"><table class=\"published\">");
        line("<thead><tr><th scope=\"col\" class=\"name\">Method</th><th scope=\"col\" class=\"text\">from</th>"
                + "<th scope=\"col\"><i>m</i></th><th scope=\"col\"><i>b</i></th><th scope=\"col\">RMSD</th>"
                + "<th scope=\"col\">Largest</th><th scope=\"col\">Lines differ by</th></tr></thead><tbody>");
        for (Comparison comparison : comparisons) {
            ScalingFit fit = comparison.fit();
            PublishedResult published = comparison.published();
            line("<tr><th scope=\"rowgroup\" rowspan=\"2\" class=\"name\">"
                    + escape(fit.key().toString())
                    + "</th><td class=\"text\">here</td><td>"
                    + number(fit.shieldingLine().m(), 4) + "</td><td>"
                    + number(fit.shieldingLine().b(), 4) + "</td><td>"
                    + number(fit.accuracy().rmsd(), 3) + "</td><td>"
                    + number(Math.abs(fit.worst().residual()), 2) + "</td><td></td></tr>");
            line("<tr><td class=\"text\">" + escape(published.reference()) + "</td><td>"
                    + published.line().map(line -> number(line.m(), 4)).orElse("–") + "</td><td>"
                    + published.line().map(line -> number(line.b(), 4)).orElse("–") + "</td><td>"
                    + number(published.rmsd(), 3) + "</td><td>" + number(published.maxDeviation(), 2) + "</td><td>"
                    + number(comparison.largestDifference(), 3) + "</td></tr>");
        }
        line("</tbody></table></div>");
    }

    private void shifts() {
        line("<section id=\"shifts\" aria-labelledby=\"shifts-title\">");
        line("<div class=\"title\"><h2 id=\"shifts-title\">Shifts by molecule</h2>"
                + "<label class=\"filter\">Molecule <input id=\"filter\" type=\"search\" autocomplete=\"off\""
                + " placeholder=\"all\"></label></div>");
        line("<p class=\"lede\" id=\"shifts-of\"></p>");
        line("<div class=\"scroll tall\" tabindex=\"0\" role=\"region\" aria-label=\"Shifts by molecule\">"
                + "<table id=\"shift-table\"><thead><tr><th scope=\"col\" class=\"name\">Molecule</th>"
                + "<th scope=\"col\" class=\"text\">Atoms</th><th scope=\"col\">Measured</th>"
                + "<th scope=\"col\">Predicted</th><th scope=\"col\">Deviation</th><th scope=\"col\" class=\"text\">"
                + "<span class=\"hidden\">Deviation drawn</span></th><th scope=\"col\">Shielding</th></tr></thead>"
                + "<tbody></tbody></table></div>");
        line("</section>");
    }

    private void calculations() {
        line("<section id=\"calculations\" aria-labelledby=\"calculations-title\">");
        line("<div class=\"title\"><h2 id=\"calculations-title\">Calculations</h2>" + legend() + "</div>");
        if (run.tasks().size() > DRAWN) {
            line("<p class=\"lede\">These are too many calculations to draw each of them.</p>");
            failures();
            line("</section>");
            return;
        }
        line("<div class=\"split\">");
        matrix();
        line("<div class=\"beside\">");
        failures();
        figure("times", "", "Time of a calculation against the size of its molecule");
        figure("timeline", "", "When each calculation ran");
        line("</div></div></section>");
    }

    private static String legend() {
        return "<p class=\"legend\">" + entry("done", "", "done, the stronger the longer")
                + entry("recovered", "", "recovered")
                + entry("failed", "×", "failed") + entry("running", "▸", "running") + entry("waiting", "", "waiting")
                + "</p>";
    }

    private static String entry(String state, String sign, String words) {
        return "<span class=\"entry\"><span class=\"key " + state + "\" aria-hidden=\"true\">" + sign + "</span>"
                + words + "</span>";
    }

    private void matrix() {
        Map<String, Map<String, TaskPicture>> rows = new LinkedHashMap<>();
        List<String> conditions =
                run.tasks().stream().map(TaskPicture::condition).distinct().toList();
        run.tasks()
                .forEach(task -> rows.computeIfAbsent(task.moleculeId(), id -> new LinkedHashMap<>())
                        .put(task.condition(), task));
        double[] seconds = seconds();
        line("<div class=\"scroll matrix" + (conditions.size() > 6 ? " many" : "")
                + "\" tabindex=\"0\" role=\"region\" aria-label=\"Molecules by conditions\"><table>");
        line("<caption class=\"hidden\">State and time of each calculation</caption>");
        line("<thead><tr><th scope=\"col\" class=\"name\">Molecule</th>"
                + conditions.stream()
                        .map(condition -> "<th scope=\"col\"><span>" + escape(condition) + "</span></th>")
                        .collect(Collectors.joining())
                + "</tr></thead><tbody>");
        rows.forEach((moleculeId, tasks) ->
                line("<tr><th scope=\"row\" class=\"name\" title=\"" + escape(moleculeId) + "\">"
                        + escape(ReportData.name(analysis.dataSet(), moleculeId)) + "</th>"
                        + conditions.stream()
                                .map(condition -> matrixCell(tasks.get(condition), seconds))
                                .collect(Collectors.joining())
                        + "</tr>"));
        line("</tbody></table></div>");
    }

    private String matrixCell(TaskPicture task, double[] seconds) {
        if (task == null) {
            return "<td></td>";
        }
        String time = task.seconds().isPresent() ? Html.duration(task.seconds().getAsDouble()) : "";
        String words = task.state().word() + (time.isEmpty() ? "" : ", " + time);
        String title = ReportData.name(analysis.dataSet(), task.moleculeId()) + ", " + task.condition() + ": " + words
                + (task.remark().message().isEmpty() ? "" : ". " + task.remark().message());
        String text = switch (task.state()) {
            case FAILED -> "×";
            case RUNNING -> "▸";
            case WAITING -> "";
            default -> time;
        };
        return "<td class=\"" + task.state().word() + shade(task, seconds) + "\" title=\"" + escape(title)
                + "\"><span aria-hidden=\"true\">" + text + "</span><span class=\"hidden\">" + escape(words)
                + "</span></td>";
    }

    /** Ten shades on a logarithmic scale between the shortest and the longest calculation. */
    private static String shade(TaskPicture task, double[] seconds) {
        if (!task.state().isComplete() || task.seconds().isEmpty() || seconds.length == 0) {
            return "";
        }
        double low = Math.log(Math.max(seconds[0], 0.01));
        double high = Math.log(Math.max(seconds[seconds.length - 1], 0.01));
        double value = Math.log(Math.max(task.seconds().getAsDouble(), 0.01));
        return " s" + (high > low ? (int) Math.min(9, Math.max(0, Math.floor(10 * (value - low) / (high - low)))) : 4);
    }

    private void failures() {
        Map<String, List<TaskPicture>> kinds = run.tasks().stream()
                .filter(task -> task.state() == State.FAILED)
                .collect(Collectors.groupingBy(task -> task.remark().kind(), LinkedHashMap::new, Collectors.toList()));
        line("<div class=\"failures\"><h3>Failures</h3>");
        if (kinds.isEmpty()) {
            line("<p class=\"lede\">None.</p></div>");
            return;
        }
        line("<ul>");
        kinds.entrySet().stream()
                .sorted((one, other) -> other.getValue().size() - one.getValue().size())
                .forEach(kind -> {
                    line("<li><details><summary><b>" + kind.getValue().size() + "</b> "
                            + escape(kind.getKey().isEmpty() ? "unknown" : kind.getKey()) + " <small>"
                            + kind.getValue().stream()
                                    .map(task -> escape(ReportData.name(analysis.dataSet(), task.moleculeId())))
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + "</small></summary><ul>");
                    kind.getValue()
                            .forEach(
                                    task -> line("<li>" + escape(ReportData.name(analysis.dataSet(), task.moleculeId()))
                                            + ", " + escape(task.condition()) + ": "
                                            + escape(task.remark().message()) + "</li>"));
                    line("</ul></details></li>");
                });
        line("</ul></div>");
    }

    private void notes() {
        line(
                "<section id=\"notes\" aria-labelledby=\"notes-title\"><div class=\"title\"><h2 id=\"notes-title\">Notes</h2></div>");
        line("<div class=\"notes\">");
        list("Measured shifts that may stand on the wrong atom", warnings());
        list("Outliers, more than 3 standard deviations off", outliers());
        list("Not fitted", refusals());
        list("Molecules", coverage());
        list("Conditions", conditions());
        List<String> sources = new ArrayList<>();
        if (!analysis.dataSet().citation().isEmpty()) {
            sources.add("Measured shifts: " + escape(analysis.dataSet().citation()));
        }
        sources.add(
                "The line is fitted once, σ = <i>m</i>·δ + <i>b</i> by ordinary least squares with the shielding as the"
                        + " dependent variable; δ = slope·σ + intercept is the same line solved for the shift. The interval of the"
                        + " intercept is Fieller’s. Deviations are predicted minus measured; RMSD divides by n, the standard"
                        + " deviation by n − 2.");
        list("Sources and methods", sources);
        line("</div></section>");
    }

    private void list(String title, List<String> entries) {
        if (!entries.isEmpty()) {
            line("<div class=\"note\"><h3>" + title + "</h3><ul>");
            entries.forEach(entry -> line("<li>" + entry + "</li>"));
            line("</ul></div>");
        }
    }

    private List<String> warnings() {
        return analysis.methods().stream()
                .flatMap(method -> method.warnings().stream())
                .map(this::warning)
                .toList();
    }

    private String warning(AssignmentWarning warning) {
        return "<b>" + place(warning.key().nucleus(), warning.point()) + "</b> "
                + escape(warning.key().toString())
                + ": measured " + number(warning.point().experimental(), 2) + ", predicted "
                + number(warning.predicted(), 2) + " (" + signed(warning.standardDeviations(), 1)
                + " SD). Bonds in Å: " + escape(String.join("; ", warning.neighbours())) + ". "
                + (warning.fitting().isEmpty()
                        ? "No exchange within the molecule makes it fit."
                        : "All would fit with "
                                + warning.fitting().entrySet().stream()
                                        .map(atom -> number(atom.getValue(), 2) + " on "
                                                + warning.key()
                                                        .nucleus()
                                                        .element()
                                                        .symbol() + atom.getKey())
                                        .collect(Collectors.joining(", "))
                                + ".");
    }

    private List<String> outliers() {
        List<String> entries = new ArrayList<>();
        for (ScalingFit fit : analysis.fits()) {
            String points = Stream.concat(
                            fit.outliers().stream().map(point -> outlier(fit, point, "")),
                            fit.removed().stream().map(point -> outlier(fit, point, ", removed")))
                    .collect(Collectors.joining("; "));
            if (!points.isEmpty()) {
                entries.add("<b>" + escape(fit.key().toString()) + "</b> " + points);
            }
        }
        return entries;
    }

    private String outlier(ScalingFit fit, FittedPoint point, String more) {
        return place(fit.key().nucleus(), point.point()) + " "
                + signed(point.residual(), decimals(fit.key().nucleus())) + " ppm (" + signed(point.standardized(), 1)
                + " SD" + more + ")";
    }

    private List<String> refusals() {
        return analysis.methods().stream()
                .flatMap(method -> method.refusals().stream())
                .map((FitRefusal refusal) ->
                        "<b>" + escape(refusal.key().toString()) + "</b> " + escape(refusal.reason()))
                .toList();
    }

    private List<String> coverage() {
        List<String> entries = new ArrayList<>();
        for (MethodAnalysis method : analysis.methods()) {
            StringBuilder entry =
                    new StringBuilder("<b>" + escape(method.method().toString()) + "</b> "
                            + method.coverage().used().size() + " of "
                            + counted(analysis.dataSet().molecules().size(), "molecule"));
            if (!method.coverage().missing().isEmpty()) {
                entry.append("; without a result: ")
                        .append(names(method.coverage().missing()));
            }
            if (!method.coverage().recovered().isEmpty()) {
                entry.append(analysis.settings().excludeRecovered() ? "; recovered and left out: " : "; recovered: ")
                        .append(method.coverage().recovered().entrySet().stream()
                                .map(recovered -> names(List.of(recovered.getKey())) + " ("
                                        + escape(String.join(", ", recovered.getValue())) + ")")
                                .collect(Collectors.joining(", ")));
            }
            method.coverage()
                    .unusable()
                    .forEach((id, reason) -> entry.append("; not used: ")
                            .append(names(List.of(id)))
                            .append(", ")
                            .append(escape(reason)));
            entries.add(entry.toString());
        }
        return entries;
    }

    private String names(List<String> ids) {
        return ids.stream()
                .map(id -> escape(ReportData.name(analysis.dataSet(), id)))
                .collect(Collectors.joining(", "));
    }

    private List<String> conditions() {
        return analysis.methods().stream()
                .map(method -> "<b>" + escape(method.method().toString()) + "</b> "
                        + method.conditions().entrySet().stream()
                                .map(entry -> escape(entry.getKey().replace('_', ' ')) + " " + escape(entry.getValue()))
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    private void footer() {
        line(
                "<footer>Written by qmbench. Charts by Apache ECharts (Apache License 2.0). This file loads nothing from the"
                        + " network.</footer>");
    }

    private String place(Nucleus nucleus, ShiftPoint point) {
        return escape(ReportData.name(analysis.dataSet(), point.moleculeId()))
                + " "
                + ReportData.atoms(nucleus.element().symbol(), point.atoms());
    }

    private static int decimals(Nucleus nucleus) {
        return nucleus == Nucleus.H1 ? 3 : 2;
    }

    private static String isotope(Nucleus nucleus) {
        return nucleus == Nucleus.H1 ? "<sup>1</sup>H" : "<sup>13</sup>C";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(String line) {
        page.append(line).append('\n');
    }
}
