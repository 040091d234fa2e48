/**
 * For tests: a made-up backend, a clock to be set, and the contract that a backend of one's own is held to. Start at
 * {@link io.github.qmbench.testkit.BackendContract}.
 */
module io.github.qmbench.testkit {
    requires transitive io.github.qmbench.core;
    requires transitive org.junit.jupiter.api;

    exports io.github.qmbench.testkit;

    opens io.github.qmbench.testkit to
            org.junit.platform.commons;
}
