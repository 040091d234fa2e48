package io.github.qmbench.core.internal;

import io.github.qmbench.core.CalculationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A failure made of what a backend throws, which still says where it came from. */
public final class ThrownFailure {

    /** How many causes of a cause are looked at. */
    public static final int MOST_CAUSES = 10;

    private static final int FRAMES = 8;
    private static final int FRAMES_OF_CAUSE = 4;
    private static final int LONGEST_LINE = 500;

    private ThrownFailure() {}

    /** Returns the failure; its evidence has the chain of causes and the first frames of each. */
    public static CalculationFailure of(Throwable thrown) {
        return MachineFault.of(thrown)
                .orElseGet(() -> CalculationFailure.of(CalculationFailure.EXCEPTION)
                        .because(thrown.getClass().getName() + ": " + thrown.getMessage()))
                .withEvidence(Map.of("exception", lines(thrown)));
    }

    /** {@return the message of a throwable, and that of its innermost cause if it is another, in one line} */
    public static String sentence(Throwable thrown) {
        String own = text(thrown);
        Throwable innermost = thrown;
        for (int depth = 0; innermost.getCause() != null && depth < MOST_CAUSES; depth++) {
            innermost = innermost.getCause();
        }
        String cause = text(innermost);
        return own.contains(cause) ? own : own + " (cause: " + cause + ")";
    }

    private static String text(Throwable thrown) {
        String message = thrown.getMessage();
        if (thrown instanceof OutOfMemoryError) {
            return "the runner itself has no memory or no thread left: " + message;
        }
        return message == null ? thrown.getClass().getName() : message;
    }

    private static List<String> lines(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            lines.add(cut((depth == 0 ? "" : "caused by ") + cause));
            StackTraceElement[] frames = cause.getStackTrace();
            int shown = Math.min(frames.length, depth == 0 ? FRAMES : FRAMES_OF_CAUSE);
            for (int i = 0; i < shown; i++) {
                lines.add(cut("  at " + frames[i]));
            }
            cause = cause.getCause();
        }
        return lines;
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }
}
