package io.github.qmbench.core;

/** Says that no calculation can succeed any more; ends the run as failed with the message as its reason. */
public class BackendUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    public BackendUnusableException(String message) {
        super(message);
    }

    public BackendUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
