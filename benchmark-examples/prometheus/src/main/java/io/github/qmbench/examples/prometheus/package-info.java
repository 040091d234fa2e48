/** The status of a run for Prometheus. */
@NullMarked
package io.github.qmbench.examples.prometheus;

import org.jspecify.annotations.NullMarked;
