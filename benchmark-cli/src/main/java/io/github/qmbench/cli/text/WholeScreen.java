package io.github.qmbench.cli.text;

import io.github.qmbench.nmr.internal.TerminalText;
import java.io.PrintStream;
import java.util.List;

/**
 * The terminal's second screen, for lines that are shown again and again. The first one comes back as it was, even when
 * a signal ends the program. It does not know how wide the terminal is, so the terminal may be resized: it cuts what
 * does not fit.
 */
public final class WholeScreen implements AutoCloseable {

    private static final String SECOND_SCREEN = "\u001b[?1049h";
    private static final String FIRST_SCREEN = "\u001b[?1049l";
    private static final String CUT_LINES = "\u001b[?7l";
    private static final String WRAP_LINES = "\u001b[?7h";
    private static final String HOME = "\u001b[H";
    private static final String ERASE_LINE = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";

    private final PrintStream out;
    private final Thread atSignal = new Thread(this::leave, "leave-screen");
    private boolean left;

    public WholeScreen(PrintStream out) {
        this.out = out;
        Runtime.getRuntime().addShutdownHook(atSignal);
        out.print(SECOND_SCREEN + CUT_LINES);
    }

    public synchronized void show(List<String> lines) {
        if (!left) {
            List<String> clean = lines.stream().map(TerminalText::line).toList();
            out.print(HOME + String.join(ERASE_LINE + "\r\n", clean) + ERASE_LINE + ERASE_BELOW);
            out.flush();
        }
    }

    private synchronized void leave() {
        if (!left) {
            left = true;
            try {
                out.print(WRAP_LINES + FIRST_SCREEN);
                out.flush();
            } catch (LineStream.Lost e) {
                return; // the terminal has gone, and its second screen with it
            }
        }
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(atSignal);
        } catch (IllegalStateException e) {
            return; // a signal is ending the program, and the hook has its turn
        }
    }
}
