package io.github.qmbench.nmr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {

    @Property
    void aLineHasNothingThatSteersATerminalAndIsElseAsItWas(@ForAll String text) {
        String line = TerminalText.line(text);

        assertThat(line).hasSameSizeAs(text);
        for (int i = 0; i < text.length(); i++) {
            boolean steers = TerminalText.steers(text.charAt(i));
            assertThat(line.charAt(i)).isEqualTo(steers ? ' ' : text.charAt(i));
        }
    }

    @Property
    void aSpelledTextIsReadBackAsItWas(@ForAll String text) {
        String spelled = TerminalText.spelled(text);

        assertThat(spelled.chars().filter(c -> TerminalText.steers((char) c)))
                .allMatch(c -> "\t\n\r\u001b".indexOf(c) >= 0);
        assertThat(read(spelled)).isEqualTo(read(text));
    }

    /** As a reader of JSON takes the escapes in a string. */
    private static String read(String text) {
        return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", "\u0007", "\b", "\t", "\n", "\r", "\u001b", "\u007f", "\u0085", "\u009b", "\u061c", "\u200e",
                "\u200f", "\u2028", "\u2029", "\u202a", "\u202d", "\u202e", "\u2066", "\u2069"
            })
    void knowsWhatSteers(String character) {
        assertThat(TerminalText.line("a" + character + "b")).isEqualTo("a b");
    }

    @Test
    void leavesLettersOfAllLanguagesAlone() {
        String text = "  münden é 日本語 עברית 😀 ";

        assertThat(TerminalText.line(text)).isSameAs(text);
        assertThat(TerminalText.spelled(text)).isSameAs(text);
    }

    @Test
    void spellsWhatJsonDoesNot() {
        assertThat(TerminalText.spelled("{\"name\": \"a\u009b31m\u202e\"}\n"))
                .isEqualTo("{\"name\": \"a\\u009b31m\\u202e\"}\n");
    }
}
