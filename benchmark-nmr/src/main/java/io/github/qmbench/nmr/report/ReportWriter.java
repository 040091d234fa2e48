package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.internal.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A writer of a run and its analysis as one HTML file that needs nothing else: no network, no other file.
 *
 * <p>The page shows progress, accuracy of each method with its plots, shifts for each molecule, the matrix of
 * calculations, failures and times. It follows the reader's light or dark setting, prints, fits a phone, and every plot
 * has its numbers in a table or text beside it. Charts are drawn by Apache ECharts (Apache License 2.0), which is
 * inside the file. A content security policy in the page forbids it to load anything.
 *
 * <p>The page is {@code report.html} beside this class, with {@code report.css} and {@code report.js}.
 *
 * <p>Holds no state; safe for use by many threads.
 */
public final class ReportWriter {

    private ReportWriter() {}

    /**
     * {@return the page as HTML}
     *
     * @param run the run; its calculations may be none
     * @param analysis the fits; may have no method yet
     * @param comparisons published values to put beside ours, empty for none
     */
    public static String html(RunOverview run, ShieldingAnalysis analysis, List<Comparison> comparisons) {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(analysis, "analysis");
        Objects.requireNonNull(comparisons, "comparisons");
        Map<String, String> values = new ReportPage(run, analysis, comparisons).values();
        values.put("style", resource("report.css"));
        values.put("charts", resource("echarts.min.js"));
        values.put("script", resource("report.js"));
        return Template.fill(resource("report.html"), values);
    }

    /**
     * Writes the page into a file, through a temporary file beside it: a reader sees the whole old page or the whole
     * new one. (Where the file system cannot replace a file in one step, a reader may find none for a moment.)
     *
     * @param file replaced if it exists
     * @param run the run; its calculations may be none
     * @param analysis the fits; may have no method yet
     * @param comparisons published values to put beside ours, empty for none
     * @throws IOException when it cannot be written; the old file is as it was then
     */
    public static void write(Path file, RunOverview run, ShieldingAnalysis analysis, List<Comparison> comparisons)
            throws IOException {
        OutputFile.write(file, out -> out.write(html(run, analysis, comparisons)));
    }

    private static String resource(String name) {
        try (InputStream stream = ReportWriter.class.getResourceAsStream(name)) {
            Objects.requireNonNull(stream, name);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged: " + name + " cannot be read", e);
        }
    }
}
