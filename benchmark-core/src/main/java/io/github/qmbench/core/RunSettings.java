package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.estimate.MemoryModel;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.store.RunDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of one run: what the engine sees of a {@link BenchmarkRunner.Builder}. Immutable. */
final class RunSettings {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    final RunDirectory directory;
    final CalculationMatrix matrix;
    final CalculationBackend backend;
    final ProcessLauncher launcher;
    final FailurePolicy failurePolicy;
    final RetryPolicy retryPolicy;
    final List<StopSignal> stopSignals;
    final Optional<CostHint> hint;
    final EtaEstimator estimator;
    final MemoryModel memory;
    final StartOrder order;
    final Optional<Instant> deadline;
    final List<RunListener> listeners;
    final RunClock clock;
    final LongSupplier nanoTime;
    final Storage storage;
    final Durability durability;
    final boolean resume;
    final boolean rerunStale;
    final List<ReuseSource> reuseFrom;
    final int parallel;
    final Duration heartbeat;
    final Optional<Duration> timeout;
    final Optional<Duration> stall;
    final long minFreeBytes;
    final long memoryBytesEach;
    final boolean learnsMemory;
    final Map<String, Object> description;
    private final Optional<ThreadFactory> threads;
    private final Optional<Supplier<EtaEstimator>> estimators;

    private RunSettings(Draft draft) {
        directory = draft.directory;
        matrix = draft.matrix;
        backend = DeclaredBackend.of(draft.backend, draft.fingerprint);
        launcher = draft.launcher;
        failurePolicy = draft.failurePolicy;
        retryPolicy = draft.retryPolicy;
        stopSignals = List.copyOf(draft.stopSignals);
        hint = hint(draft.backend, matrix);
        estimators = Optional.ofNullable(draft.estimator);
        estimator = newEstimator();
        memory = newMemoryModel();
        learnsMemory = draft.learnsMemory;
        parallel = draft.parallel;
        order = draft.order.orElse(parallel > 1 ? StartOrder.LONGEST_FIRST : StartOrder.FILE);
        deadline = draft.deadline;
        listeners = List.copyOf(draft.listeners);
        clock = draft.clock;
        nanoTime = clock::nanoTime;
        storage = draft.storage;
        durability = draft.durability;
        resume = draft.resume;
        rerunStale = draft.rerunStale;
        reuseFrom = List.copyOf(draft.reuseFrom);
        requireReusable();
        heartbeat = draft.heartbeat;
        timeout = draft.timeout;
        stall = draft.stall;
        minFreeBytes = draft.minFreeBytes;
        memoryBytesEach = draft.memoryBytesEach;
        description = draft.description;
        threads = draft.threads;
    }

    /** Makes an estimator that has learnt nothing yet. */
    EtaEstimator newEstimator() {
        return estimators
                .map(own -> Objects.requireNonNull(own.get(), "the supplier of the etaEstimator returned null"))
                .orElseGet(() -> hint.map(EtaEstimator::sizeModel).orElseGet(EtaEstimator::rollingMean));
    }

    /** Makes a model of memory that has learnt nothing yet. */
    MemoryModel newMemoryModel() {
        return hint.map(MemoryModel::of).orElseGet(MemoryModel::withoutSizes);
    }

    /** Lets a model learn from an attempt that completed a calculation, if its memory was measured. */
    static void learn(MemoryModel memory, Calculation calculation, Attempt attempt) {
        attempt.usage()
                .ifPresent(usage ->
                        usage.peakMemoryBytes().ifPresent(bytes -> memory.completed(calculation, Math.max(1, bytes))));
    }

    /** The source of results with this number, from 1; nothing for 0, which is the run's own directory. */
    Optional<RunDirectory> source(int number) {
        return number == 0
                ? Optional.empty()
                : Optional.of(reuseFrom.get(number - 1).directory());
    }

    private void requireReusable() {
        if (reuseFrom.isEmpty() || matrix.size() == 0) {
            return;
        }
        if (!resume) {
            throw new IllegalStateException("a run that does not resume reuses no results of other directories either");
        }
        if (backend.fingerprint(matrix.get(0)).equals(Fingerprint.EMPTY)) {
            throw new IllegalStateException("backend '" + backend.name()
                    + "' has no fingerprint, so results of other directories cannot be compared with its own;"
                    + " declare a version(...) when building the runner");
        }
    }

    /** Makes a thread, by default of the platform. */
    Thread newThread(Runnable task, String name) {
        return threads.map(
                        factory -> Objects.requireNonNull(factory.newThread(task), "the thread factory returned null"))
                .orElseGet(() -> new Thread(task, name));
    }

    /** What the backend says of costs; nothing when it does not, or cannot for this matrix. */
    private static Optional<CostHint> hint(CalculationBackend backend, CalculationMatrix matrix) {
        if (backend instanceof CostHint known && matrix.size() > 0) {
            try {
                known.cost(matrix.get(0));
                return Optional.of(known);
            } catch (RuntimeException e) {
                LOG.warn("the backend cannot tell what calculations cost: {}", String.valueOf(e));
            }
        }
        return Optional.empty();
    }

    /** The time by the clock, to the millisecond as files keep it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The settings while a builder fills them; its initial values are the defaults. */
    static final class Draft {
        final RunDirectory directory;
        final CalculationMatrix matrix;
        final CalculationBackend backend;
        ProcessLauncher launcher = ProcessLauncher.local();
        FailurePolicy failurePolicy =
                FailurePolicy.pauseAfterFailedFraction(0.1).or(FailurePolicy.pauseAfterMachineFailures(3));
        RetryPolicy retryPolicy = RetryPolicy.machineFailures(2, Duration.ofSeconds(10));
        final List<StopSignal> stopSignals = new ArrayList<>();

        @Nullable
        Supplier<EtaEstimator> estimator; // null: as the backend has a hint

        Optional<StartOrder> order = Optional.empty();
        Optional<Instant> deadline = Optional.empty();
        final List<RunListener> listeners = new ArrayList<>();
        RunClock clock = RunClock.system();
        Storage storage = Storage.DISK;
        Durability durability = Durability.FORCED;
        boolean resume = true;
        boolean rerunStale;
        final List<ReuseSource> reuseFrom = new ArrayList<>();
        int parallel = 1;
        Duration heartbeat = Duration.ofSeconds(10);
        Optional<Duration> timeout = Optional.empty();
        Optional<Duration> stall = Optional.empty();
        long minFreeBytes;
        long memoryBytesEach;
        boolean learnsMemory;
        Map<String, Object> description = Map.of();
        final Map<String, String> fingerprint = new LinkedHashMap<>();
        Optional<ThreadFactory> threads = Optional.empty();

        Draft(RunDirectory directory, CalculationMatrix matrix, CalculationBackend backend) {
            this.directory = directory;
            this.matrix = Objects.requireNonNull(matrix, "matrix");
            this.backend = Objects.requireNonNull(backend, "backend");
        }

        /** Returns the present values; what is set later does not concern them. */
        RunSettings settings() {
            return new RunSettings(this);
        }
    }
}
