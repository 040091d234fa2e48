package io.github.qmbench.nmr.analysis;

import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.descriptive.rank.Percentile.EstimationType;

/**
 * A bootstrap by molecule: as many molecules as there are, drawn with replacement, again and again. Points of one molecule are
 * not independent, so they are drawn together. Every statistic here is made of sums over molecules, so a draw needs no more
 * than the times that it has each molecule. The seed is fixed: same data, same answer. Immutable.
 *
 * <p>Intervals are percentiles, a little wider than 2.5 and 97.5 %, because the spread of draws from M molecules is too small by
 * the factor sqrt((M - 1) / M), and has no account of that the spread itself is estimated: the tails are those at which a
 * normal distribution of the draws would give Student's interval (the expanded percentiles of T. C. Hesterberg, Am. Stat. 2015,
 * 69, 371, doi:10.1080/00031305.2015.1089789).
 */
final class MoleculeDraws {

    /** How many draws an analysis makes. */
    static final int DRAWS = 10_000;

    /** From fewer molecules an interval would say more about the molecules than about the method. */
    static final int FEWEST_MOLECULES = 10;

    private static final long SEED = 152_164_108;
    private static final double TAIL = 0.025;
    private static final double FEWEST_FINITE = 0.99;

    /** More molecules are drawn in so many groups, each of molecules that follow each other at this distance. */
    private static final int MOST_GROUPS = 250;

    private final int draws;
    private final byte[][] times; // by group and draw

    /**
     * Draws.
     *
     * @param molecules how many there are
     */
    MoleculeDraws(int molecules, int draws) {
        int groups = Math.min(molecules, MOST_GROUPS);
        this.draws = draws;
        this.times = new byte[groups][draws];
        Random random = new Random(SEED); // its numbers are specified, so they are the same with every Java
        for (int draw = 0; draw < draws; draw++) {
            for (int i = 0; i < groups; i++) {
                times[random.nextInt(groups)][draw]++;
            }
        }
    }

    /** How many draws there are. */
    int size() {
        return draws;
    }

    /** How often a draw has a molecule. */
    int times(int molecule, int draw) {
        return times[molecule < times.length ? molecule : molecule % times.length][draw];
    }

    /** Returns for each draw the sum of what its molecules have. */
    double[] sums(double[] ofMolecules) {
        double[] ofGroups = new double[times.length];
        for (int i = 0; i < ofMolecules.length; i++) {
            ofGroups[i % times.length] += ofMolecules[i];
        }
        double[] sums = new double[draws];
        for (int group = 0; group < times.length; group++) {
            byte[] often = times[group];
            double value = ofGroups[group];
            for (int draw = 0; draw < draws; draw++) {
                sums[draw] += often[draw] * value;
            }
        }
        return sums;
    }

    /** Returns for each draw the quotient of two sums. */
    double[] ratios(double[] above, double[] below) {
        double[] ratios = sums(above);
        double[] divisors = sums(below);
        for (int draw = 0; draw < draws; draw++) {
            ratios[draw] /= divisors[draw];
        }
        return ratios;
    }

    /**
     * Returns the 95 % interval of a statistic from its values. Draws without a finite value do not count; empty when they are more
     * than 1 %.
     */
    Optional<ConfidenceInterval> interval(double[] ofDraws) {
        double[] finite = DoubleStream.of(ofDraws).filter(Double::isFinite).toArray();
        if (finite.length < FEWEST_FINITE * draws) {
            return Optional.empty();
        }
        double percent = 100 * tail(times.length);
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(finite);
        double low = percentile.evaluate(percent);
        return Optional.of(new ConfidenceInterval(low, Math.max(low, percentile.evaluate(100 - percent))));
    }

    /** The share of draws beyond each end of an interval. */
    static double tail(int molecules) {
        if (molecules < 2) {
            return TAIL;
        }
        double student = new TDistribution(molecules - 1).inverseCumulativeProbability(TAIL);
        return new NormalDistribution()
                .cumulativeProbability(student * Math.sqrt((double) molecules / (molecules - 1)));
    }
}
