package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The summaries, to the byte, of a journal with everything in it that one may have: what reads them may rely on that. */
class SummaryFormatTest {

    @TempDir
    Path results;

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json", "markdown"})
    void isWrittenAsEver(String format) throws Exception {
        assertWritten("summary", format);
    }

    /** What was used beside what was reserved, adopted results and predicted shifts; no figure is there twice. */
    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json", "markdown"})
    void tellsWhatWasUsedAdoptedAndPredicted(String format) throws Exception {
        assertWritten("summary-usage", format);
    }

    /** As the journal has them. */
    @Test
    void showHasTheFiguresOfTheAttempt() throws Exception {
        Files.writeString(results.resolve("progress.jsonl"), resource("summary-usage/progress.jsonl"));
        Screen screen = new Screen(new FakeBenchmarks(), results);

        assertThat(screen.run("show", "m2/WP04_CHCl3", "--json")).isZero();

        Map<String, Object> attempt =
                Json.asObject(Json.asArray(Json.parse(screen.out())).get(0));
        assertThat(attempt)
                .containsEntry("task_id", "m2/WP04_CHCl3")
                .containsEntry("subject", "m2")
                .containsEntry("parameters", Map.of("functional", "WP04", "solvent", "CHCl3"))
                .containsEntry("status", "complete")
                .containsEntry("stands", true)
                .containsEntry("attempt", 2L)
                .containsEntry("run_id", "r")
                .containsEntry("started_at", "2026-11-24T12:00:00Z")
                .containsEntry("finished_at", "2026-11-24T12:01:00Z")
                .containsEntry("duration_seconds", 30.25)
                .containsEntry("fingerprint", Map.of("basis", "6-311++g(2d,p)"))
                .containsEntry(
                        "launches",
                        List.of(
                                Map.of("where", "n1 job 3", "waited_seconds", 5.5, "ran_seconds", 20.25),
                                Map.of("where", "n2 job 4", "waited_seconds", 1.25, "ran_seconds", 9.5)))
                .containsEntry(
                        "usage",
                        Map.of(
                                "cpu_seconds", 20.5,
                                "reserved_core_seconds", 61.5,
                                "peak_memory_bytes", 200000005L,
                                "reserved_memory_bytes", 900000006L,
                                "read_bytes", 3007L,
                                "written_bytes", 4008L))
                .containsEntry("adopted_from", Map.of("attempt", 1L, "run_id", "q", "directory", "/data/other"));
    }

    @ParameterizedTest
    @CsvSource({"all.csv,csv", "all.JSON,json", "all.v1.md,markdown", "all.csv.txt,table", "all,table"})
    void theEndingOfTheFileChoosesTheFormat(String name, String format) throws Exception {
        Files.writeString(results.resolve("progress.jsonl"), resource("summary-usage/progress.jsonl"));
        Screen screen = new Screen(new FakeBenchmarks(), results);
        Path file = results.resolve(name);

        assertThat(screen.run("summary", "-o", file.toString())).isZero();

        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).isEqualTo("written: " + file + "\n");
        assertThat(Files.readString(file).replace(results.toString(), "DIRECTORY"))
                .isEqualTo(resource("summary-usage/summary." + format));
    }

    private void assertWritten(String folder, String format) throws Exception {
        Files.writeString(results.resolve("progress.jsonl"), resource(folder + "/progress.jsonl"));
        Screen screen = new Screen(new FakeBenchmarks(), results);

        assertThat(screen.run("summary", "--format", format)).isZero();

        assertThat(screen.out().replace(results.toString(), "DIRECTORY"))
                .isEqualTo(resource(folder + "/summary." + format));
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = SummaryFormatTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
