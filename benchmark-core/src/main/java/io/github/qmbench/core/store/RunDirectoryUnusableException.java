package io.github.qmbench.core.store;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a runner must not write in its directory: it is not its own any more, or would lead to another place. */
public final class RunDirectoryUnusableException extends IOException {

    private static final long serialVersionUID = 1L;

    private RunDirectoryUnusableException(String message) {
        super(message);
    }

    /** The directory is not this runner's any more. */
    public static RunDirectoryUnusableException lost(RunDirectory directory) {
        return new RunDirectoryUnusableException(
                "the run directory " + directory + " was deleted, moved or replaced while the run was working in it");
    }

    /** A symbolic link stands where a directory should be. */
    public static RunDirectoryUnusableException link(Path link) {
        return new RunDirectoryUnusableException(
                link + " is a symbolic link; calculations write in real directories only. Remove it, then run again");
    }
}
