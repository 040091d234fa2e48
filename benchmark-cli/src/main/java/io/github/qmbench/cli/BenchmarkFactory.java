package io.github.qmbench.cli;

import io.github.qmbench.core.RunDirectory;

/**
 * Turns the options of a command into a {@link Benchmark}: one for each program that can be run. Others than NWChem are
 * found by {@link java.util.ServiceLoader}, for which alone this is public.
 */
public interface BenchmarkFactory {

    /** The name that {@code --backend} takes. */
    String name();

    /**
     * Selects and checks.
     *
     * @param directory of the run that may follow; nothing is written there now
     * @throws Refusal when something that was asked for does not exist or cannot be run
     * @throws InterruptedException when the thread was interrupted while a program was asked for its version
     */
    Benchmark prepare(BenchmarkOptions options, RunDirectory directory) throws Refusal, InterruptedException;
}
