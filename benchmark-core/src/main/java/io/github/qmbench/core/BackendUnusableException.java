package io.github.qmbench.core;

/** Thrown when no calculation can succeed any more. It ends the run as failed, with the message as the reason. */
public class BackendUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception with a message.
     *
     * @param message one sentence for a person, with what to do about it
     */
    public BackendUnusableException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a message and its cause.
     *
     * @param message one sentence for a person, with what to do about it
     * @param cause what led to it; shown with {@code --debug} only
     */
    public BackendUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
