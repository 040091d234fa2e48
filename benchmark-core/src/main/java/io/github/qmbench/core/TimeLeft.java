package io.github.qmbench.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The estimate of the time that a run will still take. Immutable. */
public final class TimeLeft {
    private final Optional<Duration> remaining;
    private final Optional<Range> range;
    private final Optional<Duration> averageCalculation;
    private final Optional<String> model;

    private TimeLeft(
            Optional<Duration> remaining,
            Optional<Range> range,
            Optional<Duration> averageCalculation,
            Optional<String> model) {
        this.remaining = Objects.requireNonNull(remaining, "remaining");
        this.range = Objects.requireNonNull(range, "range");
        this.averageCalculation = Objects.requireNonNull(averageCalculation, "averageCalculation");
        this.model = Objects.requireNonNull(model, "model");
    }

    /** {@return the wall time until the run is complete; empty while nothing is known, zero when nothing is left} */
    public Optional<Duration> remaining() {
        return remaining;
    }

    /** {@return the range in which that time lies in 8 of 10 cases; empty while that is not known} */
    public Optional<Range> range() {
        return range;
    }

    /** {@return the mean time of one calculation; empty while nothing is known} */
    public Optional<Duration> averageCalculation() {
        return averageCalculation;
    }

    /** {@return the name of the model behind the estimate: {@code rolling_mean} or {@code size_model}} */
    public Optional<String> model() {
        return model;
    }

    /** The estimate while nothing is known. */
    public static final TimeLeft UNKNOWN =
            new TimeLeft(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A range between two times. Immutable. */
    public static final class Range {
        private final Duration from;
        private final Duration to;

        /**
         * {@return the range that begins and ends at a time; {@link #to(Duration)} sets another end}
         *
         * @param time both ends of the range
         */
        public static Range from(Duration time) {
            return new Range(Objects.requireNonNull(time, "time"), time);
        }

        /**
         * {@return the range from where this one begins to a time}
         *
         * @param time the upper end, not below the lower one
         */
        public Range to(Duration time) {
            return new Range(from, Objects.requireNonNull(time, "time"));
        }

        private Range(Duration from, Duration to) {
            if (from.isNegative() || to.compareTo(from) < 0) {
                throw new IllegalArgumentException("not a range: from " + from + " to " + to);
            }
            this.from = from;
            this.to = to;
        }

        /** {@return the lower end} */
        public Duration from() {
            return from;
        }

        /** {@return the upper end} */
        public Duration to() {
            return to;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Range that && from.equals(that.from) && to.equals(that.to);
        }

        @Override
        public int hashCode() {
            return Objects.hash(from, to);
        }

        @Override
        public String toString() {
            return "Range[from=" + from + ", to=" + to + "]";
        }
    }

    /**
     * {@return an estimate of the wall time until the run is complete, of which nothing else is known}
     *
     * @param remaining zero when nothing is left
     */
    public static TimeLeft of(Duration remaining) {
        return new TimeLeft(
                Optional.of(Objects.requireNonNull(remaining, "remaining")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * {@return this estimate with the range in which the remaining time lies in 8 of 10 cases}
     *
     * @param value in which the time lies in 8 of 10 cases
     */
    public TimeLeft withRange(Range value) {
        return new TimeLeft(remaining, Optional.of(Objects.requireNonNull(value, "range")), averageCalculation, model);
    }

    /**
     * {@return this estimate with the mean time of one calculation}
     *
     * @param value of one calculation
     */
    public TimeLeft withAverageCalculation(Duration value) {
        return new TimeLeft(remaining, range, Optional.of(Objects.requireNonNull(value, "averageCalculation")), model);
    }

    /**
     * {@return this estimate with the name of what it was made with}
     *
     * @param name such as {@code size_model}
     */
    public TimeLeft withModel(String name) {
        return new TimeLeft(remaining, range, averageCalculation, Optional.of(Objects.requireNonNull(name, "name")));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeLeft that
                && remaining.equals(that.remaining)
                && range.equals(that.range)
                && averageCalculation.equals(that.averageCalculation)
                && model.equals(that.model);
    }

    @Override
    public int hashCode() {
        return Objects.hash(remaining, range, averageCalculation, model);
    }

    @Override
    public String toString() {
        return "TimeLeft[remaining=" + remaining + ", range=" + range + ", averageCalculation=" + averageCalculation
                + ", model=" + model + "]";
    }
}
