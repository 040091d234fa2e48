package io.github.qmbench.core;

import java.io.IOException;

/**
 * Starts a program and waits for its end: on this machine, or on a cluster. It knows nothing of what the program does.
 *
 * <p>Safe for use by many threads.
 */
@FunctionalInterface
public interface ProcessLauncher {

    /**
     * Starts the program and waits until it and all its children are gone.
     *
     * @param cancellation when asked for, the program is ended with all its children
     * @throws LaunchFailedException when the program could not be started
     * @throws InterruptedException when cancelled or when the calling thread is interrupted; nothing of the program is
     *     left by then
     * @throws IOException when its output cannot be written
     */
    ProcessResult launch(ProcessRequest request, Cancellation cancellation) throws IOException, InterruptedException;
}
