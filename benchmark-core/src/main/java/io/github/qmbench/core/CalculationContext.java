package io.github.qmbench.core;

import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a calculation may use while it runs. Made by {@link BenchmarkRunner}, one for each attempt; used by the thread
 * that calls {@link CalculationBackend#calculate} and those it starts.
 */
public interface CalculationContext {

    /**
     * Returns the calculation's own directory, an absolute path, and creates it on the first call. It is empty but for
     * {@code attempt-N} folders with what earlier attempts left.
     *
     * @throws IOException when it cannot be created
     */
    Path directory() throws IOException;

    /** The number of this attempt at the calculation, from 1. */
    int attempt();

    /** Tells when this calculation should end early. */
    Cancellation cancellation();

    /**
     * How many calculations the run does side by side at most, this one included: they share cores and memory, unless
     * {@link #memoryBytes} says otherwise.
     */
    int sideBySide();

    /**
     * The memory that is there for this calculation alone, in bytes: that of its job, or what the run has learnt that it
     * needs; empty where it shares the machine's.
     */
    default OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    /**
     * The memory that was given to each calculation, in bytes. It differs from {@link #memoryBytes} only where the run has
     * learnt how much the calculation needs. A program should be told to take a share of this: told to take more or less,
     * it would need more or less than was learnt. Empty where none was given.
     */
    default OptionalLong givenMemoryBytes() {
        return memoryBytes();
    }

    /**
     * The most memory, in bytes, that {@link ProcessRequest#memoryBytes} may ask for; empty where a program cannot be given
     * more than {@link #memoryBytes}.
     */
    default OptionalLong mostMemoryBytes() {
        return OptionalLong.empty();
    }

    /**
     * Starts a program where the run's programs run (this machine, a cluster) and waits for its end. Time limits of the
     * run apply; on cancellation the program is ended with all its children.
     *
     * @throws LaunchFailedException when the program could not be started
     * @throws InterruptedException when the calculation was cancelled; nothing of the program is left
     * @throws IOException when its output cannot be written
     */
    ProcessResult launch(ProcessRequest request) throws IOException, InterruptedException;

    /**
     * Whether {@link #launch} would not start this program but take it up where a runner before this one left it. The files
     * that it uses are in use then, and must not be touched before.
     */
    default boolean takesUp(ProcessRequest request) {
        return false;
    }

    /** Tells a person what is going on, in a few words: shown beside the calculation, and in the log. */
    void remark(String text);
}
