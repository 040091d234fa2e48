package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.internal.TextTable;
import io.github.qmbench.nmr.report.Document.Item;
import io.github.qmbench.nmr.report.Document.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;

/** A document in GitHub's Markdown. */
final class MarkdownForm implements Document.Form {

    /** Stars between blanks multiply; any other could begin emphasis. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\`<]|](?=[(\\[])|\\*(?! )|(?<! )\\*");

    private final Writer out;

    MarkdownForm(Writer out) {
        this.out = out;
    }

    @Override
    public void heading(int level, String text) throws IOException {
        if (level > 1) {
            line("");
        }
        line("#".repeat(level) + " " + escape(text));
    }

    @Override
    public void paragraph(String text) throws IOException {
        line("");
        line(escape(text));
    }

    @Override
    public void table(Table table) throws IOException {
        line("");
        line(row(table.headings()));
        line("|"
                + String.join(
                        "|",
                        table.columns().stream()
                                .map(column -> column.number() ? " ---: " : " --- ")
                                .toList())
                + "|");
        for (List<String> cells : table.rows()) {
            line(row(cells));
        }
    }

    private static String row(List<String> cells) {
        return TextTable.markdown(cells.stream().map(MarkdownForm::escape).toList());
    }

    @Override
    public void items(Iterable<Item> items) throws IOException {
        line("");
        for (Item item : items) {
            String subject = "- **" + escape(item.subject()) + "**";
            if (item.texts().size() == 1) {
                line(subject + ": " + escape(item.texts().get(0)));
                continue;
            }
            line(subject);
            for (String text : item.texts()) {
                line("  - " + escape(text));
            }
        }
    }

    private static String escape(String text) {
        return MARKUP.matcher(text).replaceAll("\\\\$0");
    }

    private void line(String text) throws IOException {
        out.write(text + "\n");
    }
}
