package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        /**
         * An older attempt, or another directory, has the result for these settings: it will be recorded again, and nothing
         * is calculated.
         */
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
        private final Optional<Path> adoptedFrom;

        private Entry(Calculation calculation, Action action, Set<String> differences, Optional<Path> adoptedFrom) {
            this.calculation = calculation;
            this.action = action;
            this.differences = differences;
            this.adoptedFrom = adoptedFrom;
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

        /** The other run directory from which its result would be adopted; empty when it would be from none. */
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
        List<String> notices = new ArrayList<>();
        JournalIndex point = PreviousRun.index(settings, (calculation, time) -> {}, notices::add);
        return new RunPlan(point, settings, List.copyOf(notices));
    }

    /** Sentences about the other directories that results would be adopted from: what of them would not be, and why. */
    public List<String> notices() {
        return notices;
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
