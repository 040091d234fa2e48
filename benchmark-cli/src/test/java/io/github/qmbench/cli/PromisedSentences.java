package io.github.qmbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a page says, cut into sentences. */
final class PromisedSentences {

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern RULE = Pattern.compile("\\|[-: |]+\\|");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+(?=[A-Z`(0-9])");
    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    /**
     * One sentence.
     *
     * @param section the heading it stands under
     * @param text without marks of emphasis and addresses of links
     * @param inTable whether it stands in the first column of a table
     */
    record Sentence(String section, String text, boolean inTable) {}

    private PromisedSentences() {}

    /** Returns the sentences of a page in order; of a table each row, but for the heading, cut into those of its first column. */
    static List<Sentence> of(Path page) throws IOException {
        String text = COMMENT.matcher(CODE_BLOCK.matcher(Files.readString(page)).replaceAll(""))
                .replaceAll("")
                .replaceAll("(?m)^- ", "\n"); // each item by itself
        List<Sentence> sentences = new ArrayList<>();
        String section = "";
        for (String block : text.split("\n\\s*\n", -1)) {
            List<String> lines = block.lines().filter(line -> !line.isBlank()).toList();
            if (!lines.isEmpty() && lines.get(0).startsWith("#")) {
                section = lines.get(0).replaceFirst("^#+ ", "");
                lines = lines.subList(1, lines.size());
            }
            boolean inTable = !lines.isEmpty() && lines.get(0).startsWith("|");
            Stream<String> parts = inTable
                    ? lines.stream().skip(2).map(PromisedSentences::firstCell)
                    : Stream.of(String.join(" ", lines));
            for (String part : parts.toList()) {
                for (String sentence : SENTENCE_END.split(plain(part))) {
                    if (!sentence.isBlank()) {
                        sentences.add(new Sentence(section, sentence, inTable));
                    }
                }
            }
        }
        return sentences;
    }

    private static String firstCell(String row) {
        if (RULE.matcher(row).matches()) {
            throw new IllegalStateException("a table with two headings");
        }
        return CELL_END.split(row)[1];
    }

    private static String plain(String text) {
        return LINK.matcher(text)
                .replaceAll("$1")
                .replace("**", "")
                .replace("*", "")
                .strip();
    }
}
