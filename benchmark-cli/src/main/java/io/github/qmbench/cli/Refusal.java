package io.github.qmbench.cli;

import io.github.qmbench.nmr.internal.Phrases;

/**
 * Thrown when a command refuses what it was asked to do. The message says why in a sentence for a person; it has the
 * exit code.
 */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    Refusal(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The refusal of something that was asked for in a wrong way. */
    static Refusal badInput(String message) {
        return new Refusal(ExitCode.USAGE, message);
    }

    /** As {@link #badInput(String)}, for an exception of which the message says it all. */
    static Refusal badInput(Exception cause) {
        return new Refusal(ExitCode.USAGE, Phrases.message(cause), cause);
    }

    /** One of {@link ExitCode}. */
    int exitCode() {
        return exitCode;
    }
}
