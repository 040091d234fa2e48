package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} and {@code stop --wait} of a run that goes on each time that they ask for the time. */
@Timeout(60)
class WatchedRunTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:05:00Z");

    @TempDir
    Path results;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int asked;

    /** Writes the status of a run of which so many of five calculations are done; it ends with the fourth. */
    private void write(int done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema_version", 1);
        json.put("run_id", done > 4 ? "r-2" : "r-1");
        json.put("started_at", "2026-11-24T09:00:00Z");
        json.put("updated_at", "2026-11-24T09:04:00Z");
        json.put("state", done == 4 ? "stopped" : "running");
        json.put("state_reason", null);
        json.put("total_tasks", 5);
        json.put("completed", done);
        json.put("failed", done == 4 ? 1 : 0);
        json.put("remaining", done == 4 ? 0 : 5 - done);
        json.put("running", List.of());
        json.put("failures", List.of());
        json.put("failed_subjects", 0);
        json.put("estimated_remaining_hours", done == 4 ? null : (5.0 - done) / 2);
        json.put("pid", RunnerIdentity.ofThisProcess().pid());
        json.put("host", RunnerIdentity.ofThisProcess().host());
        json.put("process_start", RunnerIdentity.ofThisProcess().processStart());
        json.put("boot_id", RunnerIdentity.ofThisProcess().bootId());
        json.put("heartbeat_seconds", 10);
        try {
            Files.writeString(results.resolve("status.json"), Json.writePretty(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(boolean terminal, Runnable whenAsked, String... arguments) {
        Console console = new Console(LineStream.checked(out), LineStream.checked(out), terminal, terminal, false, 100);
        CommandLineSession session = new CommandLineSession(
                console,
                Map.of(),
                () -> {
                    whenAsked.run();
                    return NOW;
                },
                Backends.of(new FakeBenchmarks()),
                false);
        return Qmbench.execute(session, arguments);
    }

    /** The status does not change for the first two questions, so its line is not repeated. */
    private void goOn() {
        asked++;
        if (asked > 4) {
            write(asked > 8 ? 4 : 2);
        }
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8).replace(results.toString(), "RESULTS");
    }

    @Test
    void watchShowsALineForEachChangeAndTheStatusAtTheEnd() {
        write(1);

        assertThat(run(false, this::goOn, "watch", "--results", results.toString()))
                .isZero();

        assertThat(shown()).isEqualTo("""
                        1 of 5 done, about 2 hours left
                        2 of 5 done, about 1.5 hours left
                        run        r-1 in RESULTS
                        state      stopped
                        progress   4 of 5 done (80 %), 1 failed
                        started    2026-11-24 09:00:00 UTC (5 min ago)
                        ended      2026-11-24 09:04:00 UTC (1 min ago)
                        """);
    }

    @Test
    void onATerminalItShowsTheWholeStatusAgainAndAgain() {
        write(1);

        assertThat(run(true, this::goOn, "watch", "--results", results.toString()))
                .isZero();

        assertThat(shown())
                .startsWith(
                        "\u001b[?1049h\u001b[?7l\u001b[Hrun        r-1 in RESULTS\u001b[K\r\nstate      running\u001b[K")
                .contains("progress   1 of 5 done", "progress   2 of 5 done")
                .endsWith("""
                        \u001b[?7h\u001b[?1049lrun        r-1 in RESULTS
                        state      stopped
                        progress   4 of 5 done (80 %), 1 failed
                        started    2026-11-24 09:00:00 UTC (5 min ago)
                        ended      2026-11-24 09:04:00 UTC (1 min ago)
                        """);
    }

    @Test
    void stopThatWaitsSaysHowTheRunEnded() {
        write(1);

        run(false, () -> write(++asked > 1 ? 4 : 1), "stop", "--wait", "--results", results.toString());

        assertThat(shown()).isEqualTo("stopping; 4 calculations left for another time\nthe run has ended: stopped\n");
    }

    /** What is waited for is the run that was there. */
    @Test
    void stopDoesNotWaitForTheNextRun() {
        write(1);

        run(false, () -> write(++asked > 1 ? 5 : 1), "stop", "--wait", "--results", results.toString());

        assertThat(shown()).startsWith("stopping; 4 calculations left").contains("\nthe run has ended");
    }

    @Test
    void stopThatWaitsEndsWhenTheStatusIsGone() {
        write(1);

        run(
                false,
                () -> {
                    if (asked++ > 0) {
                        results.resolve("status.json").toFile().delete();
                    }
                },
                "stop",
                "--wait",
                "--results",
                results.toString());

        assertThat(shown()).endsWith("\nthe run has ended\n");
    }
}
