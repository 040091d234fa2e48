package io.github.qmbench.nmr.internal;

import io.github.qmbench.core.internal.IoReason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Thrown when a file cannot be written, as distinct from an error of reading its content. */
public final class OutputFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean directory;

    /** Creates an exception for a file whose writing ended with an error. */
    public OutputFailedException(Path file, IOException cause) {
        super("cannot write " + file + ": " + reason(file, Objects.requireNonNull(cause, "cause")), cause);
        directory = false;
    }

    private OutputFailedException(Path file) {
        super("cannot write " + file + ": it is a directory; give the name of a file");
        directory = true;
    }

    /** A new file need not exist. Where the system says that it does not, it lets nobody make one, as in {@code /proc}. */
    private static String reason(Path file, IOException cause) {
        return cause instanceof NoSuchFileException missing && file.toString().equals(missing.getFile())
                ? "the file system does not allow it there"
                : IoReason.of(cause, file);
    }

    /** Says that there is a directory in the place of the file. */
    static OutputFailedException directory(Path file) {
        return new OutputFailedException(file);
    }

    /** {@return whether the name leads to a pipe whose reader has gone, as {@code /dev/stdout} may} */
    public boolean isClosedPipe() {
        return getCause() != null && String.valueOf(getCause().getMessage()).contains("Broken pipe");
    }

    /** {@return whether the name is that of a directory, so that another name would help} */
    public boolean isDirectory() {
        return directory;
    }
}
