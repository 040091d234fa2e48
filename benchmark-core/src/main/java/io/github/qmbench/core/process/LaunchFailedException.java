package io.github.qmbench.core.process;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says that a program could not be started: not found, not executable, refused by the cluster. */
public class LaunchFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> command;

    /**
     * Says why a program could not be started.
     *
     * @param command the program and its arguments
     * @param reason what follows the program's name in the message
     */
    public LaunchFailedException(List<String> command, @Nullable String reason, @Nullable Throwable cause) {
        super("cannot start " + (command.isEmpty() ? "an empty command" : command.get(0)) + ": " + reason, cause);
        this.command = List.copyOf(command);
    }

    /** The program and its arguments. */
    public List<String> command() {
        return command;
    }
}
