package io.github.qmbench.nmr.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes cells of comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in
 * front of it, as OWASP advises against "CSV injection"; numbers are not texts, and stay as they are.
 */
public final class Csv {

    /** With their wide forms, which some spreadsheets take for the same. */
    private static final String BEGIN_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?");

    private Csv() {}

    /** Writes a row of such cells, ended by a line feed. */
    public static void write(List<String> cells, Writer out) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.write(i == 0 ? "" : ",");
            out.write(text(cells.get(i)));
        }
        out.write("\n");
    }

    /** Returns a text as one cell: on one line, harmless, and in quotes if it needs any. */
    public static String text(String text) {
        String cell = TerminalText.line(text);
        String visible = cell.stripLeading();
        if (!visible.isEmpty()
                && BEGIN_FORMULA.indexOf(visible.charAt(0)) >= 0
                && !NUMBER.matcher(cell).matches()) {
            cell = "'" + cell;
        }
        return cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0 ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
