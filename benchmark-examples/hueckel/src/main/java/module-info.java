/** A backend in pure Java, and a benchmark that runs it. */
module io.github.qmbench.examples.hueckel {
    requires io.github.qmbench.core;
}
