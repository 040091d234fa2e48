package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ProcessResult.Ending;
import io.github.qmbench.nwchem.output.FailureKind;
import io.github.qmbench.nwchem.theory.BasisSet.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryTest {

    private static final NwchemSettings RECOVER = NwchemSettings.builder()
            .grid("fine")
            .scfConvergence(ScfConvergence.NWCHEM)
            .basis("6-31G*")
            .basisType(Type.SPHERICAL)
            .memoryPerProcessMb(300)
            .recover(true)
            .build();

    @TempDir
    Path directory;

    @Test
    void isOffByDefault() throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample("scf", 43);

        CalculationOutcome outcome = NwchemBackendTest.backend(RECOVER.toBuilder()
                        .recover(NwchemSettings.defaults().recover())
                        .build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure()).map(CalculationFailure::kind).contains("scf-not-converged");
        assertThat(context.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"scf, more-iterations", "cphf, direct"})
    void aFailureSaysThatARecoveryWasNotAskedFor(String sample, String cure) throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample(sample, 43);

        CalculationOutcome outcome = NwchemBackendTest.backend(
                        RECOVER.toBuilder().recover(false).build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure().orElseThrow().evidence())
                .containsEntry("remedy", "--recover was off; a run with --recover tries a cure, " + cure + " first");
    }

    @Test
    void aFailureThatNoRecoveryCuresSaysNothingOfOne() throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample("badbasis", 255);

        CalculationOutcome outcome = NwchemBackendTest.backend(
                        RECOVER.toBuilder().recover(false).build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure().orElseThrow().evidence()).doesNotContainKey("remedy");
    }

    @Test
    void saysWhatItOwesItsResultTo() throws Exception {
        ReplayingContext context = new ReplayingContext(directory)
                .thenSample("scf", 43)
                .thenSample("scf", 43)
                .thenSample("ok", 0);

        CalculationOutcome outcome =
                NwchemBackendTest.backend(RECOVER).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results()).containsEntry("recovered_by", List.of("more-iterations", "level-shift"));
        assertThat(Json.parseObject(Files.readString(directory.resolve("shifts.json"))))
                .containsEntry("recovered_by", List.of("more-iterations", "level-shift"));
        assertThat(context.remarks)
                .containsExactly("scf-not-converged, trying more-iterations", "scf-not-converged, trying level-shift");
        assertThat(Files.readString(directory.resolve("failed-1/input.nw"))).contains("iterations 100\n");
        assertThat(Files.readString(directory.resolve("failed-2/input.nw")))
                .contains("iterations 300\n")
                .doesNotContain("lshift");
        assertThat(Files.readString(directory.resolve("input.nw"))).contains("iterations 300\n", "lshift 0.5");
    }

    @Test
    void itsLastFailureIsThatOfTheCalculationAndTheFirstIsNamedBesideIt() throws Exception {
        ReplayingContext context =
                new ReplayingContext(directory).thenSample("scf", 43).thenSample("badbasis", 255);

        CalculationFailure failure = NwchemBackendTest.backend(RECOVER)
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context)
                .state()
                .failure()
                .orElseThrow();

        assertThat(failure.kind()).isEqualTo("basis-missing");
        assertThat(failure.evidence()).containsEntry("recovery_tried", List.of("more-iterations"));
        assertThat(failure.evidence().get("first_failure").toString()).startsWith("scf-not-converged");
    }

    @Test
    void fourRungsAreTriedWhateverFails() throws Exception {
        ReplayingContext context = new ReplayingContext(directory)
                .thenSample("scf", 43)
                .thenSample("scf", 43)
                .thenSample("scf", 43)
                .thenSample("cphf", 255)
                .thenSample("mem", 8);

        CalculationFailure failure = NwchemBackendTest.backend(RECOVER)
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context)
                .state()
                .failure()
                .orElseThrow();

        assertThat(failure.kind()).isEqualTo("out-of-memory");
        assertThat(failure.evidence())
                .containsEntry("recovery_tried", List.of("more-iterations", "level-shift", "quadratic", "direct"));
    }

    @Test
    void givesUpWhenTheLadderEnds() throws Exception {
        ReplayingContext context = new ReplayingContext(directory)
                .thenSample("mem", 8)
                .thenSample("mem", 8)
                .thenSample("mem", 8);

        CalculationOutcome outcome =
                NwchemBackendTest.backend(RECOVER).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        CalculationFailure failure = outcome.state().failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo("out-of-memory");
        assertThat(failure.evidence()).containsEntry("recovery_tried", List.of("more-memory", "more-memory"));
        assertThat(failure.evidence().get("first_failure").toString()).contains("not enuf mem");
        assertThat(Files.readString(directory.resolve("failed-1/input.nw"))).contains("memory total 300 mb");
        assertThat(Files.readString(directory.resolve("failed-2/input.nw"))).contains("memory total 2400 mb");
    }

    @Test
    void aJobKilledForMemoryIsFollowedByOneWithMoreAndNwchemFitsIntoIt() throws Exception {
        ReplayingContext context = new ReplayingContext(directory)
                .then(request -> killedForMemory(request))
                .then(request -> killedForMemory(request))
                .thenSample("ok", 0);
        context.jobBytes = OptionalLong.of(2000L << 20);
        context.mostJobBytes = OptionalLong.of(7000L << 20);
        NwchemSettings settings =
                RECOVER.toBuilder().ranks(2).memoryPerProcessMb(750).build();

        CalculationOutcome outcome =
                NwchemBackendTest.backend(settings).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results()).containsEntry("recovered_by", List.of("more-memory", "more-memory"));
        assertThat(context.requests)
                .extracting(ProcessRequest::memoryBytes)
                .containsExactly(OptionalLong.empty(), OptionalLong.of(4000L << 20), OptionalLong.of(7000L << 20));
        assertThat(context.remarks)
                .containsExactly(
                        "out-of-memory, trying more-memory (a job of 4000 MB)",
                        "out-of-memory, trying more-memory (a job of 7000 MB)");
        // Three quarters of each job, for two processes.
        assertThat(Files.readString(directory.resolve("failed-1/input.nw"))).contains("memory total 750 mb");
        assertThat(Files.readString(directory.resolve("failed-2/input.nw"))).contains("memory total 1500 mb");
        assertThat(Files.readString(directory.resolve("input.nw"))).contains("memory total 2625 mb");
    }

    /** The runner dies while the second job runs; the next one continues the attempt in the same directory. */
    @Test
    void aRunnerThatContinuesAnAttemptClimbsToTheSameRungWithoutRunningTheFirstJobAgain() throws Exception {
        ReplayingContext killed = new ReplayingContext(directory)
                .then(RecoveryTest::killedForMemory)
                .then(request -> {
                    throw new InterruptedException("killed");
                });
        ReplayingContext next = new ReplayingContext(directory).thenSample("ok", 0);
        for (ReplayingContext context : List.of(killed, next)) {
            context.jobBytes = OptionalLong.of(2000L << 20);
            context.mostJobBytes = OptionalLong.of(7000L << 20);
        }
        NwchemBackend backend = NwchemBackendTest.backend(RECOVER).build();
        assertThatThrownBy(() -> backend.calculate(calculation("ok", "B3LYP", "CHCl3"), killed))
                .isInstanceOf(InterruptedException.class);

        CalculationOutcome outcome = backend.calculate(calculation("ok", "B3LYP", "CHCl3"), next);

        assertThat(outcome.results()).containsEntry("recovered_by", List.of("more-memory"));
        assertThat(next.requests)
                .extracting(ProcessRequest::identity)
                .containsExactly(killed.requests.get(1).identity());
        assertThat(next.requests.get(0).memoryBytes()).hasValue(4000L << 20);
    }

    @Test
    void whatFailedWithAnotherInputIsTriedAgain() throws Exception {
        ReplayingContext killed = new ReplayingContext(directory)
                .thenSample("scf", 43)
                .then(request -> {
                    throw new InterruptedException("killed");
                });
        assertThatThrownBy(() -> NwchemBackendTest.backend(RECOVER)
                        .build()
                        .calculate(calculation("ok", "B3LYP", "CHCl3"), killed))
                .isInstanceOf(InterruptedException.class);
        ReplayingContext next = new ReplayingContext(directory).thenSample("ok", 0);

        CalculationOutcome outcome = NwchemBackendTest.backend(
                        RECOVER.toBuilder().memoryPerProcessMb(400).build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), next);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results()).doesNotContainKey("recovered_by");
    }

    @Test
    void aJobThatCanHaveNoMoreMemoryIsNotTriedAgain() throws Exception {
        ReplayingContext context = new ReplayingContext(directory).then(RecoveryTest::killedForMemory);
        context.jobBytes = OptionalLong.of(2000L << 20);
        context.mostJobBytes = OptionalLong.of(2000L << 20);
        NwchemSettings settings = RECOVER.toBuilder().memoryPerProcessMb(1500).build();

        CalculationOutcome outcome =
                NwchemBackendTest.backend(settings).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure().orElseThrow().kind()).isEqualTo("out-of-memory");
        assertThat(context.requests).hasSize(1);
    }

    private static ProcessResult killedForMemory(ProcessRequest request) throws IOException {
        Files.writeString(request.output(), "");
        Files.writeString(request.error(), "");
        return ReplayingContext.ended(Ending.OUT_OF_MEMORY, 137);
    }

    @ParameterizedTest
    @CsvSource({"diskfull, 255", "killed, 137", "badxc, 255", "badelement, 255"})
    void triesNothingWhereNothingHelps(String sample, int exitCode) throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample(sample, exitCode);

        CalculationOutcome outcome =
                NwchemBackendTest.backend(RECOVER).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure()).isPresent();
        assertThat(context.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "INTERNAL_COORDINATES, noautoz",
        "CPHF_NOT_CONVERGED, direct",
        "SCF_NOT_CONVERGED, more-iterations level-shift quadratic",
        "GEOMETRY_NOT_CONVERGED, more-steps",
        "OUT_OF_MEMORY, more-memory more-memory",
        "TIMEOUT, ''",
        "INCONSISTENT_OUTPUT, ''",
    })
    void everyLadderEnds(FailureKind kind, String rungs) {
        List<String> climbed = new ArrayList<>();
        Tuning tuning = Tuning.NONE;
        Optional<RecoveryLadder.Rung> rung;
        MemoryShare memory = new MemoryShare(RECOVER, new ReplayingContext(directory));
        while ((rung = RecoveryLadder.next(kind, tuning, memory.next(tuning.memoryFactor()))).isPresent()) {
            climbed.add(rung.get().name());
            assertThat(rung.get().tuning()).isNotEqualTo(tuning);
            tuning = rung.get().tuning();
            assertThat(climbed).hasSizeLessThanOrEqualTo(RecoveryLadder.MOST_RUNGS);
        }
        assertThat(String.join(" ", climbed)).isEqualTo(rungs);
    }

    /** What each rung changes in the input, against the input before it. */
    @ParameterizedTest
    @CsvSource({
        "INTERNAL_COORDINATES, 1, geometry units angstrom noautosym noautoz",
        "CPHF_NOT_CONVERGED, 1, direct",
        "SCF_NOT_CONVERGED, 1, iterations 300",
        "SCF_NOT_CONVERGED, 2, convergence lshift 0.5 hl_tol 10",
        "SCF_NOT_CONVERGED, 3, cgmin",
        "GEOMETRY_NOT_CONVERGED, 1, maxiter 300",
    })
    void everyRungChangesOneLineOfTheInput(FailureKind kind, int rung, String line) {
        Tuning before = Tuning.NONE;
        for (int i = 1; i < rung; i++) {
            before = next(kind, before);
        }

        List<String> lines = new ArrayList<>(input(next(kind, before)));
        lines.removeAll(input(before));

        assertThat(lines).containsExactly(line);
    }

    private Tuning next(FailureKind kind, Tuning tuning) {
        return RecoveryLadder.next(kind, tuning, OptionalInt.empty())
                .orElseThrow()
                .tuning();
    }

    private static List<String> input(Tuning tuning) {
        return NwchemInput.optimization(
                        Samples.molecule("ok"), Samples.b3lyp("6-31G*", Type.SPHERICAL, "CHCl3"), RECOVER, tuning, 300)
                .lines()
                .map(String::strip)
                .toList();
    }
}
