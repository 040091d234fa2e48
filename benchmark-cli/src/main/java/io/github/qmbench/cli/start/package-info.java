/**
 * Entry points of the command line.
 *
 * <p>{@link io.github.qmbench.cli.start.Main} answers the most frequent commands without the parser; the build and the start script
 * make man pages, completion and class archives with the others.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.cli.start;
