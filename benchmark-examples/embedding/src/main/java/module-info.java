/** The runner inside another tool. */
module io.github.qmbench.examples.embedding {
    requires io.github.qmbench.core;
}
