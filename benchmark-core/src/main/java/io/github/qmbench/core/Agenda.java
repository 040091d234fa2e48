package io.github.qmbench.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The calculations that have not been begun, and which of them comes next. Those of one cost are kept together, in the
 * order of the matrix; memory is four bytes for each. Used by one thread at a time.
 */
final class Agenda {

    /** With more different costs than this, similar ones count as one. */
    private static final int MOST_COSTS = 1000;

    private static final int NONE = -1;

    /** Calculations of one cost. */
    private static final class Group {
        private final double relative;
        private int head = NONE;
        private int last = NONE;
        private int count;

        Group(double relative) {
            this.relative = relative;
        }
    }

    private final CalculationMatrix matrix;
    private final StartOrder order;
    private final Function<Calculation, Optional<EtaEstimator.Expected>> expected;
    private final int[] following;
    private final List<Group> groups;
    private final boolean costsAreKnown;
    private int count;

    /**
     * Takes all calculations that are not done.
     *
     * @param hint what the backend tells of costs, if it does
     * @param expected how long a calculation is expected to take, as far as is known at the time of asking
     */
    Agenda(
            CalculationMatrix matrix,
            JournalIndex point,
            Optional<CostHint> hint,
            StartOrder order,
            Function<Calculation, Optional<EtaEstimator.Expected>> expected) {
        this.matrix = matrix;
        this.order = order;
        this.expected = expected;
        this.following = new int[matrix.size()];
        this.costsAreKnown = hint.isPresent();
        Map<Object, Group> byCost = new LinkedHashMap<>();
        if (!fill(point, hint, byCost, false)) {
            byCost.clear();
            count = 0;
            fill(point, hint, byCost, true);
        }
        this.groups = new ArrayList<>(byCost.values());
    }

    private boolean fill(JournalIndex point, Optional<CostHint> hint, Map<Object, Group> byCost, boolean coarse) {
        for (int index = 0; index < matrix.size(); index++) {
            if (point.standing(index) == JournalIndex.Standing.DONE) {
                continue;
            }
            Optional<CostHint.Cost> cost = costOf(hint, index);
            double relative = cost.map(CostHint.Cost::relative).orElse(1.0);
            Object key = coarse ? cost.map(Agenda::coarse) : cost;
            Group group = byCost.computeIfAbsent(key, first -> new Group(relative));
            if (group.last == NONE) {
                group.head = index;
            } else {
                following[group.last] = index;
            }
            following[index] = NONE;
            group.last = index;
            group.count++;
            count++;
            if (!coarse && byCost.size() > MOST_COSTS) {
                return false;
            }
        }
        return true;
    }

    private Optional<CostHint.Cost> costOf(Optional<CostHint> hint, int index) {
        return hint.map(known -> known.cost(matrix.get(index)));
    }

    /** The guess at the time to some 4 %, and the conditions. */
    private static Object coarse(CostHint.Cost cost) {
        return List.of(Math.round(16 * Math.log(cost.relative()) / Math.log(2)), cost.conditions());
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Takes the next calculation.
     *
     * @param fits which ones may be taken; asked of one of each cost
     * @return its place in the matrix, or -1 when none may be taken
     */
    int take(Predicate<Calculation> fits) {
        for (Group group : inOrder()) {
            if (fits.test(matrix.get(group.head))) {
                int index = group.head;
                group.head = following[index];
                group.count--;
                count--;
                if (group.count == 0) {
                    groups.remove(group);
                }
                return index;
            }
        }
        return NONE;
    }

    private List<Group> inOrder() {
        if (groups.size() > 1) {
            Comparator<Group> byPlace = Comparator.comparingInt(group -> group.head);
            if (order == StartOrder.FILE) {
                groups.sort(byPlace);
            } else {
                Map<Group, Double> lengths = new LinkedHashMap<>();
                groups.forEach(group -> lengths.put(group, length(group)));
                groups.sort(Comparator.<Group>comparingDouble(lengths::get)
                        .thenComparingDouble(group -> group.relative)
                        .reversed()
                        .thenComparing(byPlace));
            }
        }
        return groups;
    }

    private double length(Group group) {
        return expected.apply(matrix.get(group.head))
                .map(time -> time.likely().toMillis() / 1000.0)
                .orElse(group.relative);
    }

    /** Returns what is left, one batch for each cost, in the order of their start; empty when no costs are known. */
    List<EtaEstimator.Batch> waiting() {
        return costsAreKnown
                ? inOrder().stream()
                        .map(group -> new EtaEstimator.Batch(matrix.get(group.head), group.count))
                        .toList()
                : List.of();
    }
}
