package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files that a visitor of the project expects, and what they repeat of others. */
class ProjectFilesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern KEY = Pattern.compile("(?m)^([a-z-]+):");
    private static final Pattern DEPENDENCY = Pattern.compile("<groupId>io\\.github\\.qmbench</groupId>"
            + "\\s*<artifactId>([a-z-]+)</artifactId>\\s*<version>([^<]+)</version>");

    /** The keys that the schema of the Citation File Format 1.2.0 allows at the top, as far as we may need them. */
    private static final List<String> CITATION_KEYS = List.of(
            "abstract",
            "authors",
            "cff-version",
            "contact",
            "date-released",
            "doi",
            "identifiers",
            "keywords",
            "license",
            "message",
            "preferred-citation",
            "references",
            "repository-code",
            "title",
            "type",
            "url",
            "version");

    @Test
    void theCitationHasTheRequiredKeysAndTheVersionOfTheBuild() throws IOException {
        String citation = read("CITATION.cff");

        List<String> keys =
                KEY.matcher(citation).results().map(key -> key.group(1)).toList();
        assertThat(keys)
                .contains("authors", "cff-version", "message", "title")
                .doesNotHaveDuplicates()
                .isSubsetOf(CITATION_KEYS);
        assertThat(citation)
                .contains("cff-version: 1.2.0\n", "version: " + version() + "\n", "doi: 10.3390/molecules28062449\n");
    }

    /** That the command installs what the dependency names is tried by {@code scripts/stranger java}. */
    @Test
    void dependenciesInPagesHaveTheVersionOfTheBuild() throws IOException {
        int dependencies = 0;
        for (MarkdownBlock block : MarkdownBlock.all("xml")) {
            Matcher dependency = DEPENDENCY.matcher(block.text());
            while (dependency.find()) {
                dependencies++;
                assertThat(ROOT.resolve(dependency.group(1)))
                        .as(block.toString())
                        .isDirectory();
                assertThat(dependency.group(2)).as(block.toString()).isEqualTo(version());
            }
        }
        assertThat(dependencies).isGreaterThanOrEqualTo(3);
        for (String page : List.of("docs/install.md", "docs/tutorial-java.md")) {
            assertThat(read(page))
                    .contains("\nmvn -q -pl benchmark-core -am install -DskipTests -DskipITs\n", version());
        }
        assertThat(read("README.md")).contains("Version " + version() + ":");
    }

    private static String version() throws IOException {
        return read("pom.xml").replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
    }

    @Test
    void theWorkflowRunsTheSameCommandAsEverybody() throws IOException {
        assertThat(read(".github/workflows/verify.yml")).contains("- run: ./verify\n");
        assertThat(read(".ci/run")).contains("exec ./verify\n");
    }

    @Test
    void theIndexOfDecisionsNamesEachByItsTitle() throws IOException {
        String index = read("docs/decisions/README.md");

        try (var pages = Files.list(ROOT.resolve("docs/decisions"))) {
            List<Path> decisions = pages.filter(
                            page -> page.getFileName().toString().matches("\\d{4}-.*\\.md"))
                    .toList();
            assertThat(decisions).hasSizeGreaterThan(10);
            for (Path decision : decisions) {
                String title = Files.readAllLines(decision).get(0).replaceFirst("# \\d+\\. ", "");
                assertThat(index).contains("[" + title + "](" + decision.getFileName() + ")");
            }
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
