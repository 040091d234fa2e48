package io.github.qmbench.core;

import io.github.qmbench.core.internal.AttemptLog;
import io.github.qmbench.core.internal.IsoTime;
import io.github.qmbench.core.internal.RunStore;
import io.github.qmbench.core.internal.WakeTime;
import io.github.qmbench.core.process.LauncherUnusableException;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ResourceUsage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running attempt: its clock, how it is told to end, and the verdict on how it ended. Two of them are equal only if
 * they are the same.
 *
 * <p>Safe for use by many threads. Calls nothing under its lock; the disk is used under another one.
 */
final class RunningTask {

    private enum Ending {
        CANCELLED,
        LEFT,
        TIMED_OUT
    }

    /** Whether the attempt stands in the {@link AttemptLog}. */
    private enum Note {
        NONE,
        BEGUN,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    /** The run looks several times a second; what is longer, it was suspended. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(1);

    private final String runId;
    private final int index;
    private final Calculation calculation;
    private final int number;
    private final Start start;
    private final Thread worker;
    private final Cancellation cancellation = new Cancellation();

    private Fingerprint fingerprint = Fingerprint.EMPTY; // set and read by the worker

    private final Object noting = new Object();
    private Note note = Note.NONE; // guarded by noting

    // Guarded by this.
    private Optional<String> remark = Optional.empty();
    private @Nullable Ending ending;
    private Optional<String> launcherTrouble = Optional.empty();
    private Duration timeLimit = Duration.ZERO;
    private Duration grace = Duration.ZERO;
    private boolean over;
    private final WakeTime awake;
    private int launching;
    private long launchedNanos;
    private long launchBegan;
    private final List<Attempt.Launch> launches = new ArrayList<>();
    private Optional<ResourceUsage> usage = Optional.empty();

    /**
     * How an attempt began.
     *
     * @param at when, by the clock; of a continued one, when the runner before began it
     * @param nanos when this runner took it up, by the timer
     * @param before how long it had been running by then
     * @param programs what the runner before launched for it, in order
     */
    record Start(Instant at, long nanos, Duration before, List<AttemptLog.Program> programs) {

        /** A new attempt. */
        static Start now(Instant at, long nanos) {
            return new Start(at, nanos, Duration.ZERO, List.of());
        }

        /** One that a runner before this one began. */
        static Start earlier(AttemptLog.Begun begun, Instant now, long nanos) {
            Duration before = Duration.between(begun.startedAt(), now);
            return new Start(begun.startedAt(), nanos, before.isNegative() ? Duration.ZERO : before, begun.programs());
        }
    }

    RunningTask(String runId, int index, Calculation calculation, int number, Start start, Thread worker) {
        this.runId = runId;
        this.index = index;
        this.calculation = calculation;
        this.number = number;
        this.start = start;
        this.awake = new WakeTime(start.nanos(), LONGEST_GAP);
        this.worker = worker;
    }

    int index() {
        return index;
    }

    Calculation calculation() {
        return calculation;
    }

    int number() {
        return number;
    }

