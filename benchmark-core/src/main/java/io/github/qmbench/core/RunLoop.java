package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.LiveStatus;
import io.github.qmbench.core.internal.MachineFault;
import io.github.qmbench.core.internal.RecordTooLargeException;
import io.github.qmbench.core.internal.RunStore;
import io.github.qmbench.core.internal.ThrownFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of a run: which calculation starts next, what becomes of one that ends, and when the run is over.
 *
 * <p>Workers, as many as calculations may run in parallel, take a calculation with {@link #next}, do it, and bring it back
 * with {@link #end}. The thread of the run looks a few times a second, in {@link #tick},
 * whether it should stop now, whether a calculation's time is over, and whether the status wants writing.
 *
 * <p>What the run counts is in {@link RunTally}, under its lock. The disk, the backend, the estimator, the failure policy,
 * the launcher and the listeners are used without that lock, so none of them can hold up the others.
 *
 * <p>The order that makes finished work safe: the journal's line is flushed to disk, then the counts change, then the
 * status is written.
 */
final class RunLoop {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private static final long FLUSH_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * How long calculations may take to end after they were told to, or their programs if these have a longer grace, and how
     * long killing may take after that; then they are left behind.
     */
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

    private static final Duration KILL_GRACE = Duration.ofSeconds(5);

    private final RunSettings settings;
    private final RunPicture.Run run;
    private final StopSignal stop;
    private final RunStore store;
    private final OrderedListeners listeners;
    private final JournalIndex point;
    private final RunTally tally;
    private final StartQueue queue;
    private final TimeEstimates estimates;
    private final StartChoice starts;
    private final RunPicture pictures;
    private final LiveStatus status;
    private final AttemptContext.Shared shared;
    private final Object policyLock = new Object(); // a policy is asked by one thread at a time
    private final Retries retries;

    private final List<Thread> workers = new ArrayList<>();
    private @Nullable RunStatus first;

    // Used by the thread of the run alone.
    private boolean stopNoticed;
    private boolean cancelling;
    private long cancelledAt;
    private long flushedAt;

    RunLoop(
            RunSettings settings,
            RunPicture.Run run,
            StopSignal stop,
            OrderedListeners listeners,
            RunStore store,
            JournalIndex point) {
        this.settings = settings;
        this.run = run;
        this.stop = stop;
        this.listeners = listeners;
        this.store = store;
        this.point = point;
        this.retries = new Retries(settings.retryPolicy);
        this.estimates = new TimeEstimates(settings.estimator, settings.memory);
        this.queue = new StartQueue(settings.matrix, point, settings.hint, settings.order, estimates::expected);
        this.tally = new RunTally(settings.matrix, point, !settings.listeners.isEmpty());
        this.starts = new StartChoice(settings, stop, store, tally, queue, estimates);
        this.pictures = new RunPicture(settings, run, tally, queue, estimates);
        this.status = store.status(pictures::now, settings.heartbeat, settings.nanoTime);
        this.shared = new AttemptContext.Shared(
                settings, store, listeners, estimates::memory, this::isDraining, this::isLeaving, status::changed);
        this.flushedAt = settings.nanoTime.getAsLong();
    }

    /** Writes the first status and makes the workers; called by the thread that starts the run. */
    void begin() throws IOException {
        first = status.writeFirst();
        for (int i = 1; i <= Math.min(settings.parallel, Math.max(1, tally.incomplete())); i++) {
            Thread worker = settings.newThread(this::work, "qmbench-worker-" + i);
            worker.setDaemon(true); // one that does not end when it is told to does not keep the process alive
            workers.add(worker);
        }
    }

    /** Lets nothing start, because the run cannot begin. */
    void fail(String why) {
        tally.end(RunState.FAILED, why);
    }

    /** The status at this moment. */
    RunStatus status() {
        return pictures.now();
    }

    /** Runs to the end. */
    RunOutcome run() {
        boolean interrupted = Thread.interrupted();
        if (interrupted) { // then nothing starts
            tally.stop(Optional.of("the thread of the run was interrupted"));
        }
        listeners.runStarted(Objects.requireNonNull(first, "begin comes before run"));
        startWorkers();
        for (Thread worker : workers) {
            while (worker.isAlive() && !isGraceOver()) {
                try {
                    worker.join(LiveStatus.TICK_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    tally.stop(Optional.of("the thread of the run was interrupted"));
                    cancelAll("the thread of the run was interrupted");
                }
                lookAround();
            }
        }
        RunOutcome outcome = finish();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }

    private void startWorkers() {
        int started = 0;
        try {
            for (Thread worker : workers) {
                worker.start();
                started++;
            }
        } catch (OutOfMemoryError noThread) {
            workers.subList(started, workers.size()).clear();
            String why = "the machine has no thread left: " + noThread.getMessage();
            if (started == 0) {
                tally.end(RunState.FAILED, why);
            } else {
                listeners.notice(why + "; " + started + " calculations run in parallel, not " + settings.parallel);
            }
        }
    }

    /** A tick; a plug that throws in it (a stop signal) ends the run in an orderly way. */
    private void lookAround() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            LOG.error("cannot look after the run", e);
            tally.end(RunState.FAILED, "a fault of the runner itself: " + e);
            cancelAll("the runner failed");
        }
    }

    private void work() {
        try {
            for (RunningTask task = next(); task != null; task = next()) {
                end(task, attempt(task));
            }
        } catch (RuntimeException | Error e) {
            LOG.error("a worker of the run failed", e);
            tally.end(RunState.FAILED, "a fault of the runner itself: " + e);
        }
    }

    /**
     * Takes the next calculation to be done, or returns null when this worker has nothing more to do.
     *
     * <p>This is the one place where calculations start.
     */
    private @Nullable RunningTask next() {
        int index = starts.next();
        if (index < 0) {
            return null;
        }
        RunningTask task = newTask(index);
        Calculation calculation = task.calculation();
        int number = task.number();
        if (!tally.begin(task, () -> listeners.inLine(told -> told.calculationStarted(calculation, number)))) {
            return null;
        }
        status.changed();
        status.writeIfDue();
        listeners.tellLine();
        return task;
    }

    private RunningTask newTask(int index) {
        Calculation calculation = settings.matrix.get(index);
        Instant now = settings.now();
        long nanos = settings.nanoTime.getAsLong();
        RunningTask.Start start = store.continued(calculation)
                .map(begun -> RunningTask.Start.earlier(begun, now, nanos))
                .orElseGet(() -> RunningTask.Start.now(now, nanos));
        return new RunningTask(run.id(), index, calculation, tally.nextAttempt(index), start, Thread.currentThread());
    }

    /** Does the calculation; whatever happens in it becomes an outcome. */
    private CalculationOutcome attempt(RunningTask task) {
        try (AttemptContext context = new AttemptContext(task, shared)) {
            CalculationOutcome outcome = calculate(task, context);
            task.launcherTrouble().ifPresent(why -> tally.end(RunState.FAILED, why));
            return task.judge(outcome, this::isDraining);
        } finally {
            Thread.interrupted(); // an interrupt was meant for the calculation, not for the worker
        }
    }

    private CalculationOutcome calculate(RunningTask task, AttemptContext context) {
        try {
            if (task.cancellation().isCancelled()) {
                return CalculationOutcome.cancelled(); // between being taken and being begun
            }
            task.setFingerprint(settings.backend.fingerprint(task.calculation()));
            CalculationOutcome outcome = settings.backend.calculate(task.calculation(), context);
            return outcome != null
                    ? outcome
                    : CalculationOutcome.failed(CalculationFailure.EXCEPTION)
                            .because("the backend returned null instead of an outcome");
        } catch (BackendUnusableException e) {
            LOG.error("the backend cannot continue", e);
            tally.end(RunState.FAILED, "the backend cannot continue: " + ThrownFailure.sentence(e));
            return CalculationOutcome.cancelled();
        } catch (InterruptedException e) {
            return CalculationOutcome.cancelled();
        } catch (InternalError | UnknownError e) {
            throw e; // Java itself is broken: nothing that it calculates can be trusted
        } catch (Throwable e) { // whatever else it is, it is this calculation's and not the run's
            LOG.debug("{} threw", task.calculation(), e);
            return CalculationOutcome.failed(ThrownFailure.of(e));
        }
    }

    /** Brings a calculation back: writes its line, then counts it, then asks the failure policy. */
    private void end(RunningTask task, CalculationOutcome outcome) {
        if (!tally.takeBack(task, outcome)) {
            status.changed();
            return;
        }
        try {
            record(task, store.blameDisk(outcome));
        } catch (RecordTooLargeException e) {
            record(task, e.outcome());
        } finally {
            tally.recorded();
        }
    }

    private void record(RunningTask task, CalculationOutcome ended) {
        Optional<Duration> retryAfter = retryAfter(task, ended);
        CalculationOutcome outcome = retryAfter.isPresent() ? Retries.retrying(ended) : ended;
        JournalRecord record = task.record(outcome, settings.clock.instant(), settings.nanoTime.getAsLong());
        RunStore.Recorded recorded;
        try {
            recorded = store.record(record);
        } catch (IOException e) {
            LOG.error("cannot record how {} ended", task.calculation(), e);
            tally.forget(task);
            cannotWriteJournal(e);
            return;
        }
        if (recorded.intoReserve()) {
            tally.end(RunState.PAUSED, "the disk of the run directory is full");
        }
        if (record.isComplete()) {
            estimates.completed(task.calculation(), record.attempt());
        }
        tally.count(
                        task,
                        record,
                        recorded.offset(),
                        settings.nanoTime.getAsLong(),
                        picture -> listeners.inLine(told -> told.calculationEnded(record, pictures.of(picture))))
                .ifPresent(this::askPolicy);
        status.changed();
        task.noteEnd(store);
        retryAfter.ifPresent(wait -> queue.putBack(task.index(), settings.nanoTime.getAsLong() + wait.toNanos()));
        status.writeIfDue();
        listeners.tellLine();
    }

    private Optional<Duration> retryAfter(RunningTask task, CalculationOutcome outcome) {
        try {
            return retries.after(task.index(), outcome);
        } catch (RuntimeException e) {
            LOG.error("the retry policy threw", e);
            tally.end(RunState.FAILED, "the retry policy threw " + e);
            return Optional.empty();
        }
    }

    private void askPolicy(FailureTally failed) {
        if (failed.latest().kind().equals(CalculationFailure.DISK_FULL)) {
            tally.end(RunState.PAUSED, "a disk is full: " + failed.latest().message());
            return;
        }
        try {
            Optional<String> reason;
            synchronized (policyLock) {
                reason = settings.failurePolicy.reasonToPause(failed);
            }
            reason.ifPresent(why -> tally.end(
                    RunState.PAUSED,
                    why + tally.sharedByFailures().map(words -> "; " + words).orElse("")));
        } catch (RuntimeException e) {
            LOG.error("the failure policy threw", e);
            tally.end(RunState.FAILED, "the failure policy threw " + e);
        }
    }

    /** Looks around; called a few times a second by the thread of the run. */
    private void tick() {
        StopRequest request = stop.request();
        if (request == StopRequest.NOW) {
            tally.stop(stop.reason());
            cancelAll("stop now");
        }
        List<RunningTask> running = tally.running();
        noticeStop(request, running.size());
        keepDirectory();
        long now = settings.nanoTime.getAsLong();
        settings.timeout.ifPresent(limit -> running.stream()
                .filter(task -> task.ownTime(now) > limit.toNanos())
                .forEach(task -> task.timeOut(limit)));
        running.forEach(task -> task.noteBegin(store));
        flushIfDue(now);
        status.beat();
        status.writeIfDue();
    }

    /** Ends the run when its directory or its journal is gone: nothing that is calculated now could be recorded. */
    private void keepDirectory() {
        try {
            store.keep();
        } catch (IOException e) {
            tally.end(RunState.FAILED, String.valueOf(e.getMessage()));
            cancelAll("the run directory is lost");
        }
    }

    /** Flushes what does not wait for it, see {@link Durability#PERIODIC}. */
    private void flushIfDue(long now) {
        if (settings.durability == Durability.PERIODIC && now - flushedAt >= FLUSH_NANOS) {
            flushedAt = now;
            try {
                store.flush();
            } catch (IOException e) {
                cannotWriteJournal(e);
            }
        }
    }

    private void cannotWriteJournal(IOException e) {
        tally.end(
                MachineFault.isDiskFull(e) ? RunState.PAUSED : RunState.FAILED,
                "cannot write the journal: " + e.getMessage());
    }

    private void noticeStop(StopRequest request, int running) {
        if (request != StopRequest.NONE && !stopNoticed) {
            stopNoticed = true;
            listeners.notice(
                    request == StopRequest.NOW
                            ? "stopping now: running calculations are ended"
                            : "stopping: no calculation starts any more; " + running + " running will finish");
        }
    }

    /** Ends what is running. */
    private void cancelAll(String why) {
        if (cancelling) {
            return;
        }
        cancelling = true;
        cancelledAt = settings.nanoTime.getAsLong();
        tally.stop(Optional.empty()); // after this nothing starts, so none is missed
        List<RunningTask> running = tally.running();
        LOG.info("ending {} calculations: {}", running.size(), why);
        running.forEach(RunningTask::cancel);
    }

    private boolean isGraceOver() {
        if (!cancelling) {
            return false;
        }
        long grace = tally.running().stream()
                .map(RunningTask::grace)
                .mapToLong(Duration::toNanos)
                .reduce(CANCEL_GRACE.toNanos(), Math::max);
        return settings.nanoTime.getAsLong() - cancelledAt > grace + KILL_GRACE.toNanos();
    }

    /** Writes the last status, takes the stop back, and returns the outcome. */
    private RunOutcome finish() {
        for (RunningTask left : tally.awaitRecording()) {
            LOG.warn("{} did not end when it was told to, and is left running", left.calculation());
        }
        flushAtEnd();
        tally.settle();
        try {
            store.requireHeld(); // or else the STOP is another run's
            stop.clear();
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn("cannot clear the request to stop: {}", e.toString());
        }
        RunStatus last = status.writeLast(listeners::notice);
        listeners.runEnded(last);
        return new RunOutcome(new RunResults(settings.directory, point, last), last.state());
    }

    /** No last status before what it counts is on the disk. */
    private void flushAtEnd() {
        try {
            store.flush();
        } catch (IOException e) {
            LOG.error("cannot flush the journal", e);
            cannotWriteJournal(e);
        }
    }

    /** Whether the run is to end after what is running: it was asked to, or it pauses, or it failed. */
    private boolean isDraining() {
        return !tally.isOpen() || stop.request() != StopRequest.NONE;
    }

    /** Whether what continues without the runner is to be left to the next one. */
    private boolean isLeaving() {
        return settings.launcher.reattaches() && stop.request() == StopRequest.LEAVE;
    }
}
