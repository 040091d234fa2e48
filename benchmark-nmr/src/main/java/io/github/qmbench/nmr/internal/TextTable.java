package io.github.qmbench.nmr.internal;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A table in plain text: columns as wide as they need to be, numbers to the right, each cell on one line. Not safe for use by many threads. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** Begins with the headings. */
    public TextTable(String... headings) {
        rows.add(List.of(headings));
    }

    /** Begins with the headings. */
    public TextTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    public void add(String... cells) {
        add(List.of(cells));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException when it has not as many cells as there are headings
     */
    public void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.size() + " cells in a table of " + rows.get(0));
        }
        rows.add(clean(cells));
    }

    private static List<String> clean(List<String> cells) {
        return cells.stream().map(TerminalText::line).toList();
    }

    /** Returns a row in Markdown; bars in it separate no cells. */
    public static String markdown(List<String> cells) {
        return "| "
                + String.join(
                        " | ",
                        cells.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |";
    }

    /** {@return the table in Markdown} */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(markdown(row)));
        lines.add(1, "|" + " --- |".repeat(rows.get(0).size()));
        return lines;
    }

    /** {@return the table in plain text} */
    public List<String> lines() {
        List<List<String>> body = rows.subList(1, rows.size());
        Columns columns = new Columns(rows.get(0), body);
        return rows.stream().map(columns::line).toList();
    }

    /**
     * Writes a table in plain text as {@link #lines} gives it, for rows too many to hold.
     *
     * @param rows gone through twice
     */
    public static void write(List<String> headings, Iterable<List<String>> rows, Writer out) throws IOException {
        Columns columns = new Columns(headings, rows);
        out.write(columns.line(headings) + "\n");
        for (List<String> row : rows) {
            out.write(columns.line(clean(row)) + "\n");
        }
    }

    /** How wide columns are, and which have numbers in all rows. */
    private static final class Columns {
        private static final Pattern NUMBER = Pattern.compile("-|-?[\\d.]+( s)?");

        private final int[] widths;
        private final boolean[] numeric;

        Columns(List<String> headings, Iterable<List<String>> rows) {
            widths = headings.stream().mapToInt(TextTable::width).toArray();
            numeric = new boolean[widths.length];
            Arrays.fill(numeric, rows.iterator().hasNext());
            for (List<String> raw : rows) {
                List<String> row = clean(raw);
                for (int column = 0; column < widths.length; column++) {
                    widths[column] = Math.max(widths[column], width(row.get(column)));
                    numeric[column] &= NUMBER.matcher(row.get(column)).matches();
                }
            }
        }

        String line(List<String> row) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String pad = " ".repeat(widths[column] - width(row.get(column)));
                line.append(column == 0 ? "" : "  ");
                line.append(numeric[column] ? pad + row.get(column) : row.get(column) + pad);
            }
            return line.toString().stripTrailing();
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
