package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A rule that decides after a failed attempt whether the same run tries the calculation again, and after what time. An
 * attempt that is tried again is {@linkplain CalculationState.Retrying retrying}: it does not count as failed, and no
 * {@link FailurePolicy} is asked. The next run tries every failed calculation again, whatever this policy says.
 *
 * <p>Presets: {@link #never}, {@link #machineFailures}, {@link #when}; they combine with {@link #or}. A backoff is the
 * wait before the first retry and doubles with each further one, up to an hour. Other calculations start in the
 * meantime; a requested stop and the deadline end the waiting. The run never waits for a full disk: it pauses.
 *
 * <p>Immutable. The conditions are asked by one thread at a time.
 */
public final class RetryPolicy {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final RetryPolicy NEVER = new RetryPolicy(List.of());

    /** The retries of failures that meet a condition. */
    private record Rule(Predicate<CalculationFailure> condition, int atMost, Duration backoff) {}

    private final List<Rule> rules;

    private RetryPolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** {@return a policy that never tries again in the same run} */
    public static RetryPolicy never() {
        return NEVER;
    }

    /**
     * {@return a policy that tries a calculation again when the machine was at fault}
     *
     * @param times how often in one run, at least 1
     * @param backoff the wait before the first retry; zero for none
     */
    public static RetryPolicy machineFailures(int times, Duration backoff) {
        return when(failure -> !failure.countsAgainstSubject()).atMost(times, backoff);
    }

    /**
     * Returns a policy that retries failures which meet a condition, and still needs a number: {@code
     * when(...).atMost(3)}.
     *
     * @param condition whether to retry this failure
     * @return the condition, to be completed with {@code atMost}
     */
    public static Condition when(Predicate<CalculationFailure> condition) {
        return new Condition(Objects.requireNonNull(condition, "condition"));
    }

    /** A condition of a policy that still lacks the number of retries; see {@link RetryPolicy#when}. Immutable. */
    public static final class Condition {
        private final Predicate<CalculationFailure> condition;

        private Condition(Predicate<CalculationFailure> condition) {
            this.condition = condition;
        }

        /**
         * {@return a policy that retries up to this number of times in one run, without waiting}
         *
         * @param times at least 1
         */
        public RetryPolicy atMost(int times) {
            return atMost(times, Duration.ZERO);
        }

        /**
         * {@return a policy that retries up to this number of times in one run, with a wait that doubles with each
         * retry}
         *
         * @param times at least 1
         * @param backoff the wait before the first retry; zero for none
         */
        public RetryPolicy atMost(int times, Duration backoff) {
            if (Objects.requireNonNull(backoff, "backoff").isNegative()) {
                throw new IllegalArgumentException("backoff must not be negative but was " + backoff);
            }
            return new RetryPolicy(List.of(new Rule(condition, Require.atLeastOne(times, "times"), backoff)));
        }
    }

    /**
     * {@return a policy that tries again when this one or the other does; the first of them says after what time}
     *
     * @param other asked second
     */
    public RetryPolicy or(RetryPolicy other) {
        List<Rule> all = new ArrayList<>(rules);
        all.addAll(Objects.requireNonNull(other, "other").rules);
        return new RetryPolicy(all);
    }

    /**
     * Returns the wait before the next attempt, or nothing when there is none in this run.
     *
     * @param retries how often this run has tried the calculation again
     */
    Optional<Duration> waitAfter(CalculationFailure failure, int retries) {
        return rules.stream()
                .filter(rule -> retries < rule.atMost() && rule.condition().test(failure))
                .findFirst()
                .map(rule -> doubled(rule.backoff(), retries));
    }

    private static Duration doubled(Duration backoff, int times) {
        Duration wait = backoff;
        for (int i = 0; i < times && wait.compareTo(LONGEST_WAIT) < 0; i++) {
            wait = wait.plus(wait);
        }
        return backoff.compareTo(LONGEST_WAIT) > 0 ? backoff : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
