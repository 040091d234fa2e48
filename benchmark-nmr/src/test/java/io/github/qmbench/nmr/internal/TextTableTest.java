package io.github.qmbench.nmr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static final List<String> HEADINGS = List.of("name", "n");

    @Test
    void numbersStandToTheRightAndTextToTheLeft() throws IOException {
        assertThat(written(List.of(List.of("long name", "7"), List.of("Å", "1234"))))
                .isEqualTo("name          n\nlong name     7\nÅ          1234\n");
    }

    @Test
    void aColumnWithOneTextIsText() throws IOException {
        assertThat(written(List.of(List.of("a", "12"), List.of("b", "none"))))
                .isEqualTo("name  n\na     12\nb     none\n");
    }

    @Test
    void aTableWithoutRowsHasItsHeadings() throws IOException {
        assertThat(written(List.of())).isEqualTo("name  n\n");
    }

    @Test
    void whatIsHeldAndWhatIsWrittenAreTheSame() throws IOException {
        List<List<String>> rows = List.of(List.of("a", "-"), List.of("b", "0.5 s"));
        TextTable table = new TextTable(HEADINGS);
        rows.forEach(table::add);
        assertThat(written(rows)).isEqualTo(String.join("\n", table.lines()) + "\n");
    }

    private static String written(List<List<String>> rows) throws IOException {
        StringWriter out = new StringWriter();
        TextTable.write(HEADINGS, rows, out);
        return out.toString();
    }

    @Test
    void secondsAreNumbers() throws IOException {
        assertThat(written(List.of(List.of("a", "0.5 s"), List.of("b", "-"), List.of("c", "12.25 s"))))
                .isEqualTo("name        n\na       0.5 s\nb           -\nc     12.25 s\n");
    }

    @Test
    void inMarkdownABarSeparatesNoCells() {
        TextTable table = new TextTable(HEADINGS);
        table.add("a|b", "7");
        assertThat(table.markdown()).containsExactly("| name | n |", "| --- | --- |", "| a\\|b | 7 |");
    }
}
