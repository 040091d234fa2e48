package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.estimate.MemoryModel;
import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The plan of a run: what it would do, calculation by calculation, and why. Made by {@link BenchmarkRunner#plan}.
 * Immutable.
 */
public final class RunPlan {

    /** The action that a run would take for one calculation. */
    public enum Action {
        /** Calculate: it has no record. */
        NEW,
        /** Skip: it is finished. */
        DONE,
        /**
         * Adopt: an older attempt, or another directory, has the result for these settings. It is recorded again, and
         * nothing is calculated.
         */
        ADOPT,
        /** Try again: it failed, or no attempt at it has ended. */
        AGAIN,
        /** Refuse the run, or calculate again if asked to: the result comes from other settings. */
        STALE
    }

    /** The plan for one calculation. Immutable. */
    public static final class Entry {
        private final Calculation calculation;
        private final Action action;
        private final Set<String> differences;
        private final Optional<Path> adoptedFrom;

        private Entry(Calculation calculation, Action action, Set<String> differences, Optional<Path> adoptedFrom) {
            this.calculation = calculation;
            this.action = action;
            this.differences = differences;
            this.adoptedFrom = adoptedFrom;
        }

        /** {@return the calculation that the entry is about} */
        public Calculation calculation() {
            return calculation;
        }

        /** {@return the action that the run would take} */
        public Action action() {
            return action;
        }

        /**
         * {@return the fields of the fingerprint that differ, as {@code basis: 3-21G -> 6-31G*}; empty unless it is
         * stale}
         */
        public Set<String> differences() {
            return differences;
        }

        /** {@return the other run directory from which its result would be adopted; empty when it would be from none} */
        public Optional<Path> adoptedFrom() {
            return adoptedFrom;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && calculation.equals(that.calculation)
                    && action.equals(that.action)
                    && differences.equals(that.differences)
                    && adoptedFrom.equals(that.adoptedFrom);
        }

        @Override
        public int hashCode() {
            return Objects.hash(calculation, action, differences, adoptedFrom);
        }

        @Override
        public String toString() {
            return "Entry[calculation=" + calculation + ", action=" + action + ", differences=" + differences
                    + ", adoptedFrom=" + adoptedFrom + "]";
        }
    }

    /** The expected time and memory of a plan, as far as the completed calculations in the directory tell. Immutable. */
    public static final class Forecast {
        private final TimeLeft time;
        private final Optional<Duration> total;
        private final OptionalLong largestMemoryBytes;

        private Forecast(TimeLeft time, Optional<Duration> total, OptionalLong largestMemoryBytes) {
            this.time = time;
            this.total = total;
            this.largestMemoryBytes = largestMemoryBytes;
        }

        /** {@return the expected time of the run} */
        public TimeLeft time() {
            return time;
        }

        /** {@return the expected times of all calculations, added; empty while too little is known} */
        public Optional<Duration> total() {
            return total;
        }

        /**
         * {@return the memory in bytes that the largest calculation needs at most, in 95 of 100 cases; empty while too
         * little is known}
         */
        public OptionalLong largestMemoryBytes() {
            return largestMemoryBytes;
        }
    }

    private final JournalIndex point;
    private final RunSettings settings;
    private final List<String> notices;

    private RunPlan(JournalIndex point, RunSettings settings, List<String> notices) {
        this.point = point;
        this.settings = settings;
        this.notices = notices;
    }

    /** Reads the journals, and plans. */
    static RunPlan of(RunSettings settings) throws IOException {
        if (!settings.resume) { // the run would put the journal aside first
            Path journal = RunFiles.journal(settings.directory);
            return new RunPlan(JournalIndex.empty(journal, settings.matrix), settings, List.of());
        }
        List<String> notices = new ArrayList<>();
        JournalIndex point = PreviousRun.index(settings, (calculation, attempt) -> {}, notices::add);
        return new RunPlan(point, settings, List.copyOf(notices));
    }

    /** {@return sentences about results in the other directories that would not be adopted, and why} */
    public List<String> notices() {
        return notices;
    }

    /**
     * {@return the expected time and memory of the calculations that the run would do} Reads the journal again, and
     * asks the estimator and the cost hint of the backend.
     *
     * @throws UncheckedIOException when the journal cannot be read any more
     */
    public Forecast forecast() {
        EtaEstimator estimator = settings.newEstimator();
        MemoryModel memory = settings.newMemoryModel();
        try {
            PreviousRun.own(settings, (calculation, attempt) -> {
                estimator.completedEarlier(calculation, attempt.duration());
                RunSettings.learn(memory, calculation, attempt);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<EtaEstimator.Batch> batches =
                new StartQueue(settings.matrix, point, settings.hint, settings.order, estimator::expected).waiting();
        Optional<Duration> total = Optional.of(Duration.ZERO);
        long largest = 0;
        for (EtaEstimator.Batch batch : batches) {
            Optional<EtaEstimator.Expected> each = estimator.expected(batch.example());
            total = total.flatMap(sum -> each.map(time -> sum.plus(time.likely().multipliedBy(batch.count()))));
            largest = Math.max(largest, memory.bound(batch.example()).orElse(0));
        }
        return new Forecast(
                estimator.estimate(EtaEstimator.Workload.of(settings.parallel, batches, List.of())),
                total,
                largest == 0 ? OptionalLong.empty() : OptionalLong.of(largest));
    }

    /**
     * {@return the number of calculations with this action}
     *
     * @param action what the run would do
     */
    public int count(Action action) {
        return point.count(JournalIndex.Standing.valueOf(
                Objects.requireNonNull(action, "action").name()));
    }

    /**
     * Passes every entry to a consumer, in the order of the matrix.
     *
     * @param consumer called in the calling thread
     * @throws UncheckedIOException when the journal cannot be read any more
     */
    public void forEach(Consumer<Entry> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        for (int index = 0; index < point.matrix().size(); index++) {
            Action action = Action.valueOf(point.standing(index).name());
            consumer.accept(new Entry(
                    point.matrix().get(index),
                    action,
                    action == Action.STALE ? differences(index) : Set.of(),
                    action == Action.ADOPT
                            ? settings.source(point.adoptableIn(index)).map(RunDirectory::path)
                            : Optional.empty()));
        }
    }

    private Set<String> differences(int index) {
        try {
            JournalIndex.Stale old = point.stale(index, settings.backend::fingerprint);
            Set<String> differences = new TreeSet<>();
            old.was()
                    .differences(old.is())
                    .forEach(field ->
                            differences.add(field + ": " + old.was().fields().get(field) + " -> "
                                    + old.is().fields().get(field)));
            return differences;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
