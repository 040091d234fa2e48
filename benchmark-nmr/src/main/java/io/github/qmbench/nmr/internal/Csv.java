package io.github.qmbench.nmr.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A writer and reader of comma-separated values (RFC 4180, without line breaks inside cells). A text that a spreadsheet
 * would take for a formula gets an apostrophe in front of it, as OWASP advises against "CSV injection"; numbers are not
 * texts, and stay as they are.
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

    /**
     * Returns the fields; quotes around a field are taken off.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    public static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"' && (quoted || field.toString().isBlank())) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().trim());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed: " + line);
        }
        fields.add(field.toString().trim());
        return fields;
    }
}
