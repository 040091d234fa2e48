/** The runner inside another tool. */
module io.github.qmbench.examples.embedding {
    requires transitive io.github.qmbench.core;

    exports io.github.qmbench.examples.embedding;
}
