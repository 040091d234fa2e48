package io.github.qmbench.core;

/** Says that no calculation can succeed any more; ends the run as failed with the message as its reason. */
public class BackendUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says why in a message.
     *
     * @param message one sentence for a person, with what to do about it
     */
    public BackendUnusableException(String message) {
        super(message);
    }

    /**
     * As {@link #BackendUnusableException(String)}, with what led to it.
     *
     * @param cause shown with {@code --debug} only
     */
    public BackendUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
