/** Programs that calculations start. The way in is {@link io.github.qmbench.core.process.ProcessRequest}; a place where
 * programs run is a {@link io.github.qmbench.core.process.ProcessLauncher}. */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.process;
