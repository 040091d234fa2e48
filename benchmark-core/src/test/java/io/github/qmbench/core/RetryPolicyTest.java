package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RetryPolicyTest {

    private static final CalculationFailure LOST =
            CalculationFailure.ofMachine("lost").because("the node is gone");
    private static final CalculationFailure WRONG = CalculationFailure.of("scf").because("no convergence");

    @TempDir
    Path directory;

    private final List<String> attempts = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Instant begin = Instant.parse("2026-11-28T09:00:00Z");

    /** Subject a fails with a failure as often as told; the time goes on by a second with each attempt. */
    private BenchmarkRunner.Builder failing(CalculationFailure failure, int times) {
        CalculationMatrix matrix =
                CalculationMatrix.builder().subjects("a", "b", "c").build();
        return BenchmarkRunner.builder(directory, matrix, (calculation, context) -> {
                    attempts.add(calculation.taskId() + context.attempt());
                    nanos.addAndGet(1_000_000_000L);
                    return calculation.taskId().equals("a") && context.attempt() <= times
                            ? CalculationOutcome.failed(failure)
                            : CalculationOutcome.complete(Map.of());
                })
                .clock(new TestClock(() -> begin.plusNanos(nanos.get()), nanos::get))
                .failurePolicy(tally -> {
                    asked.add(tally.latest().kind());
                    return Optional.empty();
                });
    }

    private List<String> states() throws IOException {
        List<String> states = new ArrayList<>();
        RunJournal.read(
                RunDirectory.of(directory),
                record -> states.add(record.calculation().taskId() + " "
                        + record.outcome().state().word()));
        return states;
    }

    @Test
    void anAttemptThatIsTriedAgainIsNeitherFailedNorAskedAbout() throws Exception {
        List<RunStatus.Progress> after = new ArrayList<>();

        RunOutcome outcome = failing(LOST, 2)
                .retryPolicy(RetryPolicy.machineFailures(2, Duration.ZERO))
                .listener(new RunListener() {
                    @Override
                    public void calculationEnded(CalculationEnded event) {
                        after.add(event.status().progress());
                    }
                })
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(asked).isEmpty();
        assertThat(states()).containsExactly("a retrying", "a retrying", "a complete", "b complete", "c complete");
        assertThat(after.get(0).remaining()).isEqualTo(3);
        assertThat(after.get(0).failed()).isZero();
        assertThat(Files.readString(directory.resolve("progress.jsonl"))).contains("the node is gone");
    }

    @Test
    void theLastAttemptFailsAndOthersStartWhileOneWaits() throws Exception {
        RunOutcome outcome = failing(LOST, 9)
                .retryPolicy(RetryPolicy.machineFailures(1, Duration.ofMillis(1500)))
                .build()
                .run();

        assertThat(attempts).containsExactly("a1", "b1", "c1", "a2");
        assertThat(states()).containsExactly("a retrying", "b complete", "c complete", "a failed");
        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(outcome.results().status().progress().failed()).isEqualTo(1);
        assertThat(asked).containsExactly("lost");
    }

    @Test
    void byDefaultTheMachinesFaultIsTriedAgainAndTheCalculationsOwnIsNot() throws Exception {
        RunSettings settings = new RunSettings.Draft(
                        RunDirectory.of(directory),
                        CalculationMatrix.builder().subjects("a").build(),
                        (calculation, context) -> CalculationOutcome.cancelled())
                .settings();

        assertThat(settings.retryPolicy.waitAfter(LOST, 0)).hasValue(Duration.ofSeconds(10));
        assertThat(settings.retryPolicy.waitAfter(LOST, 1)).hasValue(Duration.ofSeconds(20));
        assertThat(settings.retryPolicy.waitAfter(LOST, 2)).isEmpty();
        assertThat(settings.retryPolicy.waitAfter(WRONG, 0)).isEmpty();
    }

    @Test
    void aConditionOfOnesOwnAndNever() throws Exception {
        failing(WRONG, 2)
                .retryPolicy(RetryPolicy.never()
                        .or(RetryPolicy.when(failure -> failure.kind().equals("scf"))
                                .atMost(2)))
                .build()
                .run();
        assertThat(attempts).containsExactly("a1", "a2", "a3", "b1", "c1");
        assertThat(RetryPolicy.never().waitAfter(LOST, 0)).isEmpty();
    }

    @Test
    void aWaitDoublesUpToAnHour() {
        RetryPolicy policy = RetryPolicy.machineFailures(100, Duration.ofMinutes(20));

        assertThat(policy.waitAfter(LOST, 1)).hasValue(Duration.ofMinutes(40));
        assertThat(policy.waitAfter(LOST, 2)).hasValue(Duration.ofHours(1));
        assertThat(policy.waitAfter(LOST, 99)).hasValue(Duration.ofHours(1));
    }

    @Test
    void aStopEndsTheWaitingAndTheCalculationRemains() throws Exception {
        RunHandle run = failing(LOST, 9)
                .retryPolicy(RetryPolicy.machineFailures(1, Duration.ofHours(1)))
                .build()
                .start();
        while (run.status().progress().completed() < 2) {
            Thread.sleep(5);
        }

        run.requestStop(StopRequest.DRAIN, "enough");
        RunOutcome outcome = run.join();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(outcome.results().status().progress().remaining()).isEqualTo(1);
        assertThat(outcome.results().status().run().reason()).hasValue("enough");
        assertThat(failing(LOST, 1).build().run().isWhole())
                .as("the next run tries again")
                .isTrue();
        assertThat(attempts).endsWith("a2");
    }

    @Test
    void aDeadlineBeforeTheRetryEndsTheRun() throws Exception {
        RunOutcome outcome = failing(LOST, 9)
                .retryPolicy(RetryPolicy.machineFailures(1, Duration.ofMinutes(30)))
                .deadline(begin.plus(Duration.ofMinutes(20)))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(outcome.results().status().run().reason().orElseThrow()).contains("nothing that is left would end");
        assertThat(outcome.results().status().progress().remaining()).isEqualTo(1);
    }

    @Test
    void aFullDiskPausesAndIsNotWaitedFor() throws Exception {
        RunOutcome outcome = failing(
                        CalculationFailure.ofMachine(CalculationFailure.DISK_FULL)
                                .because("no space"),
                        9)
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        assertThat(states()).containsExactly("a failed");
    }

    @Test
    void aConditionThatThrowsEndsTheRunAsFailed() throws Exception {
        RunOutcome outcome = failing(LOST, 9)
                .retryPolicy(RetryPolicy.when(failure -> {
                            throw new IllegalStateException("a fault of the policy");
                        })
                        .atMost(1))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome.results().status().run().reason().orElseThrow()).contains("a fault of the policy");
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> RetryPolicy.machineFailures(0, Duration.ZERO))
                .hasMessage("times must be at least 1 but was 0");
        assertThatThrownBy(() -> RetryPolicy.machineFailures(1, Duration.ofSeconds(-1)))
                .hasMessage("backoff must not be negative but was PT-1S");
    }
}
