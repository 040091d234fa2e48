/** What the command line writes, and where to: words, shell words, streams and the screen. Knows no command. */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.cli.text;
