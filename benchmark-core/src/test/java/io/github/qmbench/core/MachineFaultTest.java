package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.MachineFault;
import io.github.qmbench.core.internal.ThrownFailure;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose fault an error is, and what is kept of it. */
class MachineFaultTest {

    @TempDir
    Path path;

    static Stream<Throwable> faultsOfTheMachine() {
        return Stream.of(
                new IOException("Input/output error"),
                new FileSystemException("/r/output", null, "Read-only file system"),
                new FileNotFoundException("/r/output (Too many open files)"),
                new FileSystemException("/r/output", null, "Stale file handle"),
                new IOException("error=11, Resource temporarily unavailable"),
                new UncheckedIOException(new IOException("Input/output error")),
                new IllegalStateException("cannot read", new ExecutionException(new IOException("Input/output error"))),
                new OutOfMemoryError("Java heap space"),
                new OutOfMemoryError(
                        "unable to create native thread: possibly out of memory or process/resource limits"),
                new LaunchFailedException(List.of("nwchem"), "error=12, Cannot allocate memory", null),
                RunDirectoryUnusableException.lost(RunDirectory.of(Path.of("r"))));
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheMachine")
    void faultOfTheMachineNeverCountsAgainstSubjects(Throwable fault) throws Exception {
        CalculationMatrix matrix =
                CalculationMatrix.builder().subjects("a", "b", "c", "d", "e").build();

        RunOutcome outcome = BenchmarkRunner.builder(path, matrix, (calculation, context) -> {
                    if (fault instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) fault;
                })
                .retryPolicy(RetryPolicy.never())
                .storage(new QuickStorage())
                .failurePolicy(FailurePolicy.pauseAfterFailedFraction(0.1))
                .build()
                .run();

        assertThat(outcome.results().status().progress()).isEqualTo(RunStatus.Progress.of(5, 0, 5, 0, 0));
    }

    @Test
    void whatBackendsThrowThemselvesIsTheCalculations() {
        assertThat(MachineFault.of(new IOException("no such geometry"))).isEmpty();
        assertThat(MachineFault.of(new IllegalStateException("line 3: Input/output error")))
                .isEmpty();
        assertThat(MachineFault.of(new StackOverflowError())).isEmpty();
    }

    @Test
    void causesThatGoInCirclesAreLookedAtOnce() {
        IOException first = new IOException("first");
        first.initCause(new IOException("second", first));
        assertThat(MachineFault.of(first)).isEmpty();
        assertThat(ThrownFailure.of(first).evidence()).containsKey("exception");
    }

    @Test
    void exceptionKeepsItsCausesAndTheirFirstFrames() {
        CalculationFailure failure = ThrownFailure.of(
                new IllegalStateException("the result cannot be read", new NumberFormatException("For input '1,5'")));

        assertThat(failure.kind()).isEqualTo("exception");
        assertThat(failure.message()).isEqualTo("java.lang.IllegalStateException: the result cannot be read");
        assertThat(failure.evidence().get("exception"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSizeLessThan(20)
                .startsWith("java.lang.IllegalStateException: the result cannot be read")
                .contains("caused by java.lang.NumberFormatException: For input '1,5'")
                .anyMatch(line -> String.valueOf(line).startsWith("  at ")
                        && String.valueOf(line).contains("MachineFaultTest.java:"));
    }

    @Test
    void backendThatIsUnusableSaysWhatLedToIt() throws Exception {
        RunOutcome outcome = BenchmarkRunner.builder(
                        path, CalculationMatrix.builder().subjects("a").build(), (calculation, context) -> {
                            throw new BackendUnusableException(
                                    "the licence cannot be checked", new IOException("connection refused"));
                        })
                .retryPolicy(RetryPolicy.never())
                .storage(new QuickStorage())
                .build()
                .run();

        assertThat(outcome.results().status().run().reason())
                .hasValue("the backend cannot continue: the licence cannot be checked (cause: connection refused)");
    }

    @ParameterizedTest
    @CsvSource({
        "137, MACHINE",
        "143, MACHINE",
        "129, MACHINE",
        "139, none",
        "134, none",
        "136, none",
        "1, none",
        "0, none"
    })
    void signalFromOutsideIsTheMachinesFaultAndCrashIsTheProgramsOwn(int exitCode, String blame) {
        Optional<CalculationFailure> failure = ProcessResult.of(
                        ProcessResult.Ending.EXITED, exitCode, Duration.ofSeconds(5), "here")
                .failure();

        assertThat(failure.map(found -> found.blame().name()).orElse("none")).isEqualTo(blame);
        assertThat(failure.map(CalculationFailure::kind).orElse("killed")).isEqualTo("killed");
    }

    @ParameterizedTest
    @CsvSource({
        "PT2H, it ran longer than its limit of 2 h",
        "PT90M, it ran longer than its limit of 1 h 30 min",
        "PT90S, it ran longer than its limit of 90 s"
    })
    void limitsOfItsOwnAreItsOwnFailureAndAreNamed(Duration limit, String message) {
        ProcessRequest request = ProcessRequest.builder(path, List.of("p"))
                .timeout(limit)
                .stall(Duration.ofMinutes(15))
                .build();
        ProcessResult timedOut = ProcessResult.of(ProcessResult.Ending.TIMED_OUT, 137, limit.plusSeconds(1), "here")
                .forRequest(request);
        ProcessResult stalled = ProcessResult.of(ProcessResult.Ending.STALLED, 137, Duration.ofHours(1), "here")
                .forRequest(request);

        assertThat(timedOut.failure()).hasValue(CalculationFailure.of("timeout").because(message));
        assertThat(stalled.failure())
                .hasValue(CalculationFailure.of("stalled")
                        .because("its output did not grow for 15 min, which is its limit; it was ended after 1 h"));
    }

    @Test
    void documentedPatternBlamesTheMachineForKilledProgram() throws Exception {
        RunOutcome outcome = BenchmarkRunner.builder(
                        path, CalculationMatrix.builder().subjects("a").build(), (calculation, context) -> {
                            ProcessResult ended = context.launch(
                                    ProcessRequest.builder(context.directory(), List.of("sh", "-c", "kill -9 $$"))
                                            .build());
                            return ended.failure()
                                    .map(CalculationOutcome::failed)
                                    .orElseGet(() ->
                                            CalculationOutcome.failed("error").because("exit " + ended.exitCode()));
                        })
                .retryPolicy(RetryPolicy.never())
                .storage(new QuickStorage())
                .build()
                .run();

        assertThat(outcome.results().status().progress()).isEqualTo(RunStatus.Progress.of(1, 0, 1, 0, 0));
        assertThat(outcome.results().status().failures())
                .singleElement()
                .satisfies(failed -> assertThat(failed.kind()).isEqualTo("killed"));
    }
}
