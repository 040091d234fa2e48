package io.github.qmbench.nmr;

/** Thrown when a line of a file is wrong, to end the reading of that file; the reader of the directory collects these. */
final class LocatedProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    LocatedProblem(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The line, counted from 1; 0 for the file as a whole. */
    int line() {
        return line;
    }
}
