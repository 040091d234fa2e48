package io.github.qmbench.cli.text;

import java.io.BufferedWriter;
import java.io.Writer;
import java.nio.CharBuffer;
import java.util.Map;
import java.util.Objects;

/**
 * The streams of a command and what may be written there: results to {@code out}, progress and notes to {@code err}.
 *
 * @param out standard output; every write to it is checked
 * @param err standard error
 * @param outIsTerminal whether a person looks at {@code out}
 * @param errIsTerminal whether a person looks at {@code err}, and a line there may be written over
 * @param colour whether escape codes for colours may be used on {@code out}
 * @param columns width of the terminal in characters
 */
public record Console(
        LineStream out, LineStream err, boolean outIsTerminal, boolean errIsTerminal, boolean colour, int columns) {

    private static final int NARROWEST = 20;

    public Console {
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
        columns = Math.max(NARROWEST, columns);
    }

    /**
     * Returns the console of this process. {@code bin/qmbench} finds out what is a terminal, and how wide it is, and
     * passes that in system properties, for Java does not know it of each stream.
     */
    public static Console ofProcess(Map<String, String> environment) {
        String terminals = System.getProperty("qmbench.terminals", "");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean outIsTerminal = terminals.contains("out");
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(
                LineStream.standardOutput(),
                LineStream.standardError(),
                outIsTerminal,
                terminals.contains("err") && !dumb,
                outIsTerminal && !dumb && !noColour,
                parseColumns(System.getProperty("qmbench.columns", "")));
    }

    /** Returns a writer of results, which is to be flushed at the end; characters as {@link #out} has them. */
    public Writer writer() {
        return new BufferedWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) {
                out.append(CharBuffer.wrap(text, from, length));
            }

            @Override
            public void flush() {
                out.flush();
            }

            @Override
            public void close() {
                out.flush();
            }
        });
    }

    private static int parseColumns(String text) {
        try {
            int columns = Integer.parseInt(text.trim());
            return columns > 0 ? columns : 80;
        } catch (NumberFormatException unknown) {
            return 80;
        }
    }
}
