package io.github.qmbench.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.ShellWord;
import io.github.qmbench.nmr.internal.TerminalText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {

    @ParameterizedTest
    @CsvSource({
        "0,0.0 s",
        "1449,1.4 s",
        "9949,9.9 s",
        "9950,10 s",
        "59600,1 min",
        "200000,3 min 20 s",
        "3599700,1 h",
        "7500000,2 h 5 min",
        "100800000,1 d 4 h",
        "-5,0 s"
    })
    void saysDurations(long millis, String words) {
        assertThat(Phrases.duration(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "30,less than a minute",
        "60,about 1 minute",
        "260,about 4 minutes",
        "5400,about 1.5 hours",
        "7200,about 2 hours",
        "259200,about 3 days"
    })
    void saysEstimatesNoFinerThanTheyAre(long seconds, String words) {
        assertThat(Phrases.about(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @Property
    void cleanTextNeverSteersATerminal(@ForAll String text) {
        assertThat(Phrases.clean(text).codePoints().noneMatch(Character::isISOControl))
                .isTrue();
    }

    @Property(tries = 20)
    void aShellReadsAQuotedWordBackAsItWas(
            @ForAll @Chars({'a', '\'', '\\', '"', '$', '\n', '\t', '\u001b', '\u202e'}) String word) throws Exception {
        String quoted = ShellWord.quote(word);

        assertThat(quoted).isEqualTo(TerminalText.line(quoted));
        Process printf = new ProcessBuilder("bash", "-c", "LC_ALL=C.UTF-8; printf %s " + quoted).start();
        assertThat(new String(printf.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
    }

    @Test
    void quotesForTheShellOnlyWhatNeedsIt() {
        assertThat(ShellWord.quote("results/a_1")).isEqualTo("results/a_1");
        assertThat(ShellWord.quote("it's here")).isEqualTo("'it'\\''s here'");
        assertThat(ShellWord.quote("")).isEqualTo("''");
    }
}
