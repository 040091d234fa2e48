/**
 * Fits calculated shieldings against measured shifts. Start at
 * {@link io.github.qmbench.nmr.analysis.ShieldingAnalysis}.
 */
package io.github.qmbench.nmr.analysis;