    Start start() {
        return start;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** How long it has been running, with the time before this runner took it up. */
    Duration duration(long now) {
        return start.before().plusNanos(Math.max(0, now - start.nanos()));
    }

    void setFingerprint(Fingerprint value) {
        fingerprint = Objects.requireNonNull(value, "the fingerprint of the backend");
    }

    /** Notes for the runner that comes after one that dies that this attempt is running, if that is not known yet. */
    void noteBegin(RunStore store) {
        synchronized (noting) {
            if (note == Note.NONE) {
                note = Note.BEGUN;
                try {
                    store.attemptBegins(calculation, number, runId, start.at());
                } catch (IOException e) {
                    LOG.warn("cannot note that {} begins: {}", calculation, e.toString());
                }
            }
        }
    }

    /** Notes that this attempt is over, if it was noted that it is running. */
    void noteEnd(RunStore store) {
        synchronized (noting) {
            note = Note.OVER;
            try {
                store.attemptEnds(calculation);
            } catch (IOException e) {
                LOG.warn("cannot note that {} ended: {}", calculation, e.toString());
            }
        }
    }

    /** The record of its end. */
    JournalRecord record(CalculationOutcome outcome, Instant now, long nanos) {
        Attempt attempt = Attempt.of(number, runId, start.at(), now, duration(nanos), launches());
        return JournalRecord.of(calculation, usage().map(attempt::withUsage).orElse(attempt), outcome, fingerprint);
    }

    synchronized RunStatus.TaskUnderWay toStatus() {
        return RunStatus.TaskUnderWay.of(calculation, number, start.at(), remark);
    }

    synchronized void setRemark(String text) {
        remark = Optional.of(text);
    }

    /** Asks the calculation to end because the run is to end. */
    void cancel() {
        endEarly(Ending.CANCELLED);
    }

    /** Asks the calculation to end because its time is over. */
    void timeOut(Duration limit) {
        synchronized (this) {
            timeLimit = limit;
        }
        endEarly(Ending.TIMED_OUT);
    }

    private void endEarly(Ending how) {
        synchronized (this) {
            if (over || ending != null) {
                return;
            }
            ending = how;
        }
        cancellation.cancel();
        synchronized (this) {
            if (!over) {
                worker.interrupt();
            }
        }
    }

    /** Leaves it to the next runner. */
    synchronized void leave() {
        if (ending == null) {
            ending = Ending.LEFT;
        }
    }

    /** Whether its program continues, for the next runner to resume: there is no outcome to be recorded. */
    synchronized boolean isLeft() {
        return ending == Ending.LEFT;
    }

    /** Makes it one that is not counted, whatever the backend makes of it: no program can be launched any more. */
    synchronized void giveUp(LauncherUnusableException trouble) {
        launcherTrouble = Optional.of(String.valueOf(trouble.getMessage()));
        if (ending == null) {
            ending = Ending.CANCELLED;
        }
    }

    /** Why no program can be launched any more, if it found out. */
    synchronized Optional<String> launcherTrouble() {
        return launcherTrouble;
    }

    private synchronized List<Attempt.Launch> launches() {
        return List.copyOf(launches);
    }

    private synchronized Optional<ResourceUsage> usage() {
        return usage;
    }

    /** Adds what one of its programs used. */
    synchronized void used(ResourceUsage more) {
        usage = Optional.of(usage.map(before -> before.plus(more)).orElse(more));
    }

    synchronized void launched(ProcessResult result) {
        launches.add(Attempt.Launch.of(result.where(), result.waited(), result.duration()));
    }

    /**
     * How long it has been at work itself, in this runner, without the time spent in launched programs, which have limits
     * of their own, and without the time in which everything was suspended.
     */
    synchronized long ownTime(long now) {
        long total = awake.until(now);
        return launching > 0 ? 0 : total - launchedNanos;
    }

    /** Sets how long its program may take to end when it is told to. */
    synchronized void setGrace(Duration time) {
        grace = time.compareTo(grace) > 0 ? time : grace;
    }

    /** How long its programs may take to end when they are told to. */
    synchronized Duration grace() {
        return grace;
    }

    synchronized void launchBegins(long now) {
        if (launching++ == 0) {
            launchBegan = awake.until(now);
        }
    }

    synchronized void launchEnds(long now) {
        if (--launching == 0) {
            launchedNanos += awake.until(now) - launchBegan;
        }
    }

    /** After this, nobody interrupts the worker on behalf of the calculation. */
    synchronized void close() {
        over = true;
    }

    /**
     * Says what an outcome means, given how the calculation was told to end.
     *
     * @param draining whether the run is to end; asked only when that matters, and without this object's lock
     */
    CalculationOutcome judge(CalculationOutcome outcome, BooleanSupplier draining) {
        return judge(outcome, outcome.state() instanceof CalculationState.Cancelled && draining.getAsBoolean());
    }

    private synchronized CalculationOutcome judge(CalculationOutcome outcome, boolean cancelledByRun) {
        over = true;
        if (outcome.state() instanceof CalculationState.Complete) {
            return outcome;
        }
        boolean endedAsCancelled = outcome.state().failure().isEmpty();
        if (ending == Ending.CANCELLED || ending == Ending.LEFT || cancelledByRun) {
            return CalculationOutcome.cancelled();
        }
        if (ending == Ending.TIMED_OUT) {
            return CalculationOutcome.failed(CalculationFailure.TIMEOUT)
                    .because("it ran longer than its limit of " + IsoTime.words(timeLimit));
        }
        if (endedAsCancelled) {
            return CalculationOutcome.failed(CalculationFailure.EXCEPTION)
                    .because("it ended as cancelled although no stop was requested");
        }
        return outcome;
    }
}
