/** The status of a run for Prometheus. */
module io.github.qmbench.examples.prometheus {
    requires io.github.qmbench.core;
    requires jdk.httpserver;
}
