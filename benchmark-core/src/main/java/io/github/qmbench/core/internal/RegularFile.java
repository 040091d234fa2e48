package io.github.qmbench.core.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A reader of regular files only, up to a limit. A named pipe would make a reader wait for ever, and a device such as
 * {@code /dev/zero} never ends.
 *
 * <p>Every error is a {@link FileSystemException} whose reason is a phrase for a person. Safe for use by many threads.
 */
public final class RegularFile {

    /** What a text file that a person or this program wrote takes at most, in bytes. */
    public static final long MOST_TEXT_BYTES = 64_000_000;

    private RegularFile() {}

    /**
     * Opens a file for reading; a symbolic link leads to its target.
     *
     * @throws NoSuchFileException when there is none
     * @throws FileSystemException when it is not a regular file
     */
    public static SeekableByteChannel open(Path file) throws IOException {
        requireRegular(file, Files.readAttributes(file, BasicFileAttributes.class));
        return Files.newByteChannel(file, StandardOpenOption.READ);
    }

    /**
     * Reads a file whole.
     *
     * @param most how many bytes it may have
     * @throws NoSuchFileException when there is none
     * @throws FileSystemException when it is not a regular file, or larger
     */
    public static byte[] bytes(Path file, long most) throws IOException {
        try (SeekableByteChannel channel = open(file)) {
            boolean large = channel.size() > most; // the files of /proc say that they are empty
            int count = large ? 0 : (int) Math.min(Integer.MAX_VALUE - 8, most + 1);
            byte[] bytes = Channels.newInputStream(channel).readNBytes(count);
            if (large || bytes.length > most) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        String.format(Locale.ROOT, "it is larger than %.1f MB, so it is not read", most / 1e6));
            }
            return bytes;
        }
    }

    /**
     * Reads a file of text in UTF-8 whole, up to {@link #MOST_TEXT_BYTES}.
     *
     * @throws CharacterCodingException when it is not UTF-8
     * @throws FileSystemException as {@link #bytes} throws it
     */
    public static String text(Path file) throws IOException {
        byte[] bytes = bytes(file, MOST_TEXT_BYTES);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Returns the lines of {@link #text}. */
    public static List<String> lines(Path file) throws IOException {
        return text(file).lines().toList();
    }

    /**
     * {@return whether a file begins with this ASCII text}
     *
     * @throws NoSuchFileException when there is none
     * @throws FileSystemException when it is not a regular file
     */
    public static boolean beginsWith(Path file, String text) throws IOException {
        try (InputStream in = Channels.newInputStream(open(file))) {
            byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
            return Arrays.equals(in.readNBytes(expected.length), expected);
        }
    }

    /**
     * Refuses a name under which something else than a regular file stands, symbolic links included: what is written there
     * would land in another place. A missing file is fine.
     *
     * @throws FileSystemException when it is something else
     */
    public static void requireNoLink(Path file) throws IOException {
        try {
            requireRegular(file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException fine) {
            return;
        }
    }

    private static void requireRegular(Path file, BasicFileAttributes attributes) throws FileSystemException {
        if (!attributes.isRegularFile()) {
            String what = attributes.isDirectory()
                    ? "it is a directory"
                    : attributes.isSymbolicLink() ? "it is a symbolic link" : "it is a device or a named pipe";
            throw new FileSystemException(file.toString(), null, what + ", not a regular file");
        }
    }
}
