package io.github.qmbench.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The mean of the last times, times what is left, by how many run side by side. */
final class RollingMeanEta implements EtaEstimator {

    private final int window;
    private final Deque<Duration> latest = new ArrayDeque<>();

    RollingMeanEta(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1 but was " + window);
        }
        this.window = window;
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
        int left = workload.remaining() + workload.running();
        if (latest.isEmpty()) {
            return left == 0 ? new TimeLeft(Optional.of(Duration.ZERO), Optional.empty()) : TimeLeft.UNKNOWN;
        }
        Duration mean = latest.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(latest.size());
        int sideBySide = Math.max(1, Math.min(workload.sideBySide(), left));
        return new TimeLeft(Optional.of(mean.multipliedBy(left).dividedBy(sideBySide)), Optional.of(mean));
    }
}
