package io.github.qmbench.nmr.report;

import java.io.IOException;
import java.util.List;

/**
 * A text for people, in sections. {@link TextForm}, {@link MarkdownForm} and {@link HtmlForm} write it.
 *
 * <p>Texts are plain: each form escapes what means something to it. Rows and items may be too many to hold, so they are made
 * while a form writes them.
 *
 * @param title the heading of the whole document
 * @param sections the parts below the title, in order
 */
record Document(String title, List<Section> sections) {

    Document {
        sections = List.copyOf(sections);
    }

    /** Writes the document in a form. */
    void write(Form form) throws IOException {
        form.heading(1, title);
        for (Section section : sections) {
            section.write(form);
        }
    }

    /** Blocks under a heading. */
    record Section(String heading, List<Block> blocks) {

        Section {
            blocks = List.copyOf(blocks);
        }

        Section(String heading, Block... blocks) {
            this(heading, List.of(blocks));
        }

        void write(Form form) throws IOException {
            form.heading(2, heading);
            for (Block block : blocks) {
                block.write(form);
            }
        }
    }

    /** A paragraph, a table or a list. */
    sealed interface Block {
        void write(Form form) throws IOException;
    }

    /** Sentences. */
    record Paragraph(String text) implements Block {
        @Override
        public void write(Form form) throws IOException {
            form.paragraph(text);
        }
    }

    /** A table with as many cells in each row as there are columns; forms may go through the rows more than once. */
    record Table(List<Column> columns, Iterable<List<String>> rows) implements Block {
        @Override
        public void write(Form form) throws IOException {
            form.table(this);
        }

        List<String> headings() {
            return columns.stream().map(Column::heading).toList();
        }
    }

    /** A column of a table, and whether it holds numbers. */
    record Column(String heading, boolean number) {}

    /** A list. */
    record Items(Iterable<Item> items) implements Block {
        @Override
        public void write(Form form) throws IOException {
            form.items(items);
        }
    }

    /** What there is to say about a subject, at least one text. */
    record Item(String subject, List<String> texts) {}

    /** How a document is written. */
    interface Form {
        /** Begins the document (level 1) or a section (level 2). */
        void heading(int level, String text) throws IOException;

        void paragraph(String text) throws IOException;

        void table(Table table) throws IOException;

        void items(Iterable<Item> items) throws IOException;
    }
}
