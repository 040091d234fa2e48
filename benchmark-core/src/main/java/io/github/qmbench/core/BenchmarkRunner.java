package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.internal.RunStore;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs a matrix of calculations on a backend in a run directory, to its end or until it is told to stop, and can take up
 * again where an earlier run in the directory ended, in whatever way.
 *
 * <pre>{@code
 * RunOutcome outcome = BenchmarkRunner.builder(Path.of("results"), matrix, backend)
 *         .failurePolicy(FailurePolicy.pauseAfterFailedSubjects(5))
 *         .build()
 *         .run();
 * }</pre>
 *
 * <p>Immutable but for a requested stop; {@link #requestStop} may be called from any thread. A runner runs once.
 */
public final class BenchmarkRunner {

    private static final DateTimeFormatter RUN_ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final RunSettings settings;
    private volatile StopRequest requested = StopRequest.NONE;
    private boolean begun; // guarded by this

    private BenchmarkRunner(RunSettings settings) {
        this.settings = settings;
    }

    /**
     * Begins a runner with the defaults: resume, one calculation at a time, pause when more than 10 % of the subjects
     * failed (but never for a single one), three machine failures in a row or too little disk space, a heartbeat of ten
     * seconds, no time limits, programs on this machine.
     *
     * @param directory where the run keeps its files; made if missing
     * @param matrix what to calculate
     * @param backend how
     */
    public static Builder builder(Path directory, CalculationMatrix matrix, CalculationBackend backend) {
        return new Builder(new RunSettings.Draft(RunDirectory.of(directory), matrix, backend));
    }

    /**
     * Says what {@link #run} would do. Reads the journal and changes nothing; may be called while a run goes on.
     *
     * @throws JournalDamagedException when the journal is not what was written
     */
    public RunPlan plan() throws IOException {
        return new RunPlan(PreviousRun.index(settings, (calculation, time) -> {}), settings.backend);
    }

    /**
     * Asks the run to end: with {@link StopRequest#DRAIN} after what is under way, with {@link StopRequest#NOW} at once;
     * with {@link StopRequest#LEAVE} at once for programs that the next run takes up, and after all else.
     * Asking again more urgently is possible, less urgently has no effect.
     */
    public void requestStop(StopRequest request) {
        requested = requested.orElse(request);
    }

    /**
     * Runs until everything is done, or a stop, the failure policy, the disk or an error ends it. An interrupt of the
     * calling thread is like {@link StopRequest#NOW}; its flag is set again on return.
     *
     * @return results and final state; a run that cannot go on ends as {@link RunState#FAILED} and is returned, too
     * @throws RunDirectoryHeldException when another runner holds the directory; nothing was changed
     * @throws StaleResultsException when results of other settings are there and {@link Builder#rerunStale} is off;
     *     nothing was changed
     * @throws JournalDamagedException when the journal is not what was written; nothing was changed
     * @throws IOException when the directory cannot be made or written
     * @throws IllegalStateException when this runner has run before
     */
    public RunOutcome run() throws IOException {
        synchronized (this) {
            if (begun) {
                throw new IllegalStateException("a runner runs once; build another one");
            }
            begun = true;
        }
        RunDirectory directory = settings.directory;
        RunStore.createDirectory(directory);
        Instant now = settings.now();
        RunnerIdentity runner = RunnerIdentity.ofThisProcess();
        OrderedListeners listeners = new OrderedListeners(settings.listeners);
        StopSignal stop = StopSignal.anyOf(
                StopSignal.marker(RunFiles.stopMarker(directory)), settings.stopSignal, () -> requested);
        try (RunLock lock = RunLock.take(directory, runner, now)) {
            if (!settings.resume) {
                RunStore.archiveJournal(directory, settings.storage);
            }
            String runId = newRunId(now);
            PreviousRun before = PreviousRun.read(settings, listeners);
            RunStore.Options options = new RunStore.Options(
                    settings.storage, settings.durability, settings.launcher.reattaches(), settings.minFreeBytes);
            try (RunStore store =
                    RunStore.open(directory, lock, options, before.point().extent(), before.begun())) {
                before.settle(store, runId, now, listeners);
                if (stop.clear()) {
                    listeners.notice("cleared a STOP that was left from before this run");
                }
                store.describe(new RunDescription(
                        now,
                        settings.backend.name(),
                        settings.description,
                        Json.normalise(settings.backend.description()),
                        settings.matrix));
                return new RunLoop(
                                settings,
                                new RunPicture.Run(runId, now, runner),
                                stop,
                                listeners,
                                store,
                                before.point())
                        .run();
            }
        }
    }

    private static String newRunId(Instant now) {
        return RUN_ID_TIME.format(now) + "-" + String.format("%06x", new SecureRandom().nextInt(1 << 24));
    }

    /** Builds a {@link BenchmarkRunner}; its defaults are listed at {@link BenchmarkRunner#builder}. */
    public static final class Builder {
        private final RunSettings.Draft draft;

        private Builder(RunSettings.Draft draft) {
            this.draft = draft;
        }

        /** Sets where programs are started. */
        public Builder launcher(ProcessLauncher value) {
            draft.launcher = Objects.requireNonNull(value, "launcher");
            return this;
        }

        /** Sets when failures pause the run. */
        public Builder failurePolicy(FailurePolicy value) {
            draft.failurePolicy = Objects.requireNonNull(value, "failurePolicy");
            return this;
        }

        /** Adds a signal beside the STOP marker of the directory and {@link BenchmarkRunner#requestStop}. */
        public Builder stopSignal(StopSignal value) {
            draft.stopSignal = Objects.requireNonNull(value, "stopSignal");
            return this;
        }

        /**
         * Sets the order in which calculations start. Otherwise those that should take longest come first when several run
         * side by side, and the order of the matrix is kept when they do not.
         */
        public Builder order(StartOrder value) {
            draft.order = Optional.of(Objects.requireNonNull(value, "order"));
            return this;
        }

        /**
         * Sets when the run should be over: nothing starts that would not end before, and when nothing is left that would,
         * the run ends as stopped with that reason. As long as nothing is known of times, calculations start.
         */
        public Builder deadline(Instant value) {
            draft.deadline = Optional.of(Objects.requireNonNull(value, "deadline"));
            return this;
        }

        /**
         * Sets how the time left is estimated; an estimator is for one run. Otherwise it is the {@linkplain
         * EtaEstimator#sizeModel model of sizes} when the backend has a {@link CostHint}, and the rolling mean when not.
         */
        public Builder etaEstimator(EtaEstimator value) {
            draft.estimator = Objects.requireNonNull(value, "etaEstimator");
            return this;
        }

        /** Adds a listener. */
        public Builder listener(RunListener value) {
            draft.listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /** Sets where time stamps come from; the clock of the machine by default. */
        public Builder clock(InstantSource value) {
            draft.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Sets where durations come from, in nanoseconds: {@link System#nanoTime} by default, which nobody sets back. For
         * tests of what depends on time; it must never go backwards.
         */
        public Builder nanoTime(LongSupplier value) {
            draft.nanoTime = Objects.requireNonNull(value, "nanoTime");
            return this;
        }

        /** Sets what stands for the disk; for tests. */
        Builder storage(Storage value) {
            draft.storage = value;
            return this;
        }

        /** Sets what a power cut may take; a calculation is {@linkplain Durability#FORCED forced} before it counts, or not. */
        public Builder durability(Durability value) {
            draft.durability = Objects.requireNonNull(value, "durability");
            return this;
        }

        /**
         * Sets whether to take up where earlier runs in the directory ended. If not, everything is calculated anew, and
         * the old journal is kept beside the new one as {@code progress-N.jsonl}.
         */
        public Builder resume(boolean value) {
            draft.resume = value;
            return this;
        }

        /** Sets whether results made with other settings are calculated again; if not, they make the run be refused. */
        public Builder rerunStale(boolean value) {
            draft.rerunStale = value;
            return this;
        }

        /** Sets how many calculations are done side by side. */
        public Builder parallel(int number) {
            draft.parallel = Require.atLeastOne(number, "parallel");
            return this;
        }

        /** Sets how often the status is refreshed at least. */
        public Builder heartbeat(Duration value) {
            draft.heartbeat = Require.positive(value, "heartbeat");
            return this;
        }

        /** Sets how long a calculation, or each program that it launches, may take. */
        public Builder timeout(Duration value) {
            draft.timeout = Optional.of(Require.positive(value, "timeout"));
            return this;
        }

        /** Sets how long the output of a launched program may stay as long as it is. */
        public Builder stall(Duration value) {
            draft.stall = Optional.of(Require.positive(value, "stall"));
            return this;
        }

        /** Sets how much memory is there for each calculation alone, in jobs of a cluster; 0: they share the machine's. */
        public Builder memoryBytesEach(long value) {
            draft.memoryBytesEach = Require.notNegative(value, "memoryBytesEach");
            return this;
        }

        /** Sets how much space the disk of the run directory must have free; with less, the run pauses. */
        public Builder minFreeBytes(long value) {
            draft.minFreeBytes = Require.notNegative(value, "minFreeBytes");
            return this;
        }

        /**
         * Sets JSON values to be kept in {@code benchmark.json}: the data set, versions.
         *
         * @throws IllegalArgumentException naming the place, when one has no JSON form
         */
        public Builder description(Map<String, ?> value) {
            draft.description = Json.normalise(Objects.requireNonNull(value, "description"));
            return this;
        }

        /** Returns a runner with the present values; what is set later does not concern it. */
        public BenchmarkRunner build() {
            return new BenchmarkRunner(draft.settings());
        }
    }
}
