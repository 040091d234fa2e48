/** Backends as plug-ins of the command line. The way in is {@link
 * io.github.qmbench.core.plugin.CalculationBackendProvider}. */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.plugin;
