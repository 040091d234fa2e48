/**
 * Running a benchmark. The way in is {@link io.github.qmbench.core.BenchmarkRunner}; what is calculated is a
 * {@link io.github.qmbench.core.CalculationMatrix}, how is a {@link io.github.qmbench.core.CalculationBackend}, and what
 * another process sees of it is read with {@link io.github.qmbench.core.store.StatusReader}.
 */
@NullMarked
package io.github.qmbench.core;

import org.jspecify.annotations.NullMarked;
