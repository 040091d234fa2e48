package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compares the methods of one nucleus. Methods go by their places in a list. For one thread. */
final class MethodComparer {

    private final Nucleus nucleus;
    private final List<ComparedFit> methods;
    private final List<Set<String>> molecules; // of each method, in the order of the data set
    private final boolean removeOutliers;
    private final int draws;
    private final Map<Integer, MoleculeDraws> drawsByMolecules = new TreeMap<>();

    /**
     * @param methods at most {@link MethodComparison#MOST_METHODS}
     * @param draws how many draws to make
     */
    MethodComparer(Nucleus nucleus, List<ComparedFit> methods, boolean removeOutliers, int draws) {
        this.nucleus = nucleus;
        this.methods = methods;
        this.removeOutliers = removeOutliers;
        this.draws = draws;
        List<Set<String>> sets = new ArrayList<>();
        methods.forEach(method -> sets.add(new LinkedHashSet<>(method.all().molecules())));
        this.molecules = sets;
    }

    /** Orders fits by the cross-validated RMSD on molecules of their own. */
    static Comparator<ScalingFit> byOwnRmsd() {
        return Comparator.comparingDouble(
                        (ScalingFit fit) -> fit.accuracy().crossValidatedRmsd().orElse(Double.MAX_VALUE))
                .thenComparingDouble(fit -> fit.accuracy().rmsd());
    }

    /**
     * Compares them.
     *
     * @param others fits that come after these
     */
    MethodComparison compare(List<ScalingFit> others) {
        Set<String> common = new LinkedHashSet<>();
        List<Integer> together = together(common);
        MethodsOnMolecules onCommon = on(common);
        List<Integer> ranked = onCommon.ranked(together);
        List<Integer> unranked = IntStream.range(0, methods.size())
                .boxed()
                .filter(place -> !ranked.contains(place))
                .sorted(Comparator.comparing(this::fit, byOwnRmsd()))
                .toList();
        return new MethodComparison(
                nucleus,
                List.copyOf(common),
                ranked.stream().map(place -> ranked(onCommon, ranked, place)).toList(),
                Stream.concat(unranked.stream().map(this::fit), others.stream()).toList(),
                differences(Stream.concat(ranked.stream(), unranked.stream()).toList(), common, onCommon),
                intervals(common, onCommon));
    }

    private ScalingFit fit(int place) {
        return methods.get(place).fit();
    }

    private MethodsOnMolecules on(Set<String> shared) {
        return new MethodsOnMolecules(methods, shared, removeOutliers, draws(shared.size()));
    }

    /**
     * Chooses the methods to rank: from the one with most molecules on, each that leaves at least 10 molecules in common, or half
     * of those of the first where that has fewer than 20.
     *
     * @param common becomes the molecules that these have
     */
    private List<Integer> together(Set<String> common) {
        List<Integer> byMolecules = IntStream.range(0, methods.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> -molecules.get(place).size()))
                .toList();
        List<Integer> chosen = new ArrayList<>();
        int fewest = 0;
        for (int place : byMolecules) {
            Set<String> own = molecules.get(place);
            if (chosen.isEmpty()) {
                common.addAll(own);
                fewest = Math.min(MoleculeDraws.FEWEST_MOLECULES, (own.size() + 1) / 2);
            }
            if (own.stream().filter(common::contains).count() >= fewest) {
                common.retainAll(own);
                chosen.add(place);
            }
        }
        return chosen;
    }

    private RankedMethod ranked(MethodsOnMolecules on, List<Integer> places, int place) {
        int best = places.get(0);
        long better = places.stream()
                .filter(other -> on.rmsd(other) < on.rmsd(place))
                .filter(other -> on.difference(other, place)
                        .filter(MethodDifference::isDistinct)
                        .isPresent())
                .count();
        return new RankedMethod(
                fit(place),
                (int) better + 1,
                on.rmsd(place),
                on.rmsdInterval(place),
                on.mae(place),
                on.maeInterval(place),
                place == best ? Optional.empty() : on.difference(place, best));
    }

    /** The differences of all pairs in this order, those with the same molecules in common together. */
    private List<MethodDifference> differences(List<Integer> order, Set<String> common, MethodsOnMolecules onCommon) {
        Map<Set<String>, List<int[]>> bySharing = new LinkedHashMap<>();
        for (int first = 0; first < order.size(); first++) {
            for (int second = first + 1; second < order.size(); second++) {
                bySharing
                        .computeIfAbsent(shared(order.get(first), order.get(second)), set -> new ArrayList<>())
                        .add(new int[] {first, second});
            }
        }
        Map<Integer, MethodDifference> differences = new TreeMap<>(); // by both places in the order
        bySharing.forEach((shared, pairs) -> {
            MethodsOnMolecules on = shared.equals(common) ? onCommon : on(shared);
            for (int[] pair : pairs) {
                on.difference(order.get(pair[0]), order.get(pair[1]))
                        .ifPresent(difference -> differences.put(pair[0] * order.size() + pair[1], difference));
            }
        });
        return List.copyOf(differences.values());
    }

    private Set<String> shared(int first, int second) {
        Set<String> own = molecules.get(first);
        if (own.equals(molecules.get(second))) {
            return own;
        }
        Set<String> shared = new LinkedHashSet<>(own);
        shared.retainAll(molecules.get(second));
        return shared;
    }

    private Map<ScalingFactor.Key, FitIntervals> intervals(Set<String> common, MethodsOnMolecules onCommon) {
        Map<ScalingFactor.Key, FitIntervals> intervals = new LinkedHashMap<>();
        for (int place = 0; place < methods.size(); place++) {
            ComparedFit method = methods.get(place);
            int kept = method.kept().molecules().size();
            if (kept >= MoleculeDraws.FEWEST_MOLECULES) {
                MethodsOnMolecules on = molecules.get(place).equals(common) ? onCommon : on(molecules.get(place));
                intervals.put(
                        method.fit().key(), BootstrapOfFit.intervals(method, draws(kept), on.rmsdInterval(place)));
            }
        }
        return intervals;
    }

    private MoleculeDraws draws(int number) {
        return drawsByMolecules.computeIfAbsent(number, molecules -> new MoleculeDraws(molecules, draws));
    }
}
