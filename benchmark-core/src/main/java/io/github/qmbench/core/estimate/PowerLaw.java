package io.github.qmbench.core.estimate;

import io.github.qmbench.core.CostHint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A power law of times, or of amounts of memory, fitted to what was seen: {@code log t = log(guess) + a + sum of b log(size)
 * + c of each condition + d in this run}.
 *
 * <p>Ridge regression of logarithms (the exponents' and factors' departures from the guess are held back towards none as
 * far as the times do not speak for them), made robust by Huber's weights (P. J. Huber, Ann. Math. Statist. 35, 73 (1964)):
 * a calculation that took unusually long counts less. Later times weigh more than earlier ones, for a machine's speed
 * changes with what else it does. Immutable.
 */
final class PowerLaw {

    /**
     * A calculation that has ended: what its time depends on, the time in seconds, or another amount in its unit, and whether
     * an earlier run calculated it.
     */
    record Observation(CostHint.Cost cost, double seconds, boolean earlier) {}

    /** What is believed before any time is known: departures from the guess of this order (in the exponent, or as a log). */
    private static final double PRIOR_DEVIATION = 0.7;

    /**
     * The same for the speed of this run against those before it: the machine may be another, or have other work. Of this order
     * are the errors of the first estimates in the resumed runs of {@code docs/performance.md}.
     */
    private static final double PRIOR_DEVIATION_OF_SPEED = 0.6;

    private static final String THIS_RUN = "this run";

    /** Times of equal calculations differ by this much in any case, as the standard deviation of a logarithm. */
    private static final double LEAST_NOISE = 0.05;

    private static final double FIRST_NOISE = 0.3;
    private static final double HUBER = 1.345;

    /** The mean square of normal values that are cut at {@link #HUBER} standard deviations. */
    private static final double CUT_VARIANCE = 0.7102;

    private static final int ITERATIONS = 8;

    /** After so many later times a time weighs half. */
    private static final double HALF_LIFE = 20;

    /** The last digits of clocks are no difference. */
    private static final double EQUAL = 1e-9;

    private final Map<String, Integer> columns;
    private final double[] coefficients;
    private final double[][] covariance;
    private final double noise;
    private final double smearing;
    private final double constantSeconds; // NaN unless all times are equal

