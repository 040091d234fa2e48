/**
 * Tools for tests: a fake backend, a clock to set, and the contract of a backend.
 *
 * <p>Begin with {@link io.github.qmbench.testkit.BackendContract}.
 */
module io.github.qmbench.testkit {
    requires transitive io.github.qmbench.core;
    requires transitive org.junit.jupiter.api;

    exports io.github.qmbench.testkit;

    opens io.github.qmbench.testkit to
            org.junit.platform.commons;
}
