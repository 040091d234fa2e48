package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Beside the same said the long way: each line fitted to a list of points, each deviation looked at by itself. */
class CrossValidationTest {

    private static final int DRAWS = 20;

    @Property(tries = 30)
    void isThatOfLinesFittedWithoutEachMolecule(@ForAll Random random, @ForAll boolean removeOutliers) {
        List<List<ShiftPoint>> molecules = molecules(random);
        CrossValidation validation =
                CrossValidation.of(points(molecules), removeOutliers).orElseThrow();

        double[] expected = theLongWay(molecules, ones(molecules.size()), removeOutliers);

        assertThat(validation.rmsd()).isCloseTo(expected[0], withinPercentage(1e-7));
        assertThat(validation.mae()).isCloseTo(expected[1], withinPercentage(1e-7));
    }

    @Property(tries = 30)
    void aDrawIsThatOfItsMolecules(@ForAll Random random, @ForAll boolean removeOutliers) {
        List<List<ShiftPoint>> molecules = molecules(random);
        MoleculeDraws draws = new MoleculeDraws(molecules.size(), DRAWS);

        double[][] drawn = CrossValidation.of(points(molecules), removeOutliers)
                .orElseThrow()
                .drawn(draws);

        for (int draw = 0; draw < DRAWS; draw++) {
            int[] times = new int[molecules.size()];
            for (int molecule = 0; molecule < times.length; molecule++) {
                times[molecule] = draws.times(molecule, draw);
            }
            double[] expected = theLongWay(molecules, times, removeOutliers);
            assertThat(drawn[0][draw]).as("RMSD of draw %d", draw).isCloseTo(expected[0], withinPercentage(1e-6));
            assertThat(drawn[1][draw]).as("MAE of draw %d", draw).isCloseTo(expected[1], withinPercentage(1e-6));
        }
    }

    @Test
    void aMoleculeThatCannotBeSparedLeavesNothing() {
        List<List<ShiftPoint>> molecules = List.of(
                List.of(point(0, 1, 10.0, 20.0)),
                List.of(point(1, 1, 10.0, 20.5)),
                List.of(point(2, 1, 10.0, 19.5)),
                List.of(point(3, 1, 1.0, 30.0)));

        assertThat(CrossValidation.of(points(molecules), false)).isEmpty();
    }

    @Test
    void aDrawWithoutALineIsNotANumber() {
        List<List<ShiftPoint>> molecules = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            molecules.add(List.of(point(i, 1, i < 2 ? 1 : 5, i < 2 ? 30 : 26.0 + 0.1 * i)));
        }
        MoleculeDraws draws = new MoleculeDraws(4, DRAWS);

        double[][] drawn =
                CrossValidation.of(points(molecules), false).orElseThrow().drawn(draws);

        int without = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            boolean canSpareEach = true;
            for (int left = 0; left < 4; left++) {
                boolean low = false;
                boolean high = false;
                for (int other = 0; other < 4; other++) {
                    boolean counts = other != left && draws.times(other, draw) > 0;
                    low |= counts && other < 2;
                    high |= counts && other >= 2;
                }
                canSpareEach &= draws.times(left, draw) == 0 || low && high;
            }
            without += canSpareEach ? 0 : 1;
            assertThat(Double.isNaN(drawn[0][draw])).as("RMSD of draw %d", draw).isEqualTo(!canSpareEach);
            assertThat(Double.isNaN(drawn[1][draw])).as("MAE of draw %d", draw).isEqualTo(!canSpareEach);
        }
        assertThat(without).isBetween(1, DRAWS - 1);
    }

    /** Twelve molecules of one to four points on a line with scatter; two points lie far off it. */
    private static List<List<ShiftPoint>> molecules(Random random) {
        List<List<ShiftPoint>> molecules = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            List<ShiftPoint> own = new ArrayList<>();
            for (int atom = 1; atom <= 1 + random.nextInt(4); atom++) {
                double shift = 10 * random.nextDouble() + i % 3;
                double off = (i == 3 || i == 8) && atom == 1 ? 3 : 0;
                own.add(point(i, atom, shift, 31.9 - 1.03 * shift + off + 0.1 * random.nextGaussian()));
            }
            molecules.add(own);
        }
        return molecules;
    }

    private static ShiftPoint point(int molecule, int atom, double shift, double shielding) {
        return new ShiftPoint("molecule " + molecule, List.of(atom), shift, shielding);
    }

    private static PointsByMolecule points(List<List<ShiftPoint>> molecules) {
        return PointsByMolecule.of(molecules.stream().flatMap(List::stream).toList());
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** RMSD and MAE. Outliers are those among the others as they are, each once. */
    private static double[] theLongWay(List<List<ShiftPoint>> molecules, int[] times, boolean removeOutliers) {
        double squares = 0;
        double absolutes = 0;
        int count = 0;
        for (int left = 0; left < molecules.size(); left++) {
            Set<ShiftPoint> outliers = removeOutliers ? outliers(molecules, left) : Set.of();
            List<ShiftPoint> others = new ArrayList<>();
            for (int other = 0; other < molecules.size(); other++) {
                for (int time = 0; other != left && time < times[other]; time++) {
                    molecules.get(other).stream()
                            .filter(point -> !outliers.contains(point))
                            .forEach(others::add);
                }
            }
            if (times[left] == 0) {
                continue;
            }
            double[] line = line(others);
            for (ShiftPoint point : molecules.get(left)) {
                double deviation = (point.shielding() - line[1]) / line[0] - point.experimental();
                squares += times[left] * deviation * deviation;
                absolutes += times[left] * Math.abs(deviation);
                count += times[left];
            }
        }
        return new double[] {Math.sqrt(squares / count), absolutes / count};
    }

    private static Set<ShiftPoint> outliers(List<List<ShiftPoint>> molecules, int left) {
        List<ShiftPoint> others = new ArrayList<>();
        for (int other = 0; other < molecules.size(); other++) {
            others.addAll(other == left ? List.of() : molecules.get(other));
        }
        LineFit fit = new LineFit(others);
        Set<ShiftPoint> outliers = new HashSet<>();
        for (ShiftPoint point : others) {
            if (Math.abs(fit.standardized(point.experimental(), point.shielding())) > 3) {
                outliers.add(point);
            }
        }
        return outliers;
    }

    /** Slope and intercept of shielding on shift, by least squares. */
    private static double[] line(List<ShiftPoint> points) {
        double meanX =
                points.stream().mapToDouble(ShiftPoint::experimental).average().orElseThrow();
        double meanY =
                points.stream().mapToDouble(ShiftPoint::shielding).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (ShiftPoint point : points) {
            xy += (point.experimental() - meanX) * (point.shielding() - meanY);
            xx += (point.experimental() - meanX) * (point.experimental() - meanX);
        }
        return new double[] {xy / xx, meanY - xy / xx * meanX};
    }
}
