package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Law 12, at the command line: {@code summary}, {@code show}, {@code failures}, {@code analyze}, {@code report} and {@code
 * plan} say the same of one journal. The lines are written here as docs/file-formats.md describes them.
 */
class StandingCommandsTest {

    private static final Path RECORDED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz");
    private static final List<String> MOLECULES = List.of("compound_42", "compound_48");
    private static final List<String> SOLVENTS = List.of("CHCl3", "DMSO");
    private static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects(MOLECULES)
            .axis("functional", "WP04")
            .axis("solvent", SOLVENTS)
            .build();
    private static final Map<String, Object> SHIELDINGS = shieldings();

    enum End {
        COMPLETE,
        FAILED,
        FAILED_BY_MACHINE,
        CANCELLED,
        INTERRUPTED,
        REPEATED
    }

    record Event(int place, String settings, End end) {}

    /** What a reader says of a calculation. */
    enum Said {
        COMPLETE,
        FAILED,
        NOTHING
    }

    @Provide
    Arbitrary<List<Event>> journals() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, MATRIX.size() - 1),
                        Arbitraries.of("A", "A", "B"),
                        Arbitraries.of(End.class))
                .as(Event::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(16);
    }

    /** The rule in the plainest way. */
    private static Map<String, Said> expected(List<Event> events) {
        Map<String, Said> said = all(Said.NOTHING);
        Map<String, Boolean> begun = new HashMap<>();
        for (Event event : events) {
            String task = MATRIX.get(event.place()).taskId();
            boolean repeated = event.end() == End.REPEATED && begun.containsKey(task);
            begun.put(task, true);
            switch (event.end()) {
                case COMPLETE -> said.put(task, Said.COMPLETE);
                case REPEATED -> said.put(task, repeated ? said.get(task) : Said.COMPLETE);
                case FAILED -> said.put(task, Said.FAILED);
                case FAILED_BY_MACHINE -> said.put(task, said.get(task) == Said.COMPLETE ? Said.COMPLETE : Said.FAILED);
                default -> {}
            }
        }
        return said;
    }

    private static Map<String, Said> all(Said said) {
        Map<String, Said> map = new TreeMap<>();
        MATRIX.forEach(calculation -> map.put(calculation.taskId(), said));
        return map;
    }

    @Property(tries = 20)
    @Label("12. All commands say the same of one journal")
    void allCommandsSayTheSame(@ForAll("journals") List<Event> events) throws Exception {
        Path results = Files.createTempDirectory("qmbench-standing");
        try {
            write(results, events);
            Screen screen = new Screen(new Settings(), results);
            Map<String, Said> expected = expected(events);

            assertThat(summary(screen)).as("summary").isEqualTo(expected);
            assertThat(show(screen)).as("show").isEqualTo(expected);
            assertThat(failures(screen)).as("failures").isEqualTo(tasks(expected, Said.FAILED));
            assertThat(report(screen, results)).as("report").isEqualTo(expected);
            assertThat(analyze(screen, results)).as("analyze").isEqualTo(tasks(expected, Said.COMPLETE));
            assertThat(plan(screen)).as("plan").isEqualTo(tasks(expected, Said.COMPLETE));
        } finally {
            try (var files = Files.list(results)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(results);
        }
    }

    @Example
    void allSayThatAResultIsGoneOnceALaterAttemptWithOtherSettingsFailed() throws Exception {
        allCommandsSayTheSame(List.of(new Event(0, "A", End.COMPLETE), new Event(0, "B", End.FAILED)));
    }

    @Example
    void allSayThatAResultStandsOnceALaterAttemptWithOtherSettingsIsComplete() throws Exception {
        allCommandsSayTheSame(List.of(new Event(0, "B", End.FAILED), new Event(0, "A", End.COMPLETE)));
    }

    @Example
    void planShowsWhatARunAdopts() throws Exception {
        Path results = Files.createTempDirectory("qmbench-standing");
        write(results, List.of(new Event(0, "C", End.COMPLETE), new Event(0, "B", End.FAILED)));
        Screen screen = new Screen(new Settings(), results);

        assertThat(screen.run("plan")).isZero();

        assertThat(screen.out())
                .contains("adopt  compound_42/WP04_CHCl3")
                .contains("3 new, 0 done, 0 to be tried again, 0 stale, 1 to be adopted");
        assertThat(screen.run("run")).isZero();
        assertThat(screen.run("show", "compound_42/WP04_CHCl3")).isZero();
        assertThat(screen.out())
                .containsPattern("attempt 3: complete after .*, adopted from attempt 1 \\(this one counts\\)")
                .contains("settings: C");
        assertThat(screen.run("show", "compound_42/WP04_CHCl3", "--json")).isZero();
        List<Map<String, Object>> attempts = Json.asArray(Json.parse(screen.out())).stream()
                .map(Json::asObject)
                .toList();
        assertThat(attempts).extracting(attempt -> attempt.get("stands")).containsExactly(false, false, true);
        assertThat(attempts.get(2)).containsEntry("adopted_from", Map.of("attempt", 1L, "run_id", "run-0"));
    }

    private static TreeSet<String> tasks(Map<String, Said> said, Said wanted) {
        return said.entrySet().stream()
                .filter(entry -> entry.getValue() == wanted)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Said> summary(Screen screen) throws Exception {
        assertThat(screen.run("summary", "--json")).isZero();
        Map<String, Object> summary = Json.parseObject(screen.out());
        Map<String, Said> said = all(Said.NOTHING);
        for (Object entry : Json.asArray(summary.get("calculations"))) {
            Map<String, Object> row = Json.asObject(entry);
            String word = (String) row.get("status");
            said.put(
                    row.get("molecule_id") + "/" + row.get("functional") + "_" + row.get("solvent"),
                    word.equals("complete") ? Said.COMPLETE : word.equals("failed") ? Said.FAILED : Said.NOTHING);
        }
        assertThat(summary.get("completed"))
                .isEqualTo((long) tasks(said, Said.COMPLETE).size());
        return said;
    }

    /** What is shown with results is complete; what is not, and has a failure that counts, has failed. */
    private static Map<String, Said> show(Screen screen) {
        Map<String, Said> said = all(Said.NOTHING);
        for (String task : said.keySet()) {
            if (screen.run("show", task) == ExitCode.OK) {
                boolean hasResults = screen.out().contains("\n  results\n");
                boolean hasFailure = screen.out().contains(": failed after");
                said.put(task, hasResults ? Said.COMPLETE : hasFailure ? Said.FAILED : Said.NOTHING);
                if (!hasResults && !hasFailure) {
                    assertThat(screen.out()).doesNotContain("counts");
                }
            }
        }
        return said;
    }

    private static TreeSet<String> failures(Screen screen) {
        assertThat(screen.run("failures")).isZero();
        Matcher task = Pattern.compile("compound_\\d+/\\w+")
                .matcher(screen.out()
                        .lines()
                        .filter(line -> !line.startsWith("look"))
                        .collect(Collectors.joining("\n")));
        return task.results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Said> report(Screen screen, Path results) throws IOException {
        assertThat(screen.run("report")).isZero();
        Matcher cell = Pattern.compile("<td class=\"(done|failed|waiting)[^\"]*\" title=")
                .matcher(Files.readString(results.resolve("report.html")));
        List<Said> cells = cell.results()
                .map(found -> switch (found.group(1)) {
                    case "done" -> Said.COMPLETE;
                    case "failed" -> Said.FAILED;
                    default -> Said.NOTHING;
                })
                .toList();
        assertThat(cells).hasSize(MATRIX.size());
        Map<String, Said> said = new TreeMap<>();
        for (int place = 0; place < MATRIX.size(); place++) {
            said.put(MATRIX.get(place).taskId(), cells.get(place));
        }
        return said;
    }

    /** Results of two settings are never fitted together, so each of them is asked for. */
    private static TreeSet<String> analyze(Screen screen, Path results) throws IOException {
        TreeSet<String> used = new TreeSet<>();
        for (String settings : List.of("A", "B")) {
            Files.deleteIfExists(results.resolve("residuals.csv"));
            screen.run("analyze", "--only", "settings=" + settings);
            if (Files.exists(results.resolve("residuals.csv"))) {
                Matcher line = Pattern.compile("(?m)^WP04,.*,(CHCl3|DMSO),(compound_\\d+),")
                        .matcher(Files.readString(results.resolve("residuals.csv")));
                line.results().forEach(found -> used.add(found.group(2) + "/WP04_" + found.group(1)));
            }
        }
        return used;
    }

    /** With settings that no attempt had, what is complete is stale. */
    private static TreeSet<String> plan(Screen screen) {
        assertThat(screen.run("plan")).isZero();
        return screen.out()
                .lines()
                .filter(line -> line.startsWith("stale "))
                .map(line -> line.split(" +")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Benchmarks with the settings C. */
    private static final class Settings implements CalculationBackendProvider {
        @Override
        public String name() {
            return "settings";
        }

        @Override
        public String summary() {
            return "settings C";
        }

        @Override
        public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory) {
            return PreparedBenchmark.builder(MATRIX, new CalculationBackend() {
                        @Override
                        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                            return CalculationOutcome.complete(Map.of());
                        }

                        @Override
                        public Fingerprint fingerprint(Calculation calculation) {
                            return Fingerprint.of(fingerprintOf("C"));
                        }
                    })
                    .build();
        }
    }

    private static Map<String, String> fingerprintOf(String settings) {
        return new TreeMap<>(Map.of("basis", "6-31g**", "settings", settings));
    }

    private static void write(Path results, List<Event> events) throws IOException {
        Files.writeString(
                results.resolve("benchmark.json"),
                Json.writePretty(new LinkedHashMap<>(Map.of(
                        "schema_version",
                        1L,
                        "written_at",
                        "2026-11-24T08:00:00Z",
                        "backend",
                        "settings",
                        "data_set",
                        "DELTA50",
                        "settings",
                        Map.of(),
                        "axes",
                        MATRIX.axes(),
                        "total_tasks",
                        (long) MATRIX.size(),
                        "subjects",
                        MATRIX.subjects()))));
        Map<Integer, Integer> attempts = new HashMap<>();
        StringBuilder journal = new StringBuilder();
        for (Event event : events) {
            int before = attempts.getOrDefault(event.place(), 0);
            int attempt = event.end() == End.REPEATED ? Math.max(1, before) : before + 1;
            attempts.put(event.place(), attempt);
            journal.append(line(MATRIX.get(event.place()), attempt, event, attempts.size() - 1));
        }
        Files.writeString(results.resolve("progress.jsonl"), journal);
    }

    private static String line(Calculation calculation, int attempt, Event event, int run) {
        boolean complete = event.end() == End.COMPLETE || event.end() == End.REPEATED;
        boolean failed = event.end() == End.FAILED || event.end() == End.FAILED_BY_MACHINE;
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("kind", event.end() == End.FAILED ? "scf-not-converged" : "killed");
        error.put("message", "it failed");
        error.put("blame", event.end() == End.FAILED ? "subject" : "machine");
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("task_id", calculation.taskId());
        line.put(
                "status",
                complete ? "complete" : failed ? "failed" : event.end().name().toLowerCase(java.util.Locale.ROOT));
        line.put("error", failed ? error : null);
        line.put("duration_seconds", 30.0);
        line.put("started_at", "2026-11-24T08:00:00Z");
        line.put("finished_at", "2026-11-24T08:00:30Z");
        line.put("attempt", (long) attempt);
        line.put("run_id", "run-" + run);
        line.put("fingerprint", Fingerprint.of(fingerprintOf(event.settings())).digest());
        line.put("fingerprint_of", new LinkedHashMap<>(fingerprintOf(event.settings())));
        line.put("subject", calculation.subject());
        line.put("parameters", new LinkedHashMap<>(calculation.parameters()));
        line.put(
                "results",
                complete
                        ? Map.of("shielding_data", SHIELDINGS.get(calculation.subject()), "basis", "6-31G(d,p)")
                        : Map.of());
        String text = Json.write(line);
        String body = text.substring(0, text.length() - 1);
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return body + String.format(",\"crc\":\"%08x\"}%n", crc.getValue());
    }

    /** Real shieldings of the molecules. */
    private static Map<String, Object> shieldings() {
        Map<String, Object> shieldings = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(RECORDED)), StandardCharsets.UTF_8))) {
            for (String text : new ArrayList<>(lines.lines().toList())) {
                Map<String, Object> line = Json.parseObject(text);
                shieldings.put(
                        (String) line.get("subject"),
                        Json.asObject(line.get("results")).get("shielding_data"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shieldings;
    }
}
