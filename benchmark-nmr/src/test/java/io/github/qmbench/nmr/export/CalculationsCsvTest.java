package io.github.qmbench.nmr.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalculationsCsvTest {

    private static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects("water", "ammonia")
            .axis("charge", "0", "1")
            .build();
    private static final Map<String, String> SETTINGS = Map.of("program", "Fake 1.0");

    @TempDir
    Path directory;

    private static Calculation task(String subject, String... namesAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Calculation.of(subject, parameters);
    }

    private static String csv(RunFolder... folders) throws IOException {
        List<ExportedRun> runs = new ArrayList<>();
        for (RunFolder folder : folders) {
            runs.add(new ExportedRun(String.valueOf(folder.directory().path().getFileName()), folder.recorded()));
        }
        StringWriter out = new StringWriter();
        CalculationsCsv.write(runs, out);
        return out.toString();
    }

    private RunFolder folder(String name) throws IOException {
        return RunFolder.of(directory.resolve(name), MATRIX, Map.of());
    }

    @Test
    void hasARowForEachCalculationOfAnyBackend() throws IOException {
        RunFolder run = folder("a")
                .record(
                        task("water", "charge", "0"),
                        SETTINGS,
                        CalculationOutcome.complete(Map.of(
                                "energy", -76.5, "parts", Map.of("nuclear", 9L), "list", List.of(1.0), "note", "x")))
                .record(
                        task("water", "charge", "1"),
                        SETTINGS,
                        CalculationOutcome.failed(
                                CalculationFailure.of("no-convergence").because("it, too, failed")));

        List<Map<String, String>> rows = Table.rows(csv(run));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0))
                .containsEntry("results", "a")
                .containsEntry("task_id", "water/0")
                .containsEntry("subject", "water")
                .containsEntry("charge", "0")
                .containsEntry("status", "complete")
                .containsEntry("attempt", "1")
                .containsEntry("run_id", "run-1")
                .containsEntry("started_at", "2026-11-24T08:00:00.000Z")
                .containsEntry("finished_at", "2026-11-24T08:00:01.500Z")
                .containsEntry("duration_seconds", "1.5")
                .containsEntry("cpu_seconds", "1.2")
                .containsEntry("peak_memory_bytes", "5000000")
                .containsEntry("read_bytes", "")
                .containsEntry("adopted_from", "")
                .containsEntry("setting.program", "Fake 1.0")
                .containsEntry("result.energy", "-76.5")
                .containsEntry("result.parts.nuclear", "9")
                .containsEntry("error", "")
                .doesNotContainKeys("result.list", "result.note");
        assertThat(rows.get(1))
                .containsEntry("status", "failed")
                .containsEntry("failure_kind", "no-convergence")
                .containsEntry("failure_blame", "subject")
                .containsEntry("error", "it, too, failed")
                .containsEntry("result.energy", "");
    }

    @Test
    void ofSeveralRunsItHasTheColumnsOfAllInTheSameOrderEachTime() throws IOException {
        RunFolder first = folder("a")
                .record(task("water", "charge", "0"), SETTINGS, CalculationOutcome.complete(Map.of("z", 1.0)));
        RunFolder second = folder("b")
                .record(
                        task("water", "basis", "3-21G", "charge", "1"),
                        Map.of("grid", "fine"),
                        CalculationOutcome.complete(Map.of("a", 2.0)));

        List<List<String>> cells = Table.cells(csv(first, second));

        assertThat(cells.get(0).subList(0, 5)).containsExactly("results", "task_id", "subject", "charge", "basis");
        assertThat(cells.get(0)).endsWith("fingerprint", "setting.grid", "setting.program", "result.a", "result.z");
        List<Map<String, String>> rows = Table.rows(csv(first, second));
        assertThat(rows).extracting(row -> row.get("results")).containsExactly("a", "b");
        assertThat(rows).extracting(row -> row.get("basis")).containsExactly("", "3-21G");
        assertThat(rows).extracting(row -> row.get("setting.grid")).containsExactly("", "fine");
        assertThat(rows).extracting(row -> row.get("result.z")).containsExactly("1.0", "");

        first.record(task("ammonia", "charge", "0"), SETTINGS, CalculationOutcome.complete(Map.of("z", 3.0)));
        assertThat(Table.cells(csv(first, second)).get(0)).isEqualTo(cells.get(0));
    }

    @Test
    void ofSeveralAttemptsItHasTheOneThatStands() throws IOException {
        Calculation one = task("water", "charge", "0");
        Calculation other = task("water", "charge", "1");
        RunFolder run = folder("a")
                .record(one, SETTINGS, CalculationOutcome.complete(Map.of("energy", 1.0)))
                .record(one, SETTINGS, CalculationOutcome.failed(CalculationFailure.ofMachine("killed")))
                .record(other, SETTINGS, CalculationOutcome.complete(Map.of("energy", 2.0)))
                .record(other, SETTINGS, CalculationOutcome.failed("no-convergence"))
                .record(other, SETTINGS, CalculationOutcome.cancelled());

        List<Map<String, String>> rows = Table.rows(csv(run));

        assertThat(rows).extracting(row -> row.get("status")).containsExactly("complete", "failed");
        assertThat(rows).extracting(row -> row.get("attempt")).containsExactly("1", "2");
        assertThat(rows).extracting(row -> row.get("result.energy")).containsExactly("1.0", "");
    }

    @Test
    void tellsHowLongJobsWaitedHowLongTheyRanAndWhatTheyUsed() throws IOException {
        RunFolder run = folder("a")
                .launched(
                        task("water", "charge", "0"),
                        SETTINGS,
                        CalculationOutcome.complete(Map.of("energy", 1.0)),
                        List.of(
                                Attempt.Launch.of("n1", Duration.ofMillis(20_500), Duration.ofSeconds(3)),
                                Attempt.Launch.of("n2", Duration.ofSeconds(4), Duration.ofMillis(1_250))));

        assertThat(Table.rows(csv(run)).get(0))
                .containsEntry("where", "n1; n2")
                .containsEntry("waited_seconds", "24.5")
                .containsEntry("ran_seconds", "4.25")
                .containsEntry("duration_seconds", "90.0")
                .containsEntry("cpu_seconds", "7.0")
                .containsEntry("reserved_core_seconds", "10.0")
                .containsEntry("peak_memory_bytes", "11")
                .containsEntry("reserved_memory_bytes", "13")
                .containsEntry("read_bytes", "17")
                .containsEntry("written_bytes", "19");
    }

    @Test
    void tellsTimesOfJobsAndAnAdoptedResult() throws IOException {
        Calculation one = task("water", "charge", "0");
        RunFolder run = folder("a")
                .record(one, SETTINGS, CalculationOutcome.complete(Map.of("energy", 1.0)))
                .record(
                        one,
                        SETTINGS,
                        CalculationOutcome.complete(Map.of("energy", 1.0)),
                        Optional.of(Attempt.Origin.of(1, "run-0").in("/data/shard")));

        assertThat(Table.rows(csv(run)).get(0))
                .containsEntry("attempt", "2")
                .containsEntry("adopted_from", "/data/shard")
                .containsEntry("where", "")
                .containsEntry("waited_seconds", "")
                .containsEntry("ran_seconds", "");
    }

    @Test
    void aParameterNamedLikeAnotherColumnKeepsApart() throws IOException {
        RunFolder run =
                folder("a").record(task("water", "status", "liquid"), SETTINGS, CalculationOutcome.complete(Map.of()));

        assertThat(Table.rows(csv(run)).get(0))
                .containsEntry("parameter.status", "liquid")
                .containsEntry("status", "complete");
    }

    @Property(tries = 100)
    void everyTextIsOneHarmlessCell(
            @ForAll @NotEmpty @StringLength(max = 8) @Chars({'=', '@', '"', ',', '\n', '\r', '\t', 'a', '1', '\'', ' '})
                    String text)
            throws IOException {
        Path path = Files.createTempDirectory("csv");
        try {
            RunFolder run = RunFolder.of(path.resolve("run"), MATRIX, Map.of());
            if (text.isBlank()) {
                return;
            }
            run.record(
                    task(text, "p" + text, text),
                    Map.of("s" + text, text),
                    CalculationOutcome.failed(CalculationFailure.of("kind").because(text)));
            List<Map<String, String>> rows = Table.rows(csv(run));
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).values()).noneMatch(cell -> cell.strip().matches("[=@].*"));
            assertThat(rows.get(0).values()).noneMatch(cell -> cell.matches("(?s).*[\n\r\t].*"));
        } finally {
            Files.delete(path.resolve("run/progress.jsonl"));
            Files.delete(path.resolve("run/benchmark.json"));
            Files.delete(path.resolve("run"));
            Files.delete(path);
        }
    }

    @Test
    void ofNoRunsThereIsNoTable() {
        assertThatThrownBy(() -> CalculationsCsv.write(List.of(), new StringWriter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runs");
    }

    @Test
    void ofADirectoryWithoutRecordsItHasTheNamesAlone() throws IOException {
        StringWriter out = new StringWriter();
        CalculationsCsv.write(
                List.of(new ExportedRun("none", RecordedRun.open(RunDirectory.of(directory.resolve("none"))))), out);

        assertThat(Table.cells(out.toString())).hasSize(1);
        assertThat(out.toString()).startsWith("results,task_id,subject,status,attempt,");
    }
}
