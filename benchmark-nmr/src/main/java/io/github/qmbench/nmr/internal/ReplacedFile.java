package io.github.qmbench.nmr.internal;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Replaces text files so that whoever opens one sees the old text whole or the new one whole. */
public final class ReplacedFile {

    private ReplacedFile() {}

    /** Writes the text of a file. */
    @FunctionalInterface
    public interface Text {
        /** Writes it, without closing anything. */
        void write(Writer out) throws IOException;
    }

    /**
     * Writes a file through a temporary one beside it. Where the file system cannot replace a file in one step, a reader may
     * find none for a moment. Not forced to disk: what is written here can be made again from the journal.
     *
     * @throws IOException when it cannot be written; the old file is as it was then, and nothing is left beside it
     */
    public static void write(Path file, Text text) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the directory of the file");
        Path temporary = directory.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                text.write(out);
            }
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) { // as told above
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
