package io.github.qmbench.nmr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        "-5,0 s",
        "59499,59 s",
        "60000,1 min",
        "3599400,59 min 59 s",
        "86369000,23 h 59 min",
        "86370000,1 d",
        "93600000,1 d 2 h"
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
        "259200,about 3 days",
        "59,less than a minute",
        "89,about 1 minute",
        "90,about 2 minutes",
        "5399,about 90 minutes",
        "5400,about 1.5 hours",
        "172440,about 47.9 hours",
        "172800,about 2 days",
        "216000,about 2.5 days"
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

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 kB",
        "10188, 9.9 kB",
        "10189, 10 kB",
        "1023487, 999 kB",
        "1023488, 1 MB",
        "325058560, 310 MB",
        "1610612736, 1.5 GB",
        "7696581394432, 7 TB",
        "1649267441664000, 1500 TB"
    })
    void aSizeChangesItsUnitAt1024(long bytes, String words) {
        assertThat(Phrases.bytes(bytes)).isEqualTo(words);
    }

    @Test
    void ofAListTheFirstAreNamedAndTheOthersCounted() {
        List<String> names = List.of("c", "a", "d", "b");

        assertThat(Phrases.some(names, 4)).isEqualTo("c, a, d, b");
        assertThat(Phrases.some(names, 3)).isEqualTo("c, a, d and 1 more");
        assertThat(Phrases.some(names, 1)).isEqualTo("c and 3 more");
        assertThat(Phrases.some(List.of(), 3)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0 molecules", "1, 1 molecule", "2, 2 molecules"})
    void onlyOneIsSingular(long number, String words) {
        assertThat(Phrases.count(number, "molecule")).isEqualTo(words);
    }

    @Test
    void aMomentIsInUtc() {
        assertThat(Phrases.moment(Instant.parse("2026-11-24T04:30:12.900Z"))).isEqualTo("2026-11-24 04:30:12 UTC");
    }

    @Test
    void anExceptionWithoutAMessageIsNamed() {
        assertThat(Phrases.message(new IllegalStateException("no room"))).isEqualTo("no room");
        assertThat(Phrases.message(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void aWordThatSteersATerminalIsSpelledInThreeOctalDigits() {
        assertThat(ShellWord.quote("a\tb'c\\d")).isEqualTo("$'a\\011b\\'c\\\\d'");
        assertThat(ShellWord.join(List.of("show", "m 1", "a_b"))).isEqualTo("show 'm 1' a_b");
    }
}
