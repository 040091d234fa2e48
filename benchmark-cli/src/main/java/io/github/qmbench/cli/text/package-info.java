/**
 * Text of the command line and where it goes: words, shell words, streams and the screen. Knows no command.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.cli.text;
