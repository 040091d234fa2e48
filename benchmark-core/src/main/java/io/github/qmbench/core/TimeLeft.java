package io.github.qmbench.core;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a run will still take, as far as is known.
 *
 * @param remaining wall time until the run is complete; empty while nothing is known, zero when nothing is left
 * @param averageCalculation the mean time of one calculation; empty while nothing is known
 */
public record TimeLeft(Optional<Duration> remaining, Optional<Duration> averageCalculation) {

    /** Nothing is known yet. */
    public static final TimeLeft UNKNOWN = new TimeLeft(Optional.empty(), Optional.empty());
}
