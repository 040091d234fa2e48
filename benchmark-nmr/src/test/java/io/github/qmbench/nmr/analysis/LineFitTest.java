package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineFitTest {

    /** 97.5 % quantile of Student's t with 34 degrees of freedom, from published tables. */
    private static final double T_34 = 2.0322445;

    @Test
    void reproducesTheCertifiedValuesOfNistsNorrisData() {
        // NIST Statistical Reference Datasets, linear regression, Norris: y, x.
        double[] data = {
            0.1, 0.2, 338.8, 337.4, 118.1, 118.2, 888.0, 884.6, 9.2, 10.1, 228.1, 226.5, 668.5, 666.3, 998.5, 996.3,
            449.1, 448.6, 778.9, 777.0, 559.2, 558.2, 0.3, 0.4, 0.1, 0.6, 778.1, 775.5, 668.8, 666.9, 339.3, 338.0,
            448.9, 447.5, 10.8, 11.6, 557.7, 556.0, 228.3, 228.1, 998.0, 995.8, 888.8, 887.6, 119.6, 120.2, 0.3, 0.3,
            0.6, 0.3, 557.6, 556.8, 339.3, 339.1, 888.0, 887.2, 998.5, 999.0, 778.9, 779.0, 10.2, 11.1, 117.6, 118.3,
            228.9, 229.2, 668.4, 669.1, 449.2, 448.9, 0.2, 0.5
        };
        List<ShiftPoint> points = new ArrayList<>();
        for (int i = 0; i < data.length; i += 2) {
            points.add(point(data[i + 1], data[i]));
        }
        LineFit line = new LineFit(points);
        assertThat(line.b()).isCloseTo(-0.262323073774029, within(1e-9));
        assertThat(line.m()).isCloseTo(1.00211681802045, within(1e-12));
        assertThat(line.rSquared()).isCloseTo(0.999993745883712, within(1e-12));
        assertThat(line.standardDeviation() * line.m()).isCloseTo(0.884796396144373, within(1e-9));
        ConfidenceInterval ciM = line.shieldingLine().ciM();
        ConfidenceInterval ciB = line.shieldingLine().ciB();
        assertThat((ciM.high() - ciM.low()) / 2 / T_34).isCloseTo(0.429796848199937e-3, within(1e-10));
        assertThat((ciB.high() - ciB.low()) / 2 / T_34).isCloseTo(0.232818234301152, within(1e-7));
    }

    @Property
    void leavingOutEachGroupFitsAllTheOthers(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int count, @ForAll @IntRange(max = 4) int largest) {
        Random random = new Random(seed);
        List<List<ShiftPoint>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(noisy(random.nextLong(), random.nextInt(largest + 1), -1.03, 190));
        }
        List<LineFit> others = LineFit.leavingOutEach(groups);
        assertThat(others).hasSize(count);
        for (int i = 0; i < count; i++) {
            List<ShiftPoint> left = new ArrayList<>();
            for (int j = 0; j < count; j++) {
                left.addAll(j == i ? List.of() : groups.get(j));
            }
            LineFit expected = new LineFit(left);
            assertThat(others.get(i).points()).isEqualTo(left.size());
            if (left.size() >= LineFit.FEWEST_POINTS) {
                assertThat(others.get(i).m()).isCloseTo(expected.m(), withinPercentage(1e-7));
                assertThat(others.get(i).b()).isCloseTo(expected.b(), withinPercentage(1e-7));
                assertThat(others.get(i).objection() == null).isEqualTo(expected.objection() == null);
            }
            if (left.size() >= LineFit.FEWEST_POINTS && expected.objection() == null) {
                assertThat(others.get(i).shiftLine().ciIntercept().low())
                        .isCloseTo(expected.shiftLine().ciIntercept().low(), withinPercentage(1e-6));
            }
        }
    }

    @Test
    void shiftsThatAreEqualAfterLeavingOneOutGiveNoLine() {
        List<ShiftPoint> equal = List.of(point(7.26, 24.1), point(7.26, 24.2), point(7.26, 24.3));
        List<LineFit> others = LineFit.leavingOutEach(List.of(equal.subList(0, 2), List.of(point(1, 30)), equal));
        assertThat(others.get(1).objection()).isEqualTo("all measured shifts are equal");
        assertThat(others.get(0).m()).isFinite();
    }

    @Property
    void equalsTheNormalEquationsInExactArithmetic(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 60) int count,
            @ForAll @DoubleRange(min = -1.3, max = -0.7) double m,
            @ForAll @DoubleRange(min = 20, max = 250) double b) {
        List<ShiftPoint> points = noisy(seed, count, m, b);
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal x = BigDecimal.ZERO;
        BigDecimal y = BigDecimal.ZERO;
        BigDecimal xx = BigDecimal.ZERO;
        BigDecimal xy = BigDecimal.ZERO;
        for (ShiftPoint point : points) {
            BigDecimal shift = new BigDecimal(point.experimental());
            BigDecimal shielding = new BigDecimal(point.shielding());
            x = x.add(shift);
            y = y.add(shielding);
            xx = xx.add(shift.multiply(shift));
            xy = xy.add(shift.multiply(shielding));
        }
        BigDecimal determinant = n.multiply(xx).subtract(x.multiply(x));
        double exactM = n.multiply(xy)
                .subtract(x.multiply(y))
                .divide(determinant, MathContext.DECIMAL128)
                .doubleValue();
        double exactB = xx.multiply(y)
                .subtract(x.multiply(xy))
                .divide(determinant, MathContext.DECIMAL128)
                .doubleValue();
        LineFit line = new LineFit(points);
        assertThat(line.m()).isCloseTo(exactM, within(1e-9));
        assertThat(line.b()).isCloseTo(exactB, within(1e-9));
        assertThat(line.shiftLine().slope()).isCloseTo(1 / exactM, within(1e-9));
        assertThat(line.shiftLine().intercept()).isCloseTo(-exactB / exactM, within(1e-9));
    }

    @Property(tries = 200)
    void theConfidenceBandReachesShieldingZeroExactlyAtTheEndsOfTheInterceptsInterval(
            @ForAll long seed, @ForAll @IntRange(min = 5, max = 60) int count) {
        List<ShiftPoint> points = noisy(seed, count, -1.02, 30);
        LineFit line = new LineFit(points);
        double mean =
                points.stream().mapToDouble(ShiftPoint::experimental).average().orElseThrow();
        double spread = points.stream()
                .mapToDouble(point -> Math.pow(point.experimental() - mean, 2))
                .sum();
        ConfidenceInterval ciM = line.shieldingLine().ciM();
        double tTimesNoise = (ciM.high() - ciM.low()) / 2 * Math.sqrt(spread);
        ConfidenceInterval interval = line.shiftLine().ciIntercept();
        for (double end : new double[] {interval.low(), interval.high()}) {
            double band = tTimesNoise * Math.sqrt(1.0 / count + Math.pow(end - mean, 2) / spread);
            assertThat(Math.abs(line.m() * end + line.b())).isCloseTo(band, within(1e-7));
        }
        assertThat(interval.contains(line.shiftLine().intercept())).isTrue();
        assertThat(line.shiftLine().ciSlope().contains(line.shiftLine().slope()))
                .isTrue();
    }

    /** The hat matrix by its definition: the change of a fitted value with its own observation. */
    @Property(tries = 100)
    void standardisedResidualsTakeTheLeverageOfTheirPointsIntoAccount(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 40) int count) {
        List<ShiftPoint> points = noisy(seed, count, -1.02, 30);
        LineFit line = new LineFit(points);
        for (int i = 0; i < count; i += 3) {
            ShiftPoint point = points.get(i);
            List<ShiftPoint> moved = new ArrayList<>(points);
            moved.set(i, point(point.experimental(), point.shielding() + 1));
            LineFit other = new LineFit(moved);
            double leverage = other.m() * point.experimental() + other.b() - line.m() * point.experimental() - line.b();
            double residual = line.shift(point.shielding()) - point.experimental();
            assertThat(line.fitted(point).standardized())
                    .isCloseTo(residual / (line.standardDeviation() * Math.sqrt(1 - leverage)), within(1e-6));
            assertThat(line.beside(point).standardized())
                    .isCloseTo(residual / (line.standardDeviation() * Math.sqrt(1 + leverage)), within(1e-6));
        }
    }

    /** An internally studentised residual is at most sqrt(n - 2), which is 3 with 11 points. */
    @Property(tries = 200)
    void amongElevenPointsThereIsNoOutlier(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 11) int count, @ForAll @IntRange(max = 10) int which) {
        List<ShiftPoint> points = new ArrayList<>(noisy(seed, count, -1.02, 30));
        ShiftPoint moved = points.get(which % count);
        points.set(which % count, point(moved.experimental(), moved.shielding() + 1000));
        LineFit line = new LineFit(points);
        assertThat(points)
                .allSatisfy(point -> assertThat(Math.abs(line.fitted(point).standardized()))
                        .isLessThanOrEqualTo(Math.sqrt(count - 2.0) + 1e-6));
    }

    @Test
    void objectsToALineThatPredictsNothing() {
        assertThat(new LineFit(List.of(point(1, 30), point(1, 29), point(1, 28))).objection())
                .isEqualTo("all measured shifts are equal");
        assertThat(new LineFit(List.of(point(1, 30), point(2, 30), point(3, 30))).objection())
                .isEqualTo("the slope is zero");
        assertThat(new LineFit(List.of(point(1, 30), point(2, 10), point(3, 29))).objection())
                .startsWith("the slope may be zero: m = -0.5000, between ");
        assertThat(new LineFit(List.of(point(1, 30), point(2, 29), point(3, 28))).objection())
                .isNull();
    }

    @Test
    void isUsableWithThreePointsAndASlopeThatIsNegative() {
        assertThat(new LineFit(List.of(point(1, 30), point(2, 29), point(3, 28))).isUsable())
                .isTrue();
        assertThat(new LineFit(List.of(point(1, 30), point(2, 29))).isUsable()).isFalse();
        assertThat(new LineFit(List.of(point(1, 28), point(2, 29), point(3, 30))).isUsable())
                .isFalse();
    }

    private static List<ShiftPoint> noisy(long seed, int count, double m, double b) {
        Random random = new Random(seed);
        List<ShiftPoint> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double shift = 10.0 * i / count + random.nextDouble();
            points.add(point(shift, m * shift + b + 0.05 * random.nextGaussian()));
        }
        return points;
    }

    private static ShiftPoint point(double shift, double shielding) {
        return new ShiftPoint("any", List.of(1), shift, shielding);
    }
}
