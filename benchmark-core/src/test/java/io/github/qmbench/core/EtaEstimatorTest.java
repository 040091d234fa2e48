package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class EtaEstimatorTest {

    private static final Calculation ANY = Calculation.of("a", Map.of());

    @Property
    void meanIsOfTheLastTenTimes(@ForAll @NotEmpty List<@IntRange(max = 1_000_000) Integer> millis) {
        EtaEstimator eta = EtaEstimator.rollingMean();
        millis.forEach(time -> eta.completed(ANY, Duration.ofMillis(time)));
        List<Integer> last = millis.subList(Math.max(0, millis.size() - 10), millis.size());

        Duration mean = eta.estimate(new EtaEstimator.Workload(1, 0, 1))
                .averageCalculation()
                .orElseThrow();

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
            @ForAll @IntRange(min = 1, max = 16) int sideBySide) {
        EtaEstimator eta = EtaEstimator.rollingMean();
        eta.completed(ANY, Duration.ofMillis(millis));
        eta.completed(ANY, Duration.ofMillis(millis));

        Duration left = eta.estimate(new EtaEstimator.Workload(remaining, running, sideBySide))
                .remaining()
                .orElseThrow();

        int number = remaining + running;
        assertThat(left)
                .isEqualTo(Duration.ofMillis(millis)
                        .multipliedBy(number)
                        .dividedBy(Math.max(1, Math.min(sideBySide, number))));
        assertThat(left).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void knowsNothingBeforeTheFirstTimeUnlessNothingIsLeft() {
        assertThat(EtaEstimator.rollingMean().estimate(new EtaEstimator.Workload(3, 1, 1)))
                .isEqualTo(TimeLeft.UNKNOWN);
        assertThat(EtaEstimator.rollingMean()
                        .estimate(new EtaEstimator.Workload(0, 0, 4))
                        .remaining())
                .isEqualTo(Optional.of(Duration.ZERO));
    }
}
