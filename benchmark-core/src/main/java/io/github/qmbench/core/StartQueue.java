package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import io.github.qmbench.core.internal.JournalIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The calculations that have not been started or are tried again, and which of them starts next. Those of one cost are kept together, in the
 * order of the matrix; memory is four bytes for each.
 *
 * <p>Safe for use by many threads. What it asks (how long, does it fit) it asks without its lock.
 */
final class StartQueue {

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

    /** A group at one moment. */
    private record Candidate(Group group, int head, int count) {}

    private final CalculationMatrix matrix;
    private final StartOrder order;
    private final Function<Calculation, Optional<EtaEstimator.Expected>> expected;
    /**
     * A calculation that is tried again.
     *
     * @param notBefore when it may start, by the timer
     */
    private record Retry(int index, long notBefore) {}

    private final int[] following; // guarded by this, like the groups and the retries
    private final List<Group> groups;
    private final List<Retry> retries = new ArrayList<>(); // in the order in which they may start

    /**
     * Takes all calculations that are not done.
     *
     * @param hint what the backend says of costs, if it does
     * @param expected how long a calculation is expected to take, as far as is known at the time of asking
     */
    StartQueue(
            CalculationMatrix matrix,
            JournalIndex point,
            Optional<CostHint> hint,
            StartOrder order,
            Function<Calculation, Optional<EtaEstimator.Expected>> expected) {
        this.matrix = matrix;
        this.order = order;
        this.expected = expected;
        this.following = new int[matrix.size()];
        Map<Object, Group> byCost = new LinkedHashMap<>();
        if (!fill(point, hint, byCost, false)) {
            byCost.clear();
            fill(point, hint, byCost, true);
        }
        this.groups = new ArrayList<>(byCost.values());
    }

    private boolean fill(JournalIndex point, Optional<CostHint> hint, Map<Object, Group> byCost, boolean coarse) {
        for (int index = 0; index < matrix.size(); index++) {
            if (!point.isToBeCalculated(index)) {
                continue;
            }
            Optional<CostHint.Cost> cost = costOf(hint, index);
            double relative = cost.map(CostHint.Cost::relative).orElse(1.0);
            Object key = coarse ? cost.map(StartQueue::coarse) : cost;
            Group group = byCost.computeIfAbsent(key, first -> new Group(relative));
            if (group.last == NONE) {
                group.head = index;
            } else {
                following[group.last] = index;
            }
            following[index] = NONE;
            group.last = index;
            group.count++;
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

    synchronized boolean isEmpty() {
        return groups.isEmpty() && retries.isEmpty();
    }

    /** Puts a calculation back that is tried again, not before a time by the timer. */
    synchronized void putBack(int index, long notBefore) {
        retries.add(new Retry(index, notBefore));
        retries.sort((one, other) -> Long.signum(one.notBefore() - other.notBefore()));
    }

    /** Returns how long it takes until a calculation may be tried again that may not be now; empty when there is none. */
    synchronized OptionalLong untilRetry(long now) {
        return retries.stream()
                .mapToLong(retry -> retry.notBefore() - now)
                .filter(wait -> wait > 0)
                .findFirst();
    }

    private synchronized List<Retry> due(long now) {
        return retries.stream().filter(retry -> retry.notBefore() - now <= 0).toList();
    }

    private synchronized boolean take(Retry retry) {
        return retries.remove(retry);
    }

    /**
     * Takes the next calculation; one that is tried again comes first when its time has come.
     *
     * @param fits which ones may be taken; asked of one of each cost
     * @param now the time by the timer
     * @return its place in the matrix, or -1 when none may be taken
     */
    int take(Predicate<Calculation> fits, long now) {
        for (Retry retry : due(now)) {
            if (fits.test(matrix.get(retry.index())) && take(retry)) {
                return retry.index();
            }
        }
        while (true) {
            Optional<Candidate> next = inOrder().stream()
                    .filter(candidate -> fits.test(matrix.get(candidate.head())))
                    .findFirst();
            if (next.isEmpty()) {
                return NONE;
            }
            if (take(next.get())) {
                return next.get().head();
            }
        }
    }

    /** Takes the next calculation, whichever it is; returns its place in the matrix, or -1 when none may start yet. */
    int take(long now) {
        synchronized (this) {
            if (retries.isEmpty() && groups.size() == 1) { // the usual case needs no comparison
                Group only = groups.get(0);
                int index = only.head;
                removeHead(only);
                return index;
            }
        }
        return take(calculation -> true, now);
    }

    /** Takes the first one of a group, unless another thread has. */
    private synchronized boolean take(Candidate candidate) {
        Group group = candidate.group();
        if (group.count != candidate.count()) {
            return false;
        }
        removeHead(group);
        return true;
    }

    private void removeHead(Group group) {
        group.head = following[group.head];
        group.count--;
        if (group.count == 0) {
            groups.remove(group);
        }
    }

    private synchronized List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>(groups.size());
        groups.forEach(group -> candidates.add(new Candidate(group, group.head, group.count)));
        return candidates;
    }

    private List<Candidate> inOrder() {
        List<Candidate> candidates = candidates();
        if (candidates.size() > 1) {
            Comparator<Candidate> byPlace = Comparator.comparingInt(Candidate::head);
            if (order == StartOrder.FILE) {
                candidates.sort(byPlace);
            } else {
                Map<Candidate, Double> lengths = new LinkedHashMap<>();
                candidates.forEach(candidate -> lengths.put(candidate, length(candidate)));
                candidates.sort(Comparator.<Candidate>comparingDouble(lengths::get)
                        .thenComparingDouble(candidate -> candidate.group().relative)
                        .reversed()
                        .thenComparing(byPlace));
            }
        }
        return candidates;
    }

    private double length(Candidate candidate) {
        return expected.apply(matrix.get(candidate.head()))
                .map(time -> time.likely().toMillis() / 1000.0)
                .orElse(candidate.group().relative);
    }

    /** Returns what is left, one batch for each cost, in the order of their start, and then those that are tried again. */
    List<EtaEstimator.Batch> waiting() {
        List<EtaEstimator.Batch> batches = new ArrayList<>();
        inOrder()
                .forEach(candidate ->
                        batches.add(EtaEstimator.Batch.of(matrix.get(candidate.head()), candidate.count())));
        List<Retry> again;
        synchronized (this) {
            again = List.copyOf(retries);
        }
        again.forEach(retry -> batches.add(EtaEstimator.Batch.of(matrix.get(retry.index()), 1)));
        return batches;
    }
}
