package io.github.qmbench.core.store;

import java.io.IOException;

/** Thrown when another runner holds the run directory. This one has changed nothing. */
public class RunDirectoryHeldException extends IOException {

    private static final long serialVersionUID = 1L;

    /** For a person. */
    private final String holder;

    /**
     * Creates an exception that names the holder.
     *
     * @param directory which is held
     * @param holder process, host, since when
     */
    public RunDirectoryHeldException(RunDirectory directory, String holder) {
        super("another run holds " + directory + ": " + holder);
        this.holder = holder;
    }

    /** {@return a description of the holder: process, host, since when} */
    public String holder() {
        return holder;
    }
}
