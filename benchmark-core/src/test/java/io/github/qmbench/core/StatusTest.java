package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.internal.StatusFormat;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import io.github.qmbench.core.store.StatusUnreadableException;
import io.github.qmbench.core.store.StatusWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final RunnerIdentity ELSEWHERE = new RunnerIdentity(42, "123", "another-host", "boot");

    @TempDir
    Path path;

    private static RunStatus status(RunState state, RunnerIdentity runner, int completed, String text) {
        Calculation calculation = Calculation.of("compound_05", Map.of("functional", text));
        return RunStatus.of(
                RunStatus.Run.of("run-1", NOW, NOW, state, Optional.of(text), runner, Duration.ofSeconds(10)),
                RunStatus.Progress.of(1000, completed, 1, 1, 1),
                List.of(RunStatus.TaskUnderWay.of(calculation, 2, NOW, Optional.of(text))),
                List.of(RunStatus.FailedTask.of(calculation, "scf", text, NOW)),
                TimeLeft.of(Duration.ofMinutes(36))
                        .withRange(TimeLeft.Range.from(Duration.ofMinutes(30)).to(Duration.ofMinutes(45)))
                        .withAverageCalculation(Duration.ofMillis(7300))
                        .withModel("size_model"));
    }

    @Property
    void anyStatusIsReadBackAsItWas(
            @ForAll RunState state, @ForAll @IntRange(max = 998) int completed, @ForAll String text) throws Exception {
        RunStatus status = status(state, ELSEWHERE, completed, text);
        assertThat(StatusFormat.read(StatusFormat.write(status))).isEqualTo(status);
    }

    @Test
    void rangeOfNoTimeIsReadBack() throws Exception {
        RunStatus any = status(RunState.RUNNING, ELSEWHERE, 7, "x");
        RunStatus status = RunStatus.of(
                any.run(),
                RunStatus.Progress.of(Integer.MAX_VALUE, 0, 0, 0, 0),
                List.of(),
                List.of(),
                TimeLeft.of(Duration.ZERO).withRange(TimeLeft.Range.from(Duration.ZERO)));
        assertThat(StatusFormat.read(StatusFormat.write(status))).isEqualTo(status);
    }

    @Property
    void countsAddUpOrAreRefused(
            @ForAll @IntRange(max = 9) int total,
            @ForAll @IntRange(min = -1, max = 4) int completed,
            @ForAll @IntRange(min = -1, max = 4) int failed,
            @ForAll @IntRange(min = -1, max = 4) int running) {
        if (completed < 0 || failed < 0 || running < 0 || completed + failed + running > total) {
            assertThatThrownBy(() -> RunStatus.Progress.of(total, completed, failed, running, 0))
                    .hasMessageContaining("do not add up: total " + total + ", completed " + completed);
        } else {
            RunStatus.Progress progress = RunStatus.Progress.of(total, completed, failed, running, 0);
            assertThat(completed + failed + running + progress.remaining()).isEqualTo(total);
        }
    }

    @Test
    void fieldsAreThoseOfTheDocumentedFormat() throws Exception {
        Map<String, Object> json =
                Json.parseObject(StatusFormat.write(status(RunState.RUNNING, ELSEWHERE, 7, "B3LYP")));

        assertThat(json.keySet())
                .containsExactly(
                        "schema_version",
                        "run_id",
                        "started_at",
                        "updated_at",
                        "state",
                        "state_reason",
                        "total_tasks",
                        "completed",
                        "failed",
                        "remaining",
                        "current_task",
                        "running",
                        "failures",
                        "failed_subjects",
                        "estimated_remaining_hours",
                        "estimated_remaining_range_hours",
                        "eta_model",
                        "avg_calc_time_seconds",
                        "pid",
                        "host",
                        "process_start",
                        "boot_id",
                        "heartbeat_seconds");
        assertThat(Json.asObject(json.get("current_task")))
                .containsEntry("task_id", "compound_05/B3LYP")
                .containsEntry("molecule_id", "compound_05")
                .containsEntry("functional", "B3LYP")
                .containsEntry("started_at", "2026-11-24T12:00:00Z");
        assertThat(json)
                .containsEntry("estimated_remaining_hours", 0.6)
                .containsEntry("estimated_remaining_range_hours", List.of(0.5, 0.75))
                .containsEntry("eta_model", "size_model")
                .containsEntry("avg_calc_time_seconds", 7.3);
    }

    @Test
    void readerThatRacesWriterSeesWholeStatusesOnly() throws Exception {
        StatusWriter writer = new StatusWriter(path.resolve("status.json"));
        StatusReader reader = new StatusReader(path.resolve("status.json"));
        String filler = "x".repeat(20_000); // many pages
        writer.write(status(RunState.RUNNING, ELSEWHERE, 0, filler));
        AtomicBoolean done = new AtomicBoolean();
        List<Throwable> faults = new ArrayList<>();
        Thread racing = new Thread(() -> {
            try {
                for (int i = 0; i < 60; i++) {
                    writer.write(status(RunState.RUNNING, ELSEWHERE, i, filler));
                }
            } catch (Throwable e) {
                faults.add(e);
            } finally {
                done.set(true);
            }
        });
        racing.start();
        Set<Integer> seen = new HashSet<>();
        int last = 0;
        while (!done.get()) {
            int completed = reader.read().orElseThrow().progress().completed();
            assertThat(completed).isGreaterThanOrEqualTo(last);
            last = completed;
            seen.add(completed);
        }
        racing.join();
        assertThat(faults).isEmpty();
        assertThat(seen.size()).as("the race took place").isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"schema_version\": 1, \"run_id\"",
                "{\"schema_version\": 99}",
                "\u0000",
                "7"
            })
    void whatIsNoStatusIsRefusedWithTheFile(String text) throws Exception {
        Path file = Files.writeString(path.resolve("status.json"), text);
        assertThatThrownBy(() -> new StatusReader(file).read())
                .isInstanceOf(StatusUnreadableException.class)
                .hasMessageContaining(file.toString());
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.of(-1, 0, "x", Long.MAX_VALUE, 1e300, true, List.of(1), List.of(Map.of()), Map.of("a", 1));
    }

    @Property
    void fieldOfAnotherTypeIsRefusedOrHarmless(@ForAll @IntRange(max = 22) int field, @ForAll("values") Object value)
            throws Exception {
        Map<String, Object> json =
                new LinkedHashMap<>(Json.parseObject(StatusFormat.write(status(RunState.RUNNING, ELSEWHERE, 7, "x"))));
        json.put(
                new ArrayList<>(json.keySet()).get(field),
                Json.normalise(Map.of("v", value)).get("v"));
        Path file = Files.createTempFile("status", ".json");
        try {
            Files.writeString(file, Json.write(json));
            assertThat(new StatusReader(file).read()).isPresent();
        } catch (StatusUnreadableException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void missingStatusIsNone() throws Exception {
        assertThat(new StatusReader(RunDirectory.of(path)).read()).isEmpty();
    }

    @Test
    void runnerOnThisHostIsAliveWhileItsProcessLives() {
        RunnerIdentity self = RunnerIdentity.ofThisProcess();
        assertThat(status(RunState.RUNNING, self, 1, "x").liveness(NOW.plusSeconds(9999)))
                .isEqualTo(Liveness.ALIVE);
        assertThat(status(RunState.STOPPED, self, 1, "x").liveness(NOW)).isEqualTo(Liveness.DEAD);

        RunnerIdentity samePidLater = new RunnerIdentity(self.pid(), "1", self.host(), self.bootId());
        RunnerIdentity otherBoot = new RunnerIdentity(self.pid(), self.processStart(), self.host(), "another boot");
        for (RunnerIdentity gone : List.of(samePidLater, otherBoot)) {
            assertThat(status(RunState.RUNNING, gone, 1, "x").liveness(NOW)).isEqualTo(Liveness.DEAD);
            assertThat(status(RunState.RUNNING, gone, 1, "x").isInterrupted(NOW))
                    .isTrue();
            assertThat(status(RunState.COMPLETE, gone, 1, "x").isInterrupted(NOW))
                    .isFalse();
        }
    }

    @Test
    void runnerOnAnotherHostIsUnknownUntilThreeHeartbeatsHaveFailedToCome() {
        RunStatus status = status(RunState.RUNNING, ELSEWHERE, 1, "x");
        assertThat(status.liveness(NOW.plusSeconds(30))).isEqualTo(Liveness.UNKNOWN);
        assertThat(status.isInterrupted(NOW.plusSeconds(30))).isFalse();
        assertThat(status.liveness(NOW.plusSeconds(31))).isEqualTo(Liveness.STALE);
        assertThat(status.liveness(NOW.minusSeconds(3600)))
                .as("the clock was set back")
                .isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void countsBeyondTheLargestNumberAreRefused() {
        assertThatThrownBy(() -> RunStatus.Progress.of(5, Integer.MAX_VALUE, 1, 0, 0))
                .hasMessageContaining("do not add up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"started_at\": \"+1000000000-12-31T23:59:59.999999999Z\"",
                "\"updated_at\": \"-1000000000-01-01T00:00:00Z\"",
                "\"heartbeat_seconds\": 1e300",
                "\"heartbeat_seconds\": -5",
                "\"estimated_remaining_hours\": 1e300",
                "\"estimated_remaining_range_hours\": [0, 1e300]",
                "\"avg_calc_time_seconds\": 1e300"
            })
    void timesThatNothingCanBeCalculatedWithAreRefusedWithTheField(String field) throws Exception {
        Map<String, Object> json =
                new LinkedHashMap<>(Json.parseObject(StatusFormat.write(status(RunState.RUNNING, ELSEWHERE, 5, "x"))));
        Map<String, Object> changed = Json.parseObject("{" + field + "}");
        json.putAll(changed);
        Path file = Files.writeString(path.resolve("status.json"), Json.write(json));

        assertThatThrownBy(() -> new StatusReader(file).read())
                .isInstanceOf(StatusUnreadableException.class)
                .hasMessageContaining("field " + changed.keySet().iterator().next());
    }
}
