package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** What signals ask of a run, as the program of a running calculation meets it. */
@Timeout(30)
class RunSignalsTest {

    @TempDir
    Path directory;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CountDownLatch heard = new CountDownLatch(1);
    private Optional<Integer> endedBy = Optional.empty();

    /** Something that happens while a program is running. */
    @FunctionalInterface
    private interface Event {
        void happens(RunSignals signals, LaunchControl control) throws InterruptedException;
    }

    /** Runs two calculations, and lets something happen in the first one. */
    private String run(boolean ownsProcess, boolean headless, Event event) throws IOException {
        Console console = new Console(
                LineStream.checked(OutputStream.nullOutputStream()),
                LineStream.checked(OutputStream.nullOutputStream()),
                false,
                false,
                false,
                80);
        CommandLineSession session = new CommandLineSession(
                console, Map.of(), InstantSource.system(), Backends.of(new FakeBenchmarks()), ownsProcess);
        RunSignals[] signals = new RunSignals[1];
        ProcessLauncher programs = new ProcessLauncher() {
            @Override
            public ProcessResult launch(ProcessRequest request, LaunchControl control) throws InterruptedException {
                event.happens(signals[0], control);
                return ProcessResult.of(ProcessResult.Ending.EXITED, 0, Duration.ZERO, "here");
            }

            @Override
            public boolean reattaches() {
                return true;
            }

            @Override
            public boolean endLeftOver(LaunchedProcess process) {
                return true;
            }
        };
        BenchmarkRunner runner = BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects("a", "b").build(),
                        (calculation, context) -> {
                            context.launch(ProcessRequest.builder(context.directory(), List.of("program"))
                                    .build());
                            return CalculationOutcome.complete(Map.of());
                        })
                .launcher(programs)
                .build();
        try (RunSignals handled = RunSignals.handle(session, runner, this::hear, headless)) {
            signals[0] = handled;
            String state = runner.run().state().word();
            endedBy = handled.endedBy();
            return state;
        }
    }

    private void hear(String text) {
        said.add(text);
        heard.countDown();
    }

    @Test
    void theFirstCtrlCLetsWhatIsRunningFinish() throws IOException {
        assertThat(run(false, false, (signals, control) -> signals.interrupted()))
                .isEqualTo("stopped");

        assertThat(said).containsExactly("Ctrl-C: stopping; Ctrl-C again ends the running calculations");
        assertThat(endedBy).isEmpty();
    }

    @Test
    void theSecondCtrlCEndsIt() throws IOException {
        run(false, false, (signals, control) -> {
            signals.interrupted();
            signals.interrupted();
            signals.interrupted();
        });

        assertThat(said)
                .containsExactly(
                        "Ctrl-C: stopping; Ctrl-C again ends the running calculations",
                        "Ctrl-C again: ending the running calculations");
        assertThat(endedBy).contains(2);
    }

    @Test
    void theFirstSignalThatEndsARunIsItsReason() throws IOException {
        run(false, false, (signals, control) -> {
            signals.end(15, "SIGTERM");
            signals.end(1, "SIGHUP");
        });

        assertThat(said).containsExactly("SIGTERM: ending the running calculations");
        assertThat(endedBy).contains(15);
    }

    enum Met {
        DRAINING,
        LEAVING,
        CANCELLED;

        boolean isMet(LaunchControl control) {
            return switch (this) {
                case DRAINING -> control.isDraining() && !control.isLeaving();
                case LEAVING -> control.isLeaving();
                case CANCELLED -> control.cancellation().isCancelled();
            };
        }
    }

    /** Whether this process was started with a signal ignored, which Java then does not hear either. */
    private static boolean isIgnored(Signal signal) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(mask -> mask.testBit(signal.getNumber() - 1));
    }

    /** The real signals. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT  | false | DRAINING  | Ctrl-C: stopping; Ctrl-C again ends the running calculations |",
                "USR1 | false | LEAVING   | SIGUSR1: stopping; jobs of a cluster continue, and the next run"
                        + " collects them |",
                "TERM | false | CANCELLED | SIGTERM: ending the running calculations | 15",
                "HUP  | false | CANCELLED | SIGHUP: ending the running calculations | 1",
                "TERM | true  | CANCELLED | SIGTERM: ending the running calculations | 15"
            })
    void signalsOfTheProcess(String name, boolean headless, Met meets, String says, Integer signal) throws IOException {
        assumeFalse(
                isIgnored(new Signal(name)), "the whole process ignores this signal, as those of a shell's & do INT");
        run(true, headless, (signals, control) -> {
            Signal.raise(new Signal(name));
            heard.await();
            while (!meets.isMet(control) && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait(); // the run sees it in its own time
            }
        });

        assertThat(said).containsExactly(says);
        assertThat(endedBy).isEqualTo(Optional.ofNullable(signal));
    }

    @Test
    void aHeadlessRunDoesNotHearThatTheTerminalHasGone() throws IOException {
        run(true, true, (signals, control) -> {
            Signal.raise(new Signal("HUP"));
            Signal.raise(new Signal("USR1"));
            heard.await();
        });

        assertThat(said)
                .containsExactly("SIGUSR1: stopping; jobs of a cluster continue, and the next run collects them");
        assertThat(endedBy).isEmpty();
    }

    @Test
    void handlersAreAsBeforeWhenTheRunHasEnded() throws IOException {
        SignalHandler own = received -> {};
        SignalHandler before = Signal.handle(new Signal("USR1"), own);
        try {
            assertThat(run(true, false, (signals, control) -> {})).isEqualTo("complete");
        } finally {
            assertThat(Signal.handle(new Signal("USR1"), before)).isSameAs(own);
        }
        assertThat(said).isEmpty();
    }
}
