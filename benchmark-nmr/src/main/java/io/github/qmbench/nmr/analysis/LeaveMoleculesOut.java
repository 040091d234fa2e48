package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.analysis.PredictionBasis.Others;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Predicts every molecule by the line of the others, and from the deviations how far the next prediction may be off.
 *
 * <p>For a molecule that is left out itself, each of the others is predicted without both, so that neither the line nor the
 * width has seen it. The half width for a share p is the quantile p (1 + 1/M) of the absolute deviations, with M molecules: the
 * correction of conformal prediction, with molecules as what is exchangeable (shifts of one molecule are not independent).
 */
final class LeaveMoleculesOut {

    private static final double[] SHARES = {0.68, 0.95};

    private final List<MoleculeSignals> molecules;
    private final double meanShift;
    private final double meanShielding;
    private final Sums[] sums; // by molecule
    private final Sums all = new Sums();

    /**
     * @param moleculeId the molecule
     * @param fitted its points of the fit
     * @param told its signals as a prediction tells them
     */
    record MoleculeSignals(String moleculeId, List<ShiftPoint> fitted, List<ShiftPoint> told) {}

    LeaveMoleculesOut(List<MoleculeSignals> molecules) {
        this.molecules = molecules;
        List<ShiftPoint> points =
                molecules.stream().flatMap(one -> one.fitted().stream()).toList();
        this.meanShift =
                points.stream().mapToDouble(ShiftPoint::experimental).average().orElse(0);
        this.meanShielding =
                points.stream().mapToDouble(ShiftPoint::shielding).average().orElse(0);
        this.sums = molecules.stream().map(this::sums).toArray(Sums[]::new);
        for (Sums one : sums) {
            all.add(one, 1);
        }
    }

    private Sums sums(MoleculeSignals molecule) {
        Sums sums = new Sums();
        for (ShiftPoint point : molecule.fitted()) {
            double x = point.experimental() - meanShift;
            double y = point.shielding() - meanShielding;
            sums.add(new Sums(1, x, y, x * x, x * y), 1);
        }
        return sums;
    }

    /** The interval of predictions for a molecule that is not among these. */
    Optional<PredictionInterval> interval() {
        return interval(-1);
    }

    /** Line and interval for each molecule, from all others; without those that the others give no line for. */
    Map<String, Others> without() {
        Map<String, Others> without = new LinkedHashMap<>();
        for (int i = 0; i < molecules.size(); i++) {
            double[] line = line(i, -1);
            if (Double.isFinite(line[0]) && line[0] < 0) {
                without.put(molecules.get(i).moleculeId(), new Others(1 / line[0], -line[1] / line[0], interval(i)));
            }
        }
        return without;
    }

    private Optional<PredictionInterval> interval(int leftOut) {
        List<Double> deviations = new ArrayList<>();
        int others = 0;
        for (int i = 0; i < molecules.size(); i++) {
            if (i == leftOut || molecules.get(i).told().isEmpty()) {
                continue;
            }
            others++;
            double[] line = line(leftOut, i);
            for (ShiftPoint signal : molecules.get(i).told()) {
                deviations.add(Math.abs((signal.shielding() - line[1]) / line[0] - signal.experimental()));
            }
        }
        double[] sorted =
                deviations.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (others < PredictionInterval.FEWEST_MOLECULES
                || !Double.isFinite(Arrays.stream(sorted).sum())) {
            return Optional.empty();
        }
        double correction = 1 + 1.0 / others;
        return Optional.of(new PredictionInterval(
                quantile(sorted, SHARES[0] * correction), quantile(sorted, SHARES[1] * correction), others));
    }

    /** The quantile by straight lines between the values, as most programs take it; the largest value beyond 1. */
    private static double quantile(double[] sorted, double share) {
        double place = Math.min(1, share) * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Slope and intercept of shielding on shift without two molecules; -1 for none. */
    private double[] line(int one, int other) {
        Sums rest = new Sums();
        rest.add(all, 1);
        if (one >= 0) {
            rest.add(sums[one], -1);
        }
        if (other >= 0 && other != one) {
            rest.add(sums[other], -1);
        }
        double m = (rest.xy - rest.x * rest.y / rest.n) / (rest.xx - rest.x * rest.x / rest.n);
        double b = (rest.y - m * rest.x) / rest.n;
        return new double[] {m, b + meanShielding - m * meanShift};
    }

    /** Of deviations from the means of all points, so that differences keep their digits. */
    private static final class Sums {
        private double n;
        private double x;
        private double y;
        private double xx;
        private double xy;

        Sums() {}

        Sums(double n, double x, double y, double xx, double xy) {
            this.n = n;
            this.x = x;
            this.y = y;
            this.xx = xx;
            this.xy = xy;
        }

        void add(Sums other, int sign) {
            n += sign * other.n;
            x += sign * other.x;
            y += sign * other.y;
            xx += sign * other.xx;
            xy += sign * other.xy;
        }
    }
}
