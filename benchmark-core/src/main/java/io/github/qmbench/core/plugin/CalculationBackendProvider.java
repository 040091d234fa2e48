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
 * Offers a {@link CalculationBackend} by name: what {@code qmbench run --backend NAME} looks for. It says which options the
 * backend has, and makes of their values a benchmark that can run.
 *
 * <p>Found by {@link java.util.ServiceLoader}: the jar names the class in
 * {@code META-INF/services/io.github.qmbench.core.plugin.CalculationBackendProvider}, and lies in {@code plugins/} of the
 * distribution or on {@code QMBENCH_PLUGINS}. The class is public and has a public constructor without parameters, which
 * does nothing that takes time.
 *
 * <p>A provider starts no calculation and writes nothing. Used by one thread.
 */
public interface CalculationBackendProvider {

    /** The name that {@code --backend} takes: lower-case letters, digits and hyphens, for example {@code nwchem}. */
    String name();

    /** What the backend calculates, in one line. */
    String summary();

    /** The options, in the order in which {@code --help} shows them. */
    default List<BackendOption<?>> options() {
        return List.of();
    }

    /**
     * Checks all that can be checked before the first calculation starts, and returns what is to be run.
     *
     * @param options values of {@link #options}, each valid by itself
     * @param directory of the run that may follow; nothing is written there now
     * @throws IllegalArgumentException when values do not go together or name what does not exist; the message, one
     *     sentence for a person, begins with the option and lists the valid choices
     * @throws BackendUnusableException when the program is missing or cannot be used; the message says how to get it
     * @throws IOException when something that the options name cannot be read
     * @throws InterruptedException when the thread was interrupted while a program was asked for its version
     */
    PreparedBenchmark prepare(BackendOptions options, RunDirectory directory)
            throws BackendUnusableException, IOException, InterruptedException;

    /**
     * Looks whether a run with these options can work on this machine, thoroughly: it may calculate something small. For
     * {@code qmbench doctor}, which does {@link #prepare} besides.
     *
     * @param sideBySide how many calculations the run would do at once
     * @throws IOException when the examination itself fails; what it finds wrong is a {@link Finding}
     * @throws InterruptedException when the thread was interrupted while a program was running
     */
    default List<Finding> examine(BackendOptions options, int sideBySide) throws IOException, InterruptedException {
        return List.of();
    }

    /**
     * Looks whether the program works where a launcher starts it: on a cluster. For {@code qmbench doctor --slurm}.
     *
     * @param directory for files of the checks, on a disk that the runner shares with the programs; to be left empty
     * @throws IOException as for {@link #examine(BackendOptions, int)}
     * @throws InterruptedException as for {@link #examine(BackendOptions, int)}
     */
    default List<Finding> examine(BackendOptions options, ProcessLauncher launcher, Path directory)
            throws IOException, InterruptedException {
        return List.of();
    }

    /**
     * Returns the commands that repeat a calculation by hand in an empty directory, each as the words of a shell's command
     * line; variables of the environment come first, as {@code NAME=VALUE}. Empty when this backend did not calculate it, or
     * keeps no input. For {@code qmbench show}.
     *
     * @param record an attempt of the calculation
     * @param directory where the files of the calculation are
     */
    default List<List<String>> byHand(JournalRecord record, Path directory) {
        return List.of();
    }
}
