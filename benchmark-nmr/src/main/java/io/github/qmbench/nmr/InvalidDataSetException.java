package io.github.qmbench.nmr;

import io.github.qmbench.nmr.internal.TerminalText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Thrown when the files of a data set are not valid. It has every problem found, each with its place. */
public final class InvalidDataSetException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<Problem> problems;

    InvalidDataSetException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return all problems, at least one, in the order of the files} */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        String shown = problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() <= SHOWN ? shown : shown + "\nand " + (problems.size() - SHOWN) + " more";
    }

    /**
     * A problem in the files of a data set. Immutable.
     *
     * @param file the file or directory
     * @param line the line, counted from 1; 0 when it is the file as a whole
     * @param message what is wrong, with the value
     */
    public record Problem(Path file, int line, String message) {

        /**
         * Checks the components.
         *
         * @param file the file or directory
         * @param line the line, counted from 1
         * @param message what is wrong, with the value
         */
        public Problem {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(message, "message");
        }

        /** Returns {@code file, line 4: message}, on one line whatever is in the name of the file. */
        @Override
        public String toString() {
            return TerminalText.line(file + (line > 0 ? ", line " + line : "") + ": " + message);
        }
    }
}
