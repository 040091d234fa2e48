package io.github.qmbench.core;

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
     * run side by side.
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
     * What is left to do.
     *
     * @param remaining calculations not yet begun
     * @param running calculations under way
     * @param sideBySide how many run at once at most
     * @param waiting the remaining ones, alike ones together, in the order in which they start; empty when not known
     * @param underWay those under way; empty when not known
     */
    record Workload(int remaining, int running, int sideBySide, List<Batch> waiting, List<UnderWay> underWay) {
        public Workload {
            if (remaining < 0 || running < 0 || sideBySide < 1) {
                throw new IllegalArgumentException("not a workload: remaining " + remaining + ", running " + running
                        + ", side by side " + sideBySide);
            }
            waiting = List.copyOf(waiting);
            underWay = List.copyOf(underWay);
        }

        /** Makes a workload of which only the numbers are known. */
        public Workload(int remaining, int running, int sideBySide) {
            this(remaining, running, sideBySide, List.of(), List.of());
        }
    }

    /**
     * Calculations that should take the same time.
     *
     * @param example one of them
     * @param count how many
     */
    record Batch(Calculation example, int count) {
        public Batch {
            Objects.requireNonNull(example, "example");
        }
    }

    /**
     * A calculation under way.
     *
     * @param calculation which one
     * @param elapsed for how long
     */
    record UnderWay(Calculation calculation, Duration elapsed) {
        public UnderWay {
            Objects.requireNonNull(calculation, "calculation");
            Objects.requireNonNull(elapsed, "elapsed");
        }
    }
}
