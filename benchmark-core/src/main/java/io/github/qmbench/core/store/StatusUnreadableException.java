package io.github.qmbench.core.store;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a status file holds something other than a status that this version can read. */
public class StatusUnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    StatusUnreadableException(Path file, String reason, Throwable cause) {
        super("cannot read the status " + file + ": " + reason, cause);
    }
}
