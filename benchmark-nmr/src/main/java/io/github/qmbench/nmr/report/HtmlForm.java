package io.github.qmbench.nmr.report;

import static io.github.qmbench.nmr.report.Html.escape;

import io.github.qmbench.nmr.report.Document.Item;
import io.github.qmbench.nmr.report.Document.Section;
import io.github.qmbench.nmr.report.Document.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/** A part of a document in HTML, for a page that has a title and larger headings. */
final class HtmlForm implements Document.Form {

    /** The hyphen before a number or in place of one, but not the one in 6-31G or 1d-8. */
    private static final Pattern MINUS = Pattern.compile("(?<![\\w-])-(?=\\d|$)");

    private final StringBuilder html = new StringBuilder();
    private String heading = "";

    private HtmlForm() {}

    /** Returns a section. */
    static String of(Section section) {
        HtmlForm form = new HtmlForm();
        try {
            section.write(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // does not happen: it is written to memory
        }
        return form.html.toString();
    }

    @Override
    public void heading(int level, String text) {
        heading = escape(text);
        int below = level + 1;
        html.append("<h" + below + ">" + heading + "</h" + below + ">\n");
    }

    @Override
    public void paragraph(String text) {
        html.append("<p>").append(typeset(text)).append("</p>\n");
    }

    @Override
    public void table(Table table) {
        html.append(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + heading + "\"><table>\n<thead>");
        row(table, table.headings(), "col");
        html.append("</thead>\n<tbody>\n");
        table.rows().forEach(cells -> row(table, cells, "row"));
        html.append("</tbody></table></div>\n");
    }

    /** A row whose first cell is the header, or one of headers alone. */
    private void row(Table table, List<String> cells, String scope) {
        html.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            boolean header = i == 0 || scope.equals("col");
            String kind = i == 0 ? " class=\"name\"" : table.columns().get(i).number() ? "" : " class=\"text\"";
            html.append(header ? "<th scope=\"" + scope + "\"" : "<td")
                    .append(kind)
                    .append('>');
            html.append(typeset(cells.get(i))).append(header ? "</th>" : "</td>");
        }
        html.append("</tr>\n");
    }

    @Override
    public void items(Iterable<Item> items) {
        html.append("<ul>\n");
        items.forEach(item -> html.append(
                "<li><b>" + escape(item.subject()) + "</b> " + typeset(String.join("; ", item.texts())) + "</li>\n"));
        html.append("</ul>\n");
    }

    private static String typeset(String text) {
        return MINUS.matcher(escape(text)).replaceAll("−");
    }
}
