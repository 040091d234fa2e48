package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.harness.FakeControl;
import io.github.qmbench.core.internal.AttemptLog;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts real programs: what they leave behind, how they are ended, and what survives. */
@Timeout(60)
class LocalProcessLauncherIT {

    @TempDir
    Path path;

    private final String tag = UUID.randomUUID().toString();
    private final ProcessLauncher launcher = ProcessLauncher.local();
    private final FakeControl control = new FakeControl();
    private final List<Process> strangers = new ArrayList<>();

    @BeforeEach
    void needsProcessTable() {
        assumeThat(ProcessTable.isComplete()).as("there is a /proc").isTrue();
    }

    @AfterEach
    void endStrangers() {
        strangers.forEach(Process::destroyForcibly);
    }

    /** A shell script as a program whose processes all carry this test's tag. */
    private ProcessRequest.Builder script(String text) {
        return ProcessRequest.builder(path, List.of("sh", "-c", text)).environment("QMBENCH_TEST_TAG", tag);
    }

    private List<ProcessTable.Entry> left() {
        return ProcessTable.find(entry -> ProcessTable.environmentHolds(entry.pid(), "QMBENCH_TEST_TAG=" + tag));
    }

    private static Duration timeOf(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void argumentsAndDirectoriesReachTheProgramAsTheyAre() throws Exception {
        Path odd = Files.createDirectory(path.resolve("it's a \"dir\" \n ☃ $HOME"));
        String argument = " two  blanks, 'quotes\" and\na line; `rm` *";

        ProcessResult result = launcher.launch(
                ProcessRequest.builder(odd, List.of("printf", "%s", argument)).build(), control);

        assertThat(result.succeeded()).isTrue();
        assertThat(odd.resolve("stdout")).hasContent(argument);
    }

    @Test
    void exitCodesAreThoseOfTheShell() throws Exception {
        assertThat(launcher.launch(script("exit 3").build(), control).exitCode())
                .isEqualTo(3);
        assertThat(launcher.launch(script("kill -9 $$").build(), control).exitCode())
                .isEqualTo(137);
    }

    @Test
    void programThatCannotBeStartedSaysWhy() throws Exception {
        Files.writeString(path.resolve("text"), "no program");
        assertThatThrownBy(() -> launcher.launch(
                        ProcessRequest.builder(path, List.of("no-such-program")).build(), control))
                .isInstanceOf(LaunchFailedException.class)
                .hasMessageContaining("cannot start no-such-program: it is not on the PATH");
        assertThatThrownBy(() -> launcher.launch(
                        ProcessRequest.builder(path, List.of("./text")).build(), control))
                .hasMessageContaining("not executable");
        assertThatThrownBy(() -> launcher.launch(
                        ProcessRequest.builder(path.resolve("gone"), List.of("true"))
                                .build(),
                        control))
                .hasMessageContaining("does not exist");
    }

    @Test
    void childrenThatAProgramLeavesAreEndedWithIt() throws Exception {
        ProcessResult result = launcher.launch(
                script("sleep 300 & setsid sleep 300 & (setsid sh -c 'trap \"\" TERM; sleep 300 & wait' &) ; exit 0")
                        .build(),
                control);

        assertThat(result.succeeded()).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void programThatIgnoresSigtermIsKilledAfterTheGrace() throws Exception {
        long start = System.nanoTime();
        ProcessResult result = launcher.launch(
                script("trap '' TERM; sleep 300 & while :; do sleep 1; done")
                        .timeout(Duration.ofMillis(300))
                        .build(),
                control);

        assertThat(result.ending()).isEqualTo(ProcessResult.Ending.TIMED_OUT);
        assertThat(result.failure().orElseThrow().kind()).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(left()).isEmpty();
    }

    @Test
    void programWhoseOutputStopsGrowingHasStalled() throws Exception {
        ProcessResult result = launcher.launch(
                script("echo begun; sleep 300").stall(Duration.ofMillis(400)).build(), control);

        assertThat(result.ending()).isEqualTo(ProcessResult.Ending.STALLED);
        assertThat(result.failure().orElseThrow().kind()).isEqualTo("stalled");
        assertThat(left()).isEmpty();
    }

    @Test
    void cancelledProgramIsGoneWhenLaunchReturns() throws Exception {
        Thread canceller = new Thread(() -> {
            while (left().isEmpty()) {
                Thread.onSpinWait();
            }
            control.cancellation().cancel();
        });
        canceller.start();

        assertThatThrownBy(() -> launcher.launch(script("sleep 300 & sleep 300").build(), control))
                .isInstanceOf(InterruptedException.class);

        assertThat(left()).isEmpty();
    }

    @Test
    void markIsToldBeforeTheStartAndProcessAfterIt() throws Exception {
        launcher.launch(script("true").build(), control);

        assertThat(control.told).hasSize(2).allMatch(process -> process.mark().equals(control.mark()));
        assertThat(control.told.get(0).facts()).containsOnlyKeys("boot_id");
        assertThat(control.told.get(1).facts()).containsOnlyKeys("boot_id", "pid", "process_start");
    }

    /** A program as a dead runner leaves it; {@code marked} tells whether it carries the mark or only looks like it. */
    private Process leave(boolean marked, String text) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", text);
        builder.environment().put("QMBENCH_TEST_TAG", tag);
        if (marked) {
            builder.environment().put("QMBENCH_MARK", control.mark());
        }
        Process process = builder.start();
        strangers.add(process);
        return process;
    }

    private LaunchedProcess record(Map<String, String> facts) {
        return new LaunchedProcess(control.mark(), facts);
    }

    /** What a runner tells before it starts a program. */
    private LaunchedProcess justMarked() {
        return record(Map.of("boot_id", RunnerIdentity.ofThisProcess().bootId()));
    }

    @Test
    void whatDeadRunnerLeftIsEndedAndLookAlikeSurvives() throws Exception {
        String program = "trap '' TERM; sleep 300 & setsid sleep 300 & wait";
        Process ours = leave(true, program);
        Process lookAlike = leave(false, program);
        awaitProcesses(6);
        String boot = RunnerIdentity.ofThisProcess().bootId();

        boolean ended = launcher.endLeftOver(record(Map.of("pid", Long.toString(ours.pid()), "boot_id", boot)));
        // A number that was given to a stranger since then.
        boolean endedStranger = launcher.endLeftOver(
                new LaunchedProcess("another-mark", Map.of("pid", Long.toString(lookAlike.pid()), "boot_id", boot)));

        assertThat(ended).isTrue();
        assertThat(endedStranger).isFalse();
        assertThat(left()).hasSize(3);
        assertThat(lookAlike.isAlive()).isTrue();
        assertThat(ours.waitFor()).isNotZero();
        left().forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void leftOverIsFoundByItsMarkAloneWhenTheRunnerDiedWhileItStartedIt() throws Exception {
        leave(true, "exec sleep 300");
        awaitProcesses(1);

        assertThat(launcher.endLeftOver(justMarked())).isTrue();
        assertThat(left()).isEmpty();
        assertThat(launcher.endLeftOver(justMarked())).isFalse();
    }

    @Test
    void processThatJustBecomesAnotherOneIsFound() throws Exception {
        leave(true, "for i in 1 2 3; do sh -c 'exec true'; done; exec sh -c 'exec setsid sleep 300'");
        awaitProcesses(1);

        for (int i = 0; i < 200; i++) {
            assertThat(left()).as("look " + i).isNotEmpty();
        }
    }

    @Test
    void recordOfEarlierBootConcernsNobody() throws Exception {
        Process process = leave(true, "exec sleep 300");
        awaitProcesses(1);

        assertThat(launcher.endLeftOver(record(Map.of("pid", Long.toString(process.pid()), "boot_id", "earlier"))))
                .isFalse();
        assertThat(process.isAlive()).isTrue();
    }

    private void awaitProcesses(int number) {
        while (left().size() < number) {
            Thread.onSpinWait(); // until they have begun; the time limit of the test ends it otherwise
        }
    }

    @Test
    void stopNowEndsStubbornProgramWithinTenSecondsAndLeavesNothing() throws Exception {
        BenchmarkRunner[] runner = new BenchmarkRunner[1];
        runner[0] = BenchmarkRunner.builder(
                        path.resolve("results"),
                        CalculationMatrix.builder().subjects("a", "b").build(),
                        (calculation, context) -> {
                            Thread stopper = new Thread(() -> {
                                while (left().isEmpty()) {
                                    Thread.onSpinWait();
                                }
                                runner[0].requestStop(StopRequest.NOW);
                            });
                            stopper.start();
                            context.launch(ProcessRequest.builder(
                                            context.directory(),
                                            List.of(
                                                    "sh",
                                                    "-c",
                                                    "trap '' TERM INT HUP; sleep 300 & while :; do sleep 1; done"))
                                    .environment("QMBENCH_TEST_TAG", tag)
                                    .build());
                            return CalculationOutcome.complete(Map.of());
                        })
                .retryPolicy(RetryPolicy.never())
                .build();
        RunOutcome[] outcome = new RunOutcome[1];

        Duration time = timeOf(() -> {
            try {
                outcome[0] = runner[0].run();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThat(outcome[0].state()).isEqualTo(RunState.STOPPED);
        assertThat(outcome[0].results().status().progress()).isEqualTo(RunStatus.Progress.of(2, 0, 0, 0, 0));
        assertThat(time).isLessThan(Duration.ofSeconds(10));
        assertThat(left()).isEmpty();
    }

    @Test
    void nextRunEndsWhatADeadRunnerHadUnderWay() throws Exception {
        leave(true, "exec sleep 300");
        awaitProcesses(1);
        CalculationMatrix matrix = CalculationMatrix.builder().subjects("a").build();
        Files.createDirectories(path.resolve("results"));
        RunDirectory directory = RunDirectory.of(path.resolve("results"));
        try (RunLock lock = RunLock.take(directory, RunnerIdentity.ofThisProcess(), java.time.Instant.EPOCH);
                AttemptLog dead = AttemptLog.create(directory, lock, List.of(), false)) {
            dead.begin(matrix.get(0), 1, "dead", java.time.Instant.EPOCH);
            dead.launched("a", justMarked(), "request");
        }

        RunOutcome outcome = BenchmarkRunner.builder(path.resolve("results"), matrix, (calculation, context) -> {
                    assertThat(left()).as("ended before anything starts").isEmpty();
                    return CalculationOutcome.complete(Map.of("attempt", context.attempt()));
                })
                .retryPolicy(RetryPolicy.never())
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(outcome.results().of(matrix.get(0)).orElseThrow().outcome().results())
                .containsEntry("attempt", 2L);
    }
}
