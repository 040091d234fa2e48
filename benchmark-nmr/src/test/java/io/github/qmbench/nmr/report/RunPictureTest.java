package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.report.TaskPicture.Remark;
import io.github.qmbench.nmr.report.TaskPicture.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunPictureTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Map<String, Object> SHIELDINGS =
            Map.of("shielding_data", List.of(Map.of("index", 1L, "atom", "H", "shielding", 31.5)));

    private final Calculation done = calculation("done");
    private final Calculation repaired = calculation("repaired");
    private final Calculation broken = calculation("broken");
    private final Calculation underWay = calculation("under-way");
    private final Calculation untouched = calculation("untouched");

    @Test
    void eachCalculationShowsItsLastStanding() {
        RunPicture picture = RunPicture.of(
                "run",
                status(RunState.RUNNING, START),
                START.plusSeconds(1),
                List.of(done, repaired, broken, underWay, untouched),
                Stream.of(
                        line(done, 1, CalculationOutcome.complete(SHIELDINGS)),
                        line(repaired, 1, CalculationOutcome.failed("memory", "too little")),
                        line(broken, 1, CalculationOutcome.failed("scf", "no convergence")),
                        line(underWay, 1, CalculationOutcome.failed("scf", "no convergence")),
                        line(untouched, 1, CalculationOutcome.cancelled()),
                        line(repaired, 2, CalculationOutcome.complete(Map.of("recovered_by", List.of("memory")))),
                        line(done, 2, CalculationOutcome.failed("scf", "a second attempt that was not needed"))));
        assertThat(picture.tasks())
                .extracting(TaskPicture::state)
                .containsExactly(State.DONE, State.RECOVERED, State.FAILED, State.RUNNING, State.WAITING);
        assertThat(picture.tasks().get(2).remark()).isEqualTo(new Remark("scf", "no convergence"));
        assertThat(picture.tasks().get(0).seconds()).hasValue(12.5);
        assertThat(picture.tasks().get(0).condition()).isEqualTo("WP04 CHCl3");
        assertThat(picture.state()).isEqualTo("running");
        assertThat(picture.timeLeft()).contains(Duration.ofHours(1));
        assertThat(picture.completed()).isEqualTo(2);
    }

    @Test
    void aRunWhoseRunnerIsGoneIsInterruptedAndRunsNothing() {
        RunPicture picture = RunPicture.of(
                "run", status(RunState.RUNNING, START), START.plusSeconds(86_400), List.of(underWay), Stream.of());
        assertThat(picture.state()).isEqualTo("interrupted");
        assertThat(picture.tasks().get(0).state()).isEqualTo(State.WAITING);
        assertThat(picture.timeLeft()).isEmpty();
    }

    @Test
    void withoutAStatusTheJournalTellsWhetherAllHasEnded() {
        List<JournalRecord> journal = List.of(
                line(done, 1, CalculationOutcome.complete(SHIELDINGS)),
                line(broken, 1, CalculationOutcome.failed("scf", "no convergence")));
        RunPicture whole = RunPicture.ofJournal("run", List.of(done, broken), journal);
        assertThat(whole.state()).isEqualTo("complete");
        assertThat(whole.updatedAt()).isEqualTo(START.plusSeconds(12));
        assertThat(whole.tasks()).extracting(TaskPicture::state).containsExactly(State.DONE, State.FAILED);
        assertThat(RunPicture.ofJournal("run", List.of(done, broken, untouched), journal)
                        .state())
                .isEqualTo("incomplete");
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
        return new RunStatus(
                new RunStatus.Run("id", START, updatedAt, state, Optional.empty(), elsewhere, Duration.ofSeconds(30)),
                new RunStatus.Progress(5, 2, 1, 1, 1),
                List.of(new RunStatus.TaskUnderWay(underWay, 2, START, Optional.empty())),
                List.of(),
                new TimeLeft(Optional.of(Duration.ofHours(1)), Optional.empty()));
    }

    private static Calculation calculation(String molecule) {
        return Calculation.of(molecule, new TreeMap<>(Map.of("functional", "WP04", "solvent", "CHCl3")));
    }

    private static JournalRecord line(Calculation calculation, int attempt, CalculationOutcome outcome) {
        return new JournalRecord(
                calculation,
                new Attempt(attempt, "id", START, START.plusSeconds(12), Duration.ofMillis(12_500)),
                outcome,
                Fingerprint.of(Map.of("basis", "6-31G**")));
    }
}
