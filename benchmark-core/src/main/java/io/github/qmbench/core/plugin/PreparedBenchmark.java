package io.github.qmbench.core.plugin;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark that was selected and checked by a {@link CalculationBackendProvider} and is ready to run. Immutable; used by
 * one thread.
 */
public final class PreparedBenchmark {

    /** Says what a person should know before the run starts. */
    @FunctionalInterface
    public interface Remarks {
        /**
         * Returns the remarks, one line each: versions first, then warnings. May ask a program, within a second or two.
         *
         * @param sideBySide how many calculations the run does at once on this machine, 0 when they run elsewhere
         * @throws InterruptedException when the thread was interrupted while a program was asked
         */
        List<String> about(int sideBySide) throws InterruptedException;
    }

    private final CalculationMatrix matrix;
    private final CalculationBackend backend;
    private final int coresEach;
    private final long memoryBytesEach;
    private final long diskBytesEach;
    private final Map<String, Object> description;
    private final Remarks remarks;
    private final Optional<FailurePolicy> failurePolicy;
    private final Optional<RetryPolicy> retryPolicy;
    private final Optional<Supplier<EtaEstimator>> etaEstimator;
    private final List<RunListener> listeners;

    private PreparedBenchmark(Builder builder) {
        matrix = builder.matrix;
        backend = builder.backend;
        coresEach = builder.coresEach;
        memoryBytesEach = builder.memoryBytesEach;
        diskBytesEach = builder.diskBytesEach;
        description = builder.description;
        remarks = builder.remarks;
        failurePolicy = Optional.ofNullable(builder.failurePolicy);
        retryPolicy = Optional.ofNullable(builder.retryPolicy);
        etaEstimator = Optional.ofNullable(builder.etaEstimator);
        listeners = List.copyOf(builder.listeners);
    }

    /**
     * Gives a runner what the backend brings: its policies, estimator and listeners.
     *
     * @param policy what the user wants; the run pauses when that or the backend's policy says so
     */
    public void configure(BenchmarkRunner.Builder runner, FailurePolicy policy) {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(runner, "runner")
                .failurePolicy(failurePolicy.map(policy::or).orElse(policy));
        retryPolicy.ifPresent(runner::retryPolicy);
        etaEstimator.ifPresent(runner::etaEstimator);
        listeners.forEach(runner::listener);
    }

    /**
     * Begins a benchmark of calculations that take one core each and no memory to speak of.
     *
     * @param matrix which calculations, with axes of the backend's own
     * @param backend how
     */
    public static Builder builder(CalculationMatrix matrix, CalculationBackend backend) {
        return new Builder(matrix, backend);
    }

    /** Which calculations. */
    public CalculationMatrix matrix() {
        return matrix;
    }

    /** How they are done. */
    public CalculationBackend backend() {
        return backend;
    }

    /** How many cores one calculation keeps busy. */
    public int coresEach() {
        return coresEach;
    }

    /** How much memory one calculation should have, in bytes; 0 when that is not worth a thought. */
    public long memoryBytesEach() {
        return memoryBytesEach;
    }

    /** How much one calculation leaves on the disk, in bytes: its files and its line of the journal. */
    public long diskBytesEach() {
        return diskBytesEach;
    }

    /** JSON values for {@code benchmark.json}, unmodifiable. */
    public Map<String, Object> description() {
        return description;
    }

    /** What a person should know before the run starts; see {@link Remarks#about}. */
    public List<String> remarks(int sideBySide) throws InterruptedException {
        return remarks.about(Require.atLeast(0, sideBySide, "sideBySide"));
    }

    /** Builds a {@link PreparedBenchmark}. */
    public static final class Builder {
        private final CalculationMatrix matrix;
        private final CalculationBackend backend;
        private int coresEach = 1;
        private long memoryBytesEach;
        private long diskBytesEach = 500_000;
        private Map<String, Object> description = Map.of();
        private Remarks remarks = sideBySide -> List.of();
        private @Nullable FailurePolicy failurePolicy;
        private @Nullable RetryPolicy retryPolicy;
        private @Nullable Supplier<EtaEstimator> etaEstimator;
        private final List<RunListener> listeners = new ArrayList<>();

        private Builder(CalculationMatrix matrix, CalculationBackend backend) {
            this.matrix = Objects.requireNonNull(matrix, "matrix");
            this.backend = Objects.requireNonNull(backend, "backend");
        }

        /** Sets how many cores one calculation keeps busy: {@code --parallel auto} goes by it. */
        public Builder coresEach(int number) {
            coresEach = Require.atLeastOne(number, "coresEach");
            return this;
        }

        /** Sets how much memory one calculation should have: {@code --parallel auto} goes by it. */
        public Builder memoryBytesEach(long bytes) {
            memoryBytesEach = Require.notNegative(bytes, "memoryBytesEach");
            return this;
        }

        /** Sets how much one calculation leaves on the disk, half a megabyte if not set: {@code doctor} asks for that room. */
        public Builder diskBytesEach(long bytes) {
            diskBytesEach = Require.notNegative(bytes, "diskBytesEach");
            return this;
        }

        /**
         * Sets JSON values to be kept in {@code benchmark.json}.
         *
         * @throws IllegalArgumentException naming the place, when one has no JSON form
         */
        public Builder description(Map<String, ?> values) {
            description = Json.normalise(Objects.requireNonNull(values, "values"));
            return this;
        }

        /** Sets what a person should know before the run starts. */
        public Builder remarks(Remarks value) {
            remarks = Objects.requireNonNull(value, "remarks");
            return this;
        }

        /** Sets when the run pauses, in addition to what the user says. */
        public Builder failurePolicy(FailurePolicy value) {
            failurePolicy = Objects.requireNonNull(value, "failurePolicy");
            return this;
        }

        /** Sets which failed calculations the same run tries again. */
        public Builder retryPolicy(RetryPolicy value) {
            retryPolicy = Objects.requireNonNull(value, "retryPolicy");
            return this;
        }

        /** Sets what makes the estimator of the time left. */
        public Builder etaEstimator(Supplier<EtaEstimator> value) {
            etaEstimator = Objects.requireNonNull(value, "etaEstimator");
            return this;
        }

        /** Adds a listener to the run. */
        public Builder listener(RunListener value) {
            listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /** Returns the benchmark. */
        public PreparedBenchmark build() {
            return new PreparedBenchmark(this);
        }
    }
}
