package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes {@code SCALING-FACTORS.md}: an analysis for people, in GitHub's Markdown. One use for each text. */
final class ScalingFactorsMarkdown {

    private final ShieldingAnalysis analysis;
    private final Writer out;

    private ScalingFactorsMarkdown(ShieldingAnalysis analysis, Writer out) {
        this.analysis = analysis;
        this.out = out;
    }

    /**
     * Writes the text; closes nothing.
     *
     * @param comparisons published values to put beside ours, empty for none
     */
    static void write(ShieldingAnalysis analysis, List<Comparison> comparisons, Writer out) throws IOException {
        ScalingFactorsMarkdown markdown = new ScalingFactorsMarkdown(analysis, out);
        markdown.introduction();
        for (Nucleus nucleus : Nucleus.values()) {
            markdown.table(nucleus);
        }
        markdown.comparisons(comparisons);
        markdown.refusals();
        markdown.outliers();
        markdown.assignments();
        markdown.notes();
        markdown.coverage();
        markdown.conditions();
    }

    private void introduction() throws IOException {
        DataSet dataSet = analysis.dataSet();
        line("# Scaling factors from " + dataSet.name());
        line("");
        line("Ordinary least squares of calculated shieldings sigma on measured shifts delta, "
                + (analysis.settings().averageEquivalent()
                        ? "one point for each set of equivalent nuclei (their shieldings averaged)."
                        : "one point for each atom."));
        line("The same line in two conventions: delta = slope * sigma + intercept, and sigma = m * delta + b.");
        line(
                "In brackets the 95 % confidence interval. Deviations are predicted minus measured shifts in ppm; CV is the RMSD"
                        + " of shifts each predicted without its own molecule.");
        if (analysis.settings().removeOutliers()) {
            line("Points more than 3 standard deviations off a first fit were removed; they are listed below.");
        }
        if (!dataSet.citation().isEmpty()) {
            line("");
            line("Measured shifts: " + dataSet.citation());
        }
    }

    private void table(Nucleus nucleus) throws IOException {
        List<ScalingFit> fits = analysis.ranked(nucleus);
        if (fits.isEmpty()) {
            return;
        }
        heading(nucleus + ", best first");
        line("| method | slope | intercept | m | b | RMSD | CV | MAE | largest | at | R² | n |");
        line("| --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |");
        for (ScalingFit fit : fits) {
            line("| "
                    + String.join(
                            " | ",
                            method(fit),
                            value(fit.shiftLine().slope(), fit.shiftLine().ciSlope(), 4),
                            value(fit.shiftLine().intercept(), fit.shiftLine().ciIntercept(), 3),
                            value(fit.shieldingLine().m(), fit.shieldingLine().ciM(), 4),
                            value(fit.shieldingLine().b(), fit.shieldingLine().ciB(), 3),
                            number(fit.accuracy().rmsd(), 3),
                            number(fit.accuracy().crossValidatedRmsd(), 3),
                            number(fit.accuracy().mae(), 3),
                            number(fit.worst().residual(), 2),
                            place(fit.worst().point(), nucleus),
                            number(fit.accuracy().rSquared(), 5),
                            String.valueOf(fit.support().points()))
                    + " |");
        }
    }

    private void comparisons(List<Comparison> comparisons) throws IOException {
        if (comparisons.isEmpty()) {
            return;
        }
        heading("Beside published values");
        line("| | m | b | RMSD | largest deviation | lines differ by at most |");
        line("| --- | ---: | ---: | ---: | ---: | ---: |");
        for (Comparison comparison : comparisons) {
            ScalingFit fit = comparison.fit();
            PublishedResult published = comparison.published();
            line("| " + code(fit.key()) + ", here | "
                    + number(fit.shieldingLine().m(), 4) + " | "
                    + number(fit.shieldingLine().b(), 4) + " | "
                    + number(fit.accuracy().rmsd(), 3) + " | "
                    + number(Math.abs(fit.worst().residual()), 2) + " | |");
            line("| " + published.reference() + " | "
                    + published.line().map(line -> number(line.m(), 4)).orElse("") + " | "
                    + published.line().map(line -> number(line.b(), 4)).orElse("") + " | "
                    + number(published.rmsd(), 3) + " | "
                    + number(published.maxDeviation(), 2) + " | "
                    + number(comparison.largestDifference(), 3) + " |");
        }
    }

    private void refusals() throws IOException {
        List<FitRefusal> refusals = analysis.methods().stream()
                .flatMap(method -> method.refusals().stream())
                .toList();
        if (!refusals.isEmpty()) {
            heading("Not fitted");
            for (FitRefusal refusal : refusals) {
                line("- " + code(refusal.key()) + ": " + refusal.reason());
            }
        }
    }

