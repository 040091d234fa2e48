package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.internal.JournalLines;
import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What throws, breaks or hangs, and what becomes of the run then. */
@Timeout(60)
class FaultsTest {

    private static final CalculationBackend GOOD = (calculation, context) -> CalculationOutcome.complete(Map.of());

    @TempDir
    Path path;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a", "b", "c").build();

    private BenchmarkRunner.Builder runner(CalculationBackend backend) {
        return BenchmarkRunner.builder(path, matrix, backend)
                .retryPolicy(RetryPolicy.never())
                .storage(new QuickStorage())
                .failurePolicy(FailurePolicy.never());
    }

    private RunStatus lastStatus() throws IOException {
        return new StatusReader(RunDirectory.of(path)).read().orElseThrow();
    }

    private void assertDirectoryIsFree() throws IOException {
        RunLock.take(RunDirectory.of(path), RunnerIdentity.ofThisProcess(), java.time.Instant.EPOCH)
                .close();
    }

    @Test
    void backendThatThrowsIsFailedCalculationWithClassAndMessage() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> {
                    switch (calculation.subject()) {
                        case "a":
                            throw new IOException("no such geometry");
                        case "b":
                            throw new StackOverflowError("too deep");
                        default:
                            return null;
                    }
                })
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(lastStatus().failures())
                .extracting(RunStatus.FailedTask::kind)
                .containsExactly("exception", "exception", "exception");
        assertThat(lastStatus().failures())
                .extracting(RunStatus.FailedTask::error)
                .containsExactly(
                        "java.io.IOException: no such geometry",
                        "java.lang.StackOverflowError: too deep",
                        "the backend returned null instead of an outcome");
    }

    static Stream<Throwable> whatOnlyOneCalculationMeets() {
        return Stream.of(
                new ServiceConfigurationError("no provider of the basis set library"),
                new IOError(new IOException("no such geometry")),
                new Error("an operation is not implemented"), // as Kotlin's NotImplementedError
                new Throwable("neither an exception nor an error"));
    }

    @ParameterizedTest
    @MethodSource("whatOnlyOneCalculationMeets")
    void whateverBackendThrowsIsFailedCalculationAndTheOthersGoOn(Throwable thrown) throws Exception {
        RunOutcome outcome = runner((calculation, context) -> {
                    if (calculation.subject().equals("a")) {
                        throwAnything(thrown);
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(lastStatus().progress()).isEqualTo(RunStatus.Progress.of(3, 2, 1, 0, 1));
        assertThat(lastStatus().failures())
                .singleElement()
                .satisfies(failed ->
                        assertThat(failed.error()).isEqualTo(thrown.getClass().getName() + ": " + thrown.getMessage()));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAnything(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void brokenJavaEndsTheRunAndIsNoFailureOfACalculation() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> {
                    throw new InternalError("a fault in unsafe memory access");
                })
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(lastStatus().run().reason())
                .hasValue("a fault of the runner itself: java.lang.InternalError: a fault in unsafe memory access");
        assertThat(lastStatus().progress().failed()).isZero();
    }

    @Test
    void resultsTooLargeForTheJournalAreFailedCalculationAndTheOthersGoOn() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> CalculationOutcome.complete(
                        calculation.subject().equals("a")
                                ? Map.of("density", "0".repeat(JournalLines.MOST_BYTES))
                                : Map.of()))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(lastStatus().progress()).isEqualTo(RunStatus.Progress.of(3, 2, 1, 0, 1));
        assertThat(lastStatus().failures()).singleElement().satisfies(failed -> {
            assertThat(failed.kind()).isEqualTo("exception");
            assertThat(failed.error())
                    .isEqualTo("its results take more than 64 MiB in the journal;"
                            + " write large results to files in its directory and return their names");
        });
        assertThat(Files.readAllLines(path.resolve("progress.jsonl"))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void actionOnCancellationThatThrowsLeavesNoCalculationUncancelled(boolean byInterrupt) throws Exception {
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(2);
        BenchmarkRunner[] runner = new BenchmarkRunner[1];
        runner[0] = runner((calculation, context) -> {
                    context.cancellation().onCancel(() -> {
                        throw new IllegalStateException("action");
                    });
                    begun.countDown();
                    begun.await();
                    if (!byInterrupt) {
                        runner[0].requestStop(StopRequest.NOW);
                    } else if (calculation.subject().equals("a")) {
                        caller.interrupt();
                    }
                    new CountDownLatch(1).await(); // for ever, but for the interrupt
                    return null;
                })
                .parallel(2)
                .order(StartOrder.FILE)
                .build();

        RunOutcome outcome = runner[0].run();

        assertThat(Thread.interrupted()).isEqualTo(byInterrupt);
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        List<String> words = new ArrayList<>();
        RunJournal.read(
                RunDirectory.of(path),
                record -> words.add(record.outcome().state().word()));
        assertThat(words).containsExactly("cancelled", "cancelled");
    }

    @Test
    void stopSignalThatCannotBeClearedAtTheEndLosesNoOutcome() throws Exception {
        AtomicInteger clears = new AtomicInteger();
        RunOutcome outcome = runner(GOOD)
                .stopSignal(new StopSignal() {
                    @Override
                    public StopRequest request() {
                        return StopRequest.NONE;
                    }

                    @Override
                    public boolean clear() {
                        if (clears.getAndIncrement() > 0) { // the first is that of the beginning
                            throw new IllegalStateException("thrown");
                        }
                        return false;
                    }
                })
                .build()
                .run();

        assertThat(clears).hasValue(2);
        assertThat(outcome.isWhole()).isTrue();
        assertThat(lastStatus().state()).isEqualTo(RunState.COMPLETE);
        assertDirectoryIsFree();
    }

    @Test
    void backendThatIsUnusableEndsTheRunAsFailedWithItsReason() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> {
                    if (calculation.subject().equals("b")) {
                        throw new BackendUnusableException("the licence has expired");
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(lastStatus().run().reason()).hasValue("the backend cannot continue: the licence has expired");
        assertThat(lastStatus().progress()).isEqualTo(RunStatus.Progress.of(3, 1, 0, 0, 0));
    }

    @Test
    void journalThatCannotBeWrittenEndsTheRunAsFailedAndIsNotCounted() throws Exception {
        AtomicInteger appends = new AtomicInteger();
        QuickStorage broken = new QuickStorage() {
            @Override
            public AppendFile open(Path file) throws IOException {
                AppendFile disk = super.open(file);
                return (AppendFile) java.lang.reflect.Proxy.newProxyInstance(
                        AppendFile.class.getClassLoader(), new Class<?>[] {AppendFile.class}, (proxy, method, args) -> {
                            if (method.getName().equals("append") && appends.incrementAndGet() == 2) {
                                throw new IOException("Input/output error");
                            }
                            return method.invoke(disk, args);
                        });
            }
        };

        RunOutcome outcome = runner(GOOD).storage(broken).build().run();

        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(lastStatus().run().reason()).hasValue("cannot write the journal: Input/output error");
        assertThat(lastStatus().progress()).isEqualTo(RunStatus.Progress.of(3, 1, 0, 0, 0));
        assertThat(runner(GOOD).build().run().isWhole()).isTrue();
    }

    @Test
    void listenerThatThrowsNeverEndsTheRunAndOthersAreStillTold() throws Exception {
        List<String> told = new ArrayList<>();
        RunOutcome outcome = runner(GOOD)
                .listener(new RunListener() {
                    @Override
                    public void runStarted(RunStarted event) {
                        throw new IllegalStateException("listener");
                    }

                    @Override
                    public void calculationEnded(CalculationEnded event) {
                        throw new AssertionError("listener");
                    }
                })
                .listener(new RunListener() {
                    @Override
                    public void calculationEnded(CalculationEnded event) {
                        told.add(event.record().calculation().taskId());
                    }
                })
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(told).containsExactly("a", "b", "c");
    }

    @Test
    void estimatorThatThrowsNeverEndsTheRun() throws Exception {
        RunOutcome outcome = runner(GOOD)
                .etaEstimator(() -> new EtaEstimator() {
                    @Override
                    public void completed(Calculation calculation, Duration duration) {
                        throw new IllegalStateException("estimator");
                    }

                    @Override
                    public TimeLeft estimate(Workload workload) {
                        throw new IllegalStateException("estimator");
                    }
                })
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(lastStatus().timeLeft()).isEqualTo(TimeLeft.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop signal", "policy", "fingerprint"})
    void anyOtherPlugThatThrowsGivesFailedRunOrCalculationAndFreesTheDirectory(String which) throws Exception {
        CalculationBackend backend = new CalculationBackend() {
            @Override
            public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                return CalculationOutcome.failed("scf").because("no");
            }

            @Override
            public Fingerprint fingerprint(Calculation calculation) {
                if (which.equals("fingerprint")) {
                    throw new IllegalStateException("thrown");
                }
                return Fingerprint.EMPTY;
            }
        };
        BenchmarkRunner.Builder builder = runner(backend);
        if (which.equals("stop signal")) {
            builder.stopSignal(() -> {
                throw new IllegalStateException("thrown");
            });
        } else if (which.equals("policy")) {
            builder.failurePolicy(tally -> {
                throw new IllegalStateException("thrown");
            });
        }

        RunOutcome outcome = builder.build().run();

        RunStatus last = lastStatus();
        assertThat(last.state()).isEqualTo(outcome.state());
        if (which.equals("fingerprint")) {
            assertThat(last.failures().get(0).error()).contains("thrown");
        } else {
            assertThat(outcome.state()).isEqualTo(RunState.FAILED);
            assertThat(last.run().reason().orElseThrow()).contains("thrown");
        }
        assertDirectoryIsFree();
    }

    /** A timer on which half a second passes from one look to the next. */
    private static TestClock quickTimer() {
        AtomicLong looks = new AtomicLong();
        return TestClock.timedBy(() -> looks.incrementAndGet() * 500_000_000);
    }

    @Test
    void calculationWithoutProgramsIsEndedWhenItsTimeIsOver() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> {
                    if (calculation.subject().equals("b")) {
                        new CountDownLatch(1).await(); // for ever, but for the interrupt
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .clock(quickTimer())
                .timeout(Duration.ofSeconds(10))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(lastStatus().failures()).singleElement().satisfies(failed -> {
            assertThat(failed.kind()).isEqualTo("timeout");
            assertThat(failed.calculation().subject()).isEqualTo("b");
        });
    }

    @Test
    void timeInWhichEverythingWasSuspendedDoesNotCountForTheLimit() throws Exception {
        AtomicLong slept = new AtomicLong();
        CountDownLatch looks = new CountDownLatch(9);
        RunOutcome outcome = runner((calculation, context) -> {
                    if (calculation.subject().equals("b")) {
                        slept.set(Duration.ofHours(8).toNanos());
                        looks.await();
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .clock(TestClock.timedBy(() -> {
                    if (slept.get() > 0) {
                        looks.countDown();
                    }
                    return System.nanoTime() + slept.get();
                }))
                .timeout(Duration.ofHours(2))
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
    }

    @Test
    void interruptThatComesTooLateDoesNotHarmJournalOrOtherCalculations() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> {
                    Thread.currentThread().interrupt(); // as by a timer that the backend has set itself
                    context.remark("interrupted");
                    return CalculationOutcome.complete(Map.of());
                })
                .storage(Storage.DISK)
                .listener(new RunListener() {
                    @Override
                    public void calculationStarted(CalculationStarted event) {
                        Thread.currentThread().interrupt();
                    }
                })
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
    }

    @Test
    void runnerRunsOnceAndKeepsWhatItWasBuiltWith() throws Exception {
        BenchmarkRunner.Builder builder = runner(GOOD);
        BenchmarkRunner runner = builder.build();
        builder.stopSignal(() -> StopRequest.DRAIN);

        assertThat(runner.run().state()).isEqualTo(RunState.COMPLETE);
        assertThatThrownBy(runner::run).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void badSettingsAreRefusedWithTheValue() {
        BenchmarkRunner.Builder builder = runner(GOOD);
        assertThatThrownBy(() -> builder.parallel(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> builder.heartbeat(Duration.ZERO)).hasMessageContaining("heartbeat must be positive");
        assertThatThrownBy(() -> builder.timeout(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> builder.minFreeBytes(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> builder.listener(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("listener");
        assertThatThrownBy(() -> builder.description(Map.of("x", Double.NaN))).hasMessageContaining("NaN");
    }

    @Test
    void tooLittleSpacePausesBeforeTheFirstCalculation() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        RunOutcome outcome = runner((calculation, context) -> {
                    calls.incrementAndGet();
                    return CalculationOutcome.complete(Map.of());
                })
                .minFreeBytes(Long.MAX_VALUE)
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        assertThat(lastStatus().run().reason().orElseThrow()).contains("free").contains("needed");
        assertThat(calls).hasValue(0);
    }

    @Test
    void directoryThatIsFileIsRefusedInSentence() throws Exception {
        Files.writeString(path.resolve("results"), "a file");
        assertThatThrownBy(() -> BenchmarkRunner.builder(path.resolve("results"), matrix, GOOD)
                        .retryPolicy(RetryPolicy.never())
                        .build()
                        .run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a file");
    }
}
