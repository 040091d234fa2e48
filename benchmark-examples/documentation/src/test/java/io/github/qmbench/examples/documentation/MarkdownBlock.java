package io.github.qmbench.examples.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a Markdown file.
 *
 * @param file where it stands
 * @param line number of its fence
 * @param language the word after the fence, often empty
 * @param given what an HTML comment {@code <!-- given: TYPE NAME, ... -->} above it declares; empty without one
 * @param text its lines
 */
record MarkdownBlock(Path file, int line, String language, String given, String text) {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern GIVEN = Pattern.compile("<!-- given: (.*) -->");

    /** Returns all blocks of a language in README.md, docs and the examples. */
    static List<MarkdownBlock> all(String language) throws IOException {
        List<MarkdownBlock> blocks = new ArrayList<>();
        for (Path file : files()) {
            blocks.addAll(of(file));
        }
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** Returns README.md, CONTRIBUTING.md, and all pages of docs and the examples. */
    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String directory : List.of("docs", "benchmark-examples")) {
            try (Stream<Path> found = Files.walk(ROOT.resolve(directory))) {
                found.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static List<MarkdownBlock> of(Path file) throws IOException {
        List<MarkdownBlock> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        String given = "";
        for (int number = 0; number < lines.size(); number++) {
            Matcher comment = GIVEN.matcher(lines.get(number));
            if (comment.matches()) {
                given = comment.group(1);
            } else if (lines.get(number).startsWith("```")) {
                int end = number + 1;
                while (!lines.get(end).startsWith("```")) {
                    end++;
                }
                String text = String.join("\n", lines.subList(number + 1, end)) + "\n";
                blocks.add(new MarkdownBlock(file, number + 1, lines.get(number).substring(3), given, text));
                given = "";
                number = end;
            }
        }
        return blocks;
    }

    /** The block for people: where it stands. */
    @Override
    public String toString() {
        return ROOT.toAbsolutePath()
                        .normalize()
                        .relativize(file.toAbsolutePath().normalize()) + ", line " + line;
    }
}
