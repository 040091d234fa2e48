/** Small complete programs to copy from; each runs in the tests. */
package io.github.qmbench.examples;
