package io.github.qmbench.nwchem.output;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads lines and cuts those that are too long to be one, so that no file fills the memory. */
final class BoundedLines implements Closeable {

    private static final int LONGEST = 4000;

    private final Reader reader;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int limit;

    BoundedLines(Reader reader) {
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    /** Returns the next line without its line break, cut after 4000 characters; null at the end. */
    @Nullable
    String next() throws IOException {
        StringBuilder begun = null;
        while (true) {
            if (position == limit) {
                limit = reader.read(buffer, 0, buffer.length);
                position = 0;
                if (limit <= 0) {
                    limit = 0;
                    return begun == null ? null : begun.toString();
                }
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            int length = end - position;
            int start = position;
            boolean whole = end < limit;
            position = whole ? end + 1 : end;
            if (whole && begun == null) {
                return new String(buffer, start, Math.min(length, LONGEST));
            }
            if (begun == null) {
                begun = new StringBuilder();
            }
            begun.append(buffer, start, Math.min(length, LONGEST - begun.length()));
            if (whole) {
                return begun.toString();
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
