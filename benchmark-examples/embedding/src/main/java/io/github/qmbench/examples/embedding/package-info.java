/** The runner inside another tool. */
package io.github.qmbench.examples.embedding;
