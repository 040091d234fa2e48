package io.github.qmbench.nmr.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Methods on molecules that some of them share, each molecule predicted from the other ones. Methods go by their places in a
 * list; what is asked for is calculated once. For one thread.
 */
final class MethodsOnMolecules {

    private final List<ComparedFit> methods;
    private final Set<String> shared;
    private final boolean removeOutliers;
    private final MoleculeDraws draws;
    private final Map<Integer, Optional<CrossValidation>> validations = new TreeMap<>();
    private final Map<Integer, double[][]> drawn = new TreeMap<>(); // RMSDs and MAEs
    private final Map<Integer, Optional<MethodDifference>> differences = new TreeMap<>(); // by both places

    /**
     * @param shared in the order of the data set
     * @param draws of as many molecules
     */
    MethodsOnMolecules(List<ComparedFit> methods, Set<String> shared, boolean removeOutliers, MoleculeDraws draws) {
        this.methods = methods;
        this.shared = shared;
        this.removeOutliers = removeOutliers;
        this.draws = draws;
    }

    /** Returns those of these methods that can spare a molecule, smallest RMSD first. */
    List<Integer> ranked(List<Integer> places) {
        List<Integer> ranked = new ArrayList<>(
                places.stream().filter(place -> validation(place).isPresent()).toList());
        ranked.sort(Comparator.comparingDouble(this::rmsd));
        return ranked;
    }

    double rmsd(int place) {
        return validation(place).orElseThrow().rmsd();
    }

    double mae(int place) {
        return validation(place).orElseThrow().mae();
    }

    Optional<ConfidenceInterval> rmsdInterval(int place) {
        return enough() && validation(place).isPresent() ? draws.interval(rmsdDraws(place)) : Optional.empty();
    }

    Optional<ConfidenceInterval> maeInterval(int place) {
        return enough() && validation(place).isPresent() ? draws.interval(maeDraws(place)) : Optional.empty();
    }

    /** The one minus the other; empty with too few molecules, and where one of them cannot spare a molecule. */
    Optional<MethodDifference> difference(int first, int second) {
        return first < second
                ? ascending(first, second)
                : ascending(second, first).map(MethodDifference::reversed);
    }

    private Optional<MethodDifference> ascending(int first, int second) {
        return differences.computeIfAbsent(first * methods.size() + second, pair -> calculated(first, second));
    }

    private Optional<MethodDifference> calculated(int first, int second) {
        if (!enough() || validation(first).isEmpty() || validation(second).isEmpty()) {
            return Optional.empty();
        }
        double[] byRmsd = minus(rmsdDraws(first), rmsdDraws(second));
        double[] byMae = minus(maeDraws(first), maeDraws(second));
        Optional<ConfidenceInterval> byRmsdInterval = draws.interval(byRmsd);
        Optional<ConfidenceInterval> byMaeInterval = draws.interval(byMae);
        if (byRmsdInterval.isEmpty() || byMaeInterval.isEmpty()) {
            return Optional.empty();
        }
        double rmsd = rmsd(first) - rmsd(second);
        return Optional.of(new MethodDifference(
                methods.get(first).fit().key(),
                methods.get(second).fit().key(),
                shared.size(),
                rmsd,
                byRmsdInterval.get(),
                mae(first) - mae(second),
                byMaeInterval.get(),
                inversion(byRmsd, rmsd)));
    }

    private boolean enough() {
        return shared.size() >= MoleculeDraws.FEWEST_MOLECULES;
    }

    private Optional<CrossValidation> validation(int place) {
        return validations.computeIfAbsent(
                place, which -> CrossValidation.of(methods.get(which).all().only(shared), removeOutliers));
    }

    private double[] rmsdDraws(int place) {
        return drawn(place)[0];
    }

    private double[] maeDraws(int place) {
        return drawn(place)[1];
    }

    private double[][] drawn(int place) {
        return drawn.computeIfAbsent(
                place, which -> validation(which).orElseThrow().drawn(draws));
    }

    private static double[] minus(double[] first, double[] second) {
        double[] difference = new double[first.length];
        for (int draw = 0; draw < first.length; draw++) {
            difference[draw] = first[draw] - second[draw];
        }
        return difference;
    }

    private static double inversion(double[] ofDraws, double value) {
        double inverted = 0;
        int counted = 0;
        for (double draw : ofDraws) {
            if (Double.isFinite(draw)) {
                inverted += draw * value < 0 ? 1 : draw * value == 0 ? 0.5 : 0;
                counted++;
            }
        }
        return inverted / counted;
    }
}
