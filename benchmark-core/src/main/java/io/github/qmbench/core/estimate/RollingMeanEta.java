package io.github.qmbench.core.estimate;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.internal.Require;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The mean of the last times, times what is left, by how many run in parallel. */
final class RollingMeanEta implements EtaEstimator {

    private static final String NAME = "rolling_mean";
    private static final double EIGHTY_PERCENT = 1.2816; // of a normal distribution, in standard deviations

    private final int window;
    private final Deque<Duration> latest = new ArrayDeque<>();

    RollingMeanEta(int window) {
        this.window = Require.atLeastOne(window, "window");
    }

    @Override
    public void completed(Calculation calculation, Duration duration) {
        if (latest.size() == window) {
            latest.removeFirst();
        }
        latest.addLast(duration);
    }

    @Override
    public TimeLeft estimate(Workload workload) {
        int left = workload.count();
        if (latest.isEmpty()) {
            return left == 0 ? TimeLeft.of(Duration.ZERO) : TimeLeft.UNKNOWN;
        }
        Duration mean = latest.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(latest.size());
        int parallel = Math.max(1, Math.min(workload.parallel(), left));
        Duration remaining = mean.multipliedBy(left).dividedBy(parallel);
        TimeLeft timeLeft = TimeLeft.of(remaining).withAverageCalculation(mean).withModel(NAME);
        return range(remaining, mean, left).map(timeLeft::withRange).orElse(timeLeft);
    }

    /** As wide as the mean of so many times, and the sum of what is left, may be off by chance. */
    private Optional<TimeLeft.Range> range(Duration remaining, Duration mean, int left) {
        if (latest.size() < 3 || left == 0 || mean.isZero()) {
            return Optional.empty();
        }
        double sum = 0;
        for (Duration time : latest) {
            double off = (time.toMillis() - mean.toMillis()) / (double) Math.max(1, mean.toMillis());
            sum += off * off;
        }
        double deviation = Math.sqrt(sum / (latest.size() - 1) * (1.0 / latest.size() + 1.0 / left));
        double spread = Math.exp(EIGHTY_PERCENT * Math.min(3, deviation));
        return Optional.of(TimeLeft.Range.from(Duration.ofMillis(Math.round(remaining.toMillis() / spread)))
                .to(Duration.ofMillis(Math.round(remaining.toMillis() * spread))));
    }

    @Override
    public Optional<Expected> expected(Calculation calculation) {
        return latest.isEmpty()
                ? Optional.empty()
                : Optional.of(Expected.likely(latest.stream()
                                .reduce(Duration.ZERO, Duration::plus)
                                .dividedBy(latest.size()))
                        .atMost(latest.stream().max(Duration::compareTo).orElseThrow()));
    }
}
