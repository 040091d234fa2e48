package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/file-formats.md} names each field that the commands print as JSON, as far as the expected outputs have it. */
class DocumentedFieldsTest {

    private static final Path EXPECTED = Path.of("src/test/resources/io/github/qmbench/cli");

    /** Their fields are names of a run or of a backend, or have a section of their own. */
    private static final Set<String> OF_OTHERS = Set.of(
            "nuclei", "adopted", "parameters", "evidence", "launches", "usage", "figures", "fingerprint", "results");

    @ParameterizedTest
    @CsvSource({
        "summary/summary.json, calculations",
        "summary-usage/summary.json, adopted",
        "expected/predict-json.txt, signals",
        "transcripts/show.transcript, stands",
        "transcripts/doctor.transcript, verdict"
    })
    void areOnThePage(String file, String oneOfThem) throws IOException {
        String page = Files.readString(Path.of("../docs/file-formats.md"));
        String section = page.substring(page.indexOf("## JSON of commands"));
        Set<String> fields = new TreeSet<>();

        add(Json.parse(jsonIn(Files.readString(EXPECTED.resolve(file)))), fields);

        assertThat(fields).contains(oneOfThem);
        assertThat(fields).allSatisfy(field -> assertThat(section + command()).contains("`" + field + "`"));
    }

    /** The columns of the CSV, to which the section refers. */
    private static String command() throws IOException {
        String page = Files.readString(Path.of("../docs/command-line.md"));
        return page.substring(page.indexOf("CSV has one line for each calculation"), page.indexOf("## analyze"));
    }

    /** The first JSON value in a text, indented or not. */
    private static String jsonIn(String text) {
        String[] lines = text.split("\n");
        StringBuilder json = new StringBuilder();
        for (String line : lines) {
            if (json.length() > 0 || line.startsWith("{") || line.startsWith("[")) {
                json.append(line).append('\n');
                if (line.equals("}") || line.equals("]")) {
                    return json.toString();
                }
            }
        }
        throw new AssertionError("no JSON in " + text);
    }

    private static void add(Object value, Set<String> fields) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, inner) -> {
                fields.add(String.valueOf(name));
                if (!OF_OTHERS.contains(name)) {
                    add(inner, fields);
                }
            });
        } else if (value instanceof Iterable<?> array) {
            array.forEach(one -> add(one, fields));
        }
    }
}
