/**
 * The ways into the command line: {@link io.github.qmbench.cli.start.Main} answers what is asked most without the parser, and
 * the build and the start script make man pages, completion and class archives.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.cli.start;
