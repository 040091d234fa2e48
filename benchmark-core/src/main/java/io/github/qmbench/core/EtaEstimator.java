package io.github.qmbench.core;

import java.time.Duration;

/**
 * Estimates how long a run will still take. Called by one thread at a time; has a memory, so each run needs its own.
 */
public interface EtaEstimator {

    /** Learns how long a calculation took that was completed, by this run or an earlier one in the same directory. */
    void completed(Calculation calculation, Duration duration);

    /** Estimates from what was learnt. */
    TimeLeft estimate(Workload workload);

    /** Returns the default: the rolling mean of the last 10 calculation times. */
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
     * What is left to do.
     *
     * @param remaining calculations not yet begun
     * @param running calculations under way
     * @param sideBySide how many run at once at most
     */
    record Workload(int remaining, int running, int sideBySide) {
        public Workload {
            if (remaining < 0 || running < 0 || sideBySide < 1) {
                throw new IllegalArgumentException("not a workload: remaining " + remaining + ", running " + running
                        + ", side by side " + sideBySide);
            }
        }
    }
}
