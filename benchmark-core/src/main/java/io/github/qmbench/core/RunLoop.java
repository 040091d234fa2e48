package io.github.qmbench.core;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of a run: which calculation starts next, what becomes of one that ends, and when the run is over.
 *
 * <p>Workers, as many as run side by side, take a calculation with {@link #next}, do it, and bring it back with {@link
 * #end}. The thread that called {@link BenchmarkRunner#run} looks a few times a second, in {@link #tick}, whether it
 * should stop now, whether a calculation's time is over, and whether the status wants writing. Everything that changes is
 * guarded by this object's lock; the disk, the backend and the listeners are used outside of it.
 *
 * <p>The order that makes finished work safe: the journal's line is forced to disk, then the counts change, then the
 * status is written.
 */
final class RunLoop {

    /** What a run has around it; made by {@link BenchmarkRunner}. */
    record Surroundings(
            String runId,
            Instant startedAt,
            RunnerIdentity runner,
            RunLock lock,
            StopSignal stop,
            OrderedListeners listener,
            RunJournal journal,
            AttemptLog attempts,
            DiskSpace disk) {}

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private static final long FORCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** How long calculations may take to end after they were told to; then they are left behind. */
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(10);

    private final BenchmarkRunner.Builder settings;
    private final Surroundings around;
    private final CalculationMatrix matrix;
    private final ResumePoint point;
    private final LiveStatus status;

    // Guarded by this.
    private final Set<RunningTask> running = new LinkedHashSet<>();
    private final Failures failures;
    private final Agenda agenda;
    private int completed;
    private int completedByThisRun;
    private int recording;
    private RunState state = RunState.RUNNING;
    private Optional<String> reason = Optional.empty();
    private int left;
    private boolean finished;
    private boolean cancelling;
    private long cancelledAt;
    private boolean stopNoticed;
    private long diskLookedAt;
    private long journalForcedAt; // of the thread of the run

    RunLoop(BenchmarkRunner.Builder settings, Surroundings around, ResumePoint point) {
        this.settings = settings;
        this.around = around;
        this.matrix = settings.matrix;
        this.point = point;
        this.agenda = new Agenda(matrix, point, settings.hint(), settings.startOrder(), this::expected);
        this.failures = new Failures(matrix, settings.failurePolicy);
        this.status = new LiveStatus(settings, around.lock(), this::snapshot);
        this.completed = point.count(ResumePoint.Standing.DONE);
        this.journalForcedAt = settings.nanoTime.getAsLong();
        this.diskLookedAt = settings.nanoTime.getAsLong() - Duration.ofHours(1).toNanos();
    }

    /** Runs to the end. */
    RunOutcome run() throws IOException {
        begin();
        List<Thread> workers = new ArrayList<>();
        for (int i = 1; i <= Math.min(settings.parallel, Math.max(1, matrix.size() - completed)); i++) {
            Thread worker = new Thread(this::work, "qmbench-worker-" + i);
            worker.setDaemon(true);
            try {
                worker.start();
            } catch (OutOfMemoryError noThread) {
                lackThread(workers.size(), noThread);
                break;
            }
            workers.add(worker);
        }
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive() && !isGraceOver()) {
                try {
                    worker.join(LiveStatus.TICK_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
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

    private void lackThread(int workers, OutOfMemoryError e) {
        String why = "the machine has no thread left: " + e.getMessage();
        if (workers == 0) {
            endRun(RunState.FAILED, why);
        } else {
            around.listener().notice(why + "; " + workers + " calculations run in parallel, not " + settings.parallel);
        }
    }

    /** A tick; a plug that throws in it (a stop signal) ends the run in an orderly way. */
    private void lookAround() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            LOG.error("cannot look after the run", e);
            endRun(RunState.FAILED, "a fault of the runner itself: " + e);
            cancelAll("the runner failed");
        }
    }

    /** Writes the first status. */
    void begin() throws IOException {
        around.listener().runStarted(status.writeFirst());
    }

    private void work() {
        try {
            for (RunningTask task = next(); task != null; task = next()) {
                end(task, attempt(task));
            }
        } catch (RuntimeException | Error e) {
            LOG.error("a worker of the run failed", e);
            endRun(RunState.FAILED, "a fault of the runner itself: " + e);
        }
    }

    /**
     * Takes the next calculation to be done, or returns null when this worker has nothing more to do.
     *
     * <p>This is the one place where calculations start, and a stop is looked for here, every time.
     */
    @Nullable
    RunningTask next() {
        boolean isStop = around.stop().request() != StopRequest.NONE;
        RunningTask task;
        synchronized (this) {
            if (agenda.isEmpty() || state != RunState.RUNNING) {
                return null;
            }
            if (isStop) {
                state = RunState.STOPPED;
                return null;
            }
            if (endsForDisk()) {
                return null;
            }
            int index = agenda.take(this::endsInTime);
            if (index < 0) {
                endRun(RunState.STOPPED, "nothing that is left would end before " + settings.deadline.orElseThrow());
                return null;
            }
            int number = point.attempts(index) + 1;
            point.setAttempts(index, number);
            Calculation calculation = matrix.get(index);
            task = new RunningTask(index, calculation, number, startOf(calculation), Thread.currentThread());
            running.add(task);
            status.changed();
            around.listener().inLine(told -> told.calculationStarted(calculation, number));
        }
        status.writeIfDue();
        around.listener().tellLine();
        return task;
    }

    /** Whether a calculation that starts now would end before the deadline, as far as is known. */
    private boolean endsInTime(Calculation calculation) {
        if (settings.deadline.isEmpty()) {
            return true;
        }
        Duration left = Duration.between(settings.clock.instant(), settings.deadline.get());
        return !left.isNegative()
                && !left.isZero()
                && expected(calculation)
                        .map(time -> time.atMost().compareTo(left) <= 0)
                        .orElse(true);
    }

    private Optional<EtaEstimator.Expected> expected(Calculation calculation) {
        try {
            return settings.etaEstimator().expected(calculation);
        } catch (RuntimeException e) {
            LOG.error("the estimator of the time left threw; the run goes on", e);
            return Optional.empty();
        }
    }

    private RunningTask.Start startOf(Calculation calculation) {
        Instant now = settings.clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long nanos = settings.nanoTime.getAsLong();
        return around.attempts()
                .continued(calculation)
                .map(begun -> RunningTask.Start.earlier(begun, now, nanos))
                .orElseGet(() -> RunningTask.Start.now(now, nanos));
    }

    /** Notes an attempt for the runner that comes after one that dies. */
    void noteBegin(RunningTask task) {
        try {
            task.noteBegin(around.attempts(), around.runId());
        } catch (IOException e) {
            LOG.warn("cannot note in {} that {} begins: {}", settings.directory.attempts(), task.calculation(), e);
        }
    }

    /** Looks at the disk, but not more often than a few times a second, and ends the run when it cannot go on with it. */
    private synchronized boolean endsForDisk() {
        long now = settings.nanoTime.getAsLong();
        if (now - diskLookedAt < LiveStatus.TICK_NANOS) {
            return false;
        }
        diskLookedAt = now;
        try {
            Optional<String> shortage = around.disk().shortage();
            shortage.ifPresent(why -> endRun(RunState.PAUSED, why));
            return shortage.isPresent();
        } catch (IOException e) {
            endRun(RunState.FAILED, "the run directory " + settings.directory + " cannot be used any more: " + e);
            return true;
        }
    }

    /** Does the calculation; whatever happens in it becomes an outcome. */
    private CalculationOutcome attempt(RunningTask task) {
        try (RunningTask.Context context = new RunningTask.Context(task, this)) {
            try {
                if (context.cancellation().isCancelled()) {
                    return CalculationOutcome.cancelled(); // between being taken and being begun
                }
                task.setFingerprint(settings.backend.fingerprint(task.calculation()));
                CalculationOutcome outcome = settings.backend.calculate(task.calculation(), context);
                return task.judge(
                        outcome == null
                                ? CalculationOutcome.failed(
                                        CalculationFailure.EXCEPTION, "the backend returned null instead of an outcome")
                                : outcome,
                        this::isDraining);
            } catch (BackendUnusableException e) {
                LOG.error("the backend cannot go on", e);
                endRun(RunState.FAILED, "the backend cannot go on: " + ThrownFailure.sentence(e));
                return CalculationOutcome.cancelled();
            } catch (InterruptedException e) {
                return task.judge(CalculationOutcome.cancelled(), this::isDraining);
            } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
                LOG.debug("{} threw", task.calculation(), e);
                return task.judge(CalculationOutcome.failed(ThrownFailure.of(e)), this::isDraining);
            }
        } finally {
            Thread.interrupted(); // an interrupt was meant for the calculation, not for the worker
        }
    }

    /** Brings a calculation back: writes its line, then counts it, then asks the failure policy. */
    void end(RunningTask task, CalculationOutcome outcome) {
        synchronized (this) {
            if (!running.contains(task)) {
                return; // it came back after it had been given up
            }
            if (task.isLeft() && !(outcome.state() instanceof CalculationState.Complete)) {
                running.remove(task);
                left++;
                status.changed();
                return;
            }
            recording++;
        }
        try {
            record(task, MachineFault.blameDisk(outcome, around.disk()));
        } finally {
            synchronized (this) {
                recording--;
                notifyAll();
            }
        }
    }

    private void record(RunningTask task, CalculationOutcome outcome) {
        JournalRecord record = new JournalRecord(
                task.calculation(),
                new Attempt(
                        task.number(),
                        around.runId(),
                        task.startedAt(),
                        settings.clock.instant(),
                        task.duration(settings.nanoTime.getAsLong()),
                        task.launches()),
                outcome,
                task.fingerprint());
        long offset;
        try {
            offset = append(record);
        } catch (IOException e) {
            LOG.error("cannot record how {} ended", task.calculation(), e);
            synchronized (this) {
                running.remove(task);
            }
            cannotWriteJournal(e);
            return;
        }
        synchronized (this) {
            running.remove(task);
            count(task, record, offset);
            status.changed();
            if (!settings.listeners.isEmpty()) {
                RunStatus now = snapshot();
                around.listener().inLine(told -> told.calculationEnded(record, now));
            }
        }
        try {
            task.noteEnd(around.attempts());
        } catch (IOException e) {
            LOG.warn("cannot note in {} that {} ended: {}", settings.directory.attempts(), task.calculation(), e);
        }
        status.writeIfDue();
        around.listener().tellLine();
    }

    /** Appends, if need be into the space kept for it, and then lets nothing more start. */
    private long append(JournalRecord record) throws IOException {
        try {
            return around.journal().append(record);
        } catch (IOException e) {
            if (!MachineFault.isDiskFull(e) || !around.disk().release()) {
                throw e;
            }
            long offset = around.journal().append(record);
            endRun(RunState.PAUSED, "the disk of the run directory is full");
            return offset;
        }
    }

    private synchronized void count(RunningTask task, JournalRecord record, long offset) {
        if (record.isComplete()) {
            point.completedAt(task.index(), offset);
            completed++;
            completedByThisRun++;
            failures.interruptedBySuccess();
            try {
                settings.etaEstimator()
                        .completed(task.calculation(), record.attempt().duration());
            } catch (RuntimeException e) {
                LOG.error("the estimator of the time left threw; the run goes on", e);
            }
        }
        record.outcome().state().failure().ifPresent(failure -> countFailure(task, record, failure));
    }

    private synchronized void countFailure(RunningTask task, JournalRecord record, CalculationFailure failure) {
        failures.add(task.index(), record, failure);
        try {
            failures.reasonToPause(failure, completedByThisRun).ifPresent(why -> endRun(RunState.PAUSED, why));
        } catch (RuntimeException e) {
            LOG.error("the failure policy threw", e);
            endRun(RunState.FAILED, "the failure policy threw " + e);
        }
    }

    /** Lets nothing more start; the first reason stays, but an error outranks a stop. */
    private synchronized void endRun(RunState finalState, String why) {
        if (state == RunState.RUNNING || state == RunState.STOPPED) {
            state = finalState;
            reason = Optional.of(why);
        }
    }

    /** Looks around; called a few times a second by the thread of the run. */
    void tick() {
        StopRequest request = around.stop().request();
        if (request == StopRequest.NOW) {
            cancelAll("stop now");
        }
        noticeStop(request);
        long now = settings.nanoTime.getAsLong();
        List<RunningTask> underWay;
        List<RunningTask> overdue;
        synchronized (this) {
            underWay = List.copyOf(running);
            overdue = settings.timeout
                    .map(limit -> running.stream()
                            .filter(task -> task.ownTime(now) > limit.toNanos())
                            .toList())
                    .orElse(List.of());
        }
        keepDirectory();
        overdue.forEach(task -> task.timeOut(settings.timeout.orElseThrow()));
        underWay.forEach(this::noteBegin);
        forceJournalIfDue(now);
        status.beat();
        status.writeIfDue();
    }

    /** Ends the run when its directory or its journal is gone: nothing that is calculated now could be recorded. */
    private void keepDirectory() {
        try {
            around.lock().keep();
            around.journal().check();
        } catch (IOException e) {
            endRun(RunState.FAILED, String.valueOf(e.getMessage()));
            cancelAll("the run directory is lost");
        }
    }

    /** Forces what does not wait for it, see {@link Durability#PERIODIC}. */
    private void forceJournalIfDue(long now) {
        if (settings.durability == Durability.PERIODIC && now - journalForcedAt >= FORCE_NANOS) {
            journalForcedAt = now;
            try {
                around.journal().force();
            } catch (IOException e) {
                cannotWriteJournal(e);
            }
        }
    }

    private void cannotWriteJournal(IOException e) {
        endRun(
                MachineFault.isDiskFull(e) ? RunState.PAUSED : RunState.FAILED,
                "cannot write the journal: " + e.getMessage());
    }

    private void noticeStop(StopRequest request) {
        int underWay;
        synchronized (this) {
            if (request == StopRequest.NONE || stopNoticed) {
                return;
            }
            stopNoticed = true;
            underWay = running.size();
        }
        around.listener()
                .notice(
                        request == StopRequest.NOW
                                ? "stopping now: calculations under way are ended"
                                : "stop asked for: nothing more starts; " + underWay + " under way will finish");
    }

    /** Ends what is under way. */
    private void cancelAll(String why) {
        List<RunningTask> toCancel;
        synchronized (this) {
            if (cancelling) {
                return;
            }
            cancelling = true;
            cancelledAt = settings.nanoTime.getAsLong();
            if (state == RunState.RUNNING) {
                state = RunState.STOPPED;
            }
            toCancel = List.copyOf(running);
        }
        LOG.info("ending {} calculations: {}", toCancel.size(), why);
        toCancel.forEach(RunningTask::cancel);
    }

    private synchronized boolean isGraceOver() {
        return cancelling && settings.nanoTime.getAsLong() - cancelledAt > CANCEL_GRACE.toNanos();
    }

    /** Writes the last status, takes the stop back, and returns the outcome. */
    RunOutcome finish() {
        synchronized (this) {
            awaitRecording();
            for (RunningTask left : running) {
                LOG.warn("{} did not end when it was told to, and is left behind", left.calculation());
            }
            running.clear();
        }
        forceAtEnd();
        synchronized (this) {
            boolean allDone = completed + failures.count() == matrix.size();
            if (state == RunState.RUNNING || state == RunState.STOPPED) {
                state = allDone ? RunState.COMPLETE : RunState.STOPPED;
                reason = allDone ? Optional.empty() : reason;
                if (left > 0) {
                    reason = Optional.of(left + (left == 1 ? " calculation goes" : " calculations go")
                            + " on without the runner; the next run takes up what became of that");
                }
            }
            finished = true;
        }
        try {
            around.lock().requireHeld(); // or else the STOP is another run's
            around.stop().clear();
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", settings.directory.stopMarker(), e.getMessage());
        }
        RunStatus last = status.writeLast(around.disk(), around.listener());
        around.listener().runEnded(last);
        return new RunOutcome(new RunResults(settings.directory, point, last), last.state());
    }

    /** No last status before what it counts is on the disk. */
    private void forceAtEnd() {
        try {
            around.journal().force();
        } catch (IOException e) {
            LOG.error("cannot force the journal", e);
            cannotWriteJournal(e);
        }
    }

    /** What has come back is recorded before the run ends, and nothing after that. */
    private synchronized void awaitRecording() {
        boolean interrupted = false;
        while (recording > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized RunStatus snapshot() {
        RunStatus.Progress progress = new RunStatus.Progress(
                matrix.size(), completed, failures.count(), running.size(), failures.subjectCount());
        return new RunStatus(
                new RunStatus.Run(
                        around.runId(),
                        around.startedAt(),
                        settings.clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        shownState(),
                        shownState().isFinal() ? reason : trouble(),
                        around.runner(),
                        settings.heartbeat),
                progress,
                running.stream().map(RunningTask::picture).toList(),
                failures.latest(),
                timeLeft(progress));
    }

    private Optional<String> trouble() {
        return settings.launcher.trouble().map(why -> "degraded: " + why);
    }

    private TimeLeft timeLeft(RunStatus.Progress progress) {
        try {
            return Objects.requireNonNull(
                    settings.etaEstimator()
                            .estimate(new EtaEstimator.Workload(
                                    progress.remaining(), progress.running(), settings.parallel)),
                    "the estimator returned null");
        } catch (RuntimeException e) {
            LOG.error("the estimator of the time left threw; the run goes on", e);
            return TimeLeft.UNKNOWN;
        }
    }

    /** A run is running until the last of its calculations has ended and {@link #finish} has settled the state. */
    private RunState shownState() {
        return finished ? state : RunState.RUNNING;
    }

    // What a running calculation asks of the run.

    synchronized void remarked(RunningTask task, String text) {
        task.setRemark(text);
        status.changed();
    }

    /** Whether the run is to end after what is under way: it was asked to, or it pauses, or it failed. */
    boolean isDraining() {
        synchronized (this) {
            if (state != RunState.RUNNING) {
                return true;
            }
        }
        return around.stop().request() != StopRequest.NONE;
    }

    /** Whether what goes on without the runner is to be left to the next one. */
    boolean isLeaving() {
        return settings.launcher.reattaches() && around.stop().request() == StopRequest.LEAVE;
    }

    /** Ends the run because no program can be launched any more. */
    void launcherUnusable(LauncherUnusableException e) {
        endRun(RunState.FAILED, String.valueOf(e.getMessage()));
    }

    Surroundings around() {
        return around;
    }

    BenchmarkRunner.Builder settings() {
        return settings;
    }
}
