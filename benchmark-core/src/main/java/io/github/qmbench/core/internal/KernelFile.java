package io.github.qmbench.core.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A reader of the small files that the kernel writes when they are read: those of {@code /proc}, often and cheaply. */
public final class KernelFile {

    private static final int USUAL_BYTES = 4096;

    private KernelFile() {}

    /** Returns the text of a file. */
    public static String text(Path directory, String name) throws IOException {
        try (FileInputStream in = new FileInputStream(directory + "/" + name)) {
            byte[] bytes = new byte[USUAL_BYTES];
            int length = 0;
            for (int read = in.read(bytes); read > 0; read = in.read(bytes, length, bytes.length - length)) {
                length += read;
                if (length < bytes.length) {
                    break; // the kernel gives all that fits
                }
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }
    }
}
