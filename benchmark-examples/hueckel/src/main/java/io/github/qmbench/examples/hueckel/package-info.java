/** A backend in pure Java, and a benchmark that runs it. */
@NullMarked
package io.github.qmbench.examples.hueckel;

import org.jspecify.annotations.NullMarked;
