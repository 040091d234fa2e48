package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.estimate.EtaEstimator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values are equal when all that they hold is, and show it. */
class ValuesTest {

    private static final Instant THEN = Instant.parse("2026-11-30T08:00:00Z");
    private static final Instant LATER = THEN.plusSeconds(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RunnerIdentity RUNNER = new RunnerIdentity(42, "123", "host", "boot");
    private static final RunnerIdentity OTHER_RUNNER = new RunnerIdentity(43, "123", "host", "boot");

    private record Row(Supplier<Object> value, List<Object> others) {

        @Override
        public String toString() {
            return value.get().getClass().getSimpleName();
        }
    }

    private static Row row(Supplier<Object> value, Object... others) {
        return new Row(value, List.of(others));
    }

    private static Calculation calculation(String subject) {
        return Calculation.of(subject, Map.of("functional", "B3LYP"));
    }

    private static RunStatus.Run run(
            String id, Instant started, Instant updated, RunState state, RunnerIdentity runner, Duration heartbeat) {
        return RunStatus.Run.of(id, started, updated, state, Optional.of("STOP"), runner, heartbeat);
    }

    private static RunStatus.Run run(String id) {
        return run(id, THEN, THEN, RunState.RUNNING, RUNNER, SECOND);
    }

    private static RunStatus.Progress progress(int completed) {
        return RunStatus.Progress.of(100, completed, 1, 2, 3);
    }

    private static RunStatus.TaskUnderWay running(String subject) {
        return RunStatus.TaskUnderWay.of(calculation(subject), 1, THEN, Optional.of("waits"));
    }

    private static RunStatus.FailedTask failed(String subject) {
        return RunStatus.FailedTask.of(calculation(subject), "scf", "no convergence", THEN);
    }

    private static RunStatus status(String id, int completed, String running, String failed, TimeLeft left) {
        return RunStatus.of(run(id), progress(completed), List.of(running(running)), List.of(failed(failed)), left);
    }

    private static JournalRecord record(String subject, int attempt, Map<String, Object> results, String basis) {
        return JournalRecord.of(
                calculation(subject),
                Attempt.of(attempt, "run", THEN, LATER, SECOND),
                CalculationOutcome.complete(results),
                Fingerprint.of(Map.of("basis", basis)));
    }

    private static TimeLeft.Range range(Duration from, Duration to) {
        return TimeLeft.Range.from(from).to(to);
    }

    private static EtaEstimator.Batch batch(String subject, int count) {
        return EtaEstimator.Batch.of(calculation(subject), count);
    }

    private static EtaEstimator.Running elapsed(String subject, Duration time) {
        return EtaEstimator.Running.of(calculation(subject), time);
    }

    static Stream<Row> values() {
        return Stream.of(
                row(
                        () -> run("1"),
                        run("2"),
                        run("1", LATER, THEN, RunState.RUNNING, RUNNER, SECOND),
                        run("1", THEN, LATER, RunState.RUNNING, RUNNER, SECOND),
                        run("1", THEN, THEN, RunState.STOPPED, RUNNER, SECOND),
                        run("1", THEN, THEN, RunState.RUNNING, OTHER_RUNNER, SECOND),
                        run("1", THEN, THEN, RunState.RUNNING, RUNNER, MINUTE),
                        RunStatus.Run.of("1", THEN, THEN, RunState.RUNNING, Optional.empty(), RUNNER, SECOND)),
                row(
                        () -> progress(10),
                        progress(11),
                        RunStatus.Progress.of(101, 10, 1, 2, 3),
                        RunStatus.Progress.of(100, 10, 2, 2, 3),
                        RunStatus.Progress.of(100, 10, 1, 3, 3),
                        RunStatus.Progress.of(100, 10, 1, 2, 4)),
                row(
                        () -> running("a"),
                        running("b"),
                        RunStatus.TaskUnderWay.of(calculation("a"), 2, THEN, Optional.of("waits")),
                        RunStatus.TaskUnderWay.of(calculation("a"), 1, LATER, Optional.of("waits")),
                        RunStatus.TaskUnderWay.of(calculation("a"), 1, THEN, Optional.empty())),
                row(
                        () -> failed("a"),
                        failed("b"),
                        RunStatus.FailedTask.of(calculation("a"), "memory", "no convergence", THEN),
                        RunStatus.FailedTask.of(calculation("a"), "scf", "too slow", THEN),
                        RunStatus.FailedTask.of(calculation("a"), "scf", "no convergence", LATER)),
                row(
                        () -> status("1", 10, "a", "b", TimeLeft.of(MINUTE)),
                        status("2", 10, "a", "b", TimeLeft.of(MINUTE)),
                        status("1", 11, "a", "b", TimeLeft.of(MINUTE)),
                        status("1", 10, "c", "b", TimeLeft.of(MINUTE)),
                        status("1", 10, "a", "c", TimeLeft.of(MINUTE)),
                        status("1", 10, "a", "b", TimeLeft.of(SECOND))),
                row(() -> range(SECOND, MINUTE), range(MINUTE, MINUTE), range(SECOND, SECOND)),
                row(
                        () -> TimeLeft.of(MINUTE)
                                .withRange(range(SECOND, MINUTE))
                                .withAverageCalculation(SECOND)
                                .withModel("size_model"),
                        TimeLeft.of(SECOND)
                                .withRange(range(SECOND, MINUTE))
                                .withAverageCalculation(SECOND)
                                .withModel("size_model"),
                        TimeLeft.of(MINUTE).withAverageCalculation(SECOND).withModel("size_model"),
                        TimeLeft.of(MINUTE).withRange(range(SECOND, MINUTE)).withModel("size_model"),
                        TimeLeft.of(MINUTE).withRange(range(SECOND, MINUTE)).withAverageCalculation(SECOND)),
                row(
                        () -> record("a", 1, Map.of("value", 1.5), "3-21G"),
                        record("b", 1, Map.of("value", 1.5), "3-21G"),
                        record("a", 2, Map.of("value", 1.5), "3-21G"),
                        record("a", 1, Map.of("value", 2.5), "3-21G"),
                        record("a", 1, Map.of("value", 1.5), "6-31G(d)")),
                row(
                        () -> EtaEstimator.Expected.likely(SECOND).atMost(MINUTE),
                        EtaEstimator.Expected.likely(MINUTE).atMost(MINUTE),
                        EtaEstimator.Expected.likely(SECOND).atMost(SECOND)),
                row(() -> batch("a", 2), batch("b", 2), batch("a", 3)),
                row(() -> elapsed("a", SECOND), elapsed("b", SECOND), elapsed("a", MINUTE)),
                row(
                        () -> EtaEstimator.Workload.of(2, List.of(batch("a", 2)), List.of(elapsed("b", SECOND))),
                        EtaEstimator.Workload.of(3, List.of(batch("a", 2)), List.of(elapsed("b", SECOND))),
                        EtaEstimator.Workload.of(2, List.of(batch("a", 3)), List.of(elapsed("b", SECOND))),
                        EtaEstimator.Workload.of(2, List.of(batch("a", 2)), List.of(elapsed("b", MINUTE)))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void areEqualByAllThatTheyHoldAndShowIt(Row row) {
        Object value = row.value().get();
        Object same = row.value().get();

        assertThat(value).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
        assertThat(value.hashCode()).isNotZero();
        assertThat(value.equals("something else")).isFalse();
        assertThat(row.others()).isNotEmpty().allSatisfy(other -> {
            assertThat(other).isNotEqualTo(value);
            assertThat(value).isNotEqualTo(other).doesNotHaveToString(other.toString());
            assertThat(value).doesNotHaveSameHashCodeAs(other);
        });
    }
}
