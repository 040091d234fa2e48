package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.estimate.MemoryModel;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The estimator of a run, and its model of memory. One thread at a time asks the estimator, as its interface
 * promises. What it throws does not end the run.
 *
 * <p>Safe for use by many threads. While one thread asks, {@link #completed} does not wait for it and {@link #timeLeft}
 * returns the last answer, so an estimator that blocks holds up one thread, and those who must know.
 */
final class TimeEstimates {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    /** An attempt to learn from. */
    private record Completed(Calculation calculation, Attempt attempt) {}

    private final EtaEstimator estimator;
    private final MemoryModel memory;
    private final Queue<Completed> toLearn = new ConcurrentLinkedQueue<>();
    private final ReentrantLock asking = new ReentrantLock();
    private volatile TimeLeft last = TimeLeft.UNKNOWN;

    TimeEstimates(EtaEstimator estimator, MemoryModel memory) {
        this.estimator = estimator;
        this.memory = memory;
    }

    /** Learns from a completed calculation: now, or before the next question if another thread is asking. */
    void completed(Calculation calculation, Attempt attempt) {
        toLearn.add(new Completed(calculation, attempt));
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

    /** How much memory a calculation will need at most, as far as is known. */
    OptionalLong memory(Calculation calculation) {
        try {
            return memory.bound(calculation);
        } catch (RuntimeException e) {
            warn(e);
            return OptionalLong.empty();
        }
    }

    private void learn() {
        for (Completed one = toLearn.poll(); one != null; one = toLearn.poll()) {
            try {
                estimator.completed(one.calculation(), one.attempt().duration());
                RunSettings.learn(memory, one.calculation(), one.attempt());
            } catch (RuntimeException e) {
                warn(e);
            }
        }
    }

    private static void warn(RuntimeException e) {
        LOG.error("the estimator of the time left threw; the run continues", e);
    }
}
