package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.analysis.PredictionBasis.Others;
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
    private static final Sums NOTHING = new Sums();

    private final List<MoleculeSignals> molecules;
    private final int signals;
    private final double meanShift;
    private final double meanShielding;
    private final Sums[] sums; // by molecule
    private final Sums all = new Sums();

    /**
     * @param moleculeId the molecule
     * @param fitted its points of the fit
     * @param told its signals as a prediction says them
     */
    record MoleculeSignals(String moleculeId, List<ShiftPoint> fitted, List<ShiftPoint> told) {}

    LeaveMoleculesOut(List<MoleculeSignals> molecules) {
        this.molecules = molecules;
        this.signals = molecules.stream().mapToInt(one -> one.told().size()).sum();
        List<ShiftPoint> points =
                molecules.stream().flatMap(one -> one.fitted().stream()).toList();
        this.meanShift =
                points.stream().mapToDouble(ShiftPoint::experimental).average().orElse(0);
        this.meanShielding =
                points.stream().mapToDouble(ShiftPoint::shielding).average().orElse(0);
        this.sums = molecules.stream().map(this::sums).toArray(Sums[]::new);
        for (Sums one : sums) {
            all.add(one);
        }
    }

    private Sums sums(MoleculeSignals molecule) {
        Sums sums = new Sums();
        for (ShiftPoint point : molecule.fitted()) {
            double x = point.experimental() - meanShift;
            double y = point.shielding() - meanShielding;
            sums.add(1, x, y, x * x, x * y);
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
        double[] deviations = new double[signals];
        int told = 0;
        int others = 0;
        for (int i = 0; i < molecules.size(); i++) {
            if (i == leftOut || molecules.get(i).told().isEmpty()) {
                continue;
            }
            others++;
            double[] line = line(leftOut, i);
            for (ShiftPoint signal : molecules.get(i).told()) {
                deviations[told++] = Math.abs((signal.shielding() - line[1]) / line[0] - signal.experimental());
            }
        }
        double[] sorted = Arrays.copyOf(deviations, told);
        Arrays.sort(sorted);
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
        Sums first = one >= 0 ? sums[one] : NOTHING;
        Sums second = other >= 0 && other != one ? sums[other] : NOTHING;
        double n = all.n - first.n - second.n;
        double x = all.x - first.x - second.x;
        double y = all.y - first.y - second.y;
        double m = (all.xy - first.xy - second.xy - x * y / n) / (all.xx - first.xx - second.xx - x * x / n);
        return new double[] {m, (y - m * x) / n + meanShielding - m * meanShift};
    }

    /** Of deviations from the means of all points, so that differences keep their digits. */
    private static final class Sums {
        private double n;
        private double x;
        private double y;
        private double xx;
        private double xy;

        void add(Sums other) {
            add(other.n, other.x, other.y, other.xx, other.xy);
        }

        void add(double points, double shift, double shielding, double squares, double products) {
            n += points;
            x += shift;
            y += shielding;
            xx += squares;
            xy += products;
        }
    }
}
