package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export} of the packaged program, and what other programs read of it. */
class ExportIT {

    private static final Path DELTA50 = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");

    /** Calculates nothing, fails for one calculation, and leaves files that tell of the machine. */
    private static final String SCRIPT =
            "echo \"scratch $PWD\" > input.txt; printf 'hostname = %s\\n' node17 > output.txt;"
                    + " test \"$0\" != m2/WP04";

    @TempDir
    static Path directory;

    private static Distribution distribution;

    @BeforeAll
    static void makesRunDirectories() throws Exception {
        distribution = new Distribution(directory).withScript(SCRIPT);
        Ended run = distribution.run(
                "run", "--backend", "script", "--results", "script", "--max-failed", "never", "--no-canary");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FAILURES);
        CommittedRuns.unpack(DELTA50, directory.resolve("nmr"));
    }

    private static Ended export(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("export"));
        words.addAll(List.of(arguments));
        Ended ended = distribution.run(words.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        return ended;
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "export",
            value = {"Writes the results of run directories"})
    void oneTableOfTwoBackends() throws Exception {
        List<String> lines = export("--results", "script", "nmr").out().lines().toList();

        assertThat(lines).hasSize(1 + 6 + 50);
        assertThat(lines.get(0)).startsWith("results,task_id,subject,functional,solvent,status,");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("script,m2/WP04,m2,WP04,,failed,1,"))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("nmr,compound_50/WP04_CHCl3,compound_50,WP04,CHCl3,complete,1,"))
                .hasSize(1);
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "export",
            value = {"`--format csv\\|ro-crate`", "`-o PATH`, `--output PATH`", "`--license ID\\|URL`"})
    void aCrateThatTellsNothingOfThisMachine() throws Exception {
        export("--results", "script", "--format", "ro-crate", "--license", "CC0-1.0", "--output", "script-crate");

        Path crate = directory.resolve("script-crate");
        List<Map<String, Object>> graph = new ArrayList<>();
        Json.asArray(Json.parseObject(Files.readString(crate.resolve("ro-crate-metadata.json")))
                        .get("@graph"))
                .forEach(one -> graph.add(Json.asObject(one)));
        assertThat(graph)
                .filteredOn(one -> "CreateAction".equals(one.get("@type")))
                .hasSize(6 + 2);
        assertThat(graph)
                .filteredOn(one -> "#calculation/m2/WP04".equals(one.get("@id")))
                .hasSize(1)
                .allSatisfy(one -> assertThat(one)
                        .containsEntry("actionStatus", "http://schema.org/FailedActionStatus")
                        .containsEntry(
                                "object",
                                List.of(Map.of("@id", "benchmark.json"), Map.of("@id", "m2/WP04/input.txt"))));
        assertThat(graph)
                .filteredOn(one -> "Java".equals(one.get("name")))
                .extracting(one -> one.get("softwareVersion"))
                .containsOnly(System.getProperty("java.version"));
        assertThat(graph)
                .filteredOn(one -> "./".equals(one.get("@id")))
                .hasSize(1)
                .allSatisfy(one -> assertThat(one.get("license").toString()).contains("CC0-1.0"));
        assertThat(crate.resolve("m1/WP04/input.txt")).hasContent("scratch ./m1/WP04");
        assertThat(crate.resolve("m1/WP04/output.txt")).hasContent("hostname = (left out)");
        try (Stream<Path> files = Files.walk(crate)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(directory.toString(), "node17");
            }
        }
        Ended summary = distribution.run("summary", "--results", "script-crate", "--format", "csv");
        assertThat(summary.out()).as(summary.err()).contains("m2,WP04,").contains("failed");

        Ended again =
                distribution.run("export", "--format", "ro-crate", "--output", "script-crate", "--results", "nmr");
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("is not empty");
    }

    /** With some 300 bytes a row, rows that were kept would not fit. */
    @Test
    void aHundredThousandRowsInThirtyMegabytes() throws Exception {
        int rows = 100_000;
        Path large = Files.createDirectory(directory.resolve("large"));
        Files.copy(DELTA50.resolve("benchmark.json"), large.resolve("benchmark.json"));
        Instant time = Instant.parse("2026-11-24T08:00:00Z");
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("functional", "WP04"));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(large.resolve("progress.jsonl")))) {
            for (int i = 0; i < rows; i++) {
                out.write(JournalFormat.write(JournalRecord.of(
                        Calculation.of("m" + i, parameters),
                        Attempt.of(1, "run", time, time, Duration.ZERO),
                        CalculationOutcome.complete(Map.of("energy", i / 7.0)),
                        Fingerprint.of(Map.of("program", "Fake 1.0")))));
            }
        }
        Ended ended = new Distribution(directory)
                .with("QMBENCH_JAVA_OPTS", "-Xmx30m")
                .runIn("\"$@\" | wc -l", "export", "--results", "large");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().strip()).isEqualTo(String.valueOf(rows + 1));
    }

    @Test
    void pandasReadsTheTablesBack() throws Exception {
        Optional<String> python = pythonWith("pandas");
        assumeThat(python)
                .as("no Python with pandas here, so it does not read the tables back")
                .isPresent();
        export("--results", "nmr", "--per-atom", "--output", "nuclei.csv");
        export("--results", "script", "nmr", "--output", "calculations.csv");

        Map<String, Object> read = Json.parseObject(distribution.runOther(python.get(), "-c", """
                import json, pandas
                nuclei = pandas.read_csv("nuclei.csv")
                protons = nuclei[nuclei.nucleus == "1H"].dropna(subset=["deviation_ppm"])
                points = protons.groupby(["molecule_id", "group"]).deviation_ppm.mean()
                calculations = pandas.read_csv("calculations.csv", parse_dates=["started_at"])
                print(json.dumps({
                    "points": len(points),
                    "rmsd": float((points ** 2).mean() ** 0.5),
                    "calculations": len(calculations),
                    "complete": int((calculations.status == "complete").sum()),
                    "started": str(calculations.started_at.dt.tz),
                    "energies": int(calculations["result.total_energy_hartree"].notna().sum()),
                }))
                """));

        assertThat(read)
                .containsEntry("points", 114L)
                .containsEntry("calculations", 56L)
                .containsEntry("complete", 55L)
                .containsEntry("started", "UTC")
                .containsEntry("energies", 50L);
        Map<String, Object> factors = Json.parseObject(Files.readString(DELTA50.resolve("scaling_factors.json")));
        assertThat((Double) read.get("rmsd"))
                .isCloseTo(
                        (Double) Json.asObject(factors.get("WP04/6-31G(d,p)/1H/CHCl3"))
                                .get("rmsd"),
                        within(1e-6));
    }

    @Test
    void rocrateReadsTheCrateBack() throws Exception {
        Optional<String> python = pythonWith("rocrate");
        assumeThat(python)
                .as("no Python with rocrate here, so it does not read the crate back")
                .isPresent();
        export("--results", "nmr", "--format", "ro-crate", "--output", "nmr-crate");

        Map<String, Object> read = Json.parseObject(distribution.runOther(python.get(), "-c", """
                import json
                from rocrate.rocrate import ROCrate
                crate = ROCrate("nmr-crate")
                actions = [entity for entity in crate.get_entities() if entity.type == "CreateAction"]
                one = crate.dereference("#calculation/compound_01/WP04_CHCl3")
                print(json.dumps({
                    "name": crate.name,
                    "actions": len(actions),
                    "program": one["instrument"]["name"],
                    "journal": crate.dereference("progress.jsonl").type,
                }))
                """));

        assertThat(read)
                .containsEntry("name", "DELTA50: 50 calculations with NWChem 7.0.2")
                .containsEntry("actions", 52L)
                .containsEntry("program", "NWChem")
                .containsEntry("journal", "File");
    }

    /** Returns a Python that has a package: that of {@code QMBENCH_PYTHON}, the one on the path, or the system's. */
    private static Optional<String> pythonWith(String module) throws InterruptedException {
        for (String python : List.of(
                Optional.ofNullable(System.getenv("QMBENCH_PYTHON")).orElse("python3"),
                "python3",
                "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import " + module)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return Optional.of(python);
                }
            } catch (IOException e) {
                continue; // there is no such program
            }
        }
        return Optional.empty();
    }
}
