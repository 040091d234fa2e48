/**
 * The command line {@code qmbench}. Not for use by others; anything may change.
 *
 * <p>Begin with {@link io.github.qmbench.cli.start.Main}.
 */
@NullMarked
package io.github.qmbench.cli;

import org.jspecify.annotations.NullMarked;
