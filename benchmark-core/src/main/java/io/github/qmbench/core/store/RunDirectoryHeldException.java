package io.github.qmbench.core.store;

import java.io.IOException;

/** Says that another runner holds the run directory. This one has changed nothing. */
public class RunDirectoryHeldException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String holder;

    public RunDirectoryHeldException(RunDirectory directory, String holder) {
        super("another run holds " + directory + ": " + holder);
        this.holder = holder;
    }

    /** Who holds it: process, host, since when. */
    public String holder() {
        return holder;
    }
}
