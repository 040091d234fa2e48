package io.github.qmbench.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.estimate.EtaEstimator.Batch;
import io.github.qmbench.core.estimate.EtaEstimator.Running;
import io.github.qmbench.core.estimate.EtaEstimator.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class EtaEstimatorTest {

    private static final Calculation ANY = Calculation.of("a", Map.of());

    private static Workload work(int waiting, int running, int parallel) {
        return Workload.of(
                parallel,
                waiting == 0 ? List.of() : List.of(Batch.of(ANY, waiting)),
                Collections.nCopies(running, Running.of(ANY, Duration.ZERO)));
    }

    @Property
    void meanIsOfTheLastTenTimes(@ForAll @NotEmpty List<@IntRange(max = 1_000_000) Integer> millis) {
        EtaEstimator eta = EtaEstimator.rollingMean();
        millis.forEach(time -> eta.completed(ANY, Duration.ofMillis(time)));
        List<Integer> last = millis.subList(Math.max(0, millis.size() - 10), millis.size());

        Duration mean = eta.estimate(work(1, 0, 1)).averageCalculation().orElseThrow();

        assertThat(mean.toNanos() / 1e6)
                .isCloseTo(
                        last.stream().mapToInt(Integer::intValue).average().orElseThrow(),
                        org.assertj.core.data.Offset.offset(1e-3));
    }

    @Property
    void isExactWhenAllTimesAreEqualAndNeverNegative(
            @ForAll @IntRange(min = 1, max = 100_000) int millis,
            @ForAll @IntRange(max = 1000) int remaining,
            @ForAll @IntRange(max = 16) int running,
            @ForAll @IntRange(min = 1, max = 16) int parallel) {
        EtaEstimator eta = EtaEstimator.rollingMean();
        eta.completed(ANY, Duration.ofMillis(millis));
        eta.completed(ANY, Duration.ofMillis(millis));

        Duration left =
                eta.estimate(work(remaining, running, parallel)).remaining().orElseThrow();

        int number = remaining + running;
        assertThat(left)
                .isEqualTo(Duration.ofMillis(millis)
                        .multipliedBy(number)
                        .dividedBy(Math.max(1, Math.min(parallel, number))));
        assertThat(left).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void knowsNothingBeforeTheFirstTimeUnlessNothingIsLeft() {
        assertThat(EtaEstimator.rollingMean().estimate(work(3, 1, 1))).isEqualTo(TimeLeft.UNKNOWN);
        assertThat(EtaEstimator.rollingMean().estimate(work(0, 0, 4)).remaining())
                .isEqualTo(Optional.of(Duration.ZERO));
    }

    @Test
    void rangeHoldsTheTruthInEightOfTenCases() {
        Random random = new Random(1);
        for (int left : List.of(1, 10, 100)) {
            int hits = 0;
            for (int i = 0; i < 2000; i++) {
                EtaEstimator eta = EtaEstimator.rollingMean();
                for (int j = 0; j < 10; j++) {
                    eta.completed(ANY, time(random));
                }
                TimeLeft.Range range = eta.estimate(work(left, 0, 1)).range().orElseThrow();
                Duration truth = Duration.ZERO;
                for (int j = 0; j < left; j++) {
                    truth = truth.plus(time(random));
                }
                hits += truth.compareTo(range.from()) >= 0 && truth.compareTo(range.to()) <= 0 ? 1 : 0;
            }
            assertThat(hits).as("of 2000 times %d", left).isBetween(1500, 1700);
        }
    }

    private static Duration time(Random random) {
        return Duration.ofMillis(Math.round(60_000 * Math.max(0.01, 1 + 0.2 * random.nextGaussian())));
    }

    @Test
    void rangeIsAsWideAsThreeTimesTell() {
        EtaEstimator eta = EtaEstimator.rollingMean();
        eta.completed(ANY, Duration.ofSeconds(1));
        eta.completed(ANY, Duration.ofSeconds(2));
        assertThat(eta.estimate(work(4, 0, 1)).range())
                .as("two times are too few")
                .isEmpty();
        eta.completed(ANY, Duration.ofSeconds(3));

        // The sum of four is off by 0.5 sqrt(1/3 + 1/4) of itself: 8 s, less or more by exp(1.2816 * 0.3819).
        TimeLeft timeLeft = eta.estimate(work(3, 1, 1));

        assertThat(timeLeft.range())
                .hasValue(TimeLeft.Range.from(Duration.ofMillis(4904)).to(Duration.ofMillis(13051)));
        assertThat(timeLeft.model()).hasValue("rolling_mean");
        assertThat(eta.estimate(work(0, 0, 1)).range()).as("nothing is left").isEmpty();
    }

    @Test
    void calculationsThatTakeNoTimeHaveNoRange() {
        EtaEstimator eta = EtaEstimator.rollingMean();
        for (int i = 0; i < 3; i++) {
            eta.completed(ANY, Duration.ZERO);
        }
        assertThat(eta.estimate(work(9, 0, 1)))
                .isEqualTo(TimeLeft.of(Duration.ZERO)
                        .withAverageCalculation(Duration.ZERO)
                        .withModel("rolling_mean"));
    }

    @Test
    void nextOneTakesTheMeanAndAtMostTheLongestOfTheLastTimes() {
        EtaEstimator eta = EtaEstimator.rollingMean(2);
        assertThat(eta.expected(ANY)).isEmpty();
        for (int seconds : List.of(100, 1, 3)) {
            eta.completed(ANY, Duration.ofSeconds(seconds));
        }
        assertThat(eta.expected(ANY))
                .hasValue(EtaEstimator.Expected.likely(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)));
    }

    @Test
    void numbersThatAreNoneAreRefusedWithTheValue() {
        assertThatThrownBy(() -> EtaEstimator.rollingMean(0)).hasMessage("window must be at least 1 but was 0");
        assertThat(EtaEstimator.rollingMean(1).expected(ANY)).isEmpty();
        assertThatThrownBy(() -> work(0, 0, 0)).hasMessage("parallel must be at least 1 but was 0");
        assertThatThrownBy(() -> Batch.of(ANY, 0)).hasMessage("count must be at least 1 but was 0");
        assertThatThrownBy(() -> TimeLeft.Range.from(Duration.ofSeconds(2)).to(Duration.ofSeconds(1)))
                .hasMessageContaining("from PT2S to PT1S");
        assertThatThrownBy(() -> TimeLeft.Range.from(Duration.ofSeconds(-1)).to(Duration.ofSeconds(1)))
                .hasMessageContaining("from PT-1S to PT-1S");
    }
}
