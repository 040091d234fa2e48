package io.github.qmbench.core;

import io.github.qmbench.core.internal.RegularFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file whose presence asks a run to stop. If its text begins with {@code now}, running calculations are ended as
 * well; anything else, or nothing, lets them finish. Anybody can make one: {@code touch results/STOP}.
 *
 * <p>Safe for use by many threads and processes; of two requests at once, the more urgent one or the later one wins.
 */
public final class StopMarker implements StopSignal {

    private final Path file;

    StopMarker(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public StopRequest request() {
        if (!file.toFile().exists()) { // asked before every calculation, and many times quicker than Files.exists
            return StopRequest.NONE;
        }
        try {
            return RegularFile.beginsWith(file, "now") ? StopRequest.NOW : StopRequest.DRAIN;
        } catch (IOException e) {
            return StopRequest.DRAIN; // it is there; that it cannot be read does not make it less of a request
        }
    }

    /**
     * Writes the request to the file.
     *
     * @param request {@link StopRequest#DRAIN} or {@link StopRequest#NOW}
     * @return whether this changes the request: false when as much was requested already
     * @throws IOException when the file cannot be written
     */
    public boolean set(StopRequest request) throws IOException {
        StopRequest before = request();
        if (Objects.requireNonNull(request, "request") == StopRequest.LEAVE) {
            throw new IllegalArgumentException("a marker file cannot ask for " + request);
        }
        if (before.compareTo(request) >= 0) {
            return false;
        }
        RegularFile.requireNoLink(file);
        Files.writeString(file, request == StopRequest.NOW ? "now\n" : "");
        return true;
    }

    @Override
    public boolean clear() throws IOException {
        try {
            return Files.deleteIfExists(file);
        } catch (DirectoryNotEmptyException e) {
            throw new FileSystemException(
                    file.toString(), null, "it is a directory with files in it, not a request to stop; remove it");
        }
    }
}
