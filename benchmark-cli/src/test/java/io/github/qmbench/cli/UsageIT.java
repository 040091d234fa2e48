package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Used against reserved, and what is made of it, by the distribution. */
@Timeout(240)
class UsageIT {

    /** Holds sixty million bytes for two seconds, and uses next to no CPU time. */
    private static final String HOLD = "{ head -c 60000000 /dev/zero; sleep 2; } | tail -n 1 >/dev/null";

    @TempDir
    Path directory;

    private Distribution distribution;

    @BeforeEach
    void takesTheDistribution() throws IOException {
        distribution = new Distribution(directory).withScript(HOLD).with("TEST_CORES", "1");
    }

    @AfterEach
    void endsWhatIsLeft() {
        distribution.endAll();
    }

    private Ended run(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "--backend", "script", "--parallel", "1"));
        words.addAll(List.of(more));
        Ended run = distribution.run(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private String said(String... words) throws Exception {
        Ended ended = distribution.run(words);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }

    private Map<String, Object> usage(String task) throws Exception {
        Map<String, Object> attempt = Json.asObject(
                Json.asArray(Json.parse(said("show", task, "--json"))).get(0));
        return Json.asObject(attempt.get("usage"));
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "summary",
            value = {"`cpu_seconds`, `reserved_core_seconds`"})
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "show",
            value = {"Each attempt has the CPU time"})
    void showSummaryReportAndTheEndOfTheRunTellUsedAgainstReserved() throws Exception {
        Ended run = run("--molecules", "m1", "--mem", "1G");

        assertThat(run.out())
                .containsPattern("reserved more than twice what was used: memory of 2 \\(1 GB reserved, at most"
                        + " \\d\\d MB used\\), cores of 2, of 2 calculations");
        assertThat(usage("m1/B3LYP"))
                .containsEntry("reserved_memory_bytes", 1L << 30)
                .hasEntrySatisfying(
                        "peak_memory_bytes", bytes -> assertThat((Long) bytes).isBetween(60_000_000L, 90_000_000L))
                .hasEntrySatisfying(
                        "reserved_core_seconds",
                        seconds -> assertThat((Double) seconds).isGreaterThan(1))
                .containsKey("cpu_seconds");
        assertThat(said("show", "m1/B3LYP"))
                .containsPattern(
                        "used \\d[\\d.]* s of CPU time, \\d+ % of .* reserved; \\d\\d MB of memory of 1 GB reserved");
        assertThat(said("summary"))
                .containsPattern(
                        "used: .* of CPU time, \\d+ % of the reserved cores; at most \\d\\d MB of memory, of 1 GB reserved");
        assertThat(said("summary", "--format", "csv").lines().findFirst().orElseThrow())
                .endsWith("cpu_seconds,reserved_core_seconds,cpu_efficiency,peak_memory_bytes,reserved_memory_bytes,"
                        + "read_bytes,written_bytes");
        assertThat(said("summary", "--format", "markdown")).contains("| CPU time | CPU efficiency | peak memory |");
        said("report");
        assertThat(Files.readString(directory.resolve("results/report.html")))
                .contains("CPU efficiency", "Peak memory", "of 1 GB reserved");
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "run",
            value = {"`--mem SIZE\\|auto`"})
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Memory that is learnt",
            value = {
                "With `--mem auto` a calculation asks",
                "A model learns this",
                "It asks for at least 256 MB.",
                "Until three calculations are complete"
            })
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "plan",
            value = {"The last line estimates the rest", "With fewer than three completed"})
    void planTellsWhatTheRestTakesAndAutoAsksForIt() throws Exception {
        String[] plan = {"plan", "--backend", "script", "--molecules", "m1", "m2", "m3", "--parallel", "1"};
        assertThat(said(plan)).contains("expected: too little is known of time and memory");
        run("--molecules", "m1", "m2", "--mem", "auto:800M");
        assertThat(usage("m1/B3LYP")).containsEntry("reserved_memory_bytes", 800L << 20);
        assertThat(usage("m2/WP04")).as("after three").containsEntry("reserved_memory_bytes", 256L << 20);

        assertThat(said(plan))
                .containsPattern(
                        "expected: .* with 1 at once.*, 0\\.\\d\\d core-hours; at most 256 MB of memory for a calculation");
        run("--molecules", "m1", "m2", "m3", "--mem", "auto");

        assertThat(usage("m3/B3LYP")).containsEntry("reserved_memory_bytes", 256L << 20);
        assertThat(said(plan)).as("of a done run").doesNotContain("expected");
    }

    @Test
    void theOldSpellingWorksAndIsInNoHelp() throws Exception {
        assertThat(distribution.run("plan", "--pilot", "--memory", "800M").exitCode())
                .isZero();
        assertThat(said("run", "--help")).contains("--mem=").doesNotContain("--memory");
    }
}
