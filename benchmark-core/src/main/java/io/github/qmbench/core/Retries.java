package io.github.qmbench.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts how often a run has tried calculations again, and asks its {@link RetryPolicy}. Safe for use by many threads. */
final class Retries {

    private final RetryPolicy policy;
    private final Map<Integer, Integer> retries = new LinkedHashMap<>(); // by place in the matrix; guarded by this

    Retries(RetryPolicy policy) {
        this.policy = policy;
    }

    /** Returns after what time a calculation that has ended like this is tried again, and counts that; nothing if it is not. */
    synchronized Optional<Duration> after(int index, CalculationOutcome outcome) {
        Optional<Duration> wait = outcome.state()
                .failure()
                .filter(failure -> !failure.kind().equals(CalculationFailure.DISK_FULL))
                .flatMap(failure -> policy.waitAfter(failure, retries.getOrDefault(index, 0)));
        wait.ifPresent(time -> retries.merge(index, 1, Integer::sum));
        return wait;
    }

    /** Returns the outcome of an attempt that is tried again. */
    static CalculationOutcome retrying(CalculationOutcome failed) {
        return new CalculationOutcome(
                failed.results(),
                new CalculationState.Retrying(failed.state().failure().orElseThrow()));
    }
}
