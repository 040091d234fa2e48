package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.analysis.FittedPoint;
import io.github.qmbench.nmr.analysis.MethodAnalysis;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShiftPoint;
import io.github.qmbench.nmr.internal.Csv;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The format of {@code residuals.csv}: a line for each point of each fit, under a line with the names
 * {@code functional,basis,nucleus,solvent,molecule_id,molecule,atoms,experimental_ppm,shielding_ppm,predicted_ppm,
 * residual_ppm,standardized_residual,outlier,removed}.
 *
 * <p>Atoms are numbers between blanks. Residuals are predicted minus measured, standardized ones in standard deviations of
 * the fit. Fields with a comma are in quotes (RFC 4180); lines end in a line feed. A text that a spreadsheet would take for a
 * formula has an apostrophe in front of it.
 */
final class ResidualsCsv {

    private static final String HEADER = "functional,basis,nucleus,solvent,molecule_id,molecule,atoms,experimental_ppm,"
            + "shielding_ppm,predicted_ppm,residual_ppm,standardized_residual,outlier,removed\n";

    private ResidualsCsv() {}

    /** Writes the file; closes nothing. */
    static void write(ShieldingAnalysis analysis, Writer out) throws IOException {
        out.write(HEADER);
        for (MethodAnalysis method : analysis.methods()) {
            List<List<FittedPoint>> points = analysis.points(method);
            for (int i = 0; i < points.size(); i++) {
                ScalingFit fit = method.fits().get(i);
                for (FittedPoint point : points.get(i)) {
                    out.write(line(analysis.dataSet(), fit, point, false));
                }
                for (FittedPoint point : fit.removed()) {
                    out.write(line(analysis.dataSet(), fit, point, true));
                }
            }
        }
    }

    private static String line(DataSet dataSet, ScalingFit fit, FittedPoint fitted, boolean removed) {
        ShiftPoint point = fitted.point();
        return List.of(
                                Csv.text(fit.key().method()),
                                Csv.text(fit.key().basis()),
                                fit.key().nucleus().label(),
                                Csv.text(fit.key().solvent()),
                                Csv.text(point.moleculeId()),
                                Csv.text(dataSet.molecule(point.moleculeId())
                                        .map(Molecule::name)
                                        .orElse("")),
                                point.atoms().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                                String.valueOf(point.experimental()),
                                number(point.shielding()),
                                number(fitted.predicted()),
                                number(fitted.residual()),
                                number(fitted.standardized()),
                                fitted.outlier() ? "yes" : "no",
                                removed ? "yes" : "no")
                        .stream()
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP).toPlainString();
    }
}
