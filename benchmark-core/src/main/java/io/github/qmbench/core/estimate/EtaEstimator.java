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

    /** How long one calculation will take. */
    final class Expected {
        private final Duration likely;
        private final Duration atMost;

        /** Returns an expected time that none exceeds; {@link #atMost(Duration)} sets another limit. */
        public static Expected likely(Duration time) {
            return new Expected(Objects.requireNonNull(time, "time"), time);
        }

        /** Returns this expectation with a time that nine of ten such calculations do not exceed. */
        public Expected atMost(Duration time) {
            return new Expected(likely, Objects.requireNonNull(time, "time"));
        }

        private Expected(Duration likely, Duration atMost) {
            this.likely = likely;
            this.atMost = atMost;
        }

        /** The expected time. */
        public Duration likely() {
            return likely;
        }

        /** A time that nine of ten such calculations do not exceed. */
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

    /** The calculations that a run still has to do. */
    final class Workload {
        private final int parallel;
        private final List<Batch> waiting;
        private final List<Running> running;

        /** Makes a workload; for tests of estimators. */
        public static Workload of(int parallel, List<Batch> waiting, List<Running> running) {
            return new Workload(parallel, waiting, running);
        }

        private Workload(int parallel, List<Batch> waiting, List<Running> running) {
            Require.atLeastOne(parallel, "parallel");
            this.parallel = parallel;
            this.waiting = List.copyOf(Objects.requireNonNull(waiting, "waiting"));
            this.running = List.copyOf(Objects.requireNonNull(running, "running"));
        }

        /** How many run at once at most. */
        public int parallel() {
            return parallel;
        }

        /** Calculations that have not started, in the order in which they start. */
        public List<Batch> waiting() {
            return waiting;
        }

        /** Calculations that run now. */
        public List<Running> running() {
            return running;
        }

        /** Returns how many calculations are waiting or running. */
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

    /** Calculations that should take the same time. */
    final class Batch {
        private final Calculation example;
        private final int count;

        /** Makes a batch; for tests of estimators. */
        public static Batch of(Calculation example, int count) {
            return new Batch(example, count);
        }

        private Batch(Calculation example, int count) {
            Require.atLeastOne(count, "count");
            this.example = Objects.requireNonNull(example, "example");
            this.count = count;
        }

        /** One of them. */
        public Calculation example() {
            return example;
        }

        /** How many, at least 1. */
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

    /** A calculation that runs now. */
    final class Running {
        private final Calculation calculation;
        private final Duration elapsed;

        /** Makes a running calculation; for tests of estimators. */
        public static Running of(Calculation calculation, Duration elapsed) {
            return new Running(calculation, elapsed);
        }

        private Running(Calculation calculation, Duration elapsed) {
            this.calculation = Objects.requireNonNull(calculation, "calculation");
            this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
        }

        /** Which one. */
        public Calculation calculation() {
            return calculation;
        }

        /** For how long. */
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
