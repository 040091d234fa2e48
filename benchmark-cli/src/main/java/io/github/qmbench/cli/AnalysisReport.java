package io.github.qmbench.cli;

import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.AssignmentWarning;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.Coverage;
import io.github.qmbench.nmr.analysis.FitRefusal;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.MethodAnalysis;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShiftPoint;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** An analysis as text for the terminal: a table for each nucleus, and below whatever a reader should know. */
final class AnalysisReport {

    private static final int NAMED = 5;
    private static final List<String> HEADINGS =
            List.of("method", "slope", "intercept", "m", "b", "RMSD", "CV", "MAE", "max", "at", "R2", "n");

    private final ShieldingAnalysis analysis;
    private final Writer out;

    private AnalysisReport(ShieldingAnalysis analysis, Writer out) {
        this.analysis = analysis;
        this.out = out;
    }

    /** Writes it; closes nothing. */
    static void write(ShieldingAnalysis analysis, List<Comparison> comparisons, Writer out) throws IOException {
        AnalysisReport report = new AnalysisReport(analysis, out);
        for (Nucleus nucleus : Nucleus.values()) {
            report.table(nucleus);
        }
        report.comparisons(comparisons);
        for (MethodAnalysis method : analysis.methods()) {
            report.remarks(method);
        }
        if (!analysis.unknownMolecules().isEmpty()) {
            report.line("not in the data set, and left out: " + Words.some(analysis.unknownMolecules(), NAMED));
        }
    }

    private void line(String line) throws IOException {
        out.write(line + "\n");
    }

    private void table(Nucleus nucleus) throws IOException {
        List<ScalingFit> fits = analysis.ranked(nucleus);
        if (fits.isEmpty()) {
            return;
        }
        line(nucleus.label() + ": shift = slope * shielding + intercept; shielding = m * shift + b; deviations in ppm");
        TextTable.write(HEADINGS, () -> fits.stream().map(this::row).iterator(), out);
        line("");
    }

    private List<String> row(ScalingFit fit) {
        return List.of(
                fit.key().method() + "/" + fit.key().basis() + "/" + fit.key().solvent(),
                number(fit.shiftLine().slope(), 4),
                number(fit.shiftLine().intercept(), 3),
                number(fit.shieldingLine().m(), 4),
                number(fit.shieldingLine().b(), 3),
                number(fit.accuracy().rmsd(), 3),
                number(fit.accuracy().crossValidatedRmsd(), 3),
                number(fit.accuracy().mae(), 3),
                number(fit.worst().residual(), 2),
                place(fit, fit.worst().point()),
                number(fit.accuracy().rSquared(), 5),
                Integer.toString(fit.support().points()));
    }

    private void comparisons(List<Comparison> comparisons) throws IOException {
        if (comparisons.isEmpty()) {
            return;
        }
        line("beside published values");
        TextTable table = new TextTable("method", "", "m", "b", "RMSD", "max");
        for (Comparison comparison : comparisons) {
            ScalingFit fit = comparison.fit();
            table.add(
                    fit.key().toString(),
                    "ours",
                    number(fit.shieldingLine().m(), 4),
                    number(fit.shieldingLine().b(), 4),
                    number(fit.accuracy().rmsd(), 3),
                    number(Math.abs(fit.worst().residual()), 2));
            table.add(
                    "",
                    "published",
                    comparison
                            .published()
                            .line()
                            .map(line -> number(line.m(), 4))
                            .orElse("-"),
                    comparison
                            .published()
                            .line()
                            .map(line -> number(line.b(), 4))
                            .orElse("-"),
                    number(comparison.published().rmsd(), 3),
                    number(comparison.published().maxDeviation(), 2));
        }
        for (String line : table.lines()) {
            line(line);
        }
        for (String reference : comparisons.stream()
                .map(comparison -> comparison.published().reference())
                .distinct()
                .toList()) {
            line("published: " + reference);
        }
        line("");
    }

    private void remarks(MethodAnalysis method) throws IOException {
        for (FitRefusal refusal : method.refusals()) {
            line("no fit for " + refusal.key() + ": " + refusal.reason());
        }
        for (ScalingFit fit : method.fits()) {
            outliers(fit);
        }
        for (AssignmentWarning warning : method.warnings()) {
            line(String.format(
                    Locale.ROOT,
                    "%s: %s of %s has %.2f measured and %.2f predicted, %.1f standard deviations off; bonds %s%s",
                    warning.key(),
                    atoms(warning.key().nucleus(), warning.point()),
                    molecule(warning.point().moleculeId()),
                    warning.point().experimental(),
                    warning.predicted(),
                    warning.standardDeviations(),
                    String.join("; ", warning.neighbours()),
                    warning.fitting().isEmpty() ? "" : "; would fit: " + warning.fitting()));
        }
        for (String note : method.notes()) {
            line(method.method() + ": " + note);
        }
        coverage(method);
    }

    private void outliers(ScalingFit fit) throws IOException {
        List<FittedPoint> shown = fit.removed().isEmpty() ? fit.outliers() : fit.removed();
        if (!shown.isEmpty()) {
            line(fit.key() + ": " + Words.count(shown.size(), "outlier")
                    + (fit.removed().isEmpty() ? " kept (--remove-outliers leaves them out): " : " removed: ")
                    + shown.stream()
                            .map(point ->
                                    String.format(Locale.ROOT, "%s %+.2f", place(fit, point.point()), point.residual()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void coverage(MethodAnalysis method) throws IOException {
        Coverage coverage = method.coverage();
        if (!coverage.missing().isEmpty()) {
            line(method.method() + ": without result are "
                    + Words.count(coverage.missing().size(), "molecule") + ": "
                    + Words.some(coverage.missing(), NAMED));
        }
        if (!coverage.recovered().isEmpty()) {
            line(method.method() + ": recovered, and "
                    + (analysis.settings().excludeRecovered()
                            ? "left out"
                            : "used (--exclude-recovered leaves them out)")
                    + ": " + coverage.recovered());
        }
        for (Map.Entry<String, String> left : coverage.unusable().entrySet()) {
            line(method.method() + ": " + left.getKey() + " left out: " + left.getValue());
        }
    }

    private String place(ScalingFit fit, ShiftPoint point) {
        return molecule(point.moleculeId()) + " " + atoms(fit.key().nucleus(), point);
    }

    private static String atoms(Nucleus nucleus, ShiftPoint point) {
        return point.atoms().stream()
                .map(atom -> nucleus.element().symbol() + atom)
                .collect(Collectors.joining(","));
    }

    private String molecule(String id) {
        return analysis.dataSet().molecule(id).map(Molecule::name).orElse(id);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String number(OptionalDouble value, int decimals) {
        return value.isPresent() ? number(value.getAsDouble(), decimals) : "-";
    }
}
