package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCommandTest {

    private static final String STARTED = "2026-11-24T04:00:00Z";
    private static final String UPDATED = "2026-11-24T04:10:00Z";

    @TempDir
    Path results;

    private Screen screen;

    @BeforeEach
    void opensScreen() {
        screen = new Screen(new FakeBenchmarks(), results);
        screen.setClock(Instant.parse("2026-11-24T04:10:05Z"));
    }

    @Test
    void saysWhenThereIsNoRun() throws Exception {
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).startsWith("no run in " + results);

        assertThat(screen.run("status", "--json")).isZero();
        assertThat(Json.parseObject(screen.out())).containsEntry("state", null).containsEntry("liveness", null);
    }

    @Test
    void saysWhenThereAreResultsWithoutAStatus() throws Exception {
        Files.createFile(results.resolve("progress.jsonl"));
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out())
                .isEqualToIgnoringNewLines("no status.json in " + results
                        + ", only results; see them with: qmbench summary --results " + results);
        assertThat(screen.run("stop")).isZero();
        assertThat(screen.out()).startsWith("nothing to stop: no status.json in " + results + ", only results");
    }

    @Test
    void showsARunOfAnotherHostInWords() throws Exception {
        write(status("elsewhere", 1));

        assertThat(screen.run("status")).isZero();

        assertThat(screen.out().lines().toList())
                .containsExactly(
                        "run        r-1 in " + results,
                        "state      running, according to process 1 on elsewhere",
                        "progress   3 of 10 done (30 %), 4 failed, 1 running, 2 left",
                        "current    m5 WP04, for 1 min 5 s: property",
                        "time left  about 89 minutes (1 min 40 s a calculation on average)",
                        "started    2026-11-24 04:00:00 UTC (10 min 5 s ago)",
                        "updated    2026-11-24 04:10:00 UTC (5.0 s ago)",
                        "last failures:",
                        "  m2/WP04  timeout: too long",
                        "  m3/WP04  timeout: too long",
                        "  m4/WP04  timeout: too long with an escape  [31m");
    }

    @Test
    void aRunningStatusWhoseRunnerIsGoneIsInterrupted() throws Exception {
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        write(status(host, deadPid()));

        assertThat(screen.run("status")).isZero();
        assertThat(screen.out())
                .contains("state      interrupted after 2026-11-24 04:10:00 UTC")
                .contains("cut short  m5 WP04, since 2026-11-24 04:09:00 UTC")
                .contains("3 of 10 done (30 %), 4 failed, 3 left")
                .doesNotContain("time left");

        assertThat(screen.run("status", "--json")).isZero();
        assertThat(Json.parseObject(screen.out()))
                .containsEntry("liveness", "dead")
                .containsEntry("state", "running")
                .containsEntry("of_a_later_version", 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m5", "m5/WP04"})
    void showFindsARunningCalculationByItsMoleculeAndByItself(String named) throws Exception {
        write(status("elsewhere", 1));

        assertThat(screen.run("show", named)).as(screen.err()).isZero();

        assertThat(screen.out())
                .isEqualTo("m5/WP04\n  attempt 1: running for 1 min 5 s, begun 2026-11-24 04:09:00 UTC\n  files in "
                        + results.resolve("m5/WP04") + "\n");
        assertThat(screen.run("show", named, "--json")).isZero();
        assertThat(screen.out()).isEqualToIgnoringWhitespace("[]");
        assertThat(screen.run("show", "m")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.run("show", "WP04")).isEqualTo(ExitCode.USAGE);
    }

    /** What was running when its runner was killed, or went silent, runs no more. */
    @Test
    void showDoesNotFindTheCalculationOfAnInterruptedRun() throws Exception {
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        write(status(host, deadPid()));

        assertThat(screen.run("show", "m5/WP04")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.run("show", "m5", "--json")).isEqualTo(ExitCode.USAGE);

        write(status("elsewhere", 1));
        screen.setClock(Instant.parse("2026-11-24T05:10:05Z"));
        assertThat(screen.run("show", "m5/WP04")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("there is no calculation to show");
    }

    @Test
    void aSilentRunOfAnotherHostIsStale() throws Exception {
        write(status("elsewhere", 1));
        screen.setClock(Instant.parse("2026-11-24T05:10:05Z"));

        screen.run("status");
        assertThat(screen.out()).contains("interrupted, it seems: nothing was heard of process 1 on elsewhere");
        screen.run("status", "--json");
        assertThat(Json.parseObject(screen.out())).containsEntry("liveness", "stale");
    }

    @Test
    void saysThatItIsStoppingOnceAStopWasAskedFor() throws Exception {
        write(status("elsewhere", 1));
        screen.run("status");
        assertThat(screen.out()).contains("state      running");

        Files.createFile(results.resolve("STOP"));

        screen.run("status");
        assertThat(screen.out()).contains("state      stopping: running calculations finish, and no new ones start");

        Files.writeString(results.resolve("STOP"), "now");

        screen.run("status");
        assertThat(screen.out())
                .contains("state      stopping now: running calculations are ended, and no new ones start");
    }

    @Test
    void showsAFinishedRun() {
        new Screen(new FakeBenchmarks((calculation, context) -> CalculationOutcome.complete(Map.of())), results)
                .run("run");

        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).contains("state      complete", "6 of 6 done (100 %)\n", "ended ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "", "{\"schema_version\": 1, \"run_id\":", "{\"schema_version\": 99}"})
    void whatIsNoStatusIsRefusedInOneSentence(String content) throws Exception {
        Files.writeString(results.resolve("status.json"), content);

        assertThat(screen.run("status")).isEqualTo(ExitCode.IO_ERROR);
        assertThat(screen.err())
                .contains("cannot read the status " + results.resolve("status.json") + ": ")
                .containsPattern(": (it is not |field schema_version should be a number|it has schema_version 99)")
                .hasLineCount(1);
        assertThat(screen.out()).isEmpty();

        assertThat(screen.run("status", "--json")).isEqualTo(ExitCode.IO_ERROR);
        assertThat(Json.parseObject(screen.out()))
                .containsEntry("exit_code", 74L)
                .containsKey("error");
    }

    @Test
    void stopSaysThatAnInterruptedRunIsGone() throws Exception {
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        write(status(host, deadPid()));

        assertThat(screen.run("stop")).isZero();
        assertThat(screen.out()).startsWith("nothing to stop").contains("interrupted");
        assertThat(results.resolve("STOP")).doesNotExist();
    }

    @Test
    void stopIsIdempotentAndCanBecomeMoreUrgent() throws Exception {
        write(status("elsewhere", 1));

        assertThat(screen.run("stop")).isZero();
        assertThat(screen.out())
                .isEqualTo("stopping when 1 running calculation has ended (m5/WP04); 2 calculations left for another"
                        + " time\n");
        assertThat(screen.run("stop")).isZero();
        assertThat(screen.out()).startsWith("already asked: stopping when");
        assertThat(screen.run("stop", "--now")).isZero();
        assertThat(screen.out()).startsWith("stopping now: 1 running calculation will be ended");
        assertThat(results.resolve("STOP")).hasContent("now");
        assertThat(screen.run("stop")).isZero();
        assertThat(results.resolve("STOP")).hasContent("now");
    }

    @Test
    void stopSaysWhenNothingRuns() {
        assertThat(screen.run("stop")).isZero();
        assertThat(screen.out()).startsWith("nothing to stop: no run in");
        assertThat(results).isEmptyDirectory();
    }

    /** A runner that dies of the request, so that its status says running for ever. */
    @Test
    @Timeout(60)
    void stopThatWaitsEndsWhenTheRunnerIsGone() throws Exception {
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        Process runner = new ProcessBuilder("sh", "-c", "until [ -e STOP ]; do sleep 0.1; done")
                .directory(results.toFile())
                .start();
        try {
            Map<String, Object> status = status(host, runner.pid());
            status.put(
                    "boot_id",
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
            write(status);

            assertThat(screen.run("stop", "--wait")).isZero();
        } finally {
            runner.destroy();
        }
        assertThat(screen.out()).startsWith("stopping when 1 running").endsWith("the run was interrupted\n");
    }

    private static long deadPid() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private void write(Map<String, Object> status) throws Exception {
        Files.writeString(results.resolve("status.json"), Json.writePretty(status));
    }

    private static Map<String, Object> status(String host, long pid) {
        Map<String, Object> current = task("m5");
        current.put("started_at", "2026-11-24T04:09:00Z");
        current.put("attempt", 1);
        current.put("remark", "property");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema_version", 1);
        json.put("run_id", "r-1");
        json.put("started_at", STARTED);
        json.put("updated_at", UPDATED);
        json.put("state", "running");
        json.put("state_reason", null);
        json.put("total_tasks", 10);
        json.put("completed", 3);
        json.put("failed", 4);
        json.put("remaining", 2);
        json.put("current_task", current);
        json.put("running", List.of(current));
        json.put(
                "failures",
                List.of(
                        failure("m1", ""),
                        failure("m2", ""),
                        failure("m3", ""),
                        failure("m4", " with an escape \u001b[31m")));
        json.put("failed_subjects", 4);
        json.put("estimated_remaining_hours", 1.49);
        json.put("avg_calc_time_seconds", 100.0);
        json.put("pid", pid);
        json.put("host", host);
        json.put("process_start", "");
        json.put("boot_id", "");
        json.put("heartbeat_seconds", 10);
        json.put("of_a_later_version", 7);
        return json;
    }

    private static Map<String, Object> task(String molecule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", molecule + "/WP04");
        json.put("molecule_id", molecule);
        json.put("functional", "WP04");
        return json;
    }

    private static Map<String, Object> failure(String molecule, String more) {
        Map<String, Object> json = task(molecule);
        json.put("kind", "timeout");
        json.put("error", "too long" + more);
        json.put("timestamp", STARTED);
        return json;
    }
}
