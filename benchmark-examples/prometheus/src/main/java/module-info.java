/** A run as meters of Micrometer. */
@SuppressWarnings("requires-automatic") // Micrometer has no module descriptor yet
module io.github.qmbench.examples.prometheus {
    requires io.github.qmbench.core;
    requires micrometer.core;
}
