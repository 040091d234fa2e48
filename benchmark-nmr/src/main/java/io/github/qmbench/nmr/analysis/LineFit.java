package io.github.qmbench.nmr.analysis;

import io.github.qmbench.nmr.analysis.ScalingFit.ShieldingLine;
import io.github.qmbench.nmr.analysis.ScalingFit.ShiftLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/**
 * One ordinary least squares fit of shieldings on shifts.
 *
 * <p>The interval of {@code -b / m} is Fieller's: all shifts at which the confidence band of the line contains shielding
 * 0 (E. C. Fieller, J. R. Stat. Soc. B 1954, 16, 175). It exists when m differs from 0 at the same level.
 */
final class LineFit {

    static final int FEWEST_POINTS = 3;
    private static final double TAIL = 0.975;

    /** Through a point with a leverage of 1 the line goes exactly; rounding leaves about this. */
    private static final double NOTHING_LEFT = 1e-9;

    /** Quantiles by degrees of freedom: each takes a numerical inversion, and one analysis asks thousands of times. */
    private static final Map<Long, Double> QUANTILES = new ConcurrentHashMap<>();

    private final SimpleRegression regression = new SimpleRegression();
    private double meanShift;

    private LineFit() {}

    LineFit(List<ShiftPoint> points) {
        for (ShiftPoint point : points) {
            regression.addData(point.experimental(), point.shielding());
            meanShift += point.experimental() / points.size();
        }
    }

    /** Fits the points of one molecule. */
    LineFit(PointsByMolecule points, int molecule) {
        this(
                points,
                IntStream.range(points.begin(molecule), points.end(molecule)).toArray());
    }

    /** Fits the points at these places. */
    LineFit(PointsByMolecule points, int[] places) {
        for (int i : places) {
            regression.addData(points.shift(i), points.shielding(i));
            meanShift += points.shift(i) / places.length;
        }
    }

    /** Returns for each group the fit of all the others. */
    static List<LineFit> leavingOutEach(List<List<ShiftPoint>> groups) {
        return withoutEach(groups.stream().map(LineFit::new).toList());
    }

    /** Returns for each fit that of the points of all the others, in a time that grows with their number alone. */
    static List<LineFit> withoutEach(List<LineFit> groups) {
        LineFit[] behind = new LineFit[groups.size() + 1];
        behind[groups.size()] = new LineFit();
        for (int i = groups.size() - 1; i >= 0; i--) {
            behind[i] = groups.get(i).with(behind[i + 1]);
        }
        List<LineFit> others = new ArrayList<>(groups.size());
        LineFit before = new LineFit();
        for (int i = 0; i < groups.size(); i++) {
            others.add(before.with(behind[i + 1]));
            before = before.with(groups.get(i));
        }
        return others;
    }

    /** Returns the fit of the points of both. */
    private LineFit with(LineFit other) {
        LineFit both = new LineFit();
        both.regression.append(regression);
        both.regression.append(other.regression);
        both.meanShift = (meanShift * points() + other.meanShift * other.points()) / Math.max(1, both.points());
        return both;
    }

    /** How many points it goes through. */
    int points() {
        return (int) regression.getN();
    }

    /** Whether it goes through enough points and its slope is negative at the 95 % level. */
    boolean isUsable() {
        return points() >= FEWEST_POINTS && objection() == null;
    }

    /** Says what is wrong with it, or returns null when the slope is negative at the 95 % level. */
    @Nullable
    String objection() {
        double m = regression.getSlope();
        if (Double.isNaN(m)) {
            return "all measured shifts are equal";
        }
        if (m == 0) {
            return "the slope is zero";
        }
        if (m > 0) {
            return String.format(
                    Locale.ROOT,
                    "the slope is positive, m = %.4g: a shift falls as the shielding rises, so the shieldings have the"
                            + " wrong sign or belong to other atoms",
                    m);
        }
        ConfidenceInterval interval = ConfidenceInterval.around(m, halfWidthM());
        return interval.contains(0)
                ? String.format(
                        Locale.ROOT,
                        "the slope may be zero: m = %.4g, between %.4g and %.4g",
                        m,
                        interval.low(),
                        interval.high())
                : null;
    }

    double m() {
        return regression.getSlope();
    }

    double b() {
        return regression.getIntercept();
    }

    /** The shift in ppm of a shielding. */
    double shift(double shielding) {
        return (shielding - b()) / m();
    }

    double rSquared() {
        return regression.getRSquare();
    }

    /** The standard deviation of the shifts' residuals in ppm. */
    double standardDeviation() {
        return Math.sqrt(regression.getMeanSquareError()) / Math.abs(m());
    }

    /** Returns one of its points beside it. */
    FittedPoint fitted(ShiftPoint point) {
        return new FittedPoint(point, shift(point.shielding()), standardized(point.experimental(), point.shielding()));
    }

    /** Returns a point that is none of its own beside it. */
    FittedPoint beside(ShiftPoint point) {
        double residual = shift(point.shielding()) - point.experimental();
        return new FittedPoint(
                point, shift(point.shielding()), inDeviations(residual, 1 + leverage(point.experimental())));
    }

    /** The standardised residual of one of its points. */
    double standardized(double shift, double shielding) {
        return inDeviations(shift(shielding) - shift, 1 - leverage(shift));
    }

    private double inDeviations(double residual, double variance) {
        double deviation = standardDeviation() * Math.sqrt(Math.max(0, variance));
        return variance < NOTHING_LEFT || deviation == 0 ? 0 : residual / deviation;
    }

    /** How much a point at this shift draws the line to itself: the share of its residual's variance that the fit takes away. */
    private double leverage(double shift) {
        double distance = shift - meanShift;
        return 1.0 / points() + distance * distance / regression.getXSumSquares();
    }

    ShieldingLine shieldingLine() {
        return new ShieldingLine(
                m(),
                b(),
                ConfidenceInterval.around(m(), halfWidthM()),
                ConfidenceInterval.around(b(), quantile() * regression.getInterceptStdErr()));
    }

    ShiftLine shiftLine() {
        ConfidenceInterval ciM = ConfidenceInterval.around(m(), halfWidthM());
        return new ShiftLine(
                1 / m(), -b() / m(), new ConfidenceInterval(1 / ciM.high(), 1 / ciM.low()), interceptInterval());
    }

    /** Solves (b + m x)^2 = t^2 s^2 (1/n + (x - mean)^2 / Sxx) for x. */
    private ConfidenceInterval interceptInterval() {
        double noise = Math.pow(quantile(), 2) * regression.getMeanSquareError();
        double atMean = m() * meanShift + b();
        double square = m() * m() - noise / regression.getXSumSquares();
        double linear = atMean * m();
        double constant = atMean * atMean - noise / regression.getN();
        double root = Math.sqrt(Math.max(0, linear * linear - square * constant));
        return new ConfidenceInterval(meanShift + (-linear - root) / square, meanShift + (-linear + root) / square);
    }

    private double halfWidthM() {
        return quantile() * regression.getSlopeStdErr();
    }

    private double quantile() {
        return QUANTILES.computeIfAbsent(
                regression.getN() - 2, freedom -> new TDistribution(freedom).inverseCumulativeProbability(TAIL));
    }
}
