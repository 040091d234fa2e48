package io.github.qmbench.nmr.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Reads files that are given to this program: regular ones only, and no larger than a sane size. A FIFO would keep it
 * waiting for ever, and a device such as {@code /dev/zero} fill its memory.
 */
public final class InputFile {

    /** Nothing larger is read, in bytes; the largest file that makes sense has a few. */
    static final int MOST_BYTES = 64_000_000;

    private InputFile() {}

    /**
     * Returns what is in a file.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     * @throws FileSystemException when it is not a regular file, or too large; the reason says which
     * @throws IOException when it cannot be read
     */
    public static byte[] bytes(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(), null, attributes.isDirectory() ? "is a directory" : "is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = attributes.size() > MOST_BYTES ? new byte[0] : in.readNBytes(MOST_BYTES);
            if (attributes.size() > MOST_BYTES || in.read() >= 0) {
                throw new FileSystemException(
                        file.toString(), null, "is larger than " + MOST_BYTES / 1_000_000 + " MB");
            }
            return bytes;
        }
    }

    /**
     * Returns the text of a file in UTF-8.
     *
     * @throws CharacterCodingException when it is no such text
     * @throws IOException as {@link #bytes}
     */
    public static String text(Path file) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file)))
                .toString();
    }

    /** Returns the lines of {@link #text}. */
    public static List<String> lines(Path file) throws IOException {
        return text(file).lines().toList();
    }
}
