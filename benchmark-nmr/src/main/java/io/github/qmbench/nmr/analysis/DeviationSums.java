package io.github.qmbench.nmr.analysis;

import java.util.function.DoubleUnaryOperator;

/** Sums over the deviations of each molecule: their number, their squares, their absolute values. */
final class DeviationSums {

    private final double[] numbers;
    private final double[] squares;
    private final double[] absolutes;

    DeviationSums(int molecules) {
        this.numbers = new double[molecules];
        this.squares = new double[molecules];
        this.absolutes = new double[molecules];
    }

    /** The deviations of all points from one line. */
    static DeviationSums of(DoubleUnaryOperator line, PointsByMolecule points) {
        DeviationSums sums = new DeviationSums(points.molecules().size());
        for (int molecule = 0; molecule < sums.numbers.length; molecule++) {
            sums.add(molecule, line, points);
        }
        return sums;
    }

    /**
     * Adds the deviations of a molecule's points from a line.
     *
     * @param line gives the shift of a shielding
     */
    void add(int molecule, DoubleUnaryOperator line, PointsByMolecule points) {
        for (int i = points.begin(molecule); i < points.end(molecule); i++) {
            double deviation = line.applyAsDouble(points.shielding(i)) - points.shift(i);
            numbers[molecule]++;
            squares[molecule] += deviation * deviation;
            absolutes[molecule] += Math.abs(deviation);
        }
    }

    /** The root of the mean square in ppm. */
    double rmsd() {
        return Math.sqrt(total(squares) / total(numbers));
    }

    /** The mean absolute deviation in ppm. */
    double mae() {
        return total(absolutes) / total(numbers);
    }

    /** The RMSD of each draw. */
    double[] rmsd(MoleculeDraws draws) {
        double[] rmsd = draws.ratios(squares, numbers);
        for (int draw = 0; draw < rmsd.length; draw++) {
            rmsd[draw] = Math.sqrt(rmsd[draw]);
        }
        return rmsd;
    }

    /** The MAE of each draw. */
    double[] mae(MoleculeDraws draws) {
        return draws.ratios(absolutes, numbers);
    }

    private static double total(double[] values) {
        double total = 0;
        for (double value : values) {
            total += value;
        }
        return total;
    }
}
