/**
 * Fits of calculated shieldings to measured shifts, comparisons of methods, and predictions.
 *
 * <p>Begin with {@link io.github.qmbench.nmr.analysis.AnalyzedRun} for a run directory, or with {@link
 * io.github.qmbench.nmr.analysis.ShieldingAnalysis} for results from elsewhere. {@link
 * io.github.qmbench.nmr.analysis.ShiftPrediction} predicts the shifts of one molecule.
 */
@NullMarked
package io.github.qmbench.nmr.analysis;

import org.jspecify.annotations.NullMarked;
