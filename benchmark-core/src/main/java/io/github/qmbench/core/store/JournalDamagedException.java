package io.github.qmbench.core.store;

import java.io.IOException;
import java.nio.file.Path;

/** Says that a line of the journal, and not just a torn last one, is not what was written. */
public class JournalDamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long line;

    JournalDamagedException(Path file, long line, String reason) {
        super(file + ", line " + line + ": " + reason);
        this.file = file;
        this.line = line;
    }

    /** The journal. */
    public Path file() {
        return file;
    }

    /** The number of the line, from 1. */
    public long line() {
        return line;
    }
}
