package io.github.qmbench.nwchem;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/** Reads lines and cuts those that are too long to be one, so that no file fills the memory. */
final class BoundedLines implements Closeable {

    private static final int LONGEST = 4000;

    private final BufferedReader reader;

    BoundedLines(Reader reader) {
        this.reader = new BufferedReader(reader, 1 << 16);
    }

    /** Returns the next line without its line break, cut after 4000 characters; null at the end. */
    String next() throws IOException {
        StringBuilder line = null;
        int c;
        while ((c = reader.read()) >= 0) {
            if (line == null) {
                line = new StringBuilder(100);
            }
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r' && line.length() < LONGEST) {
                line.append((char) c);
            }
        }
        return line == null ? null : line.toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
