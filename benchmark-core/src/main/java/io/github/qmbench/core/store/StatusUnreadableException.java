package io.github.qmbench.core.store;

import java.io.IOException;
import java.nio.file.Path;

/** Says that a status file holds something else than a status this version can read. */
public class StatusUnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    StatusUnreadableException(Path file, String reason, Throwable cause) {
        super("cannot read the status " + file + ": " + reason, cause);
    }
}
