/**
 * Exports of runs for other programs: tidy tables, and a Process Run Crate.
 *
 * <p>Begin with {@link io.github.qmbench.nmr.export.CalculationsCsv} for calculations of any backend, {@link
 * io.github.qmbench.nmr.export.NucleiCsv} for shieldings and shifts, and {@link io.github.qmbench.nmr.export.ProcessRunCrate} for a
 * directory to publish.
 */
@NullMarked
package io.github.qmbench.nmr.export;

import org.jspecify.annotations.NullMarked;
