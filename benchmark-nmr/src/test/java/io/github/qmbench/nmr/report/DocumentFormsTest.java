package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.report.Document.Column;
import io.github.qmbench.nmr.report.Document.Item;
import io.github.qmbench.nmr.report.Document.Items;
import io.github.qmbench.nmr.report.Document.Paragraph;
import io.github.qmbench.nmr.report.Document.Section;
import io.github.qmbench.nmr.report.Document.Table;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same document in each of its forms. */
class DocumentFormsTest {

    private static final Document DOCUMENT = new Document(
            "Fits <all>",
            List.of(
                    new Section(
                            "Lines & points",
                            new Paragraph("A shift of -1.5 ppm by 6-31G."),
                            new Table(
                                    List.of(
                                            new Column("method", false),
                                            new Column("solvent", false),
                                            new Column("slope", true)),
                                    List.of(List.of("B3LYP", "a|b", "-1.04"), List.of("WP04", "DMSO", "-")))),
                    new Section(
                            "Notes",
                            new Items(List.of(
                                    new Item("ethanol", List.of("too few", "too far", "-3 ppm off")),
                                    new Item("water*", List.of("left out")))))));

    @Test
    void asPlainText() throws IOException {
        StringWriter out = new StringWriter();
        DOCUMENT.write(new TextForm(out));
        assertThat(out).hasToString("""
                Fits <all>

                Lines & points
                A shift of -1.5 ppm by 6-31G.
                method  solvent  slope
                B3LYP   a|b      -1.04
                WP04    DMSO         -

                Notes
                - ethanol: too few
                - ethanol: too far
                - ethanol: -3 ppm off
                - water*: left out
                """);
    }

    @Test
    void asMarkdown() throws IOException {
        StringWriter out = new StringWriter();
        DOCUMENT.write(new MarkdownForm(out));
        assertThat(out).hasToString("""
                # Fits \\<all>

                ## Lines & points

                A shift of -1.5 ppm by 6-31G.

                | method | solvent | slope |
                | --- | --- | ---: |
                | B3LYP | a\\|b | -1.04 |
                | WP04 | DMSO | - |

                ## Notes

                - **ethanol**
                  - too few
                  - too far
                  - -3 ppm off
                - **water\\***: left out
                """);
    }

    @Test
    void asHtml() {
        assertThat(HtmlForm.of(DOCUMENT.sections().get(0))).isEqualTo("""
                <h3>Lines &amp; points</h3>
                <p>A shift of −1.5 ppm by 6-31G.</p>
                <div class="scroll" tabindex="0" role="region" aria-label="Lines &amp; points"><table>
                <thead><tr><th scope="col" class="name">method</th><th scope="col" class="text">solvent</th>\
                <th scope="col">slope</th></tr>
                </thead>
                <tbody>
                <tr><th scope="row" class="name">B3LYP</th><td class="text">a|b</td><td>−1.04</td></tr>
                <tr><th scope="row" class="name">WP04</th><td class="text">DMSO</td><td>−</td></tr>
                </tbody></table></div>
                """);
        assertThat(HtmlForm.of(DOCUMENT.sections().get(1))).isEqualTo("""
                <h3>Notes</h3>
                <ul>
                <li><b>ethanol</b> too few; too far; −3 ppm off</li>
                <li><b>water*</b> left out</li>
                </ul>
                """);
    }
}
