/** How long a run will still take. The way in is {@link io.github.qmbench.core.estimate.EtaEstimator}. */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.estimate;
