package io.github.qmbench.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.estimate.EtaEstimator.Batch;
import io.github.qmbench.core.estimate.EtaEstimator.Running;
import io.github.qmbench.core.estimate.EtaEstimator.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeModelEtaTest {

    /** The subject is the number of basis functions. */
    private static final CostHint HINT = calculation -> {
        double functions = Double.parseDouble(calculation.subject());
        return new CostHint.Cost(
                functions * functions, Map.of("functions", functions), Map.copyOf(calculation.parameters()));
    };

    private static Calculation of(int functions, String solvent) {
        return Calculation.of(Integer.toString(functions), Map.of("solvent", solvent));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static EtaEstimator taught(List<Integer> functions, List<Integer> millis) {
        EtaEstimator eta = EtaEstimator.sizeModel(HINT);
        for (int i = 0; i < Math.min(functions.size(), millis.size()); i++) {
            eta.completed(of(functions.get(i), i % 2 == 0 ? "CHCl3" : "vacuum"), millis(millis.get(i)));
        }
        return eta;
    }

    private static Workload work(List<Batch> waiting, List<Running> running, int parallel) {
        return Workload.of(parallel, waiting, running);
    }

    @Property(tries = 300)
    void isNeverNegativeOrInfiniteAndLiesInItsRange(
            @ForAll @Size(min = 3, max = 40) List<@IntRange(min = 1, max = 5000) Integer> functions,
            @ForAll @Size(min = 3, max = 40) List<@IntRange(max = 100_000_000) Integer> millis,
            @ForAll @Size(max = 10) List<@IntRange(min = 1, max = 5000) Integer> left,
            @ForAll @IntRange(min = 1, max = 1_000_000) int each,
            @ForAll @IntRange(min = 1, max = 64) int parallel,
            @ForAll @IntRange(max = 100_000_000) int elapsed) {
        List<Batch> waiting =
                left.stream().map(size -> Batch.of(of(size, "DMSO"), each)).toList();

        TimeLeft timeLeft = taught(functions, millis)
                .estimate(work(waiting, List.of(Running.of(of(functions.get(0), "CHCl3"), millis(elapsed))), parallel));

        Duration remaining = timeLeft.remaining().orElseThrow();
        TimeLeft.Range range = timeLeft.range().orElseThrow();
        assertThat(timeLeft.model()).hasValue("size_model");
        assertThat(remaining).isBetween(Duration.ZERO, Duration.ofDays(365L * 10_000));
        assertThat(range.from()).isBetween(Duration.ZERO, remaining);
        assertThat(range.to()).isGreaterThanOrEqualTo(remaining);
    }

    @Property(tries = 300)
    void moreWorkNeverTakesLess(
            @ForAll @Size(min = 3, max = 20) List<@IntRange(min = 1, max = 500) Integer> functions,
            @ForAll @Size(min = 3, max = 20) List<@IntRange(max = 10_000_000) Integer> millis,
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 500) Integer> left,
            @ForAll @IntRange(min = 1, max = 500) int more,
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 1, max = 16) int parallel) {
        EtaEstimator eta = taught(functions, millis);
        List<Batch> waiting = new ArrayList<>(
                left.stream().map(size -> Batch.of(of(size, "DMSO"), 1)).toList());
        Duration before =
                eta.estimate(work(waiting, List.of(), parallel)).remaining().orElseThrow();

        waiting.add(Batch.of(of(more, "CHCl3"), count));
        Duration after =
                eta.estimate(work(waiting, List.of(), parallel)).remaining().orElseThrow();
        waiting.set(waiting.size() - 1, Batch.of(of(more, "CHCl3"), count + 1));
        Duration afterOneMore =
                eta.estimate(work(waiting, List.of(), parallel)).remaining().orElseThrow();

        assertThat(after).isGreaterThanOrEqualTo(before);
        assertThat(afterOneMore).isGreaterThanOrEqualTo(after);
    }

    @Property
    void isExactWhenAllTimesAreEqualWhateverTheSizes(
            @ForAll @Size(min = 3, max = 20) List<@IntRange(min = 1, max = 500) Integer> functions,
            @ForAll @IntRange(min = 1, max = 100_000_000) int millis,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 500) Integer> left,
            @ForAll @IntRange(min = 1, max = 16) int parallel) {
        EtaEstimator eta =
                taught(functions, functions.stream().map(size -> millis).toList());
        List<Batch> waiting =
                left.stream().map(size -> Batch.of(of(size, "DMSO"), 1)).toList();

        TimeLeft timeLeft = eta.estimate(work(waiting, List.of(), parallel));

        int rounds = (left.size() + parallel - 1) / parallel;
        assertThat(timeLeft.remaining()).hasValue(millis((long) millis * rounds));
        assertThat(timeLeft.range())
                .hasValue(TimeLeft.Range.from(millis((long) millis * rounds)).to(millis((long) millis * rounds)));
    }

    @Property(tries = 100)
    void learnsThePowerAndTheFactorOfAConditionFromTimesWithNoise(
            @ForAll Random random, @ForAll @IntRange(min = 10, max = 40) int exponentTenths) {
        EtaEstimator eta = EtaEstimator.sizeModel(HINT);
        double exponent = exponentTenths / 10.0;
        for (int i = 0; i < 60; i++) {
            int functions = 50 + random.nextInt(150);
            String solvent = random.nextBoolean() ? "CHCl3" : "vacuum";
            double noise = Math.exp(0.1 * random.nextGaussian());
            eta.completed(
                    of(functions, solvent), millis(Math.round(1000 * time(functions, solvent, exponent) * noise)));
        }
        List<Batch> waiting = List.of(Batch.of(of(180, "CHCl3"), 3), Batch.of(of(250, "vacuum"), 2));
        double truth = 3 * time(180, "CHCl3", exponent) + 2 * time(250, "vacuum", exponent);

        assertThat(eta.estimate(work(waiting, List.of(), 1))
                                .remaining()
                                .orElseThrow()
                                .toMillis()
                        / 1000.0)
                .isCloseTo(truth, Percentage.withPercentage(25));
        assertThat(likelySeconds(eta, of(120, "CHCl3")) / likelySeconds(eta, of(120, "vacuum")))
                .isCloseTo(1.5, Percentage.withPercentage(18));
    }

    private static double likelySeconds(EtaEstimator eta, Calculation calculation) {
        return eta.expected(calculation).orElseThrow().likely().toMillis() / 1000.0;
    }

    @Property(tries = 100)
    void onlyRatiosOfGuessesMatter(@ForAll Random random, @ForAll @IntRange(min = -6, max = 6) int powerOfTen) {
        EtaEstimator eta = EtaEstimator.sizeModel(guess(1));
        EtaEstimator inOtherUnits = EtaEstimator.sizeModel(guess(Math.pow(10, powerOfTen)));
        for (int i = 0; i < 10; i++) {
            Calculation calculation = of(50 + random.nextInt(150), "CHCl3");
            Duration time = millis(1 + random.nextInt(1_000_000));
            eta.completed(calculation, time);
            inOtherUnits.completed(calculation, time);
        }
        assertThat(likelySeconds(inOtherUnits, of(100, "CHCl3")))
                .isCloseTo(likelySeconds(eta, of(100, "CHCl3")), Percentage.withPercentage(1));
    }

    private static CostHint guess(double unit) {
        return calculation -> new CostHint.Cost(
                unit * HINT.cost(calculation).relative(), HINT.cost(calculation).sizes(), Map.of());
    }

    @Property(tries = 100)
    void alikeOnesTogetherAreEstimatedAsOneByOne(
            @ForAll Random random, @ForAll @IntRange(min = 2, max = 40) int count) {
        EtaEstimator eta = EtaEstimator.sizeModel(HINT);
        for (int i = 0; i < 10; i++) {
            eta.completed(of(50 + random.nextInt(150), "CHCl3"), millis(1 + random.nextInt(1_000_000)));
        }
        Batch one = Batch.of(of(100, "CHCl3"), 1);
        Batch together = Batch.of(one.example(), count);

        TimeLeft oneByOne = eta.estimate(work(Collections.nCopies(count, one), List.of(), 1));
        TimeLeft atOnce = eta.estimate(work(List.of(together), List.of(), 1));

        assertThat(seconds(atOnce.remaining().orElseThrow()))
                .isCloseTo(seconds(oneByOne.remaining().orElseThrow()), Percentage.withPercentage(0.1));
        assertThat(seconds(atOnce.range().orElseThrow().to()))
                .isCloseTo(seconds(oneByOne.range().orElseThrow().to()), Percentage.withPercentage(0.1));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void rangeHoldsTheTruthInAboutEightOfTenCases(int left) {
        Random random = new Random(1);
        int hits = 0;
        for (int i = 0; i < 300; i++) {
            EtaEstimator eta = EtaEstimator.sizeModel(HINT);
            for (int j = 0; j < 40; j++) {
                eta.completed(of(100 + j, "CHCl3"), noisy(100 + j, random));
            }
            TimeLeft.Range range = eta.estimate(work(List.of(Batch.of(of(120, "CHCl3"), left)), List.of(), 1))
                    .range()
                    .orElseThrow();
            Duration truth = Duration.ZERO;
            for (int j = 0; j < left; j++) {
                truth = truth.plus(noisy(120, random));
            }
            hits += truth.compareTo(range.from()) >= 0 && truth.compareTo(range.to()) <= 0 ? 1 : 0;
        }
        assertThat(hits).as("of 300").isBetween(215, 265);
    }

    private static Duration noisy(int functions, Random random) {
        return millis(Math.round(1000 * time(functions, "CHCl3", 2.5) * Math.exp(0.5 * random.nextGaussian())));
    }

    @Property(tries = 50)
    void oneThatIsOverdueTakesSomeMoreOfWhatItHasTaken(@ForAll Random random) {
        EtaEstimator eta = EtaEstimator.sizeModel(HINT);
        for (int i = 0; i < 10; i++) {
            eta.completed(of(100 + i, "CHCl3"), noisy(100 + i, random));
        }
        Duration elapsed = Duration.ofHours(10);

        Duration rest = eta.estimate(work(List.of(), List.of(Running.of(of(105, "CHCl3"), elapsed)), 1))
                .remaining()
                .orElseThrow();

        assertThat(rest).isBetween(elapsed.dividedBy(100), elapsed.dividedBy(2));
    }

    @Test
    void machineThatHasBecomeSlowerIsNoticed() {
        EtaEstimator eta = EtaEstimator.sizeModel(HINT);
        for (int i = 0; i < 103; i++) {
            eta.completed(of(100, "CHCl3"), Duration.ofSeconds(i < 3 ? 60 : 120));
            eta.expected(of(100, "CHCl3"));
        }
        assertThat(likelySeconds(eta, of(100, "CHCl3"))).isBetween(115.0, 125.0);
    }

    @Property(tries = 100)
    void thisRunMayBeFasterOrSlowerThanThoseBefore(
            @ForAll Random random, @ForAll @DoubleRange(min = 0.4, max = 2.5) double speed) {
        EtaEstimator eta = EtaEstimator.sizeModel(HINT);
        for (int i = 0; i < 40; i++) {
            eta.completedEarlier(of(60 + 3 * i, "CHCl3"), slightlyNoisy(60 + 3 * i, 1, random));
        }
        double before = likelySeconds(eta, of(120, "CHCl3"));
        for (int functions : List.of(170, 150, 100)) {
            eta.completed(of(functions, "CHCl3"), slightlyNoisy(functions, speed, random));
        }
        double after = likelySeconds(eta, of(120, "CHCl3"));

        assertThat(before).isCloseTo(time(120, "CHCl3", 2.5), Percentage.withPercentage(10));
        assertThat(after).isCloseTo(time(120, "CHCl3", 2.5) / speed, Percentage.withPercentage(20));
    }

    private static Duration slightlyNoisy(int functions, double speed, Random random) {
        return millis(
                Math.round(1000 * time(functions, "CHCl3", 2.5) / speed * Math.exp(0.05 * random.nextGaussian())));
    }

    @Property(tries = 50)
    void timesOfEarlierRunsAreLessCertainForThisOne(@ForAll Random random) {
        EtaEstimator earlier = EtaEstimator.sizeModel(HINT);
        EtaEstimator now = EtaEstimator.sizeModel(HINT);
        for (int i = 0; i < 30; i++) {
            Duration time = slightlyNoisy(100 + i, 1, random);
            earlier.completedEarlier(of(100 + i, "CHCl3"), time);
            now.completed(of(100 + i, "CHCl3"), time);
        }
        Workload left = work(List.of(Batch.of(of(120, "CHCl3"), 20)), List.of(), 1);
        TimeLeft ofEarlier = earlier.estimate(left);
        TimeLeft ofNow = now.estimate(left);

        assertThat(seconds(ofEarlier.remaining().orElseThrow()))
                .isCloseTo(seconds(ofNow.remaining().orElseThrow()), Percentage.withPercentage(0.1));
        assertThat(relativeUpperEnd(ofEarlier)).isBetween(2.0, 2.3);
        assertThat(relativeUpperEnd(ofNow)).isBetween(1.0, 1.2);
    }

    private static double relativeUpperEnd(TimeLeft timeLeft) {
        return seconds(timeLeft.range().orElseThrow().to())
                / seconds(timeLeft.remaining().orElseThrow());
    }

    @Test
    void oneThatRunsAndOneThatWaitsRunInParallel() {
        EtaEstimator eta = taught(List.of(10, 20, 30), List.of(60_000, 60_000, 60_000));
        TimeLeft timeLeft = eta.estimate(work(
                List.of(Batch.of(of(10, "CHCl3"), 1)),
                List.of(Running.of(of(10, "CHCl3"), Duration.ofSeconds(20))),
                2));
        assertThat(timeLeft.model()).hasValue("size_model");
        assertThat(timeLeft.remaining()).hasValue(Duration.ofSeconds(60));
    }

    private static double time(int functions, String solvent, double exponent) {
        return 60 * Math.pow(functions / 100.0, exponent) * (solvent.equals("CHCl3") ? 1.5 : 1);
    }

    @Test
    void oneThatHangsForHoursDoesNotSpoilTheRest() {
        EtaEstimator eta = EtaEstimator.sizeModel(HINT);
        for (int i = 1; i <= 20; i++) {
            eta.completed(of(100 + i, "CHCl3"), Duration.ofSeconds(i == 10 ? 36_000 : 60));
        }
        Duration left = eta.estimate(work(List.of(Batch.of(of(111, "CHCl3"), 10)), List.of(), 1))
                .remaining()
                .orElseThrow();
        assertThat(left).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    }

    @Test
    void twoTimesAreTooFewAndTheRollingMeanIsTaken() {
        EtaEstimator eta = taught(List.of(10, 20), List.of(1000, 2000));
        TimeLeft timeLeft = eta.estimate(work(List.of(Batch.of(of(1000, "CHCl3"), 4)), List.of(), 1));
        assertThat(timeLeft.model()).hasValue("rolling_mean");
        assertThat(timeLeft.remaining()).hasValue(Duration.ofSeconds(6));
        assertThat(eta.expected(of(10, "CHCl3"))).isEmpty();
    }

    @Test
    void runningCalculationsCountForWhatIsLeftOfThem() {
        EtaEstimator eta = taught(List.of(10, 20, 30), List.of(60_000, 60_000, 60_000));
        TimeLeft timeLeft =
                eta.estimate(work(List.of(), List.of(Running.of(of(10, "CHCl3"), Duration.ofSeconds(20))), 2));
        assertThat(timeLeft.remaining()).hasValue(Duration.ofSeconds(40));
    }

    @Test
    void costsThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> new CostHint.Cost(Double.NaN, Map.of(), Map.of()))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new CostHint.Cost(Double.POSITIVE_INFINITY, Map.of(), Map.of()))
                .hasMessage("relative must be positive and finite but was Infinity");
        assertThatThrownBy(() -> new CostHint.Cost(1, Map.of("functions", 0.0), Map.of()))
                .hasMessage("functions must be positive and finite but was 0.0");
        assertThat(EtaEstimator.sizeModel(HINT)
                        .estimate(work(List.of(Batch.of(of(10, "CHCl3"), 3)), List.of(), 1))
                        .remaining())
                .isEqualTo(Optional.empty());
    }
}
