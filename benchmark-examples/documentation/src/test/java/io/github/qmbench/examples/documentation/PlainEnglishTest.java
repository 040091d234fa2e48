package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages for users have short sentences and one word for one thing; {@code docs/concepts.md} defines the words. */
class PlainEnglishTest {

    private static final int LONGEST_SENTENCE = 30;

    /** Phrases that we do not use, from the list that {@code PlainMessagesTest} reads as well. */
    static final List<String> OLD_PHRASES = oldPhrases();

    private static List<String> oldPhrases() {
        try (Stream<String> lines = Files.lines(Path.of("../..", ".ci", "old-phrases.txt"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" {2,}", 2)[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> pages() throws IOException {
        Path root = Path.of("../..");
        try (Stream<Path> all = Files.find(
                root, 6, (path, file) -> file.isRegularFile() && path.toString().endsWith(".md"))) {
            return all.map(page -> root.relativize(page).toString())
                    .filter(page -> !page.contains("target/") && !page.startsWith(".git/"))
                    .filter(page -> !page.endsWith("SCALING-FACTORS.md")) // written by analyze, with lists of names
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyPageIsLookedAt() throws IOException {
        assertThat(pages())
                .hasSizeGreaterThan(45)
                .contains("README.md", "CHANGELOG.md", "docs/command-line.md", "benchmark-examples/xtb/README.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
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
        assertThat(OLD_PHRASES).hasSizeGreaterThan(25).contains("side by side", ", too.");
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
