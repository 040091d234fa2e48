/**
 * Summaries, reports and tables of runs for people and for programs.
 *
 * <p>Begin with {@link io.github.qmbench.nmr.report.ReportWriter} for the HTML page, {@link
 * io.github.qmbench.nmr.report.OverviewFormat} for a summary, and {@link io.github.qmbench.nmr.report.AnalysisFiles} for the files
 * of an analysis.
 */
@NullMarked
package io.github.qmbench.nmr.report;

import org.jspecify.annotations.NullMarked;
