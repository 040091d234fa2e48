/**
 * Backends as plug-ins of the command line.
 *
 * <p>Begin with {@link io.github.qmbench.core.plugin.CalculationBackendProvider}: a jar that has one offers its backend to
 * {@code qmbench run --backend NAME}. It declares each {@link io.github.qmbench.core.plugin.BackendOption}, and returns a {@link
 * io.github.qmbench.core.plugin.PreparedBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.plugin;
