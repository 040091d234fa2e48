package io.github.qmbench.core;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
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
 * <p>Immutable but for a requested stop; {@link #requestStop} may be called from any thread. A runner runs once.
 */
public final class BenchmarkRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);
    private static final DateTimeFormatter RUN_ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Builder settings;
    private final RunDirectory directory;
    private volatile StopRequest requested = StopRequest.NONE;
    private volatile boolean begun;

    private BenchmarkRunner(Builder settings) {
        this.settings = settings;
        this.directory = settings.directory;
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
        return new Builder(directory, matrix, backend);
    }

    /**
     * Says what {@link #run} would do. Reads the journal and changes nothing; may be called while a run goes on.
     *
     * @throws JournalDamagedException when the journal is not what was written
     */
    public RunPlan plan() throws IOException {
        return new RunPlan(
                ResumePoint.read(directory, settings.matrix, settings.backend, EtaEstimator.rollingMean()),
                directory,
                settings.backend);
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
        createDirectory();
        Instant now = now();
        RunnerIdentity runner = RunnerIdentity.ofThisProcess();
        OrderedListeners listener = new OrderedListeners(settings.listeners);
        StopSignal stop =
                StopSignal.anyOf(StopSignal.marker(directory.stopMarker()), settings.stopSignal, () -> requested);
        EtaEstimator eta = settings.etaEstimator();
        try (RunLock lock = RunLock.take(directory, runner, now)) {
            if (!settings.resume) {
                archiveJournal();
            }
            ResumePoint point = ResumePoint.read(directory, settings.matrix, settings.backend, eta);
            refuseStale(point);
            reportJournal(point, listener);
            String runId = newRunId(now);
            List<AttemptLog.Begun> interrupted = new ArrayList<>(AttemptLog.left(directory, listener::notice));
            List<AttemptLog.Begun> continued = takeContinued(interrupted, point, listener);
            endLeftOvers(interrupted, listener);
            try (RunJournal journal =
                    RunJournal.open(directory.journal(), point.extent(), settings.storage, settings.durability)) {
                recordInterrupted(interrupted, point, journal, now, listener);
                if (stop.clear()) {
                    listener.notice("cleared a STOP that was left from before this run");
                }
                writeDescription(now);
                try (AttemptLog attempts =
                                AttemptLog.create(directory, lock, continued, settings.launcher.reattaches());
                        DiskSpace disk = DiskSpace.watch(directory, settings.minFreeBytes)) {
                    RunLoop loop = new RunLoop(
                            settings,
                            new RunLoop.Surroundings(runId, now, runner, lock, stop, listener, journal, attempts, disk),
                            point);
                    return loop.run();
                }
            }
        }
    }

    private Instant now() {
        return settings.clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String newRunId(Instant now) {
        return RUN_ID_TIME.format(now) + "-" + String.format("%06x", new SecureRandom().nextInt(1 << 24));
    }

    private void createDirectory() throws IOException {
        Path path = directory.path();
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new IOException("cannot make the run directory " + path + ": " + reason(e), e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException("cannot write in the run directory " + path);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof java.nio.file.FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file";
        }
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    private void archiveJournal() throws IOException {
        if (Files.exists(directory.journal())) {
            Path archive;
            int number = 1;
            do {
                archive = directory.path().resolve("progress-" + number++ + ".jsonl");
            } while (Files.exists(archive));
            settings.storage.rename(directory.journal(), archive);
        }
    }

    private void refuseStale(ResumePoint point) throws IOException {
        Optional<ResumePoint.Stale> example = point.firstStale(directory, settings.backend);
        if (example.isPresent() && !settings.rerunStale) {
            throw new StaleResultsException(
                    directory,
                    point.count(ResumePoint.Standing.STALE),
                    example.get().calculation(),
                    example.get().was(),
                    example.get().is());
        }
        point.calculateStaleAgain();
    }

    private void reportJournal(ResumePoint point, RunListener listener) {
        if (point.extent().tornBytes() > 0) {
            listener.notice("dropped a torn last line of " + directory.journal() + " ("
                    + point.extent().tornBytes() + " bytes): its calculation was not finished and runs again");
        }
        for (String duplicate : point.duplicates()) {
            listener.notice("the journal has more than one record of " + duplicate + "; the first counts");
        }
    }

    /** Takes those attempts out of the interrupted ones whose programs go on without their runner. */
    private List<AttemptLog.Begun> takeContinued(
            List<AttemptLog.Begun> interrupted, ResumePoint point, RunListener listener) {
        List<AttemptLog.Begun> continued = new ArrayList<>();
        if (settings.launcher.reattaches() && settings.resume) {
            for (AttemptLog.Begun begun : interrupted) {
                int index = settings.matrix.indexOf(begun.calculation());
                if (index >= 0 && !begun.programs().isEmpty() && begun.number() == point.attempts(index) + 1) {
                    continued.add(begun);
                    listener.notice("taking up attempt " + begun.number() + " at " + begun.calculation()
                            + " where the runner before left it");
                }
            }
            interrupted.removeAll(continued);
        }
        return continued;
    }

    private void endLeftOvers(Collection<AttemptLog.Begun> interrupted, RunListener listener) {
        for (AttemptLog.Begun begun : interrupted) {
            for (AttemptLog.Program program : begun.programs()) {
                if (!program.ended() && settings.launcher.endLeftOver(program.process())) {
                    listener.notice("ended what a runner that died had left of " + begun.calculation());
                }
            }
        }
    }

    private void recordInterrupted(
            Collection<AttemptLog.Begun> interrupted,
            ResumePoint point,
            RunJournal journal,
            Instant now,
            RunListener listener)
            throws IOException {
        for (AttemptLog.Begun begun : interrupted) {
            int index = settings.matrix.indexOf(begun.calculation());
            if (index >= 0 && begun.number() > point.attempts(index)) {
                Instant end = lastSignOf(begun, now);
                journal.append(new JournalRecord(
                        begun.calculation(),
                        new Attempt(
                                begun.number(),
                                begun.runId(),
                                begun.startedAt(),
                                end,
                                Duration.between(begun.startedAt(), end)),
                        new CalculationOutcome(Map.of(), CalculationState.INTERRUPTED),
                        settings.backend.fingerprint(begun.calculation())));
                point.setAttempts(index, begun.number());
                listener.notice(begun.calculation() + " was interrupted in attempt " + begun.number()
                        + (point.standing(index) == ResumePoint.Standing.DONE ? "" : " and runs again"));
            }
        }
    }

    /** When an attempt ended that its runner did not live to see the end of: when that was last heard of, if known. */
    private Instant lastSignOf(AttemptLog.Begun begun, Instant now) {
        Instant last = now;
        try {
            last = new StatusReader(directory)
                    .read()
                    .map(RunStatus::run)
                    .filter(run -> run.id().equals(begun.runId()))
                    .map(RunStatus.Run::updatedAt)
                    .orElse(now);
        } catch (IOException e) {
            LOG.info("the status does not tell when {} was interrupted: {}", begun.calculation(), e.getMessage());
        }
        return last.isBefore(begun.startedAt()) ? begun.startedAt() : last;
    }

    private void writeDescription(Instant now) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema_version", 1L);
        json.put("written_at", now.toString());
        json.put("backend", settings.backend.name());
        json.putAll(settings.description);
        json.put("settings", Json.normalise(settings.backend.description()));
        json.put("axes", settings.matrix.axes());
        json.put("total_tasks", settings.matrix.size());
        json.put("subjects", settings.matrix.subjects());
        settings.storage.replace(directory.description(), out -> Json.writePretty(json, out));
    }

    /** Builds a {@link BenchmarkRunner}; its defaults are listed at {@link BenchmarkRunner#builder}. */
    public static final class Builder {
        final RunDirectory directory;
        final CalculationMatrix matrix;
        final CalculationBackend backend;
        ProcessLauncher launcher = ProcessLauncher.local();
        FailurePolicy failurePolicy =
                FailurePolicy.pauseAfterFailedFraction(0.1).or(FailurePolicy.pauseAfterMachineFailures(3));
        StopSignal stopSignal = () -> StopRequest.NONE;
        private @Nullable EtaEstimator etaEstimator; // null: a new one for each runner
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

        private Builder(Builder other) {
            directory = other.directory;
            matrix = other.matrix;
            backend = other.backend;
            launcher = other.launcher;
            failurePolicy = other.failurePolicy;
            stopSignal = other.stopSignal;
            etaEstimator = other.etaEstimator != null
                    ? other.etaEstimator
                    : other.hint().map(EtaEstimator::sizeModel).orElseGet(EtaEstimator::rollingMean);
            order = other.order;
            deadline = other.deadline;
            listeners.addAll(other.listeners);
            clock = other.clock;
            nanoTime = other.nanoTime;
            storage = other.storage;
            durability = other.durability;
            resume = other.resume;
            rerunStale = other.rerunStale;
            parallel = other.parallel;
            heartbeat = other.heartbeat;
            timeout = other.timeout;
            stall = other.stall;
            minFreeBytes = other.minFreeBytes;
            memoryBytesEach = other.memoryBytesEach;
            description = other.description;
        }

        private Builder(Path directory, CalculationMatrix matrix, CalculationBackend backend) {
            this.directory = RunDirectory.of(directory);
            this.matrix = Objects.requireNonNull(matrix, "matrix");
            this.backend = Objects.requireNonNull(backend, "backend");
        }

        /** The estimator of a runner, for which it has been set or made. */
        EtaEstimator etaEstimator() {
            return Objects.requireNonNull(etaEstimator, "etaEstimator");
        }

        /** Sets where programs are started. */
        public Builder launcher(ProcessLauncher value) {
            launcher = Objects.requireNonNull(value, "launcher");
            return this;
        }

        /** Sets when failures pause the run. */
        public Builder failurePolicy(FailurePolicy value) {
            failurePolicy = Objects.requireNonNull(value, "failurePolicy");
            return this;
        }

        /** Adds a signal beside the STOP marker of the directory and {@link BenchmarkRunner#requestStop}. */
        public Builder stopSignal(StopSignal value) {
            stopSignal = Objects.requireNonNull(value, "stopSignal");
            return this;
        }

        /** What the backend tells of costs; nothing when it does not, or cannot for this matrix. */
        Optional<CostHint> hint() {
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

        /** The order in which calculations start. */
        StartOrder startOrder() {
            return order.orElse(parallel > 1 ? StartOrder.LONGEST_FIRST : StartOrder.FILE);
        }

        /**
         * Sets the order in which calculations start. Otherwise those that should take longest come first when several run
         * side by side, and the order of the matrix is kept when they do not.
         */
        public Builder order(StartOrder value) {
            order = Optional.of(Objects.requireNonNull(value, "order"));
            return this;
        }

        /**
         * Sets when the run should be over: nothing starts that would not end before, and when nothing is left that would,
         * the run ends as stopped with that reason. As long as nothing is known of times, calculations start.
         */
        public Builder deadline(Instant value) {
            deadline = Optional.of(Objects.requireNonNull(value, "deadline"));
            return this;
        }

        /**
         * Sets how the time left is estimated; an estimator is for one run. Otherwise it is the {@linkplain
         * EtaEstimator#sizeModel model of sizes} when the backend has a {@link CostHint}, and the rolling mean when not.
         */
        public Builder etaEstimator(EtaEstimator value) {
            etaEstimator = Objects.requireNonNull(value, "etaEstimator");
            return this;
        }

        /** Adds a listener. */
        public Builder listener(RunListener value) {
            listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /** Sets where time stamps come from; the clock of the machine by default. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Sets where durations come from, in nanoseconds: {@link System#nanoTime} by default, which nobody sets back. For
         * tests of what depends on time; it must never go backwards.
         */
        public Builder nanoTime(LongSupplier value) {
            nanoTime = Objects.requireNonNull(value, "nanoTime");
            return this;
        }

        /** Sets what stands for the disk; for tests. */
        Builder storage(Storage value) {
            storage = value;
            return this;
        }

        /** Sets what a power cut may take; a calculation is {@linkplain Durability#FORCED forced} before it counts, or not. */
        public Builder durability(Durability value) {
            durability = Objects.requireNonNull(value, "durability");
            return this;
        }

        /**
         * Sets whether to take up where earlier runs in the directory ended. If not, everything is calculated anew, and
         * the old journal is kept beside the new one as {@code progress-N.jsonl}.
         */
        public Builder resume(boolean value) {
            resume = value;
            return this;
        }

        /** Sets whether results made with other settings are calculated again; if not, they make the run be refused. */
        public Builder rerunStale(boolean value) {
            rerunStale = value;
            return this;
        }

        /** Sets how many calculations are done side by side. */
        public Builder parallel(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("parallel must be at least 1 but was " + number);
            }
            parallel = number;
            return this;
        }

        /** Sets how often the status is refreshed at least. */
        public Builder heartbeat(Duration value) {
            heartbeat = requirePositive(value, "heartbeat");
            return this;
        }

        /** Sets how long a calculation, or each program that it launches, may take. */
        public Builder timeout(Duration value) {
            timeout = Optional.of(requirePositive(value, "timeout"));
            return this;
        }

        /** Sets how long the output of a launched program may stay as long as it is. */
        public Builder stall(Duration value) {
            stall = Optional.of(requirePositive(value, "stall"));
            return this;
        }

        /** Sets how much memory is there for each calculation alone, in jobs of a cluster; 0: they share the machine's. */
        public Builder memoryBytesEach(long value) {
            if (value < 0) {
                throw new IllegalArgumentException("memoryBytesEach must not be negative but was " + value);
            }
            memoryBytesEach = value;
            return this;
        }

        /** Sets how much space the disk of the run directory must have free; with less, the run pauses. */
        public Builder minFreeBytes(long value) {
            if (value < 0) {
                throw new IllegalArgumentException("minFreeBytes must not be negative but was " + value);
            }
            minFreeBytes = value;
            return this;
        }

        /**
         * Sets JSON values to be kept in {@code benchmark.json}: the data set, versions.
         *
         * @throws IllegalArgumentException naming the place, when one has no JSON form
         */
        public Builder description(Map<String, ?> value) {
            description = Json.normalise(Objects.requireNonNull(value, "description"));
            return this;
        }

        /** Returns a runner with the present values; what is set later does not concern it. */
        public BenchmarkRunner build() {
            return new BenchmarkRunner(new Builder(this));
        }

        private static Duration requirePositive(Duration value, String what) {
            if (Objects.requireNonNull(value, what).isZero() || value.isNegative()) {
                throw new IllegalArgumentException(what + " must be positive but was " + value);
            }
            if (value.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
                throw new IllegalArgumentException(what + " must be less than 292 years but was " + value);
            }
            return value;
        }
    }
}
