package io.github.qmbench.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The estimator of a run: asked by one thread at a time, as it was promised, and what it throws does not end the run. Its
 * lock guards nothing else.
 */
final class TimeEstimates {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final EtaEstimator estimator;

    TimeEstimates(EtaEstimator estimator) {
        this.estimator = estimator;
    }

    /** Learns the time of a completed calculation. */
    synchronized void completed(Calculation calculation, Duration duration) {
        try {
            estimator.completed(calculation, duration);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    /** How long a calculation will take, as far as is known. */
    synchronized Optional<EtaEstimator.Expected> expected(Calculation calculation) {
        try {
            return estimator.expected(calculation);
        } catch (RuntimeException e) {
            warn(e);
            return Optional.empty();
        }
    }

    /** How long the run will still take. */
    synchronized TimeLeft timeLeft(EtaEstimator.Workload workload) {
        try {
            return Objects.requireNonNull(estimator.estimate(workload), "the estimator returned null");
        } catch (RuntimeException e) {
            warn(e);
            return TimeLeft.UNKNOWN;
        }
    }

    private static void warn(RuntimeException e) {
        LOG.error("the estimator of the time left threw; the run goes on", e);
    }
}
