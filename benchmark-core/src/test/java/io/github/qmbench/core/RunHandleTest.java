package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import io.github.qmbench.core.store.StatusReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunHandleTest {

    @TempDir
    Path directory;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a", "b", "c").build();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private CalculationOutcome holdUntilReleased(Calculation calculation, CalculationContext context)
            throws InterruptedException {
        begun.countDown();
        released.await();
        return CalculationOutcome.complete(Map.of());
    }

    private BenchmarkRunner.Builder held() {
        return BenchmarkRunner.builder(directory, matrix, this::holdUntilReleased);
    }

    @Test
    void statusIsThatOfThisRunFromTheFirstInstant() throws Exception {
        RunOutcome before = BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects("a").build(),
                        (calculation, context) -> CalculationOutcome.complete(Map.of()))
                .build()
                .run();

        RunHandle run = held().build().start();
        RunStatus first = run.status();
        RunStatus written = new StatusReader(RunDirectory.of(directory)).read().orElseThrow();
        released.countDown();
        RunOutcome outcome = run.join();

        assertThat(first.state()).isEqualTo(RunState.RUNNING);
        assertThat(first.run().id())
                .isNotEqualTo(before.results().status().run().id());
        assertThat(written.run().id()).isEqualTo(first.run().id());
        assertThat(first.progress().completed()).isEqualTo(1);
        assertThat(run.status()).isSameAs(outcome.results().status());
    }

    @Test
    void aRequestedStopCarriesItsReasonIntoTheStatus() throws Exception {
        RunHandle run = held().build().start();
        begun.await();

        run.requestStop(StopRequest.DRAIN, "the licence ends at noon");
        released.countDown();
        RunOutcome outcome = run.join();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(new StatusReader(RunDirectory.of(directory))
                        .read()
                        .orElseThrow()
                        .run()
                        .reason())
                .hasValue("the licence ends at noon");
        assertThat(outcome.results().size()).isEqualTo(1);
    }

    @Test
    void theReasonOfAnUrgentStopReplacesThatOfALessUrgentOneBeforeTheRunSeesIt() throws Exception {
        BenchmarkRunner runner = held().build();
        runner.requestStop(StopRequest.DRAIN, "tidy up");
        runner.requestStop(StopRequest.NOW, "the building is on fire");
        runner.requestStop(StopRequest.DRAIN, "never mind");

        assertThat(runner.start().join().results().status().run().reason()).hasValue("the building is on fire");
    }

    @Test
    void completionTellsOfTheEndWhenTheDirectoryIsFree() throws Exception {
        RunHandle run = held().build().start();
        CountDownLatch told = new CountDownLatch(1);
        List<RunOutcome> outcomes = new CopyOnWriteArrayList<>();
        run.completion().thenAccept(outcome -> {
            try {
                outcomes.add(held().build().run()); // would be refused while the first one holds the directory
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            told.countDown();
        });
        released.countDown();

        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(outcomes)
                .singleElement()
                .satisfies(second -> assertThat(second.isWhole()).isTrue());
    }

    @Test
    void anInterruptEndsTheWaitingAndNotTheRun() throws Exception {
        RunHandle run = held().build().start();
        begun.await();

        Thread.currentThread().interrupt();
        assertThatThrownBy(run::join).isInstanceOf(InterruptedException.class);
        released.countDown();

        assertThat(run.join().state()).isEqualTo(RunState.COMPLETE);
    }

    @Test
    void anInterruptedThreadStartsARunThatIsNotStopped() throws Exception {
        released.countDown();
        Thread.currentThread().interrupt();
        RunHandle run = held().build().start();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.join().isWhole()).isTrue();
    }

    @Test
    void aSecondStartIsRefusedAndADirectoryInUseNamesItsRunner() throws Exception {
        BenchmarkRunner runner = held().build();
        RunHandle run = runner.start();

        assertThatThrownBy(runner::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> held().build().start())
                .isInstanceOf(RunDirectoryHeldException.class)
                .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        released.countDown();
        assertThat(run.join().isWhole()).isTrue();
    }

    @Test
    void theFactoryMakesEveryThreadInTheThreadThatStarts() throws Exception {
        List<Thread> makers = new CopyOnWriteArrayList<>();
        List<Thread> made = new CopyOnWriteArrayList<>();
        List<Thread> calculating = new CopyOnWriteArrayList<>();
        released.countDown();

        BenchmarkRunner.builder(directory, matrix, (calculation, context) -> {
                    calculating.add(Thread.currentThread());
                    return CalculationOutcome.complete(Map.of());
                })
                .parallel(2)
                .threadFactory(task -> {
                    makers.add(Thread.currentThread());
                    Thread thread = new Thread(task, "mine");
                    made.add(thread);
                    return thread;
                })
                .build()
                .start()
                .join();

        assertThat(makers).hasSize(3).containsOnly(Thread.currentThread());
        assertThat(made).containsAll(calculating);
    }
}
