package io.github.qmbench.nmr.report;

import io.github.qmbench.nmr.internal.TerminalText;
import io.github.qmbench.nmr.internal.TextTable;
import io.github.qmbench.nmr.report.Document.Item;
import io.github.qmbench.nmr.report.Document.Table;
import java.io.IOException;
import java.io.Writer;

/** A document for the terminal: a line for each paragraph and each text of an item, columns padded. */
final class TextForm implements Document.Form {

    private final Writer out;

    TextForm(Writer out) {
        this.out = out;
    }

    @Override
    public void heading(int level, String text) throws IOException {
        if (level > 1) {
            line("");
        }
        line(text);
    }

    @Override
    public void paragraph(String text) throws IOException {
        line(text);
    }

    @Override
    public void table(Table table) throws IOException {
        TextTable.write(table.headings(), table.rows(), out);
    }

    @Override
    public void items(Iterable<Item> items) throws IOException {
        for (Item item : items) {
            for (String text : item.texts()) {
                line("- " + item.subject() + ": " + text);
            }
        }
    }

    private void line(String text) throws IOException {
        out.write(TerminalText.line(text) + "\n");
    }
}
