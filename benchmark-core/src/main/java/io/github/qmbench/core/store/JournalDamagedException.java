package io.github.qmbench.core.store;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a line of the journal is not what was written. A torn last line is not damage. */
public class JournalDamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    /** From 1. */
    private final long line;

    JournalDamagedException(Path file, long line, String reason) {
        super(file + ", line " + line + ": " + reason);
        this.file = file;
        this.line = line;
    }

    /** {@return the path of the journal} */
    public Path file() {
        return file;
    }

    /** {@return the number of the line, from 1} */
    public long line() {
        return line;
    }
}
