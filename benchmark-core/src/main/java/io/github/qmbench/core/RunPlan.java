package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a run would do, calculation by calculation, and why. Made by {@link BenchmarkRunner#plan}. Immutable. */
public final class RunPlan {

    /** What would become of one calculation. */
    public enum Action {
        /** It has no record: it will be calculated. */
        NEW,
        /** It is done: it will be skipped. */
        DONE,
        /** An older attempt has the result for these settings: it will be recorded again, and nothing is calculated. */
        ADOPT,
        /** It failed, or no attempt at it has ended: it will be tried again. */
        AGAIN,
        /** Its result comes from other settings: the run would be refused, or calculate it again if told to. */
        STALE
    }

    /** The plan for one calculation. */
    public static final class Entry {
        private final Calculation calculation;
        private final Action action;
        private final Set<String> differences;

        private Entry(Calculation calculation, Action action, Set<String> differences) {
            this.calculation = calculation;
            this.action = action;
            this.differences = differences;
        }

        /** Which one. */
        public Calculation calculation() {
            return calculation;
        }

        /** What would become of it. */
        public Action action() {
            return action;
        }

        /** For a stale one the fields of the fingerprint that differ, as {@code basis: 3-21G -> 6-31G*}. */
        public Set<String> differences() {
            return differences;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && calculation.equals(that.calculation)
                    && action.equals(that.action)
                    && differences.equals(that.differences);
        }

        @Override
        public int hashCode() {
            return Objects.hash(calculation, action, differences);
        }

        @Override
        public String toString() {
            return "Entry[calculation=" + calculation + ", action=" + action + ", differences=" + differences + "]";
        }
    }

    private final JournalIndex point;
    private final CalculationBackend backend;

    RunPlan(JournalIndex point, CalculationBackend backend) {
        this.point = Objects.requireNonNull(point, "point");
        this.backend = Objects.requireNonNull(backend, "backend");
    }

    /** How many calculations have this action. */
    public int count(Action action) {
        return point.count(JournalIndex.Standing.valueOf(
                Objects.requireNonNull(action, "action").name()));
    }

    /**
     * Hands over every entry in the order of the matrix.
     *
     * @throws UncheckedIOException when the journal cannot be read any more
     */
    public void forEach(Consumer<Entry> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        for (int index = 0; index < point.matrix().size(); index++) {
            Action action = Action.valueOf(point.standing(index).name());
            consumer.accept(new Entry(
                    point.matrix().get(index), action, action == Action.STALE ? differences(index) : Set.of()));
        }
    }

    private Set<String> differences(int index) {
        try {
            JournalIndex.Stale old = point.stale(index, backend::fingerprint);
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
