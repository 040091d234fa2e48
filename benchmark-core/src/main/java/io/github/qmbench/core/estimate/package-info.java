/**
 * Estimates of the time and memory that a run will still take.
 *
 * <p>Begin with {@link io.github.qmbench.core.estimate.EtaEstimator}: {@link
 * io.github.qmbench.core.estimate.EtaEstimator#sizeModel sizeModel} for a backend with a {@link
 * io.github.qmbench.core.CostHint}, {@link io.github.qmbench.core.estimate.EtaEstimator#rollingMean() rollingMean} for any
 * other. {@link io.github.qmbench.core.estimate.MemoryModel} learns the memory of calculations.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.estimate;
