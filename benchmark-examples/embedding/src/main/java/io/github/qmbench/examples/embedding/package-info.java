/** The runner inside another tool. */
@NullMarked
package io.github.qmbench.examples.embedding;

import org.jspecify.annotations.NullMarked;
