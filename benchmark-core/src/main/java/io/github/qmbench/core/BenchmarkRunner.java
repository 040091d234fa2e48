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
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
 * The runner of a benchmark: it calculates a {@link CalculationMatrix} on a {@link CalculationBackend}. It keeps
 * everything in a run directory, and resumes there however an earlier run ended. The package page has an example.
 *
 * <p>Immutable except for a requested stop; {@link #requestStop} may be called from any thread. A runner runs once.
 */
public final class BenchmarkRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final RunSettings settings;
    private final RequestedStop requested = new RequestedStop();
    private boolean begun; // guarded by this

    private BenchmarkRunner(RunSettings settings) {
        this.settings = settings;
    }

    /** Returns a builder with the defaults. The run resumes; one calculation runs at a time; programs run on this machine.
     * It pauses when more than 10 % of the subjects failed (but never for a single one), after three machine failures in
     * a row, or with too little disk space. After a machine's fault it retries at most twice, after 10 and 20 seconds. The
     * heartbeat is ten seconds, and there are no time limits.
     * @param directory the run directory; created if missing
     * @param matrix the calculations
     * @param backend the program or formula that calculates
     * @return a builder with these defaults */
    public static Builder builder(Path directory, CalculationMatrix matrix, CalculationBackend backend) {
        Objects.requireNonNull(directory, "directory");
        return new Builder(new RunSettings.Draft(RunDirectory.of(directory), matrix, backend));
    }

    /** Returns what {@link #run} would do. Reads the journal and changes nothing; may be called while a run is running.
     * @return the plan, with an action for each calculation
     * @throws IOException when the journal, or that of a {@linkplain Builder#reuseFrom source}, is damaged or unreadable */
    public RunPlan plan() throws IOException {
        return RunPlan.of(settings);
    }

    /** Asks the run to end, as {@link #requestStop(StopRequest, String)} does, without a reason.
     * @param request how urgently; {@link StopRequest#NONE} has no effect */
    public void requestStop(StopRequest request) {
        requested.request(request, "");
    }

    /** Asks the run to end, with a reason. {@link StopRequest#DRAIN} ends it after the running calculations and {@link
     * StopRequest#NOW} at once. {@link StopRequest#LEAVE} leaves the programs that the next run can resume, and waits
     * for all others. A more urgent request replaces a less urgent one; any other has no effect.
     * @param request how urgently; {@link StopRequest#NONE} has no effect
     * @param reason for people; it becomes the {@code state_reason} of the stopped run */
    public void requestStop(StopRequest request, String reason) {
        requested.request(request, Objects.requireNonNull(reason, "reason"));
    }

    /** Runs until everything is calculated, or until a stop, the failure policy, the disk or an error ends the run. Does
     * what {@link #start} and {@link RunHandle#join} do, in the calling thread. An interrupt of the calling thread is
     * like {@link StopRequest#NOW}; its flag is set again on return.
     * @return results and final state; a run that cannot continue is returned as {@link RunState#FAILED}
     * @throws RunDirectoryHeldException when another runner holds the directory; nothing was changed
     * @throws StaleResultsException when there are stale results, see {@link Builder#rerunStale}; nothing was changed
     * @throws JournalDamagedException when the journal is not what was written; nothing was changed
     * @throws SystemNotSupportedException on Windows
     * @throws IOException when the directory cannot be made or written
     * @throws IllegalStateException when this runner has run before */
    public RunOutcome run() throws IOException {
        Opened opened = open();
        try (HeldDirectory held = opened.held()) {
            return opened.loop().run();
        }
    }

    /** Starts the run in threads of its own. On return the directory is locked, the journal is read, and the first status is
     * written. An interrupt of the calling thread does not end the run.
     * @return the handle of the running run
     * @throws IOException as {@link #run}, with the same more special exceptions
     * @throws IllegalStateException when this runner has run before */
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
        boolean interrupted =
                Thread.interrupted(); // an interrupt would close the files that are being read and written
        try {
            return openOnce();
        } catch (ClosedByInterruptException e) {
            interrupted |= Thread.interrupted();
            return openOnce();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Opened openOnce() throws IOException {
        RunStore.createDirectory(settings.directory);
        Instant now = settings.now();
        RunnerIdentity runner = RunnerIdentity.ofThisProcess();
        HeldDirectory held = new HeldDirectory(RunLock.take(settings.directory, runner, now));
        try {
            RunLoop loop = open(held, RunPicture.Run.begin(now, runner));
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

    /**
     * A builder of {@link BenchmarkRunner}; its defaults are listed at {@link BenchmarkRunner#builder}. For one thread.
     */
    public static final class Builder {
        private final RunSettings.Draft draft;

        private Builder(RunSettings.Draft draft) {
            this.draft = draft;
        }

        /** Declares the version of the backend: results of another version are stale, see {@link #rerunStale}. Change it
         * whenever the backend would calculate other numbers. For a backend without a {@linkplain
         * CalculationBackend#fingerprint fingerprint}, such as a lambda; short for {@code fingerprint(Map.of("version",
         * value))}.
         * @param value any text, not blank
         * @return this builder */
        public Builder version(String value) {
            return fingerprint(Map.of("version", Require.text(value, "version")));
        }

        /** Declares by name what else determines the results, in addition to the backend's own {@linkplain
         * CalculationBackend#fingerprint fingerprint}. Results with other values are stale.
         * @param fields name to value; the names differ from those of the backend
         * @return this builder */
        public Builder fingerprint(Map<String, String> fields) {
            draft.fingerprint.putAll(
                    Fingerprint.of(Objects.requireNonNull(fields, "fields")).fields());
            return this;
        }

        /** Declares the type of the results, so that it is checked now and not after the first calculation.
         * @param type the record that {@link CalculationOutcome#complete(Record)} gets
         * @return this builder
         * @throws IllegalArgumentException naming the component that results cannot have, see {@link
         *     CalculationOutcome#complete(Record)} */
        public Builder resultType(Class<? extends Record> type) {
            ResultType.of(Objects.requireNonNull(type, "type"));
            return this;
        }

        /** Sets where programs are started: on this machine by default.
         * @param value this machine, a cluster, or a fake in tests
         * @return this builder */
        public Builder launcher(ProcessLauncher value) {
            draft.launcher = Objects.requireNonNull(value, "launcher");
            return this;
        }

        /** Sets which failures pause the run.
         * @param value asked after each failed calculation
         * @return this builder */
        public Builder failurePolicy(FailurePolicy value) {
            draft.failurePolicy = Objects.requireNonNull(value, "failurePolicy");
            return this;
        }

        /** Sets which failed calculations the same run tries again. The failure policy gets the last attempt only.
         * @param value asked after each failed attempt
         * @return this builder */
        public Builder retryPolicy(RetryPolicy value) {
            draft.retryPolicy = Objects.requireNonNull(value, "retryPolicy");
            return this;
        }

        /** Adds a stop signal. The STOP marker of the directory, {@link BenchmarkRunner#requestStop} and the signals
         * added before still count; the most urgent request wins.
         * @param value asked before every calculation starts
         * @return this builder */
        public Builder stopSignal(StopSignal value) {
            draft.stopSignals.add(Objects.requireNonNull(value, "stopSignal"));
            return this;
        }

        /** Sets the factory of the run's threads: virtual threads, or threads with a logging or tracing context. By
         * default they are platform threads. The thread that calls {@link BenchmarkRunner#start} asks it once for the
         * run and once for each calculation in parallel.
         * @param value may not return null
         * @return this builder */
        public Builder threadFactory(ThreadFactory value) {
            draft.threads = Optional.of(Objects.requireNonNull(value, "threadFactory"));
            return this;
        }

        /** Sets the order in which calculations start. By default the longest come first when several run in parallel,
         * and the order of the matrix is kept otherwise.
         * @param value the longest first, or that of the matrix
         * @return this builder */
        public Builder order(StartOrder value) {
            draft.order = Optional.of(Objects.requireNonNull(value, "order"));
            return this;
        }

        /** Sets the time at which the run should be over. Calculations that would not end before it do not start. When only
         * those are left, the run ends as stopped. As long as no times are known, calculations start.
         * @param value by the {@link #clock}; none by default
         * @return this builder */
        public Builder deadline(Instant value) {
            draft.deadline = Optional.of(Objects.requireNonNull(value, "deadline"));
            return this;
        }

        /** Sets the estimator of the time left. By default it is the {@linkplain EtaEstimator#sizeModel size model} when
         * the backend has a {@link CostHint}, and the rolling mean otherwise.
         * @param value makes an estimator for each runner that is built
         * @return this builder */
        public Builder etaEstimator(Supplier<EtaEstimator> value) {
            draft.estimator = Objects.requireNonNull(value, "etaEstimator");
            return this;
        }

        /** Adds a listener.
         * @param value called by one thread at a time
         * @return this builder */
        public Builder listener(RunListener value) {
            draft.listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /** Sets the source of time stamps and durations; the clock and the timer of the machine by default.
         * @param value settable in tests
         * @return this builder */
        public Builder clock(RunClock value) {
            draft.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Sets what stands for the disk; for tests. */
        Builder storage(Storage value) {
            draft.storage = value;
            return this;
        }

        /** Sets which finished calculations a power cut may lose; none by default.
         * @param value whether a calculation is flushed to disk before it counts
         * @return this builder */
        public Builder durability(Durability value) {
            draft.durability = Objects.requireNonNull(value, "durability");
            return this;
        }

        /** Sets whether to resume earlier runs in the directory; they are by default. Otherwise everything is calculated
         * from scratch, and the old journal is kept as {@code progress-N.jsonl}.
         * @param value false to calculate everything again
         * @return this builder */
        public Builder resume(boolean value) {
            draft.resume = value;
            return this;
        }

        /** Sets whether results made with other settings are calculated again; by default such a run is refused.
         * @param value true to calculate them again
         * @return this builder */
        public Builder rerunStale(boolean value) {
            draft.rerunStale = value;
            return this;
        }

        /** Adds other run directories to reuse results from. The run adopts a calculation that it lacks and that one of
         * them has completed with the same fingerprint, with its {@linkplain Attempt#origin origin}; the first
         * directory wins. Failures are not adopted, and nothing is copied but the record. A run may be running in a
         * source.
         * @param directories with a journal each
         * @return this builder
         * @throws IllegalArgumentException when one is missing, has no journal, or is the directory of this run */
        public Builder reuseFrom(Path... directories) {
            for (Path other : Objects.requireNonNull(directories, "directories")) {
                draft.reuseFrom.add(ReuseSource.of(Objects.requireNonNull(other, "directories"), draft.directory));
            }
            return this;
        }

        /** Sets how many calculations run in parallel; 1 by default.
         * @param number at least 1
         * @return this builder */
        public Builder parallel(int number) {
            draft.parallel = Require.atLeastOne(number, "parallel");
            return this;
        }

        /** Sets how often the status is written at least; every 10 seconds by default.
         * @param value positive
         * @return this builder */
        public Builder heartbeat(Duration value) {
            draft.heartbeat = Require.positive(value, "heartbeat");
            return this;
        }

        /** Sets the time limit of a calculation, and of each program that it launches; none by default.
         * @param value positive
         * @return this builder */
        public Builder timeout(Duration value) {
            draft.timeout = Optional.of(Require.positive(value, "timeout"));
            return this;
        }

        /** Sets for how long the output of a launched program may stop growing; without limit by default.
         * @param value positive
         * @return this builder */
        public Builder stall(Duration value) {
            draft.stall = Optional.of(Require.positive(value, "stall"));
            return this;
        }

        /** Sets the memory of each calculation alone, for jobs of a cluster.
         * @param value in bytes; 0, the default: they share the machine's
         * @return this builder */
        public Builder memoryBytesEach(long value) {
            draft.memoryBytesEach = Require.notNegative(value, "memoryBytesEach");
            return this;
        }

        /** Sets whether the run learns the memory of a calculation from completed ones, once three are known.
         * @param on off by default
         * @return this builder */
        public Builder learnMemory(boolean on) {
            draft.learnsMemory = on;
            return this;
        }

        /** Sets the free space on the disk of the run directory below which the run pauses.
         * @param value in bytes; 0, the default, for no check
         * @return this builder */
        public Builder minFreeBytes(long value) {
            draft.minFreeBytes = Require.notNegative(value, "minFreeBytes");
            return this;
        }

        /** Sets JSON values to be kept in {@code benchmark.json}: the data set, versions.
         * @param value by name, without NaN and infinity
         * @return this builder
         * @throws IllegalArgumentException naming the place, when one has no JSON form */
        public Builder description(Map<String, ?> value) {
            draft.description = Json.normalise(Objects.requireNonNull(value, "description"));
            return this;
        }

        /** Returns a runner with the present settings; later changes of the builder do not concern it.
         * @return a runner that has not started
         * @throws IllegalStateException when the backend's fingerprint has a field that was declared here, or when results
         *     are to be {@linkplain #reuseFrom reused} without a fingerprint, or by a run that does not resume */
        public BenchmarkRunner build() {
            RunSettings settings = draft.settings();
            if (!draft.fingerprint.isEmpty() && settings.matrix.size() > 0) {
                settings.backend.fingerprint(settings.matrix.get(0));
            }
            return new BenchmarkRunner(settings);
        }
    }
}
