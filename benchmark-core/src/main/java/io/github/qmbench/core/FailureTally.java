package io.github.qmbench.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The failures of a run so far, by which a {@link FailurePolicy} decides. Immutable; made by the runner. */
public final class FailureTally {

    private final JournalRecord failed;
    private final CalculationFailure latest;
    private final Counts counts;
    private final Map<String, OfValue> ofValues;

    /** Numbers of the whole run, named as the methods that return them. */
    record Counts(
            int failedSubjects,
            int totalSubjects,
            int completedCalculations,
            Map<String, Integer> failuresByKind,
            int machineFailuresInARow) {
        Counts {
            failuresByKind = Collections.unmodifiableMap(new LinkedHashMap<>(failuresByKind));
        }
    }

    /** What failed with one value of a parameter, through the calculations' own fault. */
    record OfValue(int inARow, Map<String, Integer> failuresByKind) {
        OfValue {
            failuresByKind = Collections.unmodifiableMap(new LinkedHashMap<>(failuresByKind));
        }
    }

    /**
     * Makes a tally.
     *
     * @param latest the failure of the record
     * @param ofValues by parameter, for the values that the failed calculation has
     */
    FailureTally(JournalRecord failed, CalculationFailure latest, Counts counts, Map<String, OfValue> ofValues) {
        this.failed = Objects.requireNonNull(failed, "failed");
        this.latest = Objects.requireNonNull(latest, "latest");
        this.counts = counts;
        this.ofValues = Collections.unmodifiableMap(new LinkedHashMap<>(ofValues));
    }

    /** {@return the failed attempt that is the reason for asking, with its calculation} */
    public JournalRecord failed() {
        return failed;
    }

    /** {@return the failure of {@link #failed}} */
    public CalculationFailure latest() {
        return latest;
    }

    /** {@return the number of unique subjects with at least one failure that is their own fault} */
    public int failedSubjects() {
        return counts.failedSubjects();
    }

    /** {@return the number of subjects of the run} */
    public int totalSubjects() {
        return counts.totalSubjects();
    }

    /** {@return the number of calculations that this run completed; not those of earlier runs} */
    public int completedCalculations() {
        return counts.completedCalculations();
    }

    /** {@return the number of calculations that failed in this run, whosever fault it was} */
    public int failedCalculations() {
        return counts.failuresByKind().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** {@return the number of failed calculations of this run by kind, whosever fault it was} */
    public Map<String, Integer> failuresByKind() {
        return counts.failuresByKind();
    }

    /**
     * {@return the number of failed calculations of this run by kind, among those with the {@linkplain #failed failed}
     * one's value of a parameter} The machine's faults are left out.
     *
     * @param parameter an axis of the matrix
     * @throws IllegalArgumentException when there is no such parameter; the message lists those there are
     */
    public Map<String, Integer> failuresByKind(String parameter) {
        return of(parameter).failuresByKind();
    }

    /**
     * {@return the number of failed calculations with the {@linkplain #failed failed} one's value of a parameter since
     * one was completed} The machine's faults are left out.
     *
     * @param parameter an axis of the matrix
     * @throws IllegalArgumentException when there is no such parameter; the message lists those there are
     */
    public int failuresInARow(String parameter) {
        return of(parameter).inARow();
    }

    private OfValue of(String parameter) {
        failed.calculation().parameter(Objects.requireNonNull(parameter, "parameter"));
        return ofValues.getOrDefault(parameter, new OfValue(0, Map.of()));
    }

    /** {@return how many of the latest calculations in a row failed through the machine's fault} */
    public int machineFailuresInARow() {
        return counts.machineFailuresInARow();
    }

    @Override
    public String toString() {
        return failed.calculation() + " " + latest + "; " + counts;
    }
}
