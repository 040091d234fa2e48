package io.github.qmbench.core;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a run would do, calculation by calculation, and why. Made by {@link BenchmarkRunner#plan}. Immutable. */
public final class RunPlan {

    /** What would become of one calculation. */
    public enum Action {
        /** It was never completed nor failed: it will be calculated. */
        NEW,
        /** It is done: it will be skipped. */
        DONE,
        /** Its last attempt failed, was cancelled or interrupted: it will be tried again. */
        AGAIN,
        /** Its result comes from other settings: the run would be refused, or calculate it again if told to. */
        STALE
    }

    /**
     * The plan for one calculation.
     *
     * @param calculation which one
     * @param action what would become of it
     * @param differences for a stale one the fields of the fingerprint that differ, as {@code basis: 3-21G -> 6-31G*}
     */
    public record Entry(Calculation calculation, Action action, Set<String> differences) {}

    private final ResumePoint point;

    RunPlan(ResumePoint point) {
        this.point = Objects.requireNonNull(point, "point");
    }

    /** How many calculations have this action. */
    public int count(Action action) {
        return point.count(ResumePoint.Standing.valueOf(action.name()));
    }

    /** Hands over every entry in the order of the matrix. */
    public void forEach(Consumer<Entry> consumer) {
        Map<Integer, ResumePoint.Stale> stale = point.stale();
        for (int index = 0; index < point.matrix().size(); index++) {
            Set<String> differences = new TreeSet<>();
            ResumePoint.Stale old = stale.get(index);
            if (old != null) {
                old.was()
                        .differences(old.is())
                        .forEach(field -> differences.add(
                                field + ": " + old.was().fields().get(field) + " -> "
                                        + old.is().fields().get(field)));
            }
            consumer.accept(new Entry(
                    point.matrix().get(index),
                    Action.valueOf(point.standing(index).name()),
                    differences));
        }
    }
}
