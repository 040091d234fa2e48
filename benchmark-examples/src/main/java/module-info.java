/** Small complete programs to copy from. */
module io.github.qmbench.examples {
    requires transitive io.github.qmbench.core;

    exports io.github.qmbench.examples;
}
