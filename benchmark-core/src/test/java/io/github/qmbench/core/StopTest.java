package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StopTest {

    @TempDir
    Path path;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a", "b", "c", "d").build();
    private final List<String> calculated = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final QuickStorage storage = new QuickStorage();

    private BenchmarkRunner.Builder runner(CalculationBackend backend) {
        return BenchmarkRunner.builder(path, matrix, (calculation, context) -> {
                    synchronized (calculated) {
                        calculated.add(calculation.taskId());
                    }
                    return backend.calculate(calculation, context);
                })
                .storage(storage)
                .listener(new RunListener() {
                    @Override
                    public void notice(Notice event) {
                        notices.add(event.text());
                    }
                });
    }

    private CalculationOutcome stopAt(String taskId, StopRequest request, Calculation calculation) throws IOException {
        if (calculation.taskId().equals(taskId)) {
            StopSignal.marker(path.resolve("STOP")).set(request);
        }
        return CalculationOutcome.complete(Map.of());
    }

    @Test
    void whatIsUnderWayFinishesAndNothingMoreStarts() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> stopAt("b", StopRequest.DRAIN, calculation))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(calculated).containsExactly("a", "b");
        assertThat(outcome.results().status().progress()).isEqualTo(RunStatus.Progress.of(4, 2, 0, 0, 0));
        assertThat(path.resolve("STOP")).doesNotExist();
    }

    @Test
    void stopSignalsAddUp() throws Exception {
        AtomicReference<StopRequest> first = new AtomicReference<>(StopRequest.NONE);

        RunOutcome outcome = runner((calculation, context) -> {
                    first.set(StopRequest.DRAIN);
                    return CalculationOutcome.complete(Map.of());
                })
                .stopSignal(first::get)
                .stopSignal(() -> StopRequest.NONE) // which asks for nothing, and replaces nothing
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(calculated).containsExactly("a");
    }

    @Test
    void stopDuringTheLastCalculationEndsCompleteAndIsRemoved() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> stopAt("d", StopRequest.DRAIN, calculation))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(path.resolve("STOP")).doesNotExist();
    }

    @Test
    void stopLeftFromBeforeIsClearedAndSaid() throws Exception {
        Files.createFile(path.resolve("STOP"));

        RunOutcome outcome = runner((calculation, context) -> CalculationOutcome.complete(Map.of()))
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(notices).anyMatch(text -> text.contains("removed a STOP file"));
    }

    @Test
    void runWithNothingLeftWritesCompleteStatusWithTrueCounts() throws Exception {
        runner((calculation, context) -> CalculationOutcome.complete(Map.of()))
                .build()
                .run();
        Files.delete(path.resolve("status.json"));
        Files.createFile(path.resolve("STOP"));

        RunOutcome outcome = runner((calculation, context) -> {
                    throw new AssertionError("there was nothing to do");
                })
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        RunStatus status = new StatusReader(RunDirectory.of(path)).read().orElseThrow();
        assertThat(status.state()).isEqualTo(RunState.COMPLETE);
        assertThat(status.progress()).isEqualTo(RunStatus.Progress.of(4, 4, 0, 0, 0));
        assertThat(status.timeLeft().remaining()).hasValue(java.time.Duration.ZERO);
        assertThat(path.resolve("STOP")).doesNotExist();
    }

    @Test
    void stopNowEndsWhatIsUnderWayWithoutCallingItFailed() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> {
                    StopSignal.marker(path.resolve("STOP")).set(StopRequest.NOW);
                    new CountDownLatch(1).await(); // for ever, but for the interrupt
                    return null;
                })
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(outcome.results().status().progress()).isEqualTo(RunStatus.Progress.of(4, 0, 0, 0, 0));
        List<String> words = new ArrayList<>();
        RunJournal.read(
                path.resolve("progress.jsonl"),
                record -> words.add(record.outcome().state().word()));
        assertThat(words).containsExactly("cancelled");
    }

    @Test
    void stopAskedForBeforeTheRunIsObeyed() throws Exception {
        BenchmarkRunner runner = runner((calculation, context) -> CalculationOutcome.complete(Map.of()))
                .build();
        runner.requestStop(StopRequest.DRAIN);

        assertThat(runner.run().state()).isEqualTo(RunState.STOPPED);
        assertThat(calculated).isEmpty();
    }

    @Test
    void interruptOfTheCallingThreadEndsTheRunAndStays() throws Exception {
        Thread caller = Thread.currentThread();
        RunOutcome outcome = runner((calculation, context) -> {
                    caller.interrupt();
                    new CountDownLatch(1).await();
                    return null;
                })
                .build()
                .run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(new StatusReader(RunDirectory.of(path)).read().orElseThrow().state())
                .isEqualTo(RunState.STOPPED);
    }

    @Test
    void interruptBeforeTheRunEndsItBeforeAnythingStartsAndStays() throws Exception {
        BenchmarkRunner runner = runner((calculation, context) -> CalculationOutcome.complete(Map.of()))
                .build();
        Thread.currentThread().interrupt();
        RunOutcome outcome = runner.run();

        assertThat(Thread.interrupted()).isTrue();
        assertStoppedByTheInterrupt(outcome);
    }

    @Test
    void interruptWhileTheRunIsOpenedEndsItBeforeAnythingStartsAndStays() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        RunOutcome outcome = runner((calculation, context) -> CalculationOutcome.complete(Map.of()))
                .storage(new QuickStorage() {
                    @Override
                    public AppendFile open(Path file) throws IOException {
                        if (interrupted.compareAndSet(false, true)) {
                            Thread.currentThread().interrupt(); // which closes the channel that the disk uses next
                        }
                        return DISK.open(file);
                    }
                })
                .build()
                .run();

        assertThat(Thread.interrupted()).isTrue();
        assertStoppedByTheInterrupt(outcome);
        assertThat(runner((calculation, context) -> CalculationOutcome.complete(Map.of()))
                        .build()
                        .run()
                        .isWhole())
                .isTrue();
    }

    private void assertStoppedByTheInterrupt(RunOutcome outcome) throws IOException {
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        RunStatus last = new StatusReader(RunDirectory.of(path)).read().orElseThrow();
        assertThat(last.state()).isEqualTo(RunState.STOPPED);
        assertThat(last.run().reason()).hasValue("the thread of the run was interrupted");
        assertThat(calculated).isEmpty();
    }

    @Test
    void calculationThatCannotBeEndedIsLeftBehindAfterTheGraceAndNeverRecorded() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicBoolean fast = new AtomicBoolean();
        BenchmarkRunner[] runner = new BenchmarkRunner[1];
        runner[0] = runner((calculation, context) -> {
                    runner[0].requestStop(StopRequest.NOW);
                    fast.set(true); // the grace of ten seconds is over in ten milliseconds
                    while (true) {
                        try {
                            release.await();
                            released.countDown();
                            return CalculationOutcome.complete(Map.of());
                        } catch (InterruptedException deaf) {
                            continue;
                        }
                    }
                })
                .clock(TestClock.timedBy(() -> System.nanoTime() * (fast.get() ? 1000 : 1)))
                .build();

        RunOutcome outcome = runner[0].run();
        release.countDown();
        released.await();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(outcome.results().status().progress().remaining()).isEqualTo(4);
        assertThat(path.resolve("progress.jsonl")).isEmptyFile();
    }
}
