package io.github.qmbench.cli.text;

import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.nmr.internal.TerminalText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream of lines, on which commands print. A line that goes through {@code println} stays one line, and nothing in
 * it steers a terminal; {@code print} is for text with lines or colours of its own. Standard output is checked: a write
 * that fails throws {@link Lost}, and so does every later one. Standard error is not, because there is nowhere to
 * report it.
 *
 * <p>Safe for use by many threads.
 */
public final class LineStream extends PrintStream {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private final Target target;

    private LineStream(Target target, Charset charset) {
        super(target, true, charset);
        this.target = target;
    }

    /** Returns standard output, checked. */
    public static LineStream standardOutput() {
        return new LineStream(
                new Target(new FileOutputStream(FileDescriptor.out), true, STANDARD_OUTPUT),
                charset("stdout.encoding"));
    }

    /** Returns standard error, of which errors are of no consequence. */
    public static LineStream standardError() {
        return unchecked(new FileOutputStream(FileDescriptor.err), charset("stderr.encoding"));
    }

    /** Returns lines to a stream of which errors matter. */
    public static LineStream checked(OutputStream out) {
        return new LineStream(new Target(out, true, null), StandardCharsets.UTF_8);
    }

    /** Returns lines to a stream of which errors are of no consequence. */
    public static LineStream unchecked(OutputStream out, Charset charset) {
        return new LineStream(new Target(out, false, null), charset);
    }

    /** As Java encodes its own standard streams; the first property is there from Java 19 on. */
    private static Charset charset(String property) {
        String name = System.getProperty(property, System.getProperty("native.encoding"));
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    @Override
    public void println(@Nullable String line) {
        String text = String.valueOf(line);
        String indent = text.startsWith("\t") ? "\t" : ""; // as the lines of a stack trace begin
        super.print(indent + TerminalText.line(text.substring(indent.length())) + "\n");
    }

    @Override
    public void println(@Nullable Object line) {
        println(String.valueOf(line));
    }

    @Override
    public void print(@Nullable String text) {
        super.print(TerminalText.spelled(String.valueOf(text)));
    }

    /**
     * Returns when everything that was printed has arrived.
     *
     * @throws Lost when something has not
     */
    public void requireWritten() {
        flush();
        target.requireWritten();
    }

    /** Thrown when output does not arrive. */
    public static final class Lost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean closedPipe;

        Lost(IOException cause, boolean closedPipe) {
            super("cannot write standard output: " + IoReason.of(cause), cause);
            this.closedPipe = closedPipe;
        }

        /** {@return whether the reader of a pipe has gone, as {@code head} does when it has seen enough} */
        public boolean isClosedPipe() {
            return closedPipe;
        }
    }

    /** The stream below, with its first error. */
    private static final class Target extends OutputStream {

        private final OutputStream out;
        private final boolean checked;
        private final @Nullable Path link;
        private volatile @Nullable IOException error;

        /** Begins; the link shows what the stream is, where the system has such links. */
        Target(OutputStream out, boolean checked, @Nullable Path link) {
            this.out = Objects.requireNonNull(out, "out");
            this.checked = checked;
            this.link = link;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            requireWritten();
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                error = e;
                requireWritten();
            }
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                error = e;
                requireWritten();
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        void requireWritten() {
            IOException failed = error;
            if (checked && failed != null) {
                throw new Lost(failed, isClosedPipe(failed));
            }
        }

        /** The message of the system may be in any language, so the kind of the stream also counts. */
        private boolean isClosedPipe(IOException failed) {
            if (String.valueOf(failed.getMessage()).contains("Broken pipe")) {
                return true;
            }
            try {
                String kind = link == null ? "" : Files.readSymbolicLink(link).toString();
                return kind.startsWith("pipe:") || kind.startsWith("socket:");
            } catch (IOException noSuchLink) {
                return false;
            }
        }
    }
}
