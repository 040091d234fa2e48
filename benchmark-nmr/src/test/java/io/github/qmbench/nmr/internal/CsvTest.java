package io.github.qmbench.nmr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://x\",\"y\")",
                "+1+cmd|' /C calc'!A0",
                "-1+1",
                "@SUM(1)",
                "\t=1+1",
                "\r=1+1",
                " =1+1",
                "-",
                "\uff1d1"
            })
    void aTextIsNoFormula(String text) {
        assertThat(Csv.text(text)).matches("(?s)\"?'.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+2.5", "-1.5e-07", "0", "B3LYP", "2-butanol", "'quoted"})
    void numbersAndNamesStayAsTheyAre(String text) {
        assertThat(Csv.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {"a,b;\"a,b\"", "say \"x\";\"say \"\"x\"\"\"", "=a,b;\"'=a,b\""})
    void quotesWhatNeedsIt(String text, String cell) {
        assertThat(Csv.text(text)).isEqualTo(cell);
    }

    @Property
    void aCellIsOneCellOnOneLineAndNeverBeginsAFormula(
            @ForAll @Chars({'=', '+', '-', '@', '\t', '\r', '\n', ',', '"', '\'', ' '}) @CharRange(from = 'a', to = 'c')
                    String text) {
        String cell = Csv.text(text);

        assertThat(cell).doesNotContain("\n", "\r", "\t");
        String inside = cell;
        if (cell.startsWith("\"")) {
            assertThat(cell).matches("\"([^\"]|\"\")*\"");
            inside = cell.substring(1, cell.length() - 1).replace("\"\"", "\"");
        } else {
            assertThat(cell).doesNotContain(",", "\"");
        }
        assertThat(inside.strip()).doesNotMatch("[=+\\-@].*");
    }
}
