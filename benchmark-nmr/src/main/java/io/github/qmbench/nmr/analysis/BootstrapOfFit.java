package io.github.qmbench.nmr.analysis;

import java.util.Optional;

/**
 * The bootstrap of one fit. Lines are fitted again in each draw, from the sums of its molecules. The deviations from the line
 * itself stay those of the one fit: a line that is fitted again lies too near to the fewer molecules that it is fitted to.
 */
final class BootstrapOfFit {

    private BootstrapOfFit() {}

    /**
     * Returns the intervals of a fit.
     *
     * @param draws of as many molecules as its kept points have
     * @param crossValidatedRmsd the interval of that
     */
    static FitIntervals intervals(
            ComparedFit compared, MoleculeDraws draws, Optional<ConfidenceInterval> crossValidatedRmsd) {
        PointsByMolecule kept = compared.kept();
        double[][] lines = lines(kept, draws);
        DeviationSums deviations = DeviationSums.of(compared.fit().shieldingLine()::shift, kept);
        return new FitIntervals(
                kept.molecules().size(),
                draws.interval(deviations.rmsd(draws)),
                draws.interval(deviations.mae(draws)),
                crossValidatedRmsd,
                draws.interval(lines[2]),
                draws.interval(lines[3]),
                draws.interval(lines[0]),
                draws.interval(lines[1]));
    }

    /** Returns m, b, slope and intercept of each draw; the last two are no numbers where m is not negative. */
    private static double[][] lines(PointsByMolecule points, MoleculeDraws draws) {
        LineSums[] own = LineSums.byMolecule(points);
        double[][] lines = new double[4][draws.size()];
        LineSums drawn = new LineSums();
        for (int draw = 0; draw < draws.size(); draw++) {
            drawn.clear();
            for (int molecule = 0; molecule < own.length; molecule++) {
                drawn.add(own[molecule], draws.times(molecule, draw));
            }
            double m = drawn.m();
            double b = drawn.b(m);
            lines[0][draw] = m;
            lines[1][draw] = b;
            lines[2][draw] = m < 0 ? 1 / m : Double.NaN;
            lines[3][draw] = m < 0 ? -b / m : Double.NaN;
        }
        return lines;
    }
}
