package io.github.qmbench.nmr.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusWriter;
import io.github.qmbench.nmr.internal.OutputFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRunCrateTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final CalculationMatrix MATRIX = CalculationMatrix.builder()
            .subjects("m 1", "µ-100%")
            .axis("charge", "0", "1")
            .build();
    private static final Map<String, String> SETTINGS = Map.of("program", "Fake 1.0");

    @TempDir
    Path directory;

    private static ProcessRunCrate.Settings settings(String licence) {
        return new ProcessRunCrate.Settings(Optional.empty(), Optional.ofNullable(licence), NOW, "9.9");
    }

    private Path crate(RunFolder... folders) throws IOException {
        Path crate = directory.resolve("crate");
        List<RecordedRun> runs = Stream.of(folders).map(RunFolder::recorded).toList();
        ProcessRunCrate.write(crate, runs, settings("CC-BY-4.0"));
        return crate;
    }

    private static Map<String, Map<String, Object>> entities(Path crate) throws IOException {
        Map<String, Map<String, Object>> entities = new LinkedHashMap<>();
        Map<String, Object> document = Json.parseObject(Files.readString(crate.resolve("ro-crate-metadata.json")));
        for (Object entity : Json.asArray(document.get("@graph"))) {
            entities.put((String) Json.asObject(entity).get("@id"), Json.asObject(entity));
        }
        return entities;
    }

    /** Every state that a calculation can be in, with files as a backend leaves them. */
    private RunFolder folder(String name) throws IOException {
        RunFolder run = RunFolder.of(
                directory.resolve(name), MATRIX, Map.of("data_set_directory", directory + "/molecules/mine"));
        Path path = run.directory().path();
        Calculation complete = MATRIX.get(0);
        Calculation failed = MATRIX.get(1);
        Calculation displaced = MATRIX.get(2);
        Calculation cancelled = MATRIX.get(3);
        run.record(complete, SETTINGS, CalculationOutcome.complete(Map.of("energy", -1.5)))
                .file(complete, "input.txt", "units bohr\nscratch_dir " + path + "/x\n")
                .file(
                        complete,
                        "output file#1.txt",
                        "    hostname        = node17\nprogram = /usr/bin/fake\nenergy -1.5\n")
                .file(complete, "scratch/big", "x")
                .file(complete, "slurm/job.sh", "x")
                .file(complete, "attempt-1/output.txt", "x")
                .file(complete, "step/geometry.xyz", "1\n\nH 0 0 0\n")
                .file(complete, ".hidden", "x");
        Files.write(run.directory().calculation(complete.taskId()).resolve("orbitals.bin"), new byte[] {1, 0, '/', 2});
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("command", List.of("/usr/bin/fake", path + "/m/input.txt"));
        evidence.put("directory", path.toString());
        run.record(
                failed,
                SETTINGS,
                CalculationOutcome.failed(CalculationFailure.of("no-convergence")
                        .because("no convergence, see " + path + "/x/output.txt")
                        .withEvidence(evidence)));
        run.record(displaced, SETTINGS, CalculationOutcome.complete(Map.of("energy", 2.0)))
                .record(displaced, SETTINGS, CalculationOutcome.failed(CalculationFailure.ofMachine("killed")))
                .file(displaced, "output.txt", "of the attempt that was killed");
        run.record(cancelled, SETTINGS, CalculationOutcome.cancelled()).file(cancelled, "output.txt", "half");
        return run;
    }

    @Test
    void theCommittedRunMakesACrateAsTheProfileAsks() throws IOException {
        Path crate = crate(RunFolder.committed(directory.resolve("run")));

        assertThat(CrateProfile.violations(crate)).isEmpty();
        Map<String, Map<String, Object>> entities = entities(crate);
        Map<String, Object> root = entities.get("./");
        assertThat(root.get("name")).isEqualTo("DELTA50: 50 calculations with NWChem 7.0.2");
        assertThat(CrateProfile.ids(root, "license")).containsExactly("https://spdx.org/licenses/CC-BY-4.0");
        assertThat(CrateProfile.ids(root, "citation"))
                .containsExactly("https://doi.org/10.3390/molecules28062449", "https://doi.org/10.1063/5.0004997");
        assertThat(CrateProfile.ids(root, "hasPart"))
                .containsExactlyInAnyOrder(
                        "benchmark.json",
                        "progress.jsonl",
                        "calculations.csv",
                        "nuclei.csv",
                        "scaling_factors.json",
                        "SCALING-FACTORS.md",
                        "comparison.json",
                        "residuals.csv");
        assertThat(CrateProfile.ids(root, "mentions")).hasSize(52);
        assertThat(entities.get("https://nwchemgit.github.io/#NWChem%207.0.2"))
                .containsEntry("name", "NWChem")
                .containsEntry("softwareVersion", "7.0.2");
        assertThat(entities.values())
                .filteredOn(entity -> "SoftwareApplication".equals(entity.get("@type")))
                .extracting(entity -> entity.get("name") + " " + entity.get("softwareVersion"))
                .contains("qmbench 0.1.0-SNAPSHOT", "qmbench 9.9", "Java " + System.getProperty("java.version"));
        assertThat(CrateProfile.ids(entities.get("#data-set-DELTA50"), "license"))
                .containsExactly("https://creativecommons.org/licenses/by/4.0/");
        assertThat(CrateProfile.ids(entities.get("#benchmark"), "object"))
                .containsExactly("benchmark.json", "#data-set-DELTA50");
        assertThat(entities.get("#calculation/compound_01/WP04_CHCl3"))
                .containsEntry("startTime", "2026-11-24T05:00:10.457+00:00")
                .containsEntry("actionStatus", "http://schema.org/CompletedActionStatus");
        assertThat(Files.readString(crate.resolve("scaling_factors.json")))
                .isEqualTo(Files.readString(RunFolder.committedFile("scaling_factors.json")));
        assertThat(Table.rows(Files.readString(crate.resolve("nuclei.csv")))).hasSizeGreaterThan(600);
    }

    @Test
    void aCrateIsARunDirectoryWithTheSameRecords() throws IOException {
        RunFolder run = RunFolder.committed(directory.resolve("run"));
        Path crate = crate(run);

        assertThat(Files.readAllBytes(crate.resolve("progress.jsonl")))
                .isEqualTo(Files.readAllBytes(RunFiles.journal(run.directory())));
        assertThat(RecordedRun.open(RunDirectory.of(crate))
                        .description()
                        .orElseThrow()
                        .toJson())
                .isEqualTo(run.recorded().description().orElseThrow().toJson());
    }

    @Test
    void linksEachCalculationToTheFilesOfTheAttemptThatStands() throws IOException {
        Path crate = crate(folder("run"));

        assertThat(CrateProfile.violations(crate)).isEmpty();
        Map<String, Map<String, Object>> entities = entities(crate);
        assertThat(CrateProfile.ids(entities.get("./"), "mentions"))
                .containsExactly(
                        "#benchmark",
                        "#calculation/m%201/0",
                        "#calculation/m%201/1",
                        "#calculation/µ-100%2525/0",
                        "#export");
        Map<String, Object> complete = entities.get("#calculation/m%201/0");
        assertThat(CrateProfile.ids(complete, "object")).containsExactly("benchmark.json", "m%25201/0/input.txt");
        assertThat(CrateProfile.ids(complete, "result"))
                .containsExactly(
                        "progress.jsonl",
                        "m%25201/0/orbitals.bin",
                        "m%25201/0/output%20file%231.txt",
                        "m%25201/0/step/geometry.xyz");
        assertThat(entities.get("m%25201/0/orbitals.bin")).containsEntry("encodingFormat", "application/octet-stream");
        assertThat(CrateProfile.ids(complete, "instrument")).containsExactly("#Fake%201.0");
        Map<String, Object> failed = entities.get("#calculation/m%201/1");
        assertThat(failed)
                .containsEntry("actionStatus", "http://schema.org/FailedActionStatus")
                .containsEntry("error", "no convergence, see ./x/output.txt");
        assertThat(CrateProfile.ids(entities.get("#calculation/µ-100%2525/0"), "result"))
                .containsExactly("progress.jsonl");
    }

    /** Records begin a minute apart and take 1.5 seconds each. The last two do not stand: a killed attempt, and a cancelled one. */
    @Test
    void saysWhenTheBenchmarkAndEachCalculationBeganAndEnded() throws IOException {
        Map<String, Map<String, Object>> entities = entities(crate(folder("run")));

        assertThat(entities.get("#benchmark"))
                .containsEntry("startTime", "2026-11-24T08:00:00.000+00:00")
                .containsEntry("endTime", "2026-11-24T08:02:01.500+00:00");
        assertThat((String) entities.get("#benchmark").get("description"))
                .startsWith("3 calculations, of which 1 failed");
        assertThat(entities.values().stream()
                        .filter(entity -> String.valueOf(entity.get("@id")).startsWith("#calculation/"))
                        .map(entity -> entity.get("startTime") + " " + entity.get("endTime")))
                .containsExactly(
                        "2026-11-24T08:00:00.000+00:00 2026-11-24T08:00:01.500+00:00",
                        "2026-11-24T08:01:00.000+00:00 2026-11-24T08:01:01.500+00:00",
                        "2026-11-24T08:02:00.000+00:00 2026-11-24T08:02:01.500+00:00");
        assertThat(entities.get("#export")).containsEntry("endTime", "2026-11-30T12:00:00.000+00:00");
    }

    @Test
    void tellsNothingOfTheMachineAndItsUser() throws IOException {
        RunFolder run = folder("run");
        Path crate = crate(run);

        try (Stream<Path> files = Files.walk(crate)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(6);
            for (Path file : all) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(directory.toString(), "/usr/", "node17", System.getProperty("user.home") + "/");
            }
        }
        assertThat(Files.readString(crate.resolve("m%201/0/output file#1.txt")))
                .isEqualTo("    hostname        = (left out)\nprogram = fake\nenergy -1.5\n");
        assertThat(Files.readAllBytes(crate.resolve("m%201/0/orbitals.bin"))).containsExactly(1, 0, '/', 2);
        List<String> kinds = new ArrayList<>();
        RunJournal.read(
                RunDirectory.of(crate),
                record -> kinds.add(record.outcome().state().word()));
        assertThat(kinds).containsExactly("complete", "failed", "complete", "failed", "cancelled");
    }

    @Test
    void ofSeveralRunsEachHasADirectory() throws IOException {
        Path crate = crate(folder("one"), RunFolder.committed(directory.resolve("two")));

        assertThat(CrateProfile.violations(crate)).isEmpty();
        assertThat(entities(crate))
                .containsKeys(
                        "run-1/progress.jsonl",
                        "run-2/progress.jsonl",
                        "run-2/scaling_factors.json",
                        "#benchmark/run-1",
                        "#benchmark/run-2",
                        "#calculation/run-2/compound_01/WP04_CHCl3");
        assertThat(Table.rows(Files.readString(crate.resolve("calculations.csv"))))
                .hasSize(54)
                .extracting(row -> row.get("results"))
                .contains("run-1", "run-2");
    }

    @Test
    void theSameRunMakesTheSameCrate() throws IOException {
        RunFolder run = folder("run");
        Path crate = crate(run);
        Path again = directory.resolve("again");
        ProcessRunCrate.write(again, List.of(run.recorded()), settings("CC-BY-4.0"));

        assertThat(contents(again)).isEqualTo(contents(crate));
    }

    private static Map<String, String> contents(Path crate) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(crate)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        crate.relativize(file).toString(),
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void theFilesOfAnAdoptedResultAreNotThoseThatLieThere() throws IOException {
        Calculation adopted = MATRIX.get(0);
        RunFolder run = RunFolder.of(directory.resolve("run"), MATRIX, Map.of())
                .record(adopted, Map.of("grid", "fine"), CalculationOutcome.complete(Map.of("energy", 1.0)))
                .record(adopted, Map.of("grid", "coarse"), CalculationOutcome.complete(Map.of("energy", 1.1)))
                .file(adopted, "output.txt", "of the coarse grid")
                .record(
                        adopted,
                        Map.of("grid", "fine"),
                        CalculationOutcome.complete(Map.of("energy", 1.0)),
                        Optional.of(Attempt.Origin.of(1, "run-1")));

        Path crate = crate(run);

        assertThat(crate.resolve("m%201")).doesNotExist();
        assertThat(CrateProfile.ids(entities(crate).get("#calculation/m%201/0"), "result"))
                .containsExactly("progress.jsonl");
    }

    @Test
    void aTornLastLineIsLeftOut() throws IOException {
        RunFolder run = folder("run");
        Files.writeString(RunFiles.journal(run.directory()), "{\"task_id\":\"m", StandardOpenOption.APPEND);

        Path crate = crate(run);

        assertThat(RunJournal.read(RunDirectory.of(crate), record -> {}).tornBytes())
                .isZero();
        assertThat(CrateProfile.violations(crate)).isEmpty();
    }

    @Test
    void withoutALicenceItSaysSo() throws IOException {
        Path crate = directory.resolve("crate");
        ProcessRunCrate.write(crate, List.of(folder("run").recorded()), settings(null));

        assertThat(CrateProfile.violations(crate)).isEmpty();
        assertThat(entities(crate).get("./").get("license")).asString().startsWith("No licence is stated.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CC BY 4.0", "ftp://x", "see LICENSE"})
    void whatIsNoLicenceIsRefused(String text) {
        assertThatThrownBy(() -> settings(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CC-BY-4.0");
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        RunFolder run = folder("run");
        Path full = Files.createDirectory(directory.resolve("full"));
        Files.writeString(full.resolve("mine"), "mine");
        Path file = Files.writeString(directory.resolve("file"), "mine");

        for (Path target : List.of(full, file, run.directory().path())) {
            assertThatThrownBy(() -> ProcessRunCrate.write(target, List.of(run.recorded()), settings(null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(target.toString());
        }
        assertThat(file).hasContent("mine");
        assertThat(full.resolve("mine")).hasContent("mine");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void anEmptyDirectoryBecomesTheCrate() throws IOException {
        Files.createDirectory(directory.resolve("crate"));

        assertThat(CrateProfile.violations(crate(folder("run")))).isEmpty();
    }

    @Test
    void whereOneRunIsDamagedNothingIsWritten() throws IOException {
        RunFolder run = folder("run");
        RunFolder damaged = folder("damaged");
        Files.writeString(RunFiles.journal(damaged.directory()), "no record\nno record\n");

        assertThatThrownBy(() -> crate(run, damaged)).isInstanceOf(JournalDamagedException.class);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("run", "damaged");
        }
    }

    @Test
    void whatIsNoRegularFileIsNotCopied() throws IOException {
        RunFolder run = folder("run");
        Path output = run.directory().calculation(MATRIX.get(0).taskId()).resolve("output file#1.txt");
        Files.delete(output);
        Files.createSymbolicLink(output, Files.writeString(directory.resolve("elsewhere"), "private"));
        crate(run);
        assertThat(directory.resolve("crate/m%201/0/input.txt")).exists();
        assertThat(directory.resolve("crate/m%201/0/output file#1.txt")).doesNotExist();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsTold() throws IOException {
        RunFolder run = folder("run");
        Path target = Path.of("/proc/crate");

        assertThatThrownBy(() -> ProcessRunCrate.write(target, List.of(run.recorded()), settings(null)))
                .isInstanceOf(OutputFailedException.class)
                .hasMessageStartingWith("cannot write /proc/crate: ")
                .hasMessageNotContaining(".tmp");
    }

    @Test
    void aRunThatIsNotThereOrStillRunningIsRefused() throws IOException {
        RunFolder running = folder("run");
        new StatusWriter(RunFiles.status(running.directory()))
                .write(RunStatus.of(
                        RunStatus.Run.of(
                                "r",
                                NOW,
                                NOW,
                                RunState.RUNNING,
                                Optional.empty(),
                                RunnerIdentity.ofThisProcess(),
                                Duration.ofSeconds(10)),
                        RunStatus.Progress.of(4, 2, 1, 0, 1),
                        List.of(),
                        List.of(),
                        TimeLeft.UNKNOWN));

        assertThatThrownBy(() -> crate(running))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("still running");
        RecordedRun none = RecordedRun.open(RunDirectory.of(directory.resolve("none")));
        assertThatThrownBy(() -> ProcessRunCrate.write(directory.resolve("crate"), List.of(none), settings(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
        assertThat(directory.resolve("crate")).doesNotExist();
    }

    /** The looks at a crate see what is wrong with it. */
    @Test
    void aCrateThatLacksSomethingIsSeenToLackIt() throws IOException {
        Path crate = crate(folder("run"));
        broken(crate, "each @id", graph -> graph.get(3).put("@id", "a b"));
        broken(crate, "an @type", graph -> graph.get(3).remove("@type"));
        broken(crate, "two entities", graph -> graph.add(graph.get(3)));
        broken(crate, "the graph is flat", graph -> graph.get(1).put("author", Map.of("name", "x")));
        broken(crate, "referred to", graph -> graph.get(1).put("author", Map.of("@id", "#nobody")));
        broken(crate, "about the root", graph -> graph.get(0).remove("about"));
        broken(crate, "RO-Crate 1.1", graph -> graph.get(0).remove("conformsTo"));
        for (String property : List.of("name", "description", "datePublished", "license", "conformsTo", "hasPart")) {
            broken(crate, "the root ", graph -> graph.get(1).remove(property));
        }
        broken(crate, "mentions", graph -> graph.get(1).remove("mentions"));
        for (String property : List.of("name", "description", "endTime", "instrument", "result")) {
            broken(crate, "an action has ", graph -> graph.get(graph.size() - 2).remove(property));
        }
        broken(
                crate,
                "completed or failed",
                graph -> graph.get(graph.size() - 2).put("actionStatus", "done"));
        broken(crate, "only an action", graph -> graph.get(graph.size() - 1).put("error", "none"));
        broken(crate, "a start", graph -> graph.get(graph.size() - 2).put("startTime", "yesterday"));
        Files.writeString(crate.resolve("calculations.csv"), "more", StandardOpenOption.APPEND);
        assertThat(CrateProfile.violations(crate)).anyMatch(text -> text.contains("checksum"));
        Files.writeString(crate.resolve("more.txt"), "more");
        assertThat(CrateProfile.violations(crate)).anyMatch(text -> text.contains("those that are there"));
    }

    private static void broken(Path crate, String seen, Consumer<List<Map<String, Object>>> change) throws IOException {
        Map<String, Object> document =
                new LinkedHashMap<>(Json.parseObject(Files.readString(crate.resolve("ro-crate-metadata.json"))));
        List<Map<String, Object>> graph = new ArrayList<>();
        Json.asArray(document.get("@graph")).forEach(one -> graph.add(new LinkedHashMap<>(Json.asObject(one))));
        change.accept(graph);
        document.put("@graph", graph);
        assertThat(CrateProfile.violations(crate, document)).anyMatch(text -> text.contains(seen));
    }
}
