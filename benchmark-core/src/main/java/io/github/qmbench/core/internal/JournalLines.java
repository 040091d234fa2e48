package io.github.qmbench.core.internal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * The lines of a journal one after the other, as bytes. Takes the memory of the longest line, and of no line more than
 * {@link #MOST_BYTES}: a damaged disk may give gigabytes of zeros.
 */
public final class JournalLines implements Closeable {

    /** What a line of a journal may take; results of such a size belong in files. */
    public static final int MOST_BYTES = 64 << 20;

    private final SeekableByteChannel in;
    private final byte[] buffer = new byte[1 << 14];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private int position;
    private int limit;
    private long number;
    private long offset;
    private long length;
    private boolean ended;

    public JournalLines(Path file) throws IOException {
        this.in = RegularFile.open(file);
    }

    /** Goes to the next line; false when there is none. Bytes after the last newline are also a line. */
    public boolean next() throws IOException {
        offset += length + (ended ? 1 : 0);
        number++;
        line.reset();
        length = 0;
        ended = false;
        while (!ended && (position < limit || fill())) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            ended = end < limit;
            length += end - position;
            if (length <= MOST_BYTES) {
                line.write(buffer, position, end - position);
            }
            position = ended ? end + 1 : end;
        }
        return ended || length > 0;
    }

    /** Makes {@link #next} go to the line that begins at this byte; what its {@link #number} is, nobody knows then. */
    public void seek(long lineOffset) throws IOException {
        long bufferBegin = in.position() - limit;
        if (lineOffset >= bufferBegin && lineOffset < in.position()) {
            position = (int) (lineOffset - bufferBegin);
        } else {
            in.position(lineOffset);
            position = 0;
            limit = 0;
        }
        offset = lineOffset;
        length = 0;
        ended = false;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(ByteBuffer.wrap(buffer)));
        return limit > 0;
    }

    /**
     * {@return the bytes of the line without its newline; only the first ones when it {@linkplain #isTooLong is too
     * long}}
     */
    public byte[] bytes() {
        return line.toByteArray();
    }

    /** {@return whether the line is longer than any that is written} */
    public boolean isTooLong() {
        return length > MOST_BYTES;
    }

    /** {@return whether a newline ends the line} */
    public boolean isEnded() {
        return ended;
    }

    /** {@return the number of the line, from 1} */
    public long number() {
        return number;
    }

    /** {@return the byte of the file at which the line begins} */
    public long offset() {
        return offset;
    }

    /** {@return the number of bytes in the line without its newline} */
    public long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
