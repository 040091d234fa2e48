/**
 * The command line {@code qmbench}. {@link io.github.qmbench.cli.Main} is the way in; nothing here is an API for other
 * modules.
 */
package io.github.qmbench.cli;
