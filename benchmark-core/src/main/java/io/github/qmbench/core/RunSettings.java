package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.store.RunDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
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
    final StopSignal stopSignal;
    final Optional<CostHint> hint;
    final EtaEstimator estimator;
    final StartOrder order;
    final Optional<Instant> deadline;
    final List<RunListener> listeners;
    final InstantSource clock;
    final LongSupplier nanoTime;
    final Storage storage;
    final Durability durability;
    final boolean resume;
    final boolean rerunStale;
    final int parallel;
    final Duration heartbeat;
    final Optional<Duration> timeout;
    final Optional<Duration> stall;
    final long minFreeBytes;
    final long memoryBytesEach;
    final Map<String, Object> description;

    private RunSettings(Draft draft) {
        directory = draft.directory;
        matrix = draft.matrix;
        backend = draft.backend;
        launcher = draft.launcher;
        failurePolicy = draft.failurePolicy;
        stopSignal = draft.stopSignal;
        hint = hint(backend, matrix);
        estimator = draft.estimator != null
                ? draft.estimator
                : hint.map(EtaEstimator::sizeModel).orElseGet(EtaEstimator::rollingMean);
        parallel = draft.parallel;
        order = draft.order.orElse(parallel > 1 ? StartOrder.LONGEST_FIRST : StartOrder.FILE);
        deadline = draft.deadline;
        listeners = List.copyOf(draft.listeners);
        clock = draft.clock;
        nanoTime = draft.nanoTime;
        storage = draft.storage;
        durability = draft.durability;
        resume = draft.resume;
        rerunStale = draft.rerunStale;
        heartbeat = draft.heartbeat;
        timeout = draft.timeout;
        stall = draft.stall;
        minFreeBytes = draft.minFreeBytes;
        memoryBytesEach = draft.memoryBytesEach;
        description = draft.description;
    }

    /** What the backend tells of costs; nothing when it does not, or cannot for this matrix. */
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
        StopSignal stopSignal = () -> StopRequest.NONE;

        @Nullable
        EtaEstimator estimator; // null: one of its own for each run

        Optional<StartOrder> order = Optional.empty();
        Optional<Instant> deadline = Optional.empty();
        final List<RunListener> listeners = new ArrayList<>();
        InstantSource clock = InstantSource.system();
        LongSupplier nanoTime = System::nanoTime;
        Storage storage = Storage.DISK;
        Durability durability = Durability.FORCED;
        boolean resume = true;
        boolean rerunStale;
        int parallel = 1;
        Duration heartbeat = Duration.ofSeconds(10);
        Optional<Duration> timeout = Optional.empty();
        Optional<Duration> stall = Optional.empty();
        long minFreeBytes;
        long memoryBytesEach;
        Map<String, Object> description = Map.of();

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
