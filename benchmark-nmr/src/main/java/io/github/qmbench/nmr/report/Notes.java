package io.github.qmbench.nmr.report;

import static io.github.qmbench.nmr.report.Html.counted;
import static io.github.qmbench.nmr.report.Html.decimals;
import static io.github.qmbench.nmr.report.Html.escape;
import static io.github.qmbench.nmr.report.Html.number;
import static io.github.qmbench.nmr.report.Html.signed;

import io.github.qmbench.nmr.analysis.AssignmentWarning;
import io.github.qmbench.nmr.analysis.Coverage;
import io.github.qmbench.nmr.analysis.FitRefusal;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.MethodAnalysis;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader should know beside the figures: doubtful shifts, outliers, refusals, what the fits stand on. */
final class Notes {

    private final ShieldingAnalysis analysis;

    Notes(ShieldingAnalysis analysis) {
        this.analysis = analysis;
    }

    String html() {
        return note("Measured shifts that may stand on the wrong atom", warnings())
                + note("Outliers, more than 3 standard deviations off", outliers())
                + note("Not fitted", refusals())
                + note("Notes", byText(method -> escape(String.join("; ", method.notes()))))
                + note("Molecules", byText(this::coverage))
                + note("Conditions", conditions());
    }

    private static String note(String title, List<String> entries) {
        return entries.isEmpty()
                ? ""
                : entries.stream()
                        .collect(Collectors.joining(
                                "</li>\n<li>",
                                "<div class=\"note\"><h3>" + title + "</h3><ul>\n<li>",
                                "</li>\n</ul></div>\n"));
    }

    private List<String> warnings() {
        return analysis.methods().stream()
                .flatMap(method -> method.warnings().stream())
                .map(this::warning)
                .toList();
    }

    private String warning(AssignmentWarning warning) {
        String symbol = warning.key().nucleus().element().symbol();
        String remedy = warning.fitting().isEmpty()
                ? "No exchange within the molecule makes it fit."
                : warning.fitting().entrySet().stream()
                        .map(atom -> number(atom.getValue(), 2) + " on " + symbol + atom.getKey())
                        .collect(Collectors.joining(", ", "All would fit with ", "."));
        return "<b>" + Html.place(analysis.dataSet(), warning.key().nucleus(), warning.point()) + "</b> "
                + escape(warning.key().toString())
                + ": measured " + number(warning.point().experimental(), 2) + ", predicted "
                + number(warning.predicted(), 2) + " (" + signed(warning.standardDeviations(), 1)
                + " SD). Bonds in Å: " + escape(String.join("; ", warning.neighbours())) + ". " + remedy;
    }

    private List<String> outliers() {
        return analysis.fits().stream()
                .filter(fit -> !fit.outliers().isEmpty() || !fit.removed().isEmpty())
                .map(fit -> "<b>" + escape(fit.key().toString()) + "</b> "
                        + Stream.concat(
                                        fit.outliers().stream().map(point -> outlier(fit, point, "")),
                                        fit.removed().stream().map(point -> outlier(fit, point, ", removed")))
                                .collect(Collectors.joining("; ")))
                .toList();
    }

    private String outlier(ScalingFit fit, FittedPoint point, String more) {
        return Html.place(analysis.dataSet(), fit.key().nucleus(), point.point()) + " "
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

    private String coverage(MethodAnalysis method) {
        Coverage coverage = method.coverage();
        StringBuilder text = new StringBuilder(coverage.used().size() + " of "
                + counted(analysis.dataSet().molecules().size(), "molecule"));
        if (!coverage.missing().isEmpty()) {
            text.append("; without a result: ").append(names(coverage.missing()));
        }
        if (!coverage.recovered().isEmpty()) {
            text.append(analysis.settings().excludeRecovered() ? "; recovered and left out: " : "; recovered: ")
                    .append(coverage.recovered().entrySet().stream()
                            .map(entry -> names(List.of(entry.getKey())) + " ("
                                    + escape(String.join(", ", entry.getValue())) + ")")
                            .collect(Collectors.joining(", ")));
        }
        coverage.unusable()
                .forEach((id, reason) -> text.append("; not used: ")
                        .append(names(List.of(id)))
                        .append(", ")
                        .append(escape(reason)));
        return text.toString();
    }

    private String names(List<String> ids) {
        return ids.stream()
                .map(id -> escape(ReportData.name(analysis.dataSet(), id)))
                .collect(Collectors.joining(", "));
    }

    /** What all methods share is told once, then for each what is its own. */
    private List<String> conditions() {
        Map<String, String> shared = new TreeMap<>();
        if (analysis.methods().size() > 1) {
            analysis.methods().get(0).conditions().forEach((field, value) -> {
                if (analysis.methods().stream()
                        .allMatch(method -> Objects.equals(method.conditions().get(field), value))) {
                    shared.put(field, value);
                }
            });
        }
        List<String> entries = new ArrayList<>();
        if (!shared.isEmpty()) {
            entries.add("<b>All methods</b> " + fields(shared));
        }
        entries.addAll(byText(method -> {
            Map<String, String> own = new TreeMap<>(method.conditions());
            own.keySet().removeAll(shared.keySet());
            return fields(own);
        }));
        return entries;
    }

    private static String fields(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> escape(field.getKey().replace('_', ' ')) + " " + escape(field.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** One entry for all methods that have the same to say; none for nothing. */
    private List<String> byText(Function<MethodAnalysis, String> text) {
        Map<String, List<String>> methods = new LinkedHashMap<>();
        analysis.methods()
                .forEach(method -> methods.computeIfAbsent(text.apply(method), same -> new ArrayList<>())
                        .add(method.method().toString()));
        methods.remove("");
        return methods.entrySet().stream()
                .map(entry -> "<b>" + named(entry.getValue()) + "</b> " + entry.getKey())
                .toList();
    }

    private String named(List<String> methods) {
        return methods.size() > 1 && methods.size() == analysis.methods().size()
                ? "All methods"
                : escape(String.join(", ", methods));
    }
}
