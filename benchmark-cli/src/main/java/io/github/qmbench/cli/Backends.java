package io.github.qmbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the backend that {@code --backend} names. */
final class Backends {

    private Backends() {}

    /** Returns the factory for these options: the session's own, or one that a jar on the path brings. */
    static BenchmarkFactory factory(Session session, BenchmarkOptions options) throws Refusal {
        BenchmarkFactory own = session.benchmarks();
        if (options.backend == null || options.backend.equalsIgnoreCase(own.name())) {
            return own;
        }
        List<String> names = new ArrayList<>(List.of(own.name()));
        for (BenchmarkFactory factory : ServiceLoader.load(BenchmarkFactory.class)) {
            if (factory.name().equalsIgnoreCase(options.backend)) {
                return factory;
            }
            names.add(factory.name());
        }
        throw Refusal.badInput(
                "--backend: there is no backend '" + options.backend + "'; there are " + String.join(", ", names));
    }
}
