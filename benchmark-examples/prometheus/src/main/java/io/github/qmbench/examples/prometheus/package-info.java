/** The status of a run for Prometheus. */
package io.github.qmbench.examples.prometheus;
