package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Nucleus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Made-up methods whose quality is known, on the proton shifts of DELTA50: 2,000 pairs that are equally good, and as many of which
 * one has a RMSD larger by 30 %. With 500 draws for each pair instead of 10,000, to take seconds; the figures are those of
 * docs/analysis.md.
 */
class ComparisonSimulationTest {

    private static final int PAIRS = 2000;
    private static final int DRAWS = 500;

    /**
     * Errors of a molecule go together (a third of the variance), and errors of two methods do, as real ones.
     *
     * @param common the share of the variance that both methods have in common
     * @param freedom of Student's t distribution that errors have; 0 for a normal one
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "50 molecules; related methods, 50, 0.7, 0, 90",
        "50 molecules; unrelated methods, 50, 0, 0, 50",
        "50 molecules; related methods; large errors frequent, 50, 0.7, 5, 80",
        "12 molecules; related methods, 12, 0.7, 0, 5"
    })
    void equallyGoodMethodsAreSeldomCalledDifferentAndUnequalOnesMostly(
            String name, int count, double common, int freedom, int fewestFound) {
        List<List<Double>> molecules = shifts(count);
        MoleculeDraws draws = new MoleculeDraws(count, DRAWS);
        Random random = new Random(1952);
        int different = 0;
        int found = 0;
        int covered = 0;
        double truth = 0.1;
        for (int pair = 0; pair < PAIRS; pair++) {
            List<List<Double>> shared = errors(molecules, freedom, random);
            CrossValidation one = method(molecules, shared, errors(molecules, freedom, random), common, truth);
            List<List<Double>> own = errors(molecules, freedom, random);
            CrossValidation equal = method(molecules, shared, own, common, truth);
            CrossValidation worse = method(molecules, shared, own, common, 1.3 * truth);
            double[] drawn = one.drawn(draws)[0];
            different += draws.interval(minus(drawn, equal.drawn(draws)[0]))
                            .orElseThrow()
                            .contains(0)
                    ? 0
                    : 1;
            found += draws.interval(minus(drawn, worse.drawn(draws)[0]))
                                    .orElseThrow()
                                    .high()
                            < 0
                    ? 1
                    : 0;
            covered += draws.interval(drawn).orElseThrow().contains(truth) ? 1 : 0;
        }
        String figures = String.format(
                "%s: %.1f %% of equal pairs called different, %.1f %% of unequal ones found, %.1f %% of intervals cover",
                name, percent(different), percent(found), percent(covered));
        System.out.println(figures);
        assertThat(percent(different)).as(figures).isBetween(count < 20 ? 1.0 : 2.0, 7.0);
        assertThat(percent(found)).as(figures).isGreaterThan(fewestFound);
        assertThat(percent(covered)).as(figures).isBetween(88.0, 99.5);
    }

    private static double percent(int count) {
        return 100.0 * count / PAIRS;
    }

    /** The measured shifts of so many molecules. */
    private static List<List<Double>> shifts(int count) {
        Map<String, Map<Integer, Double>> byMolecule = new LinkedHashMap<>();
        for (ExperimentalShift shift : DataSet.delta50().shifts()) {
            if (shift.nucleus() == Nucleus.H1) {
                byMolecule
                        .computeIfAbsent(shift.moleculeId(), id -> new LinkedHashMap<>())
                        .put(shift.group(), shift.ppm());
            }
        }
        return byMolecule.values().stream()
                .limit(count)
                .map(groups -> List.copyOf(groups.values()))
                .toList();
    }

    /** Errors with variance 1. */
    private static List<List<Double>> errors(List<List<Double>> molecules, int freedom, Random random) {
        List<List<Double>> errors = new ArrayList<>();
        for (List<Double> molecule : molecules) {
            double ofMolecule = error(freedom, random);
            errors.add(molecule.stream()
                    .map(shift -> Math.sqrt(1 / 3.0) * ofMolecule + Math.sqrt(2 / 3.0) * error(freedom, random))
                    .toList());
        }
        return errors;
    }

    private static double error(int freedom, Random random) {
        double normal = random.nextGaussian();
        if (freedom == 0) {
            return normal;
        }
        double squares = 0;
        for (int i = 0; i < freedom; i++) {
            squares += Math.pow(random.nextGaussian(), 2);
        }
        return normal / Math.sqrt(squares / freedom) * Math.sqrt((freedom - 2.0) / freedom);
    }

    private static CrossValidation method(
            List<List<Double>> molecules,
            List<List<Double>> shared,
            List<List<Double>> own,
            double common,
            double size) {
        List<ShiftPoint> points = new ArrayList<>();
        for (int i = 0; i < molecules.size(); i++) {
            for (int j = 0; j < molecules.get(i).size(); j++) {
                double error = Math.sqrt(common) * shared.get(i).get(j)
                        + Math.sqrt(1 - common) * own.get(i).get(j);
                double shift = molecules.get(i).get(j);
                points.add(
                        new ShiftPoint("molecule " + i, List.of(j + 1), shift, 31.9 - 1.03 * (shift + size * error)));
            }
        }
        return CrossValidation.of(PointsByMolecule.of(points), false).orElseThrow();
    }

    private static double[] minus(double[] one, double[] other) {
        double[] difference = new double[one.length];
        for (int i = 0; i < one.length; i++) {
            difference[i] = one[i] - other[i];
        }
        return difference;
    }
}
