package io.github.qmbench.cli;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: columns as wide as they need to be, numbers to the right. */
final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** Begins with the headings. */
    TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    /** Begins with the headings. */
    TextTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    void add(String... cells) {
        add(List.of(cells));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException when it has not as many cells as there are headings
     */
    void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.size() + " cells in a table of " + rows.get(0));
        }
        rows.add(List.copyOf(cells));
    }

    /** The table in Markdown. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add("| "
                + String.join(
                        " | ",
                        row.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |"));
        lines.add(1, "|" + " --- |".repeat(rows.get(0).size()));
        return lines;
    }

    /** The table in plain text. */
    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int place = column;
            widths[column] =
                    rows.stream().mapToInt(row -> width(row.get(place))).max().orElse(0);
            numeric[column] = rows.size() > 1
                    && rows.stream()
                            .skip(1)
                            .map(row -> row.get(place))
                            .allMatch(cell -> cell.matches("-|-?[\\d.]+( s)?"));
        }
        return rows.stream().map(row -> line(row, widths, numeric)).toList();
    }

    private static String line(List<String> row, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String pad = " ".repeat(widths[column] - width(row.get(column)));
            line.append(column == 0 ? "" : "  ");
            line.append(numeric[column] ? pad + row.get(column) : row.get(column) + pad);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
