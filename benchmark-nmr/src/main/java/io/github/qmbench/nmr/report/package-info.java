/** The report as one HTML page. Start at {@link io.github.qmbench.nmr.report.ReportWriter}. */
package io.github.qmbench.nmr.report;
