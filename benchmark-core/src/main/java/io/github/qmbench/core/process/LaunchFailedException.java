package io.github.qmbench.core.process;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown when a program could not be started: not found, not executable, refused by the cluster. */
public class LaunchFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> command;

    /**
     * Creates an exception for a program.
     *
     * @param command the program and its arguments
     * @param reason follows the program's name in the message; may be null
     * @param cause what led to it; may be null
     */
    public LaunchFailedException(List<String> command, @Nullable String reason, @Nullable Throwable cause) {
        super("cannot start " + (command.isEmpty() ? "an empty command" : command.get(0)) + ": " + reason, cause);
        this.command = List.copyOf(command);
    }

    /** {@return the program and its arguments} */
    public List<String> command() {
        return command;
    }
}
