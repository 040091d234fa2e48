package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Help and messages are in plain English: the words of the glossary, short sentences, and one form of refusal. {@code
 * PlainEnglishTest} reads the pages for users in the same way.
 */
class PlainMessagesTest {

    private static final int LONGEST_SENTENCE = 30;

    private static final List<String> OLD_PHRASES = oldPhrases();

    /** Names of fields, alone or before their value: no words of a message. */
    private static final Pattern FIELD = Pattern.compile("^[a-z_]+$|\\b[a-z_]+=");

    /** The form of refusals that we had: "'5' is no duration". We say "'5' is not a valid duration; use 90s, 15m or 8h". */
    private static final Pattern OLD_REFUSAL = Pattern.compile("(?<!there )\\bis no [a-z]");

    /** A value in double quotes: we use single ones. */
    private static final Pattern DOUBLE_QUOTES = Pattern.compile("(?:unknown|but was|but had|invalid)[^'\"]*\\\\\"");

    /** A place in a file with colons, as compilers name it: we write {@code FILE, line 4: what is wrong}. */
    private static final Pattern PLACE_WITH_COLONS = Pattern.compile(
            "[\"']:[\"']\\s*(?:\\+|\\)\\s*\\.append\\()\\s*[\\w.]*line(?:Number)?\\b|%s[:]%d|\\.(?:xyz|mol|sdf|csv|jsonl?):\\d",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TOO_AT_THE_END = Pattern.compile(", too$");

    /** A text literal, or several that are put together, with {@code X} for what is between them. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)+'",
            Pattern.DOTALL);

    private static final Pattern JOINED = Pattern.compile("\\s*\\+(?:[^\";{}]*\\+)?\\s*");

    @ParameterizedTest
    @ValueSource(strings = {"core", "nmr", "nwchem", "slurm", "cli"})
    void messagesAreInPlainEnglish(String module) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("..", "benchmark-" + module, "src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                int number = 0;
                for (String text : texts(Files.readString(file))) {
                    texts.put(file.getFileName() + " " + ++number, text);
                }
            }
        }

        assertThat(texts).hasSizeGreaterThan(200);
        texts.forEach((place, text) ->
                assertThat(problems(text)).as(place + ": " + text).isEmpty());
    }

    @Test
    void helpIsInPlainEnglish() {
        Map<String, String> texts = new LinkedHashMap<>();
        Qmbench.commandLine().getSubcommands().forEach((name, command) -> addHelp(texts, name, command));

        assertThat(texts).hasSizeGreaterThan(150);
        texts.forEach((place, text) ->
                assertThat(problems(text)).as(place + ": " + text).isEmpty());
    }

    private static void addHelp(Map<String, String> texts, String name, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        texts.put(name, String.join(" ", spec.usageMessage().description()));
        Stream.<ArgSpec>concat(spec.options().stream(), spec.positionalParameters().stream())
                .forEach(argument -> texts.put(
                        name + " " + argument.paramLabel() + " " + Arrays.toString(argument.description()),
                        String.join(" ", argument.description())));
    }

    @Test
    void aPlaceInAFileIsNamedInOneForm() throws IOException {
        Map<Path, List<String>> found = new TreeMap<>();
        int read = 0;
        try (Stream<Path> files =
                Files.find(Path.of(".."), 20, (path, file) -> path.toString().matches(".*\\.(java|md)"))) {
            for (Path file :
                    files.filter(path -> !path.toString().contains("/target/")).toList()) {
                read++;
                List<String> places = PLACE_WITH_COLONS
                        .matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .toList();
                if (!places.isEmpty()) {
                    found.put(file, places);
                }
            }
        }

        assertThat(found).isEmpty();
        assertThat(read).isGreaterThan(500);
    }

    @Test
    void findsAPlaceWithColons() {
        String colon = ":";

        assertThat(List.of(
                        "lie.mol" + colon + "6: says 3 atoms",
                        "file + \"" + colon + "\" + problem.line()",
                        "(line > 0 ? \"" + colon + "\" + line",
                        "text.append('" + colon + "').append(lineNumber)",
                        "\"%s" + colon + "%d: %s\".formatted(file, line, why)"))
                .allSatisfy(text -> assertThat(PLACE_WITH_COLONS.matcher(text).find())
                        .as(text)
                        .isTrue());
        assertThat(PLACE_WITH_COLONS.matcher("lie.mol, line 6: says 3 atoms").find())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a calculation is under way | under way",
                "it is calculated again, too | , too",
                "X: ' is no duration; write a number | is no",
                "unknown solvent \\\"X\\\" | double quotes",
                "ends it, and it is not called failed; what is done is kept | what is done"
            })
    void findsOldWordsAndFormsOfRefusal(String text, String problem) {
        assertThat(OLD_PHRASES).hasSizeGreaterThan(25);
        assertThat(problems(text)).singleElement().asString().contains(problem);
    }

    @Test
    void findsTextsThatArePutTogether() {
        String source =
                "/* \"none\" */ a(\"it is no \" // \"none\"\n + name + \", or\"\n + \" not\", '\"', \"b\"); c(\"d\");";

        assertThat(texts(source)).containsExactly("it is no X, or not", "b", "d");
        assertThat(problems("word ".repeat(31) + "end; short"))
                .singleElement()
                .asString()
                .startsWith("32 words: word");
    }

    /** Phrases that we do not use, from the list that {@code PlainEnglishTest} reads as well. */
    private static List<String> oldPhrases() {
        try (Stream<String> lines = Files.lines(Path.of("..", ".ci", "old-phrases.txt"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" {2,}", 2)[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        String words = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
        OLD_PHRASES.stream()
                .filter(FIELD.matcher(words).replaceAll("")::contains)
                .forEach(problems::add);
        Stream.of(OLD_REFUSAL, TOO_AT_THE_END)
                .map(pattern -> pattern.matcher(words))
                .filter(Matcher::find)
                .map(Matcher::group)
                .forEach(problems::add);
        if (DOUBLE_QUOTES.matcher(text).find()) {
            problems.add("double quotes");
        }
        boolean isMarkup = text.contains("<") || text.contains("\\n");
        for (String sentence : isMarkup ? new String[0] : text.split("(?<=[.?!:;])\\s+", -1)) {
            int count = sentence.strip().split("\\s+", -1).length;
            if (count > LONGEST_SENTENCE) {
                problems.add(count + " words: " + sentence);
            }
        }
        return problems;
    }

    /** The texts in a source file, in order. */
    private static List<String> texts(String source) {
        List<String> texts = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        int end = -1;
        while (token.find()) {
            String text = token.group("text");
            if (text == null) {
                continue;
            }
            String between =
                    end < 0 ? ";" : source.substring(end, token.start()).replaceAll("//[^\\n]*", "");
            if (JOINED.matcher(between).matches()) {
                String last = texts.remove(texts.size() - 1);
                texts.add(last + (between.strip().equals("+") ? "" : "X") + text);
            } else {
                texts.add(text);
            }
            end = token.end();
        }
        return texts;
    }
}
