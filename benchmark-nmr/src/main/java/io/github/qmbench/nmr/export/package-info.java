/**
 * Runs for other programs: tidy tables, and a Process Run Crate. Start at
 * {@link io.github.qmbench.nmr.export.CalculationsCsv}, {@link io.github.qmbench.nmr.export.NucleiCsv} and
 * {@link io.github.qmbench.nmr.export.ProcessRunCrate}.
 */
@NullMarked
package io.github.qmbench.nmr.export;

import org.jspecify.annotations.NullMarked;
