package io.github.qmbench.nmr.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads comma-separated values as RFC 4180 has them, for tests. */
final class Table {

    private Table() {}

    /** Returns the cells of each line, the one with the names first. */
    static List<List<String>> cells(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        if (quoted || !line.isEmpty() || !cell.isEmpty()) {
            throw new AssertionError("the last line has no end");
        }
        return lines;
    }

    /** Returns the rows by the names of the columns. */
    static List<Map<String, String>> rows(String text) {
        List<List<String>> lines = cells(text);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            if (line.size() != lines.get(0).size()) {
                throw new AssertionError(line + " has not the columns " + lines.get(0));
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                row.put(lines.get(0).get(i), line.get(i));
            }
            if (row.size() != line.size()) {
                throw new AssertionError("two columns of one name in " + lines.get(0));
            }
            rows.add(row);
        }
        return rows;
    }
}
