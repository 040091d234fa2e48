/** A run as meters of Micrometer, for Prometheus and others. */
@NullMarked
package io.github.qmbench.examples.prometheus;

import org.jspecify.annotations.NullMarked;