    private void outliers() throws IOException {
        List<ScalingFit> fits = analysis.fits().stream()
                .filter(fit -> !fit.outliers().isEmpty() || !fit.removed().isEmpty())
                .toList();
        if (fits.isEmpty()) {
            return;
        }
        heading("Outliers, more than 3 standard deviations off");
        for (ScalingFit fit : fits) {
            line("- " + code(fit.key()));
            for (FittedPoint point : fit.outliers()) {
                line("  - " + deviation(fit, point));
            }
            for (FittedPoint point : fit.removed()) {
                line("  - removed: " + deviation(fit, point));
            }
        }
    }

    private String deviation(ScalingFit fit, FittedPoint point) {
        return place(point.point(), fit.key().nucleus()) + ": measured "
                + number(point.point().experimental(), 2) + ", predicted " + number(point.predicted(), 2) + " ("
                + number(point.standardized(), 1) + " SD)";
    }

    private void assignments() throws IOException {
        List<AssignmentWarning> warnings = analysis.methods().stream()
                .flatMap(method -> method.warnings().stream())
                .toList();
        if (warnings.isEmpty()) {
            return;
        }
        heading("Measured shifts that may stand on the wrong atom");
        line("More than 5 standard deviations off the line that the other molecules give.");
        line("");
        for (AssignmentWarning warning : warnings) {
            line("- " + code(warning.key()) + ", "
                    + place(warning.point(), warning.key().nucleus()) + ": measured "
                    + number(warning.point().experimental(), 2) + ", predicted " + number(warning.predicted(), 2) + " ("
                    + number(warning.standardDeviations(), 1) + " SD). Bonds in angstrom: "
                    + String.join("; ", warning.neighbours()) + ". "
                    + (warning.fitting().isEmpty()
                            ? "No exchange within the molecule makes it fit."
                            : "All would fit with " + reassigned(warning) + "."));
        }
    }

    private static String reassigned(AssignmentWarning warning) {
        return warning.fitting().entrySet().stream()
                .map(atom -> number(atom.getValue(), 2) + " on atom " + atom.getKey())
                .collect(Collectors.joining(", "));
    }

    private void notes() throws IOException {
        if (analysis.methods().stream().anyMatch(method -> !method.notes().isEmpty())) {
            heading("Notes");
            for (MethodAnalysis method : analysis.methods()) {
                for (String note : method.notes()) {
                    line("- " + code(method.method()) + ": " + note);
                }
            }
        }
    }

    private void coverage() throws IOException {
        heading("Molecules");
        for (MethodAnalysis method : analysis.methods()) {
            Coverage coverage = method.coverage();
            line("- " + code(method.method()) + ": " + coverage.used().size() + " of "
                    + analysis.dataSet().ids().size() + " molecules"
                    + listed("without a result", coverage.missing())
                    + listed("recovered", recovered(coverage.recovered()))
                    + listed(
                            "not used",
                            coverage.unusable().entrySet().stream()
                                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                                    .toList()));
        }
        if (analysis.settings().excludeRecovered()) {
            line("");
            line("Recovered results were left out.");
        }
        if (!analysis.unknownMolecules().isEmpty()) {
            line("");
            line("Results of molecules that the data set does not have: "
                    + String.join(", ", analysis.unknownMolecules()) + ".");
        }
    }

    private static List<String> recovered(Map<String, List<String>> recovered) {
        return recovered.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .toList();
    }

    private static String listed(String what, List<String> molecules) {
        return molecules.isEmpty() ? "" : "; " + what + ": " + String.join(", ", molecules);
    }

    private void conditions() throws IOException {
        heading("Conditions");
        for (MethodAnalysis method : analysis.methods()) {
            line("- " + code(method.method()) + ": "
                    + method.conditions().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }

    private String place(ShiftPoint point, Nucleus nucleus) {
        String name = analysis.dataSet()
                .molecule(point.moleculeId())
                .map(Molecule::name)
                .orElse(point.moleculeId());
        return name + " "
                + point.atoms().stream()
                        .map(atom -> nucleus.element().symbol() + atom)
                        .collect(Collectors.joining(" "));
    }

    private static String method(ScalingFit fit) {
        return code(
                fit.key().method() + "/" + fit.key().basis() + "/" + fit.key().solvent());
    }

    /** Keeps the stars of 6-31G** from being taken for emphasis. */
    private static String code(Object text) {
        return "`" + text + "`";
    }

    private static String value(double value, ConfidenceInterval interval, int decimals) {
        return number(value, decimals) + " [" + number(interval.low(), decimals) + ", "
                + number(interval.high(), decimals) + "]";
    }

    private static String number(OptionalDouble value, int decimals) {
        return value.isPresent() ? number(value.getAsDouble(), decimals) : "";
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void heading(String heading) throws IOException {
        line("");
        line("## " + heading);
        line("");
    }

    private void line(String line) throws IOException {
        out.write(line);
        out.write('\n');
    }
}
