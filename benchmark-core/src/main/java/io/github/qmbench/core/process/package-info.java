/**
 * Programs that calculations start, and the places where they run.
 *
 * <p>To start a program, begin with {@link io.github.qmbench.core.process.ProcessRequest}, and pass it to {@link
 * io.github.qmbench.core.CalculationContext#launch}. To add another place, such as a cluster, implement {@link
 * io.github.qmbench.core.process.ProcessLauncher}.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.process;
