package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is plugged into a run may be slow, may block and may call the runner: others go on. Two calculations run in
 * parallel; while a plug blocks the worker of the first, the second worker must start and record the calculation "last",
 * which is what the plug waits for.
 */
@Timeout(60)
class PlugsThatBlockTest {

    @TempDir
    Path path;

    private final CountDownLatch lastHasEnded = new CountDownLatch(1);
    private final AtomicBoolean waitedInVain = new AtomicBoolean();

    /** Blocks until the calculation "last" is in the journal. */
    private void block() {
        try {
            if (!lastHasEnded.await(20, TimeUnit.SECONDS)) {
                waitedInVain.set(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records, beside what the disk does, that the line of "last" is there. */
    private Storage watchedDisk() {
        return new QuickStorage() {
            @Override
            public void appended(byte[] bytes) {
                if (new String(bytes, StandardCharsets.UTF_8).contains("\"last\"")) {
                    lastHasEnded.countDown();
                }
            }
        };
    }

    /** A run of a first, a second and a last one, of which the first fails; in the order of the matrix. */
    private BenchmarkRunner.Builder run() {
        return BenchmarkRunner.builder(
                        path,
                        CalculationMatrix.builder()
                                .subjects("first", "second", "last")
                                .build(),
                        (calculation, context) -> calculation.subject().equals("first")
                                ? CalculationOutcome.failed("hopeless").because("it cannot work")
                                : CalculationOutcome.complete(Map.of()))
                .parallel(2)
                .order(StartOrder.FILE)
                .storage(watchedDisk());
    }

    private void endsThoughAPlugBlocks(BenchmarkRunner.Builder builder) throws Exception {
        RunOutcome outcome = builder.build().run();

        assertThat(waitedInVain).isFalse();
        assertThat(outcome.state()).isEqualTo(RunState.COMPLETE);
        assertThat(outcome.results().size()).isEqualTo(2);
    }

    @Test
    void aFailurePolicyThatBlocksHoldsUpNoOtherWorker() throws Exception {
        endsThoughAPlugBlocks(run().failurePolicy(tally -> {
            block();
            return Optional.empty();
        }));
    }

    @Test
    void anEstimatorThatBlocksHoldsUpNoOtherWorker() throws Exception {
        AtomicBoolean isFirstStatus = new AtomicBoolean(true);
        endsThoughAPlugBlocks(run().etaEstimator(() -> new EtaEstimator() {
            @Override
            public void completed(Calculation calculation, Duration duration) {
                block();
            }

            @Override
            public TimeLeft estimate(Workload workload) {
                if (!isFirstStatus.getAndSet(false)) { // the one before anything starts
                    block();
                }
                return TimeLeft.UNKNOWN;
            }
        }));
    }

    @Test
    void aLauncherThatBlocksWhenAskedForTroubleHoldsUpNoOtherWorker() throws Exception {
        endsThoughAPlugBlocks(run().launcher(launcherWithTrouble(() -> {
            if (Thread.currentThread().getName().startsWith("qmbench-worker")) {
                block();
            }
        })));
    }

    @Test
    void plugsMayCallTheRunner() throws Exception {
        AtomicReference<BenchmarkRunner> runner = new AtomicReference<>();
        Set<String> called = ConcurrentHashMap.newKeySet();
        Consumer<String> callBack = who -> {
            if (runner.get() != null) {
                called.add(who);
                planIn(runner.get());
                runner.get().requestStop(StopRequest.NONE);
            }
        };
        runner.set(run().failurePolicy(tally -> {
                    callBack.accept("policy");
                    return Optional.empty();
                })
                .etaEstimator(() -> new EtaEstimator() {
                    @Override
                    public void completed(Calculation calculation, Duration duration) {
                        callBack.accept("estimator, completed");
                    }

                    @Override
                    public TimeLeft estimate(Workload workload) {
                        callBack.accept("estimator");
                        return TimeLeft.UNKNOWN;
                    }
                })
                .listener(new RunListener() {
                    @Override
                    public void calculationEnded(CalculationEnded event) {
                        callBack.accept("listener");
                    }
                })
                .stopSignal(() -> {
                    callBack.accept("stop signal");
                    return StopRequest.NONE;
                })
                .launcher(launcherWithTrouble(() -> callBack.accept("launcher")))
                .build());

        assertThat(runner.get().run().state()).isEqualTo(RunState.COMPLETE);

        assertThat(called)
                .containsExactlyInAnyOrder(
                        "policy", "estimator", "estimator, completed", "listener", "stop signal", "launcher");
    }

    /** Asks from another thread, which a lock that the caller holds would keep out. */
    private static void planIn(BenchmarkRunner runner) {
        Thread asking = new Thread(() -> {
            try {
                runner.plan();
                runner.requestStop(StopRequest.NONE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asking.start();
        try {
            asking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProcessLauncher launcherWithTrouble(Runnable asked) {
        return new ProcessLauncher() {
            @Override
            public ProcessResult launch(ProcessRequest request, LaunchControl control) {
                throw new AssertionError("nothing is launched");
            }

            @Override
            public boolean endLeftOver(LaunchedProcess process) {
                return false;
            }

            @Override
            public Optional<String> trouble() {
                asked.run();
                return Optional.empty();
            }
        };
    }
}
