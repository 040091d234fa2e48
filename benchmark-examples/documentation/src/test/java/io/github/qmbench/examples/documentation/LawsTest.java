package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of a run, in the page on the architecture, and the tests that hold them; and no page names a test that is not there. */
class LawsTest {

    private static final Path ROOT = Path.of("../..");
    private static final int LAWS = 16;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (.+) \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");
    private static final Pattern LABEL = Pattern.compile("@Label\\(\"(\\d+)\\. [^\\n]*\\s+void (\\w+)\\(");

    /** The sources of all tests by the names of their classes. */
    private static final Map<String, String> SOURCES = new TreeMap<>();

    /** The tests that the page names, by the number of the law. */
    private static final Map<Integer, List<String>> TESTS = new LinkedHashMap<>();

    @BeforeAll
    static void readsPageAndTests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(one -> one.toString().contains("/src/test/java/")
                            && one.toString().matches(".*(Test|IT)\\.java"))
                    .toList()) {
                SOURCES.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        String section = page.substring(page.indexOf("\n## Laws\n") + 1);
        Matcher row = ROW.matcher(section.substring(0, section.indexOf("\n## ")));
        while (row.find()) {
            List<String> tests = new ArrayList<>();
            NAME.matcher(row.group(3)).results().forEach(name -> tests.add(name.group(1) + "." + name.group(2)));
            assertThat(TESTS.put(Integer.valueOf(row.group(1)), tests)).isNull();
        }
    }

    @Test
    void everyLawHasTestsThatExist() {
        assertThat(SOURCES).hasSizeGreaterThan(100);
        assertThat(TESTS).hasSize(LAWS).allSatisfy((law, tests) -> {
            assertThat(law).isBetween(1, LAWS);
            assertThat(tests)
                    .as("law %d", law)
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(isTest(test))
                            .as("law %d: %s is a test", law, test)
                            .isTrue());
        });
    }

    private static boolean isTest(String name) {
        String method = name.substring(name.indexOf('.') + 1);
        String source = SOURCES.getOrDefault(name.substring(0, name.indexOf('.')), "");
        int place = source.indexOf("void " + method + "(");
        if (place < 0) {
            return false;
        }
        String before = source.substring(0, place);
        String annotations = before.substring(Math.max(before.lastIndexOf("\n    }\n"), before.lastIndexOf("\n\n")));
        return Stream.of("@Test", "@Property", "@Example", "@ParameterizedTest").anyMatch(annotations::contains);
    }

    /** A property that calls itself one of the laws is among the tests of that law. */
    @Test
    void everyPropertyOfALawIsNamedByIt() {
        int labels = 0;
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Matcher label = LABEL.matcher(source.getValue());
            while (label.find()) {
                labels++;
                assertThat(TESTS.get(Integer.valueOf(label.group(1)))).contains(source.getKey() + "." + label.group(2));
            }
        }
        assertThat(labels).isGreaterThan(12);
    }

    @Test
    void everyTestThatAPageNamesExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int names = 0;
        for (Path page : MarkdownBlock.files()) {
            Matcher name = TEST_CLASS.matcher(Files.readString(page));
            while (name.find()) {
                names++;
                if (!SOURCES.containsKey(name.group(1))) {
                    missing.add(page + ": " + name.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(names).isGreaterThan(60);
    }
}
