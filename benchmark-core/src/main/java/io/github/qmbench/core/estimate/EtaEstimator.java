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
 * An estimator of the time that a run will still take. Called by one thread at a time; has a memory, so each run needs
 * its own.
 */
public interface EtaEstimator {

    /**
     * Learns how long a calculation took that this run has completed.
     *
     * @param calculation one of the run's matrix
     * @param duration by the run's timer
     */
    void completed(Calculation calculation, Duration duration);

    /**
     * Learns how long a calculation took that an earlier run in the same directory completed, perhaps on another machine or
     * beside other work. Called before this run starts; unless overridden, the same as {@link #completed}.
     *
     * @param calculation one of the run's matrix
     * @param duration by the timer of that run
     */
    default void completedEarlier(Calculation calculation, Duration duration) {
        completed(calculation, duration);
    }

    /**
     * Estimates the time left from what it has learnt.
     *
     * @param workload the calculations that are left
     * @return the estimate; {@link TimeLeft#UNKNOWN} while too little is known
     */
    TimeLeft estimate(Workload workload);

    /**
     * Estimates the time of one calculation.
     *
     * @param calculation one of the run's matrix
     * @return the estimate; empty while too little is known
     */
    default Optional<Expected> expected(Calculation calculation) {
        return Optional.empty();
    }

    /** {@return the rolling mean of the last 10 calculation times} */
    static EtaEstimator rollingMean() {
        return rollingMean(10);
    }

    /**
     * {@return an estimator that multiplies the mean of the last times by the number of calculations left} It divides
     * that by how many of them can run in parallel.
     *
     * @param window how many of the last times enter the mean, at least 1
     */
    static EtaEstimator rollingMean(int window) {
        return new RollingMeanEta(window);
    }

    /**
     * {@return an estimator that learns how the time depends on sizes and conditions: a power of each size, a factor
     * for each condition} While it knows fewer than three times it is the rolling mean. The default for a backend with
     * a hint.
     *
     * @param hint gives the sizes and conditions of a calculation
     */
    static EtaEstimator sizeModel(CostHint hint) {
        return new SizeModelEta(hint);
    }

    /** The expected time of one calculation. Immutable. */
    final class Expected {
        private final Duration likely;
        private final Duration atMost;

        /**
         * {@return an expected time that none exceeds; {@link #atMost(Duration)} sets another limit}
         *
         * @param time the expected time and the limit
         */
        public static Expected likely(Duration time) {
            return new Expected(Objects.requireNonNull(time, "time"), time);
        }

        /**
         * {@return this expectation with a time that nine of ten such calculations do not exceed}
         *
         * @param time not below the expected one
         */
        public Expected atMost(Duration time) {
            return new Expected(likely, Objects.requireNonNull(time, "time"));
        }

        private Expected(Duration likely, Duration atMost) {
            this.likely = likely;
            this.atMost = atMost;
        }

        /** {@return the expected time} */
        public Duration likely() {
            return likely;
        }

        /** {@return a time that nine of ten such calculations do not exceed} */
        public Duration atMost() {
            return atMost;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Expected that && likely.equals(that.likely) && atMost.equals(that.atMost);
        }

        @Override
        public int hashCode() {
            return Objects.hash(likely, atMost);
        }

        @Override
        public String toString() {
            return "Expected[likely=" + likely + ", atMost=" + atMost + "]";
        }
    }

    /** The calculations that a run still has to do. Immutable. */
    final class Workload {
        private final int parallel;
        private final List<Batch> waiting;
        private final List<Running> running;

        /**
         * {@return a workload, for tests of estimators}
         *
         * @param parallel how many run at once at most, from 1
         * @param waiting not started, in order
         * @param running started and not ended
         */
        public static Workload of(int parallel, List<Batch> waiting, List<Running> running) {
            return new Workload(parallel, waiting, running);
        }

        private Workload(int parallel, List<Batch> waiting, List<Running> running) {
            Require.atLeastOne(parallel, "parallel");
            this.parallel = parallel;
            this.waiting = List.copyOf(Objects.requireNonNull(waiting, "waiting"));
            this.running = List.copyOf(Objects.requireNonNull(running, "running"));
        }

        /** {@return how many calculations run at once at most} */
        public int parallel() {
            return parallel;
        }

        /** {@return the calculations that have not started, in the order in which they start} */
        public List<Batch> waiting() {
            return waiting;
        }

        /** {@return the calculations that are running} */
        public List<Running> running() {
            return running;
        }

        /** {@return the number of calculations that are waiting or running} */
        public int count() {
            return running.size() + waiting.stream().mapToInt(Batch::count).sum();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Workload that
                    && parallel == that.parallel
                    && waiting.equals(that.waiting)
                    && running.equals(that.running);
        }

        @Override
        public int hashCode() {
            return Objects.hash(parallel, waiting, running);
        }

        @Override
        public String toString() {
            return "Workload[parallel=" + parallel + ", waiting=" + waiting + ", running=" + running + "]";
        }
    }

    /** A batch of calculations that should take the same time. Immutable. */
    final class Batch {
        private final Calculation example;
        private final int count;

        /**
         * {@return a batch, for tests of estimators}
         *
         * @param example one of the calculations
         * @param count how many, at least 1
         */
        public static Batch of(Calculation example, int count) {
            return new Batch(example, count);
        }

        private Batch(Calculation example, int count) {
            Require.atLeastOne(count, "count");
            this.example = Objects.requireNonNull(example, "example");
            this.count = count;
        }

        /** {@return one of the calculations} */
        public Calculation example() {
            return example;
        }

        /** {@return the number of calculations, at least 1} */
        public int count() {
            return count;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Batch that && example.equals(that.example) && count == that.count;
        }

        @Override
        public int hashCode() {
            return Objects.hash(example, count);
        }

        @Override
        public String toString() {
            return "Batch[example=" + example + ", count=" + count + "]";
        }
    }

    /** A running calculation. Immutable. */
    final class Running {
        private final Calculation calculation;
        private final Duration elapsed;

        /**
         * {@return a running calculation, for tests of estimators}
         *
         * @param calculation subject and parameters
         * @param elapsed since its start
         */
        public static Running of(Calculation calculation, Duration elapsed) {
            return new Running(calculation, elapsed);
        }

        private Running(Calculation calculation, Duration elapsed) {
            this.calculation = Objects.requireNonNull(calculation, "calculation");
            this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
        }

        /** {@return the calculation that is running} */
        public Calculation calculation() {
            return calculation;
        }

        /** {@return the time since its start} */
        public Duration elapsed() {
            return elapsed;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Running that
                    && calculation.equals(that.calculation)
                    && elapsed.equals(that.elapsed);
        }

        @Override
        public int hashCode() {
            return Objects.hash(calculation, elapsed);
        }

        @Override
        public String toString() {
            return "Running[calculation=" + calculation + ", elapsed=" + elapsed + "]";
        }
    }
}
