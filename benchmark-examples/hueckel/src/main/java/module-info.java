/** A backend in pure Java, and a benchmark that runs it. */
module io.github.qmbench.examples.hueckel {
    requires io.github.qmbench.core;

    opens io.github.qmbench.examples.hueckel to
            io.github.qmbench.core; // which reads and makes the record of the results
}
