package io.github.qmbench.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What has failed so far in this run: what a {@link FailurePolicy} decides by. Immutable.
 *
 * @param failedSubjects unique subjects with at least one failure that is their own fault
 * @param totalSubjects subjects of the run
 * @param completedCalculations calculations that this run completed; not those of earlier runs
 * @param failuresByKind how many calculations of this run failed with each kind, whosever fault
 * @param machineFailuresInARow how many of the latest calculations failed through the machine's fault without another
 *     ending between them
 * @param latest the failure that is the reason for asking
 */
public record FailureTally(
        int failedSubjects,
        int totalSubjects,
        int completedCalculations,
        Map<String, Integer> failuresByKind,
        int machineFailuresInARow,
        CalculationFailure latest) {

    public FailureTally {
        failuresByKind = Collections.unmodifiableMap(new LinkedHashMap<>(failuresByKind));
        Objects.requireNonNull(latest, "latest");
    }

    /** How many calculations of this run failed. */
    public int failedCalculations() {
        return failuresByKind.values().stream().mapToInt(Integer::intValue).sum();
    }
}
