package io.github.qmbench.core.estimate;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.internal.Require;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Estimates how long a run will still take. Called by one thread at a time; has a memory, so each run needs its own.
 */
public interface EtaEstimator {

    /** Learns how long a calculation took that was completed, by this run or an earlier one in the same directory. */
    void completed(Calculation calculation, Duration duration);

    /** Estimates from what was learnt. */
    TimeLeft estimate(Workload workload);

    /** Estimates how long one calculation will take; empty while too little is known. */
    default Optional<Expected> expected(Calculation calculation) {
        return Optional.empty();
    }

    /** Returns the rolling mean of the last 10 calculation times. */
    static EtaEstimator rollingMean() {
        return rollingMean(10);
    }

    /**
     * Returns an estimator that multiplies the mean of the last times with what is left, divided by how many of those can
     * run in parallel.
     *
     * @param window how many of the last times enter the mean, at least 1
     */
    static EtaEstimator rollingMean(int window) {
        return new RollingMeanEta(window);
    }

    /**
     * Returns an estimator that learns how the time depends on what a hint tells: a power of each size, a factor for each
     * condition. While it knows fewer than three times it is the rolling mean. The default for a backend with a hint.
     */
    static EtaEstimator sizeModel(CostHint hint) {
        return new SizeModelEta(hint);
    }

    /**
     * How long one calculation will take.
     *
     * @param likely the expected time
     * @param atMost a time that nine of ten such calculations do not exceed
     */
    record Expected(Duration likely, Duration atMost) {}

    /**
     * The calculations that a run still has to do.
     *
     * @param parallel how many run at once at most
     * @param waiting calculations that have not started, in the order in which they start
     * @param running calculations that run now
     */
    record Workload(int parallel, List<Batch> waiting, List<Running> running) {
        public Workload {
            Require.atLeastOne(parallel, "parallel");
            waiting = List.copyOf(waiting);
            running = List.copyOf(running);
        }

        /** Returns how many calculations are waiting or running. */
        public int count() {
            return running.size() + waiting.stream().mapToInt(Batch::count).sum();
        }
    }

    /**
     * Calculations that should take the same time.
     *
     * @param example one of them
     * @param count how many, at least 1
     */
    record Batch(Calculation example, int count) {
        public Batch {
            Objects.requireNonNull(example, "example");
            Require.atLeastOne(count, "count");
        }
    }

    /**
     * A calculation that runs now.
     *
     * @param calculation which one
     * @param elapsed for how long
     */
    record Running(Calculation calculation, Duration elapsed) {
        public Running {
            Objects.requireNonNull(calculation, "calculation");
            Objects.requireNonNull(elapsed, "elapsed");
        }
    }
}
