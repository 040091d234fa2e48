package io.github.qmbench.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CostHint;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MemoryModelTest {

    private static final long MEGABYTE = 1 << 20;

    /** The subject is the number of basis functions. */
    private static final CostHint HINT = calculation -> {
        double functions = Double.parseDouble(calculation.subject());
        return new CostHint.Cost(
                functions * functions * functions,
                Map.of("functions", functions),
                Map.copyOf(calculation.parameters()));
    };

    private static Calculation of(int functions, String solvent) {
        return Calculation.of(Integer.toString(functions), Map.of("solvent", solvent));
    }

    /** A program of 100 MB and matrices: what NWChem looks like. */
    private static long memory(int functions, double chance) {
        return Math.round((100 + 0.005 * functions * functions) * MEGABYTE * Math.exp(chance));
    }

    @Test
    void fewerThanThreeValuesSayNothing() {
        MemoryModel model = MemoryModel.of(HINT);
        model.completed(of(100, "CHCl3"), 500 * MEGABYTE);
        model.completed(of(200, "CHCl3"), 600 * MEGABYTE);

        assertThat(model.bound(of(100, "CHCl3"))).isEmpty();

        model.completed(of(300, "CHCl3"), 700 * MEGABYTE);
        assertThat(model.bound(of(100, "CHCl3"))).isPresent();
    }

    @Test
    void smallAmountsHaveAFloor() {
        MemoryModel model = MemoryModel.of(HINT);
        for (int i = 0; i < 5; i++) {
            model.completed(of(10, "CHCl3"), 3 * MEGABYTE);
        }

        assertThat(model.bound(of(10, "CHCl3"))).hasValue(MemoryModel.LEAST_BYTES);
    }

    /** 40 are learnt, and 200 others of the same sizes keep to their bounds; drawn with a fixed seed. */
    @Test
    void ninetyFiveOfAHundredKeepToTheirBoundAndItIsNotWide() {
        Random random = new Random(20261130);
        MemoryModel model = MemoryModel.of(HINT);
        for (int i = 0; i < 40; i++) {
            int functions = 60 + random.nextInt(500);
            model.completed(of(functions, "CHCl3"), memory(functions, 0.1 * random.nextGaussian()));
        }
        int within = 0;
        double excess = 0;
        for (int i = 0; i < 200; i++) {
            int functions = 60 + random.nextInt(500);
            long used = memory(functions, 0.1 * random.nextGaussian());
            long bound = model.bound(of(functions, "CHCl3")).orElseThrow();
            within += used <= bound ? 1 : 0;
            excess += bound / (double) Math.max(used, MemoryModel.LEAST_BYTES) / 200;
        }

        assertThat(within).isBetween(186, 200);
        assertThat(excess).as("times what was used").isLessThan(1.6);
    }

    @Test
    void largerCalculationThanAnySeenGetsMore() {
        MemoryModel model = MemoryModel.of(HINT);
        for (int functions = 100; functions <= 400; functions += 20) {
            model.completed(of(functions, "CHCl3"), memory(functions, 0));
        }

        assertThat(model.bound(of(800, "CHCl3")).orElseThrow()).isGreaterThan(memory(800, 0));
    }

    /** Small programs take the same whatever their size, which says nothing of large ones. */
    @Test
    void beyondTheLargestTheBoundGrowsAsMatricesDo() {
        MemoryModel model = MemoryModel.of(HINT);
        for (int functions = 100; functions <= 400; functions += 20) {
            model.completed(of(functions, "CHCl3"), 1000 * MEGABYTE);
        }
        double largest = model.bound(of(400, "CHCl3")).orElseThrow();

        assertThat(model.bound(of(800, "CHCl3")).orElseThrow() / largest).isBetween(3.9, 4.1);
        assertThat(model.bound(of(401, "CHCl3")).orElseThrow() / largest).isBetween(1.0, 1.02);
        assertThat(model.bound(of(100, "CHCl3")).orElseThrow() / largest).isBetween(0.9, 1.1);
    }

    @Test
    void onlyTheLastValuesCount() {
        MemoryModel model = MemoryModel.withoutSizes();
        for (int i = 0; i < 1200; i++) {
            model.completed(of(100, "CHCl3"), (i < 600 ? 8000 : 1000) * MEGABYTE);
        }

        assertThat(model.bound(of(100, "CHCl3")).orElseThrow()).isLessThan(1500 * MEGABYTE);
    }

    @Test
    void conditionThatTakesMoreGetsMore() {
        MemoryModel model = MemoryModel.of(HINT);
        for (int functions = 100; functions <= 400; functions += 20) {
            model.completed(of(functions, "CHCl3"), 2 * memory(functions, 0.001 * functions));
            model.completed(of(functions, "vacuum"), memory(functions, 0.001 * functions));
        }

        assertThat(model.bound(of(300, "CHCl3")).orElseThrow())
                .isGreaterThan(model.bound(of(300, "vacuum")).orElseThrow() * 3 / 2);
    }

    @Test
    void withoutSizesAllAreAlike() {
        MemoryModel model = MemoryModel.withoutSizes();
        for (int i = 0; i < 10; i++) {
            model.completed(of(100 + i, "CHCl3"), (900 + i) * MEGABYTE);
        }

        long bound = model.bound(of(1, "vacuum")).orElseThrow();
        assertThat(bound).isBetween(909 * MEGABYTE, 1300 * MEGABYTE);
        assertThat(model.bound(of(5000, "DMSO"))).hasValue(bound);
    }

    @Property(tries = 200)
    void boundIsPositiveAndFinite(
            @ForAll @IntRange(min = 1, max = 5000) int functions,
            @ForAll @LongRange(min = 1) long one,
            @ForAll @LongRange(min = 1) long other,
            @ForAll @IntRange(min = 1, max = 100_000) int asked) {
        MemoryModel model = MemoryModel.of(HINT);
        model.completed(of(functions, "CHCl3"), one);
        model.completed(of(functions, "vacuum"), other);
        model.completed(of(functions + 1, "vacuum"), one);

        assertThat(model.bound(of(asked, "DMSO")).orElseThrow())
                .isBetween(MemoryModel.LEAST_BYTES, 1_000_000_000_000_000_000L);
    }
}
