/** A backend in pure Java, and a benchmark that runs it. */
package io.github.qmbench.examples.hueckel;
