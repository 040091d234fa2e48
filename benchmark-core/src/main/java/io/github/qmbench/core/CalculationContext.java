package io.github.qmbench.core;

import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The means of a calculation while it runs: its directory, cancellation, programs and notes. Made by {@link
 * BenchmarkRunner}, one for each attempt. The thread that calls {@link CalculationBackend#calculate} and those it
 * starts use it.
 */
public interface CalculationContext {

    /**
     * {@return the calculation's own directory, an absolute path, and creates it on the first call} It is empty but for
     * {@code attempt-N} folders with what earlier attempts left.
     *
     * @throws IOException when it cannot be created
     */
    Path directory() throws IOException;

    /** {@return the number of this attempt at the calculation, from 1} */
    int attempt();

    /** {@return the request to end this calculation early, which may come at any time} */
    Cancellation cancellation();

    /**
     * {@return how many calculations the run does in parallel at most, this one included: they share cores and memory,
     * unless {@link #memoryBytes} says otherwise}
     */
    int sideBySide();

    /**
     * {@return the memory for this calculation alone, in bytes: that of its job, or what the run has learnt that it
     * needs; empty where it shares the machine's}
     */
    default OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    /**
     * {@return the memory that was given to each calculation, in bytes} It differs from {@link #memoryBytes} only where
     * the run has learnt how much the calculation needs. Tell a program to take a share of this: with more or less it
     * would need more or less than was learnt. Empty where none was given.
     */
    default OptionalLong givenMemoryBytes() {
        return memoryBytes();
    }

    /**
     * {@return the most memory, in bytes, that {@link ProcessRequest#memoryBytes} may ask for; empty where a program
     * cannot be given more than {@link #memoryBytes}}
     */
    default OptionalLong mostMemoryBytes() {
        return OptionalLong.empty();
    }

    /**
     * Starts a program where the run's programs run (this machine, a cluster) and waits for its end. Time limits of the
     * run apply; on cancellation the program is ended with all its children.
     *
     * @param request command, directory, files and limits
     * @return how the program ended, with its exit code and output
     * @throws LaunchFailedException when the program could not be started
     * @throws InterruptedException when the calculation was cancelled; nothing of the program is left
     * @throws IOException when its output cannot be written
     */
    ProcessResult launch(ProcessRequest request) throws IOException, InterruptedException;

    /**
     * {@return whether {@link #launch} would resume this program, which an earlier runner left running} Its files are
     * in use then, and must not be touched before the launch.
     *
     * @param request as it will be launched
     */
    default boolean takesUp(ProcessRequest request) {
        return false;
    }

    /**
     * Notes in a few words what the calculation is doing: shown beside the calculation, and in the log.
     *
     * @param text a few words for a person
     */
    void remark(String text);
}
