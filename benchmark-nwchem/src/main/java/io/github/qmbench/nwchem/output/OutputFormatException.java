package io.github.qmbench.nwchem.output;

import java.io.IOException;

/** Thrown when a line of NWChem's output is not the one expected there. It has the line and its text. */
public final class OutputFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long line;

    OutputFormatException(long line, String text, String expected) {
        super("line " + line + " of the output: expected " + expected + " but found '" + text.strip() + "'");
        this.line = line;
    }

    /** {@return the number of the line, from 1} */
    public long line() {
        return line;
    }
}
