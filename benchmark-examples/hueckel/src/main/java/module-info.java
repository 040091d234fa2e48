/** A backend in pure Java, and a benchmark that runs it. */
module io.github.qmbench.examples.hueckel {
    requires transitive io.github.qmbench.core;

    exports io.github.qmbench.examples.hueckel;
}
