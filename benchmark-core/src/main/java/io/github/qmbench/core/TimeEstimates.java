package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The estimator of a run. One thread at a time asks it, as its interface promises, and what it throws does not end the run.
 *
 * <p>Safe for use by many threads. While one thread asks, {@link #completed} does not wait for it and {@link #timeLeft}
 * returns the last answer, so an estimator that blocks holds up one thread, and those who must know.
 */
final class TimeEstimates {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    /** A time to be learnt. */
    private record Completed(Calculation calculation, Duration duration) {}

    private final EtaEstimator estimator;
    private final Queue<Completed> toLearn = new ConcurrentLinkedQueue<>();
    private final ReentrantLock asking = new ReentrantLock();
    private volatile TimeLeft last = TimeLeft.UNKNOWN;

    TimeEstimates(EtaEstimator estimator) {
        this.estimator = estimator;
    }

    /** Learns the time of a completed calculation: now, or before the next question if another thread is asking. */
    void completed(Calculation calculation, Duration duration) {
        toLearn.add(new Completed(calculation, duration));
        if (asking.tryLock()) {
            try {
                learn();
            } finally {
                asking.unlock();
            }
        }
    }

    /** How long a calculation will take, as far as is known. */
    Optional<EtaEstimator.Expected> expected(Calculation calculation) {
        asking.lock();
        try {
            learn();
            return estimator.expected(calculation);
        } catch (RuntimeException e) {
            warn(e);
            return Optional.empty();
        } finally {
            asking.unlock();
        }
    }

    /** How long the run will still take. */
    TimeLeft timeLeft(EtaEstimator.Workload workload) {
        if (asking.tryLock()) {
            try {
                learn();
                last = Objects.requireNonNull(estimator.estimate(workload), "the estimator returned null");
            } catch (RuntimeException e) {
                warn(e);
                last = TimeLeft.UNKNOWN;
            } finally {
                asking.unlock();
            }
        }
        return last;
    }

    private void learn() {
        for (Completed one = toLearn.poll(); one != null; one = toLearn.poll()) {
            try {
                estimator.completed(one.calculation(), one.duration());
            } catch (RuntimeException e) {
                warn(e);
            }
        }
    }

    private static void warn(RuntimeException e) {
        LOG.error("the estimator of the time left threw; the run goes on", e);
    }
}
