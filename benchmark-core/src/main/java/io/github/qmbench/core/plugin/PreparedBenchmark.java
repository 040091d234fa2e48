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
 * A benchmark that a {@link CalculationBackendProvider} has selected and checked, ready to run. Immutable; used by one
 * thread.
 */
public final class PreparedBenchmark {

    /** A source of notes for a person before the run starts. Called by one thread. */
    @FunctionalInterface
    public interface Remarks {
        /**
         * {@return the notes, one line each: versions first, then warnings} May ask a program, within a second or two.
         *
         * @param sideBySide how many calculations the run does in parallel on this machine, 0 when they run elsewhere
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
     * Sets the policies, the estimator and the listeners of the backend on a runner.
     *
     * @param runner a builder, which is changed
     * @param policy the user's; the run pauses when that or the backend's policy says so
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
     * {@return a builder of a benchmark whose calculations take one core each and little memory}
     *
     * @param matrix the calculations, with axes of the backend
     * @param backend calculates them
     */
    public static Builder builder(CalculationMatrix matrix, CalculationBackend backend) {
        return new Builder(matrix, backend);
    }

    /** {@return the calculations} */
    public CalculationMatrix matrix() {
        return matrix;
    }

    /** {@return the backend that calculates them} */
    public CalculationBackend backend() {
        return backend;
    }

    /** {@return the number of cores that one calculation keeps busy} */
    public int coresEach() {
        return coresEach;
    }

    /** {@return the memory in bytes that one calculation should have; 0 when it is too small to matter} */
    public long memoryBytesEach() {
        return memoryBytesEach;
    }

    /** {@return the space in bytes that one calculation takes on the disk: its files and its line of the journal} */
    public long diskBytesEach() {
        return diskBytesEach;
    }

    /** {@return JSON values for {@code benchmark.json}, unmodifiable} */
    public Map<String, Object> description() {
        return description;
    }

    /**
     * {@return the notes for a person before the run starts; see {@link Remarks#about}}
     *
     * @param sideBySide how many calculations the run does in parallel on this machine, 0 when they run elsewhere
     * @throws InterruptedException when the thread was interrupted while it asked a program
     */
    public List<String> remarks(int sideBySide) throws InterruptedException {
        return remarks.about(Require.atLeast(0, sideBySide, "sideBySide"));
    }

    /** A builder of {@link PreparedBenchmark}. For one thread. */
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

        /**
         * Sets the number of cores that one calculation keeps busy, for {@code --parallel auto}; 1 by default.
         *
         * @param number at least 1
         * @return this builder
         */
        public Builder coresEach(int number) {
            coresEach = Require.atLeastOne(number, "coresEach");
            return this;
        }

        /**
         * Sets the memory that one calculation should have, for {@code --parallel auto}.
         *
         * @param bytes 0, the default, when it is too small to matter
         * @return this builder
         */
        public Builder memoryBytesEach(long bytes) {
            memoryBytesEach = Require.notNegative(bytes, "memoryBytesEach");
            return this;
        }

        /**
         * Sets the space that one calculation takes on the disk, for {@code doctor}; half a megabyte by default.
         *
         * @param bytes not negative
         * @return this builder
         */
        public Builder diskBytesEach(long bytes) {
            diskBytesEach = Require.notNegative(bytes, "diskBytesEach");
            return this;
        }

        /**
         * Sets JSON values to be kept in {@code benchmark.json}.
         *
         * @param values by name, without NaN and infinity
         * @return this builder
         * @throws IllegalArgumentException naming the place, when one has no JSON form
         */
        public Builder description(Map<String, ?> values) {
            description = Json.normalise(Objects.requireNonNull(values, "values"));
            return this;
        }

        /**
         * Sets the source of notes for a person before the run starts; none by default.
         *
         * @param value called before the run starts
         * @return this builder
         */
        public Builder remarks(Remarks value) {
            remarks = Objects.requireNonNull(value, "remarks");
            return this;
        }

        /**
         * Sets a policy that pauses the run, in addition to the user's.
         *
         * @param value asked after each failed calculation
         * @return this builder
         */
        public Builder failurePolicy(FailurePolicy value) {
            failurePolicy = Objects.requireNonNull(value, "failurePolicy");
            return this;
        }

        /**
         * Sets which failed calculations the same run tries again.
         *
         * @param value asked after each failed attempt
         * @return this builder
         */
        public Builder retryPolicy(RetryPolicy value) {
            retryPolicy = Objects.requireNonNull(value, "retryPolicy");
            return this;
        }

        /**
         * Sets the estimator of the time left.
         *
         * @param value makes one for each run
         * @return this builder
         */
        public Builder etaEstimator(Supplier<EtaEstimator> value) {
            etaEstimator = Objects.requireNonNull(value, "etaEstimator");
            return this;
        }

        /**
         * Adds a listener to the run.
         *
         * @param value called by one thread at a time
         * @return this builder
         */
        public Builder listener(RunListener value) {
            listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /** {@return the benchmark with the present settings} */
        public PreparedBenchmark build() {
            return new PreparedBenchmark(this);
        }
    }
}
