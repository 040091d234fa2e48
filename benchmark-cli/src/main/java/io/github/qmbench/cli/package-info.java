/**
 * The command line {@code qmbench}. {@link io.github.qmbench.cli.start.Main} is the way in; nothing here is an API for other
 * modules.
 */
@NullMarked
package io.github.qmbench.cli;

import org.jspecify.annotations.NullMarked;
