package io.github.qmbench.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long a run will still take, as far as is known.
 *
 * @param remaining wall time until the run is complete; empty while nothing is known, zero when nothing is left
 * @param range where that time lies in 8 of 10 cases; empty while that is not known
 * @param averageCalculation the mean time of one calculation; empty while nothing is known
 * @param model what it was estimated with: {@code rolling_mean}, {@code size_model}
 */
public record TimeLeft(
        Optional<Duration> remaining,
        Optional<Range> range,
        Optional<Duration> averageCalculation,
        Optional<String> model) {

    /** Nothing is known yet. */
    public static final TimeLeft UNKNOWN = new TimeLeft(Optional.empty(), Optional.empty());

    /**
     * Between two times.
     *
     * @param from at least
     * @param to at most
     */
    public record Range(Duration from, Duration to) {
        public Range {
            if (from.isNegative() || to.compareTo(from) < 0) {
                throw new IllegalArgumentException("not a range: from " + from + " to " + to);
            }
        }
    }

    public TimeLeft {
        Objects.requireNonNull(remaining, "remaining");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(averageCalculation, "averageCalculation");
        Objects.requireNonNull(model, "model");
    }

    /** Makes an estimate without a range, by a model that has no name. */
    public TimeLeft(Optional<Duration> remaining, Optional<Duration> averageCalculation) {
        this(remaining, Optional.empty(), averageCalculation, Optional.empty());
    }
}
