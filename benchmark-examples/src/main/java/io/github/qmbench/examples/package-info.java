/** Small complete programs to copy from; each runs in the tests. */
@NullMarked
package io.github.qmbench.examples;

import org.jspecify.annotations.NullMarked;
