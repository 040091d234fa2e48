package io.github.qmbench.nmr.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Predicts each molecule by the line of all others, for the data as they are and for bootstrap draws of them.
 *
 * <p>Each draw is cross-validated again: the lines are fitted to the molecules drawn, and a molecule is predicted without all of
 * its copies. Drawing the deviations of the one cross-validation instead would be cheaper, and its intervals are too narrow: all
 * deviations share the chance in the lines. With 12 molecules such intervals called 8 to 14 % of equally good pairs different,
 * instead of the 5 % that were meant; these call 2 to 4 % so.
 *
 * <p>Where outliers are removed, they are removed among the others: the molecule that is left out has no say in it, and its own
 * points all count. So all methods are judged by the same points. A draw leaves out the points that the data as they are leave
 * out for the same molecule.
 */
final class CrossValidation {

    private final PointsByMolecule points;
    private final LineSums[] own; // by molecule
    private final int[][] outliers; // by molecule: points of others that its line leaves out
    private final int[] moleculeOf; // by point
    private final DeviationSums deviations;

    private CrossValidation(PointsByMolecule points, int[][] outliers, DeviationSums deviations) {
        this.points = points;
        this.outliers = outliers;
        this.deviations = deviations;
        this.own = LineSums.byMolecule(points);
        this.moleculeOf = new int[points.size()];
        for (int molecule = 0; molecule < own.length; molecule++) {
            for (int i = points.begin(molecule); i < points.end(molecule); i++) {
                moleculeOf[i] = molecule;
            }
        }
    }

    /** Returns it; empty when a molecule cannot be spared, because the others give no line with a negative slope. */
    static Optional<CrossValidation> of(PointsByMolecule points, boolean removeOutliers) {
        int molecules = points.molecules().size();
        List<LineFit> own = new ArrayList<>(molecules);
        for (int i = 0; i < molecules; i++) {
            own.add(new LineFit(points, i));
        }
        List<LineFit> others = LineFit.withoutEach(own);
        DeviationSums sums = new DeviationSums(molecules);
        int[][] outliers = new int[molecules][0];
        for (int i = 0; i < molecules; i++) {
            LineFit line = others.get(i);
            if (removeOutliers && line.isUsable()) {
                outliers[i] = outliers(line, points, i);
                line = outliers[i].length == 0 ? line : without(points, i, outliers[i]);
            }
            if (!line.isUsable()) {
                return Optional.empty();
            }
            sums.add(i, line::shift, points);
        }
        return Optional.of(new CrossValidation(points, outliers, sums));
    }

    private static int[] outliers(LineFit line, PointsByMolecule points, int leftOut) {
        return IntStream.range(0, points.size())
                .filter(i -> i < points.begin(leftOut) || i >= points.end(leftOut))
                .filter(i -> FittedPoint.isOutlier(line.standardized(points.shift(i), points.shielding(i))))
                .toArray();
    }

    private static LineFit without(PointsByMolecule points, int leftOut, int[] outliers) {
        return new LineFit(
                points,
                IntStream.range(0, points.size())
                        .filter(i -> i < points.begin(leftOut) || i >= points.end(leftOut))
                        .filter(i -> IntStream.of(outliers).noneMatch(outlier -> outlier == i))
                        .toArray());
    }

    /** The RMSD in ppm. */
    double rmsd() {
        return deviations.rmsd();
    }

    /** The mean absolute deviation in ppm. */
    double mae() {
        return deviations.mae();
    }

    /**
     * Cross-validates each draw.
     *
     * @param draws of as many molecules as there are
     * @return the RMSD of each draw, and the MAE of each; not finite where the molecules drawn cannot spare one
     */
    double[][] drawn(MoleculeDraws draws) {
        double[][] results = new double[2][draws.size()];
        LineSums all = new LineSums();
        LineSums others = new LineSums();
        for (int draw = 0; draw < draws.size(); draw++) {
            all.clear();
            for (int molecule = 0; molecule < own.length; molecule++) {
                int times = draws.times(molecule, draw);
                if (times > 0) {
                    all.add(own[molecule], times);
                }
            }
            double squares = 0;
            double absolutes = 0;
            for (int molecule = 0; molecule < own.length; molecule++) {
                int times = draws.times(molecule, draw);
                if (times == 0) {
                    continue;
                }
                others.difference(all, own[molecule], times);
                for (int outlier : outliers[molecule]) {
                    others.add(
                            points.shift(outlier), points.shielding(outlier), -draws.times(moleculeOf[outlier], draw));
                }
                double m = others.m();
                double b = others.b(m);
                double slope = 1 / m;
                for (int i = points.begin(molecule); i < points.end(molecule); i++) {
                    double deviation = (points.shielding(i) - b) * slope - points.shift(i);
                    squares += times * deviation * deviation;
                    absolutes += times * Math.abs(deviation);
                }
                squares += m < 0 ? 0 : Double.NaN; // no line, or one with the wrong sign
            }
            results[0][draw] = Math.sqrt(squares / all.n());
            results[1][draw] = Double.isNaN(squares) ? Double.NaN : absolutes / all.n();
        }
        return results;
    }
}
