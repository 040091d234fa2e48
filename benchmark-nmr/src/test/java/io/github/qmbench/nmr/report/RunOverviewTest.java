package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunClock;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.StopRequest;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusWriter;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.report.TaskRow.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOverviewTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Map<String, Object> SHIELDINGS =
            Map.of("shielding_data", List.of(Map.of("index", 1L, "atom", "H", "shielding", 31.5)));

    private final Calculation done = calculation("done");
    private final Calculation repaired = calculation("repaired");
    private final Calculation broken = calculation("broken");
    private final Calculation underWay = calculation("under-way");
    private final Calculation untouched = calculation("untouched");
    private final Calculation displaced = calculation("displaced");
    private Fingerprint fingerprint = Fingerprint.of(Map.of("basis", "6-31G**"));
    private RunDirectory directory;

    @TempDir
    Path path;

    @BeforeEach
    void opensTheDirectory() {
        directory = RunDirectory.of(path);
    }

    @Test
    void eachCalculationShowsTheRecordThatStands() throws IOException {
        session(Map.of(
                done, CalculationOutcome.complete(SHIELDINGS),
                repaired, CalculationOutcome.failed("memory").because("too little"),
                broken, CalculationOutcome.failed("scf").because("no convergence"),
                underWay, CalculationOutcome.failed("scf").because("no convergence"),
                displaced, CalculationOutcome.complete(SHIELDINGS)));
        session(Map.of(untouched, CalculationOutcome.cancelled()));
        session(Map.of(repaired, CalculationOutcome.complete(Map.of("recovered_by", List.of("memory")))));
        fingerprint = Fingerprint.of(Map.of("basis", "other"));
        session(Map.of(
                done,
                CalculationOutcome.failed(CalculationFailure.ofMachine("killed").because("not its own fault")),
                displaced,
                CalculationOutcome.failed("scf").because("no convergence with the other basis")));
        new StatusWriter(path.resolve("status.json")).write(status(RunState.RUNNING, START));

        RunOverview overview = RunOverview.of(
                "run",
                RecordedRun.open(directory),
                START.plusSeconds(1),
                List.of(done, repaired, broken, underWay, untouched, displaced));

        assertThat(overview.tasks())
                .extracting(TaskRow::state)
                .containsExactly(State.DONE, State.RECOVERED, State.FAILED, State.RUNNING, State.WAITING, State.FAILED);
        assertThat(overview.tasks().get(1).remark()).isEqualTo("[memory]");
        assertThat(overview.tasks().get(2).failure())
                .map(CalculationFailure::kind)
                .contains("scf");
        assertThat(overview.tasks().get(2).remark()).isEqualTo("no convergence");
        assertThat(overview.tasks().get(3).startedAt()).contains(START);
        assertThat(overview.tasks().get(4).startedAt()).isEmpty();
        assertThat(overview.tasks().get(0).seconds()).hasValue(12.5);
        assertThat(overview.tasks().get(0).condition()).isEqualTo("WP04 CHCl3");
        assertThat(overview.state()).isEqualTo("running");
        assertThat(overview.timeLeft()).contains(Duration.ofHours(1));
        assertThat(overview.completed()).isEqualTo(2);
    }

    @Test
    void aRunWhoseRunnerIsGoneIsInterruptedAndRunsNothing() throws IOException {
        new StatusWriter(path.resolve("status.json")).write(status(RunState.RUNNING, START));

        RunOverview overview =
                RunOverview.of("run", RecordedRun.open(directory), START.plusSeconds(86_400), List.of(underWay));

        assertThat(overview.state()).isEqualTo("interrupted");
        assertThat(overview.tasks().get(0).state()).isEqualTo(State.WAITING);
        assertThat(overview.timeLeft()).isEmpty();
    }

    @Test
    void withoutStatusTheJournalTellsWhetherAllHasEnded() throws IOException {
        session(Map.of(
                done, CalculationOutcome.complete(SHIELDINGS),
                broken, CalculationOutcome.failed("scf").because("no convergence")));
        Files.delete(path.resolve("status.json"));
        RecordedRun run = RecordedRun.open(directory);

        RunOverview whole = RunOverview.of("run", run, START, List.of(done, broken));

        assertThat(whole.state()).isEqualTo("complete");
        assertThat(whole.updatedAt()).isEqualTo(START.plusSeconds(12));
        assertThat(whole.tasks()).extracting(TaskRow::state).containsExactly(State.DONE, State.FAILED);
        assertThat(RunOverview.of("run", run, START, List.of(done, broken, untouched))
                        .state())
                .isEqualTo("incomplete");
    }

    @Test
    void withoutStatusAndJournalThereIsNoOverview() {
        assertThatThrownBy(() -> RunOverview.of("run", RecordedRun.open(directory), START, List.of(done)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no run in " + directory);
    }

    @Test
    void severalRunsOnOnePageKeepTheirDirectories() throws IOException {
        session(Map.of(done, CalculationOutcome.complete(SHIELDINGS)));
        RecordedRun run = RecordedRun.open(directory);
        RunOverview first = RunOverview.of("one", run, START, List.of(done));
        RunOverview second = new RunOverview(
                "two", "paused", "too many failed", START.plusSeconds(99), Optional.empty(), first.tasks());
        Map<String, RunOverview> both = new LinkedHashMap<>();
        both.put("a", first);
        both.put("b", second);

        RunOverview page = RunOverview.together("both", both);

        assertThat(page.tasks()).extracting(TaskRow::condition).containsExactly("WP04 CHCl3 (a)", "WP04 CHCl3 (b)");
        assertThat(page.tasks()).extracting(TaskRow::state).containsExactly(State.DONE, State.DONE);
        assertThat(page.state()).isEqualTo("paused");
        assertThat(page.reason()).isEqualTo("b: too many failed");
        assertThat(page.updatedAt()).isEqualTo(START.plusSeconds(99));
        RunOverview alone = RunOverview.together("one", Map.of("a", first));
        assertThat(alone.tasks()).extracting(TaskRow::condition).containsExactly("WP04 CHCl3");
        assertThat(alone.state()).isEqualTo(first.state());
    }

    /** Runs some calculations, each to this end after 12.5 seconds. */
    private void session(Map<Calculation, CalculationOutcome> outcomes) throws IOException {
        AtomicLong nanos = new AtomicLong();
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects(outcomes.keySet().stream().map(Calculation::subject).toList())
                .axis("functional", "WP04")
                .axis("solvent", "CHCl3")
                .build();
        AtomicReference<BenchmarkRunner> runner = new AtomicReference<>();
        CalculationBackend backend = new CalculationBackend() {
            @Override
            public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                nanos.addAndGet(12_500_000_000L);
                CalculationOutcome outcome = outcomes.get(calculation);
                if (outcome.state() == CalculationState.CANCELLED) {
                    runner.get().requestStop(StopRequest.DRAIN);
                }
                return outcome;
            }

            @Override
            public Fingerprint fingerprint(Calculation calculation) {
                return fingerprint;
            }
        };
        runner.set(BenchmarkRunner.builder(path, matrix, backend)
                .retryPolicy(RetryPolicy.never())
                .failurePolicy(FailurePolicy.never())
                .rerunStale(true)
                .clock(new RunClock() {
                    @Override
                    public Instant instant() {
                        return START.plusSeconds(12);
                    }

                    @Override
                    public long nanoTime() {
                        return nanos.get();
                    }
                })
                .build());
        runner.get().run();
    }

    @Test
    void journalLinesBecomeShieldingResults() {
        assertThat(ShieldingResult.of(line(done, 1, CalculationOutcome.complete(SHIELDINGS))))
                .hasValueSatisfying(result -> {
                    assertThat(result.moleculeId()).isEqualTo("done");
                    assertThat(result.functional()).isEqualTo("WP04");
                    assertThat(result.solvent()).isEqualTo("CHCl3");
                    assertThat(result.fingerprint()).containsEntry("basis", "6-31G**");
                    assertThat(result.shieldings().get(0).ppm()).isEqualTo(31.5);
                });
        assertThat(ShieldingResult.of(line(done, 1, CalculationOutcome.complete(Map.of("energy", -1.0)))))
                .isEmpty();
        assertThat(ShieldingResult.of(line(done, 1, CalculationOutcome.cancelled())))
                .isEmpty();
    }

    private RunStatus status(RunState state, Instant updatedAt) {
        // on another host, so that only the heartbeat tells whether it lives
        RunnerIdentity elsewhere = new RunnerIdentity(1, "never", "another-host", "another-boot");
        return RunStatus.of(
                RunStatus.Run.of("id", START, updatedAt, state, Optional.empty(), elsewhere, Duration.ofSeconds(30)),
                RunStatus.Progress.of(5, 2, 1, 1, 1),
                List.of(RunStatus.TaskUnderWay.of(underWay, 2, START, Optional.empty())),
                List.of(),
                TimeLeft.of(Duration.ofHours(1)));
    }

    private static Calculation calculation(String molecule) {
        return Calculation.of(molecule, new TreeMap<>(Map.of("functional", "WP04", "solvent", "CHCl3")));
    }

    private static JournalRecord line(Calculation calculation, int attempt, CalculationOutcome outcome) {
        return JournalRecord.of(
                calculation,
                Attempt.of(attempt, "id", START, START.plusSeconds(12), Duration.ofMillis(12_500)),
                outcome,
                Fingerprint.of(Map.of("basis", "6-31G**")));
    }
}
