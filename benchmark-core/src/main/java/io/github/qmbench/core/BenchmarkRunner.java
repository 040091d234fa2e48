package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.internal.HostSystem;
import io.github.qmbench.core.internal.Require;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * <p>Immutable except for a requested stop; {@link #requestStop} may be called from any thread. A runner runs once.
 */
public final class BenchmarkRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private static final DateTimeFormatter RUN_ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final RunSettings settings;
    private final RequestedStop requested = new RequestedStop();
    private boolean begun; // guarded by this

    private BenchmarkRunner(RunSettings settings) {
        this.settings = settings;
    }

    /**
     * Begins a runner with the defaults: resume, one calculation at a time, pause when more than 10 % of the subjects
     * failed (but never for a single one), three machine failures in a row or too little disk space, at most two retries
     * after a machine's fault, after 10 and 20 seconds, a heartbeat of ten seconds, no time limits, programs on this
     * machine.
     *
     * @param directory where the run keeps its files; made if missing
     * @param matrix what to calculate
     * @param backend how
     */
    public static Builder builder(Path directory, CalculationMatrix matrix, CalculationBackend backend) {
        Objects.requireNonNull(directory, "directory");
        return new Builder(new RunSettings.Draft(RunDirectory.of(directory), matrix, backend));
    }

    /**
     * Says what {@link #run} would do. Reads the journal and changes nothing; may be called while a run goes on.
     *
     * @throws JournalDamagedException when the journal, or that of a {@linkplain Builder#reuseFrom source}, is damaged
     */
    public RunPlan plan() throws IOException {
        return RunPlan.of(settings);
    }

    /** Asks the run to end, as {@link #requestStop(StopRequest, String)} does, without a reason. */
    public void requestStop(StopRequest request) {
        requested.request(request, "");
    }

    /**
     * Asks the run to end: with {@link StopRequest#DRAIN} after the running calculations, with {@link StopRequest#NOW} at
     * once; with {@link StopRequest#LEAVE} at once for programs that the next run takes up, and after all others. A more
     * urgent request replaces a less urgent one; any other has no effect.
     *
     * @param reason for people; it becomes the {@code state_reason} of the stopped run
     */
    public void requestStop(StopRequest request, String reason) {
        requested.request(request, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Runs until everything is calculated, or a stop, the failure policy, the disk or an error ends the run. Does what {@link
     * #start} and {@link RunHandle#join} do, but looks after the run in the calling thread. An interrupt of the calling thread is like {@link StopRequest#NOW}; its flag is set again
     * on return.
     *
     * @return results and final state; a run that cannot go on is returned as {@link RunState#FAILED}
     * @throws RunDirectoryHeldException when another runner holds the directory; nothing was changed
     * @throws StaleResultsException when results of other settings are there and {@link Builder#rerunStale} is off;
     *     nothing was changed
     * @throws JournalDamagedException when the journal is not what was written; nothing was changed
     * @throws SystemNotSupportedException on Windows
     * @throws IOException when the directory cannot be made or written
     * @throws IllegalStateException when this runner has run before
     */
    public RunOutcome run() throws IOException {
        Opened opened = open();
        try (HeldDirectory held = opened.held()) {
            return opened.loop().run();
        }
    }

    /**
     * Starts the run in threads of its own. On return the directory is locked, the journal is read, and the first status is
     * written.
     *
     * @throws RunDirectoryHeldException when another runner holds the directory; nothing was changed
     * @throws StaleResultsException when results of other settings are there and {@link Builder#rerunStale} is off;
     *     nothing was changed
     * @throws JournalDamagedException when the journal is not what was written; nothing was changed
     * @throws SystemNotSupportedException on Windows
     * @throws IOException when the directory cannot be made or written
     * @throws IllegalStateException when this runner has run before
     */
    public RunHandle start() throws IOException {
        Opened opened = open();
        RunHandle handle = new RunHandle(opened.loop(), requested);
        try {
            settings.newThread(() -> runToTheEnd(opened, handle), "qmbench-run").start();
        } catch (OutOfMemoryError noThread) {
            opened.loop().fail("the machine has no thread left: " + noThread.getMessage());
            runToTheEnd(opened, handle); // which only writes that it failed
        } catch (RuntimeException | Error e) {
            opened.held().closeAfter(e);
            throw e;
        }
        return handle;
    }

    /** A run that is ready: its directory is locked and its first status written. */
    private record Opened(RunLoop loop, HeldDirectory held) {}

    private Opened open() throws IOException {
        synchronized (this) {
            if (begun) {
                throw new IllegalStateException("a runner runs once; build another one");
            }
            begun = true;
        }
        HostSystem.requireRuns();
        RunStore.createDirectory(settings.directory);
        Instant now = settings.now();
        RunnerIdentity runner = RunnerIdentity.ofThisProcess();
        HeldDirectory held = new HeldDirectory(RunLock.take(settings.directory, runner, now));
        try {
            RunLoop loop = open(held, new RunPicture.Run(newRunId(now), now, runner));
            loop.begin();
            return new Opened(loop, held);
        } catch (IOException | RuntimeException | Error e) {
            held.closeAfter(e);
            throw e;
        }
    }

    private RunLoop open(HeldDirectory held, RunPicture.Run run) throws IOException {
        RunDirectory directory = settings.directory;
        OrderedListeners listeners = new OrderedListeners(settings.listeners);
        List<StopSignal> signals = new ArrayList<>(List.of(StopSignal.marker(directory), requested));
        signals.addAll(settings.stopSignals);
        StopSignal stop = StopSignal.anyOf(signals.toArray(StopSignal[]::new));
        if (!settings.resume) {
            RunStore.archiveJournal(directory, settings.storage);
        }
        PreviousRun before = PreviousRun.read(settings, listeners);
        RunStore.Options options = new RunStore.Options(
                settings.storage, settings.durability, settings.launcher.reattaches(), settings.minFreeBytes);
        RunStore store =
                RunStore.open(directory, held.lock, options, before.point().extent(), before.begun());
        held.add(store);
        before.settle(store, run.id(), run.startedAt(), listeners);
        if (stop.clear()) {
            listeners.notice("removed a STOP file that was left from an earlier run");
        }
        store.describe(new RunDescription(
                run.startedAt(),
                settings.backend.name(),
                settings.description,
                Json.normalise(settings.backend.description()),
                settings.matrix));
        return new RunLoop(settings, run, stop, listeners, store, before.point());
    }

    private static void runToTheEnd(Opened opened, RunHandle handle) {
        try {
            RunOutcome outcome;
            try (HeldDirectory held = opened.held()) {
                outcome = opened.loop().run();
            }
            handle.ended(outcome);
        } catch (Throwable fault) { // whatever it is, those who wait for the run must hear of it
            LOG.error("the run broke down", fault);
            handle.broken(fault);
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

        /**
         * Declares the version of the backend: results of another version are stale, see {@link #rerunStale}. Change it
         * whenever the backend would calculate other numbers. For a backend whose {@linkplain
         * CalculationBackend#fingerprint fingerprint} does not say so, such as a lambda; short for {@code
         * fingerprint(Map.of("version", value))}.
         */
        public Builder version(String value) {
            return fingerprint(Map.of("version", Require.text(value, "version")));
        }

        /**
         * Declares what else determines the results, by name, in addition to the backend's own {@linkplain
         * CalculationBackend#fingerprint fingerprint}. Results of other values are stale.
         */
        public Builder fingerprint(Map<String, String> fields) {
            draft.fingerprint.putAll(
                    Fingerprint.of(Objects.requireNonNull(fields, "fields")).fields());
            return this;
        }

        /**
         * Announces the type of the results, so that it is checked now and not after the first calculation.
         *
         * @throws IllegalArgumentException naming the component that results cannot have, see {@link
         *     CalculationOutcome#complete(Record)}
         */
        public Builder resultType(Class<? extends Record> type) {
            ResultType.of(Objects.requireNonNull(type, "type"));
            return this;
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

        /** Sets which failed calculations the same run tries again; the failure policy hears of the last attempt only. */
        public Builder retryPolicy(RetryPolicy value) {
            draft.retryPolicy = Objects.requireNonNull(value, "retryPolicy");
            return this;
        }

        /**
         * Adds a signal to the STOP marker of the directory, {@link BenchmarkRunner#requestStop} and those added before; the
         * most urgent of them counts.
         */
        public Builder stopSignal(StopSignal value) {
            draft.stopSignals.add(Objects.requireNonNull(value, "stopSignal"));
            return this;
        }

        /**
         * Sets what makes the threads of the run: virtual threads, or threads with a logging or tracing context. It is asked
         * by the thread that calls {@link BenchmarkRunner#start}, once for the run and once for each calculation in
         * parallel. By default they are platform threads.
         */
        public Builder threadFactory(ThreadFactory value) {
            draft.threads = Optional.of(Objects.requireNonNull(value, "threadFactory"));
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
         * Sets what makes the estimator of the time left, one for each runner that is built. Otherwise it is the {@linkplain
         * EtaEstimator#sizeModel model of sizes} when the backend has a {@link CostHint}, and the rolling mean when not.
         */
        public Builder etaEstimator(Supplier<EtaEstimator> value) {
            draft.estimator = Objects.requireNonNull(value, "etaEstimator");
            return this;
        }

        /** Adds a listener. */
        public Builder listener(RunListener value) {
            draft.listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /** Sets where time stamps and durations come from; the clock and the timer of the machine by default. */
        public Builder clock(RunClock value) {
            draft.clock = Objects.requireNonNull(value, "clock");
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

        /**
         * Adds other run directories. What they have completed with this run's fingerprint, and this run has not, is adopted
         * with its {@linkplain Attempt#origin origin}; where several have it, the first. Failures are not, and nothing is
         * copied but the record. A source may have a run at the moment.
         *
         * @throws IllegalArgumentException when one is missing, has no journal, or is the directory of this run
         */
        public Builder reuseFrom(Path... directories) {
            for (Path other : Objects.requireNonNull(directories, "directories")) {
                draft.reuseFrom.add(ReuseSource.of(Objects.requireNonNull(other, "directories"), draft.directory));
            }
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

        /** Sets whether a calculation gets the memory that completed ones say it needs, once three are known. */
        public Builder learnMemory(boolean on) {
            draft.learnsMemory = on;
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

        /**
         * Returns a runner with the present values; what is set later does not concern it.
         *
         * @throws IllegalStateException when the backend's fingerprint has a field that was declared here, or when results
         *     are to be {@linkplain #reuseFrom reused} without a fingerprint, or by a run that does not resume
         */
        public BenchmarkRunner build() {
            RunSettings settings = draft.settings();
            if (!draft.fingerprint.isEmpty() && settings.matrix.size() > 0) {
                settings.backend.fingerprint(settings.matrix.get(0));
            }
            return new BenchmarkRunner(settings);
        }
    }
}