    /** Fits observations, in the order in which they came; at least one. */
    PowerLaw(List<Observation> observations) {
        constantSeconds = constant(observations);
        columns = columns(observations);
        double[][] rows = new double[observations.size()][];
        double[] departures = new double[observations.size()];
        double[] weights = new double[observations.size()];
        for (int i = 0; i < rows.length; i++) {
            Observation one = observations.get(i);
            rows[i] = row(one.cost(), !one.earlier());
            departures[i] = Math.log(one.seconds() / one.cost().relative());
            weights[i] = Math.pow(0.5, (rows.length - 1 - i) / HALF_LIFE);
        }
        double[] robust = weights.clone();
        double deviation = FIRST_NOISE;
        double[] solution = {};
        double[][] inverse = {};
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[][] normal = normal(rows, robust, deviation);
            inverse = Matrices.inverse(normal);
            solution = Matrices.times(inverse, moments(rows, departures, robust, deviation));
            double[] residuals = residuals(rows, departures, solution);
            deviation = deviation(residuals, weights, deviation);
            for (int i = 0; i < robust.length; i++) {
                double far = Math.abs(residuals[i]) / (HUBER * deviation);
                robust[i] = weights[i] / Math.max(1, far);
            }
        }
        coefficients = solution;
        covariance = inverse;
        noise = deviation;
        smearing = smearing(residuals(rows, departures, solution), robust, deviation);
    }

    private static double constant(List<Observation> observations) {
        double first = observations.get(0).seconds();
        boolean equal = observations.stream().allMatch(one -> Math.abs(one.seconds() - first) <= EQUAL * first);
        return equal ? first : Double.NaN;
    }

    /** One column for each size, for each value of a condition that was seen, and for this run when others were before it. */
    private static Map<String, Integer> columns(List<Observation> observations) {
        TreeSet<String> names = new TreeSet<>();
        for (Observation one : observations) {
            names.addAll(one.cost().sizes().keySet().stream()
                    .map(name -> "size " + name)
                    .toList());
            one.cost().conditions().forEach((name, value) -> names.add("condition " + name + "=" + value));
            if (one.earlier()) {
                names.add(THIS_RUN);
            }
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, columns.size() + 1));
        return columns;
    }

    private double[] row(CostHint.Cost cost, boolean thisRun) {
        double[] row = new double[columns.size() + 1];
        row[0] = 1;
        cost.sizes().forEach((name, size) -> {
            Integer column = columns.get("size " + name);
            if (column != null) {
                row[column] = Math.log(size); // from any other unit, too: the constant makes up for it
            }
        });
        cost.conditions().forEach((name, value) -> {
            Integer column = columns.get("condition " + name + "=" + value);
            if (column != null) {
                row[column] = 1; // one that was never seen changes nothing
            }
        });
        Integer column = columns.get(THIS_RUN);
        if (column != null && thisRun) {
            row[column] = 1;
        }
        return row;
    }

    private double[][] normal(double[][] rows, double[] weights, double deviation) {
        int size = rows[0].length;
        double[][] normal = new double[size][size];
        normal[0][0] = 1e-9;
        columns.forEach((name, i) -> {
            double believed = name.equals(THIS_RUN) ? PRIOR_DEVIATION_OF_SPEED : PRIOR_DEVIATION;
            normal[i][i] = 1 / (believed * believed);
        });
        for (int r = 0; r < rows.length; r++) {
            double weight = weights[r] / (deviation * deviation);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    normal[i][j] += weight * rows[r][i] * rows[r][j];
                }
            }
        }
        return normal;
    }

    private static double[] moments(double[][] rows, double[] departures, double[] weights, double deviation) {
        double[] moments = new double[rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            double weight = weights[r] / (deviation * deviation);
            for (int i = 0; i < moments.length; i++) {
                moments[i] += weight * rows[r][i] * departures[r];
            }
        }
        return moments;
    }

    private static double[] residuals(double[][] rows, double[] departures, double[] solution) {
        double[] residuals = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            residuals[r] = departures[r] - Matrices.dot(rows[r], solution);
        }
        return residuals;
    }

    /**
     * The standard deviation of the residuals, mixed with what is believed before, which counts like three times. Residuals are
     * cut at Huber's limit, and the variance is corrected for the cut (Huber's second proposal, in the paper named above).
     */
    private static double deviation(double[] residuals, double[] weights, double before) {
        double sum = 3 * FIRST_NOISE * FIRST_NOISE;
        double weight = 3;
        for (int i = 0; i < residuals.length; i++) {
            double cut = Math.min(HUBER * before, Math.abs(residuals[i]));
            sum += weights[i] * cut * cut / CUT_VARIANCE;
            weight += weights[i];
        }
        return Math.max(LEAST_NOISE, Math.sqrt(sum / weight));
    }

    /** By how much the mean of times is above their typical value (N. Duan, J. Am. Stat. Assoc. 78, 605 (1983)). */
    private static double smearing(double[] residuals, double[] weights, double deviation) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < residuals.length; i++) {
            sum += weights[i] * Math.exp(Math.max(-3 * deviation, Math.min(3 * deviation, residuals[i])));
            weight += weights[i];
        }
        return sum / weight;
    }

    /** The expected time in seconds. */
    double seconds(CostHint.Cost cost) {
        if (!Double.isNaN(constantSeconds)) {
            return constantSeconds;
        }
        double log = Math.log(cost.relative()) + Matrices.dot(row(cost, true), coefficients) + Math.log(smearing);
        return Math.exp(Math.max(-700, Math.min(700, log)));
    }

    /** How far the time of one calculation may be from the expected one, as the standard deviation of a logarithm. */
    double deviation(CostHint.Cost cost) {
        return Double.isNaN(constantSeconds) ? Math.hypot(noise, bias(cost)) : 0;
    }

    /** How far all times of this kind may be from the expected ones together. */
    double bias(CostHint.Cost cost) {
        double[] row = row(cost, true);
        return Double.isNaN(constantSeconds)
                ? Math.sqrt(Math.max(0, Matrices.dot(row, Matrices.times(covariance, row))))
                : 0;
    }
}
