package io.github.qmbench.core.process;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place where programs run: this machine, or a cluster. It knows nothing of what a program does.
 *
 * <p>Safe for use by many threads.
 */
public interface ProcessLauncher {

    /**
     * Starts the program and waits until it and all its children are gone.
     *
     * @param request command, directory, files and limits
     * @param control the run's wishes and records for this launch
     * @return how the program ended, with its exit code
     * @throws LauncherUnusableException when no program at all can be started any more; the run ends as failed
     * @throws LaunchFailedException when the program could not be started
     * @throws InterruptedException when cancelled or when the calling thread is interrupted; nothing of the program is
     *     left by then. Or when the run {@linkplain LaunchControl#isLeaving leaves} it
     * @throws IOException when its output cannot be written
     */
    ProcessResult launch(ProcessRequest request, LaunchControl control) throws IOException, InterruptedException;

    /**
     * Ends what is left of a program whose runner is gone. Never ends anything else: a program that only looks like it
     * survives. The facts are the last that {@link #launch} recorded.
     *
     * @param process mark and facts of the program
     * @return whether there was anything left
     */
    boolean endLeftOver(LaunchedProcess process);

    /**
     * {@return whether its programs outlive the runner and are found again} An attempt that was running when a runner
     * died is then resumed by the next one, which launches with {@link LaunchControl#earlier}.
     */
    default boolean reattaches() {
        return false;
    }

    /**
     * {@return the most memory, in bytes, that a request may ask for; empty when the launcher does not give out memory}
     */
    default OptionalLong mostMemoryBytes() {
        return OptionalLong.empty();
    }

    /**
     * {@return what hinders the launching at present, in a few words, if anything does} Shown in the status. From any
     * thread.
     */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /** {@return the launcher that starts programs on this machine} */
    static ProcessLauncher local() {
        return new LocalProcessLauncher();
    }
}
