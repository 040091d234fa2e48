package io.github.qmbench.nmr;

import java.util.ArrayList;
import java.util.List;

/** Splits the fields of a line of comma-separated values (RFC 4180, without line breaks inside fields). */
final class CsvLine {

    private CsvLine() {}

    /**
     * Returns the fields; quotes around a field are taken off.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    static List<String> split(String line) {
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
