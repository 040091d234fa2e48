package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.MethodComparisonFile;
import io.github.qmbench.nmr.analysis.ScalingFactorsFile;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.internal.OutputFailedException;
import io.github.qmbench.nmr.internal.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of an analysis in a directory: factors and comparison for programs, a text for people, residuals as a
 * table. Holds no state; safe for use by many threads.
 */
public final class AnalysisFiles {

    /** The name of the file in the format of {@link ScalingFactorsFile}. */
    public static final String FACTORS = "scaling_factors.json";

    /** The name of the file in the format of {@link MethodComparisonFile}. */
    public static final String COMPARISON = "comparison.json";

    /** The name of the text for people, see {@link AnalysisDocument}. */
    public static final String TEXT = "SCALING-FACTORS.md";

    /** The name of the table of residuals, see {@link ResidualsCsv}. */
    public static final String RESIDUALS = "residuals.csv";

    private AnalysisFiles() {}

    /**
     * Writes all four files, and creates the directory if it is missing. Each file is replaced as a whole.
     *
     * @param directory created if missing
     * @param analysis the fits
     * @param comparisons published values to put beside ours in the text, empty for none
     * @return the files written
     * @throws IOException when one cannot be written; those before it are new then, the others old
     */
    public static List<Path> write(Path directory, ShieldingAnalysis analysis, List<Comparison> comparisons)
            throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new OutputFailedException(directory, e);
        }
        Path factors = directory.resolve(FACTORS);
        Path comparison = directory.resolve(COMPARISON);
        Path text = directory.resolve(TEXT);
        Path residuals = directory.resolve(RESIDUALS);
        OutputFile.write(factors, out -> ScalingFactorsFile.write(analysis, out));
        OutputFile.write(comparison, out -> MethodComparisonFile.write(analysis, out));
        OutputFile.write(text, out -> AnalysisDocument.writeMarkdown(analysis, comparisons, out));
        OutputFile.write(residuals, out -> ResidualsCsv.write(analysis, out));
        return List.of(factors, comparison, text, residuals);
    }
}
