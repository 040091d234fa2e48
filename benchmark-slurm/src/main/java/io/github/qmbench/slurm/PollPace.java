package io.github.qmbench.slurm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * How often to ask for the queue: a twentieth of what jobs take, the median of the last ten; while none has ended, a
 * twentieth of the time since the first was submitted. Within bounds, so that short jobs are noticed soon and long ones
 * cost the cluster next to nothing. The number of jobs plays no part.
 *
 * <p>After failed queries the interval doubles each time, up to the longer of the upper bound and a minute, with a quarter
 * up or down by chance, so that many clients do not come back all at once.
 *
 * <p>Safe for use by many threads.
 */
final class PollPace {

    private static final int REMEMBERED = 10;
    private static final int PART = 20;
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    private final Duration shortest;
    private final RandomGenerator random;
    private final Deque<Duration> lately = new ArrayDeque<>();
    private Duration longest;
    private int failures;

    PollPace(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
    }

    /** Lowers the upper bound: Slurm forgets ended jobs, and they must be seen before. */
    synchronized void notLongerThan(Duration bound) {
        if (bound.compareTo(longest) < 0) {
            longest = bound.compareTo(shortest) < 0 ? shortest : bound;
        }
    }

    synchronized void jobTook(Duration duration) {
        lately.addLast(duration);
        if (lately.size() > REMEMBERED) {
            lately.removeFirst();
        }
    }

    synchronized void queryFailed() {
        failures++;
    }

    synchronized void querySucceeded() {
        failures = 0;
    }

    /**
     * Returns the time to the next query.
     *
     * @param sinceFirst time since the first job was submitted
     */
    synchronized Duration interval(Duration sinceFirst) {
        Duration typical = lately.isEmpty()
                ? sinceFirst
                : lately.stream().sorted().skip(lately.size() / 2).findFirst().orElseThrow();
        Duration regular = within(typical.dividedBy(PART), shortest, longest);
        if (failures == 0) {
            return regular;
        }
        Duration most = longest.compareTo(LONGEST_BACK_OFF) > 0 ? longest : LONGEST_BACK_OFF;
        Duration doubled = within(regular.multipliedBy(1L << Math.min(failures, 10)), shortest, most);
        return Duration.ofMillis(Math.round(doubled.toMillis() * (0.75 + 0.5 * random.nextDouble())));
    }

    private static Duration within(Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0) {
            return least;
        }
        return value.compareTo(most) > 0 ? most : value;
    }
}
