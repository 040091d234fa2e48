package io.github.qmbench.core.plugin;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A provider of a {@link CalculationBackend} by name, for {@code qmbench run --backend NAME}. It declares the options
 * of the backend, and turns their values into a benchmark that can run.
 *
 * <p>Found by {@link java.util.ServiceLoader}: the jar names the class in {@code
 * META-INF/services/io.github.qmbench.core.plugin.CalculationBackendProvider}, and lies in {@code plugins/} of the
 * distribution or on {@code QMBENCH_PLUGINS}. The class is public and has a public constructor without parameters,
 * which does nothing that takes time.
 *
 * <p>A provider starts no calculation and writes nothing. Used by one thread.
 */
public interface CalculationBackendProvider {

    /**
     * {@return the name that {@code --backend} takes: lower-case letters, digits and hyphens, for example {@code
     * nwchem}}
     */
    String name();

    /** {@return a line about what the backend calculates} */
    String summary();

    /** {@return the options, in the order in which {@code --help} shows them} */
    default List<BackendOption<?>> options() {
        return List.of();
    }

    /**
     * Checks all that can be checked before the first calculation starts, and returns the benchmark to run.
     *
     * @param options values of {@link #options}, each valid by itself
     * @param directory of the run that may follow; nothing is written there now
     * @return the benchmark, ready to run
     * @throws IllegalArgumentException when values do not go together or name what does not exist; the message, one
     *     sentence for a person, begins with the option and lists the valid choices
     * @throws BackendUnusableException when the program is missing or cannot be used; the message says how to get it
     * @throws IOException when something that the options name cannot be read
     * @throws InterruptedException when the thread was interrupted while a program was asked for its version
     */
    PreparedBenchmark prepare(BackendOptions options, RunDirectory directory)
            throws BackendUnusableException, IOException, InterruptedException;

    /**
     * Checks thoroughly whether a run with these options can work on this machine; it may calculate something small.
     * For {@code qmbench doctor}, which calls {@link #prepare} as well.
     *
     * @param options values of {@link #options}, each valid by itself
     * @param sideBySide how many calculations the run would do in parallel
     * @return the findings, in the order in which to show them
     * @throws IOException when the examination itself fails; what it finds wrong is a {@link Finding}
     * @throws InterruptedException when the thread was interrupted while a program was running
     */
    default List<Finding> examine(BackendOptions options, int sideBySide) throws IOException, InterruptedException {
        return List.of();
    }

    /**
     * Checks whether the program works where a launcher starts it, such as on a cluster. For {@code qmbench doctor
     * --slurm}.
     *
     * @param options values of {@link #options}, each valid by itself
     * @param launcher starts the checks
     * @param directory for files of the checks, on a disk that the runner shares with the programs; leave it empty
     * @return the findings, in the order in which to show them
     * @throws IOException as for {@link #examine(BackendOptions, int)}
     * @throws InterruptedException as for {@link #examine(BackendOptions, int)}
     */
    default List<Finding> examine(BackendOptions options, ProcessLauncher launcher, Path directory)
            throws IOException, InterruptedException {
        return List.of();
    }

    /**
     * Returns the commands that repeat a calculation by hand in an empty directory. Each is a list of the words of a
     * shell's command line; variables of the environment come first, as {@code NAME=VALUE}. For {@code qmbench show}.
     *
     * @param record an attempt of the calculation
     * @param directory the directory with the files of the calculation
     * @return the commands; empty when this backend did not calculate it, or keeps no input
     */
    default List<List<String>> byHand(JournalRecord record, Path directory) {
        return List.of();
    }
}
