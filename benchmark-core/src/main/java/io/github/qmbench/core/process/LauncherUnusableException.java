package io.github.qmbench.core.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@link ProcessLauncher} can start no program any more (the cluster refuses its options). It ends the
 * run as failed, with the message as the reason, however the backend handles it. The calculation is not counted.
 */
public class LauncherUnusableException extends LaunchFailedException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a program.
     *
     * @param command the program and its arguments
     * @param reason follows the program's name in the message; may be null
     * @param cause what led to it; may be null
     */
    public LauncherUnusableException(List<String> command, @Nullable String reason, @Nullable Throwable cause) {
        super(command, reason, cause);
    }
}
