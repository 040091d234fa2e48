package io.github.qmbench.core;

import java.io.IOException;

/** Thrown when the run directory is no longer the one that this runner holds: somebody deleted, moved or replaced it. */
final class RunDirectoryLostException extends IOException {

    private static final long serialVersionUID = 1L;

    RunDirectoryLostException(RunDirectory directory) {
        super("the run directory " + directory + " was deleted, moved or replaced while the run was working in it");
    }
}
