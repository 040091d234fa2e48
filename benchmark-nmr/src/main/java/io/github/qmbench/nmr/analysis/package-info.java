/**
 * Fits calculated shieldings against measured shifts. Start at
 * {@link io.github.qmbench.nmr.analysis.ShieldingAnalysis}.
 */
@NullMarked
package io.github.qmbench.nmr.analysis;

import org.jspecify.annotations.NullMarked;
