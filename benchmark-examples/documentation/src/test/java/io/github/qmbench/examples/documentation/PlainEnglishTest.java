package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages for users have short sentences and one word for one thing; {@code docs/concepts.md} defines the words. */
class PlainEnglishTest {

    private static final int LONGEST_SENTENCE = 30;

    /** Phrases that we do not use, each with the one that we use instead. */
    static final List<String> OLD_PHRASES = List.of(
            "under way", // running
            "side by side", // in parallel
            "anew", // again, from scratch
            "goes on with", // resumes
            "go on with", // resume
            "what was done", // finished calculations
            "what is done", // finished calculations
            "what came of", // results
            ", too.", // also
            ", too,", // also
            "who wants", // users who want
            "without a word", // silently
            "in vain", // without success
            "forced to disk"); // flushed to disk

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHANGELOG.md",
                "CODE_OF_CONDUCT.md",
                "CONTRIBUTING.md",
                "README.md",
                "SECURITY.md",
                "docs/analysis.md",
                "docs/architecture.md",
                "docs/comparison.md",
                "docs/concepts.md",
                "docs/cookbook.md",
                "docs/data-sets.md",
                "docs/embedding.md",
                "docs/export.md",
                "docs/faq.md",
                "docs/install.md",
                "docs/nwchem.md",
                "docs/performance.md",
                "docs/README.md",
                "docs/reproduction.md",
                "docs/security.md",
                "docs/troubleshooting.md",
                "docs/tutorial-java.md",
                "docs/tutorial-nmr.md",
                "docs/writing-a-backend.md",
                "docs/decisions/0001-one-journal-line-per-attempt.md",
                "docs/decisions/0002-a-checksum-on-every-line.md",
                "docs/decisions/0003-latest-complete-result-wins.md",
                "docs/decisions/0004-pause-outranks-complete.md",
                "docs/decisions/0005-a-progress-line-of-our-own.md",
                "docs/decisions/0006-one-ctrl-c-waits-sigterm-does-not.md",
                "docs/decisions/0007-mol-files-are-read-by-our-own-code.md",
                "docs/decisions/0008-status-and-help-without-the-parser.md",
                "docs/decisions/0009-what-stands.md",
                "docs/decisions/0010-a-page-holds-rows-a-summary-does-not.md",
                "docs/decisions/0011-the-command-line-is-built-on-top.md",
                "docs/decisions/0012-results-of-other-directories.md",
                "docs/decisions/0013-a-calculation-keeps-its-id.md",
                "docs/decisions/README.md",
                "docs/notes/mutation-testing.md",
                "docs/notes/nwchem-speed-notes.md",
                "docs/results/README.md",
                "benchmark-examples/embedding/README.md",
                "benchmark-examples/hueckel/README.md",
                "benchmark-examples/prometheus/README.md",
                "benchmark-examples/README.md",
                "benchmark-examples/xtb/README.md"
            })
    void usesTheWordsOfTheGlossaryAndShortSentences(String page) throws IOException {
        String prose = prose(Files.readString(Path.of("../..", page)));

        assertThat(OLD_PHRASES.stream()
                        .filter(phrase -> prose.toLowerCase(Locale.ROOT).contains(phrase)))
                .as("old phrases in " + page)
                .isEmpty();
        assertThat(longSentences(prose)).as("long sentences in " + page).isEmpty();
    }

    @Test
    void findsALongSentenceAndAnOldPhrase() {
        String text = prose(
                "Short. " + "word ".repeat(31) + "end. `code is left out " + "x ".repeat(40) + "`\n\n| a | cell |\n");

        assertThat(longSentences(text)).singleElement().asString().startsWith("word word");
        assertThat(prose("It runs side\nby side.")).contains("side by side");
    }

    /** The running text of a page: without code, links' targets and markup; a block, an item and a cell end with a full stop. */
    private static String prose(String markdown) {
        return markdown.replaceAll("(?s)```.*?```", ".\n\n")
                .replaceAll("(?s)<!--.*?-->", " ")
                .replaceAll("`[^`]*`", "CODE")
                .replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("(?m)^#+ .*$", ".")
                .replaceAll("(?m)^\\s*([-*]|\\d+\\.) ", ". ")
                .replaceAll("\\s*\\n\\s*\\n\\s*", ". ")
                .replaceAll("\\|", ". ")
                .replaceAll("\\s+", " ");
    }

    static List<String> longSentences(String prose) {
        List<String> found = new ArrayList<>();
        for (String sentence : Pattern.compile("(?<=[.?!:;])\\s+").split(prose)) {
            String words = sentence.strip();
            if (words.split("\\s+", -1).length > LONGEST_SENTENCE) {
                found.add(words);
            }
        }
        return found;
    }
}
