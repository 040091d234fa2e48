package io.github.qmbench.core;

import io.github.qmbench.core.internal.LiveStatus;
import io.github.qmbench.core.internal.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what starts next, if anything may: not after a stop, not without disk space, and nothing that would not end before
 * the deadline.
 *
 * <p>Safe for use by many threads. Uses no lock of its own, and asks signals, disk and estimates outside of any other.
 */
final class StartChoice {

    /** Nothing starts any more, as far as the worker that asks is concerned. */
    static final int NONE = -1;

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final RunSettings settings;
    private final StopSignal stop;
    private final RunStore store;
    private final RunTally tally;
    private final StartQueue queue;
    private final TimeEstimates estimates;
    private final AtomicLong diskLookedAt;

    StartChoice(
            RunSettings settings,
            StopSignal stop,
            RunStore store,
            RunTally tally,
            StartQueue queue,
            TimeEstimates estimates) {
        this.settings = settings;
        this.stop = stop;
        this.store = store;
        this.tally = tally;
        this.queue = queue;
        this.estimates = estimates;
        this.diskLookedAt = new AtomicLong(
                settings.nanoTime.getAsLong() - Duration.ofHours(1).toNanos());
    }

    /**
     * Takes the place of the next calculation, or returns {@link #NONE}. Waits only when nothing is left but calculations to
     * be tried again.
     *
     * <p>A stop is looked for here, every time.
     */
    int next() {
        while (true) {
            if (stop.request() != StopRequest.NONE) {
                tally.stop(stop.reason());
            }
            if (!tally.isOpen() || queue.isEmpty() || endsForDisk()) {
                return NONE;
            }
            long now = settings.nanoTime.getAsLong();
            int index = settings.deadline.isPresent() ? queue.take(this::endsInTime, now) : queue.take(now);
            if (index >= 0) {
                return index;
            }
            OptionalLong wait = queue.untilRetry(now);
            if (settings.deadline.isPresent() && (wait.isEmpty() || !isBeforeDeadline(wait.getAsLong()))) {
                if (!queue.isEmpty()) {
                    tally.end(RunState.STOPPED, "nothing that is left would end before " + settings.deadline.get());
                }
                return NONE;
            }
            sleep(Math.min(wait.orElse(0) / 1_000_000 + 1, LiveStatus.TICK_MILLIS));
        }
    }

    /** Whether a calculation that starts now would end before the deadline, as far as is known. */
    private boolean endsInTime(Calculation calculation) {
        if (settings.deadline.isEmpty()) {
            return true;
        }
        Duration left = Duration.between(settings.clock.instant(), settings.deadline.get());
        return !left.isNegative()
                && !left.isZero()
                && estimates
                        .expected(calculation)
                        .map(time -> time.atMost().compareTo(left) <= 0)
                        .orElse(true);
    }

    private boolean isBeforeDeadline(long nanosFromNow) {
        return settings.clock.instant().plusNanos(nanosFromNow).isBefore(settings.deadline.orElseThrow());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            LOG.trace("an interrupt of a worker between calculations says nothing", e);
        }
    }

    /** Looks at the disk, but not more often than a few times a second, and ends the run when it cannot continue with it. */
    private boolean endsForDisk() {
        long now = settings.nanoTime.getAsLong();
        long before = diskLookedAt.get();
        if (now - before < LiveStatus.TICK_NANOS || !diskLookedAt.compareAndSet(before, now)) {
            return false;
        }
        try {
            Optional<String> shortage = store.shortage();
            shortage.ifPresent(why -> tally.end(RunState.PAUSED, why));
            return shortage.isPresent();
        } catch (IOException e) {
            tally.end(RunState.FAILED, "the run directory " + settings.directory + " can no longer be used: " + e);
            return true;
        }
    }
}
