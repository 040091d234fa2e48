/** Small complete programs to copy from. */
module io.github.qmbench.examples {
    requires io.github.qmbench.core;
}
