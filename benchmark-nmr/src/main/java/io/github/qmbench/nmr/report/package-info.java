/** The report as one HTML page. Start at {@link io.github.qmbench.nmr.report.ReportWriter}. */
@NullMarked
package io.github.qmbench.nmr.report;

import org.jspecify.annotations.NullMarked;
