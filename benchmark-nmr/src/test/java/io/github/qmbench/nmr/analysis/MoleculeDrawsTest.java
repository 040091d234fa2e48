package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MoleculeDrawsTest {

    @Property(tries = 20)
    void eachDrawHasAsManyMoleculesAsThereAre(@ForAll @IntRange(min = 1, max = 250) int molecules) {
        MoleculeDraws draws = new MoleculeDraws(molecules, 50);
        double[] ones = new double[molecules];
        Arrays.fill(ones, 1);
        assertThat(draws.sums(ones)).hasSize(50).containsOnly(molecules);
    }

    /** All 4^4 samples with replacement are equally likely; their distribution is counted out. */
    @Test
    void theDistributionIsThatOfAllSamplesThereAre() {
        double[] above = {1, 5, 2, 9};
        double[] below = {1, 3, 2, 2};
        List<Double> exact = new ArrayList<>();
        for (int sample = 0; sample < 256; sample++) {
            double sum = 0;
            double divisor = 0;
            for (int digit = sample, i = 0; i < 4; i++, digit /= 4) {
                sum += above[digit % 4];
                divisor += below[digit % 4];
            }
            exact.add(sum / divisor);
        }
        double[] drawn = new MoleculeDraws(4, MoleculeDraws.DRAWS).ratios(above, below);
        Collections.sort(exact);
        for (int place = 8; place < 256; place += 16) {
            double value = exact.get(place);
            double expected = exact.stream().filter(one -> one <= value + 1e-12).count() / 256.0;
            double found =
                    Arrays.stream(drawn).filter(one -> one <= value + 1e-12).count() / (double) drawn.length;
            assertThat(found).as("up to " + value).isCloseTo(expected, within(0.015)); // three standard errors
        }
    }

    /** The mean of many molecules is nearly normal: then the interval is Student's. */
    @Test
    void theIntervalOfAMeanIsNearlyStudents() {
        int count = 40;
        double[] values = new double[count];
        double[] ones = new double[count];
        double squares = 0;
        for (int i = 0; i < count; i++) {
            values[i] = Math.sin(i * 2.4) + Math.cos(i * 5.3);
            ones[i] = 1;
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double student = 2.0227 * Math.sqrt(squares / (count - 1) / count); // t with 39 degrees of freedom
        MoleculeDraws draws = new MoleculeDraws(count, MoleculeDraws.DRAWS);
        ConfidenceInterval interval = draws.interval(draws.ratios(values, ones)).orElseThrow();
        assertThat(interval.low()).isCloseTo(mean - student, within(0.06 * student));
        assertThat(interval.high()).isCloseTo(mean + student, within(0.06 * student));
    }

    @Test
    void theTailsGrowTowardsTwoAndAHalfPercent() {
        // Student's 97.5 % quantiles for 9 and 49 degrees of freedom are 2.2622 and 2.0096
        assertThat(MoleculeDraws.tail(10)).isCloseTo(0.00855, within(0.0001)); // Phi(-2.2622 * sqrt(10 / 9))
        assertThat(MoleculeDraws.tail(50)).isCloseTo(0.0212, within(0.0001));
        assertThat(MoleculeDraws.tail(100_000)).isCloseTo(0.025, within(0.0001));
    }

    @Test
    void drawsWithoutAValueDoNotCountUnlessTheyAreMany() {
        MoleculeDraws draws = new MoleculeDraws(20, 1000);
        double[] values = new double[1000];
        for (int i = 0; i < 1000; i++) {
            values[i] = i < 9 ? Double.NaN : i;
        }
        // 991 values, 9 to 999, of which the tail beyond each end is that of 20 molecules
        double beyond = 990 * MoleculeDraws.tail(20);
        assertThat(draws.interval(values).orElseThrow().low()).isCloseTo(9 + beyond, within(1.1));
        assertThat(draws.interval(values).orElseThrow().high()).isCloseTo(999 - beyond, within(1.1));
        Arrays.fill(values, 0, 11, Double.POSITIVE_INFINITY);
        assertThat(draws.interval(values)).isEmpty();
    }

    @Test
    void theSameDrawsEveryTime() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
        assertThat(new MoleculeDraws(10, 100).sums(values)).isEqualTo(new MoleculeDraws(10, 100).sums(values));
        // java.util.Random's sequence is specified, so this is so with every Java
        assertThat(new MoleculeDraws(10, 3).sums(values)).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void manyMoleculesAreDrawnInGroups() {
        double[] ones = new double[1000];
        Arrays.fill(ones, 1);
        MoleculeDraws draws = new MoleculeDraws(1000, 20);
        assertThat(draws.sums(ones)).containsOnly(1000);
        assertThat(draws.times(3, 7)).isEqualTo(draws.times(253, 7));
    }
}
