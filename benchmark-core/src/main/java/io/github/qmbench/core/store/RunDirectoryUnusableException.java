package io.github.qmbench.core.store;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a runner must not write in its directory: another runner has it, or a link leads elsewhere. */
public final class RunDirectoryUnusableException extends IOException {

    private static final long serialVersionUID = 1L;

    private RunDirectoryUnusableException(String message) {
        super(message);
    }

    /**
     * {@return an exception for a directory that is not this runner's any more}
     *
     * @param directory which was lost
     */
    public static RunDirectoryUnusableException lost(RunDirectory directory) {
        return new RunDirectoryUnusableException(
                "the run directory " + directory + " was deleted, moved or replaced while the run was working in it");
    }

    /**
     * {@return an exception for a symbolic link that stands where a directory should be}
     *
     * @param link its path
     */
    public static RunDirectoryUnusableException link(Path link) {
        return new RunDirectoryUnusableException(
                link + " is a symbolic link; calculations write in real directories only. Remove it, then run again");
    }
}
