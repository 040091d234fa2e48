package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides after each failed calculation whether the run goes on or pauses.
 *
 * <p>Asked by one thread at a time. Presets: {@link #pauseAfterFailedSubjects}, {@link #pauseAfterFailedFraction}, {@link
 * #pauseWhenFirstFailAlike}, {@link #pauseWhenValueKeepsFailing}, {@link #pauseAfterMachineFailures}, {@link #never}; they
 * combine with {@link #or}. A policy
 * of one's own is one method.
 */
@FunctionalInterface
public interface FailurePolicy {

    /** Returns why the run should pause, as a sentence for a person, or nothing when it should go on. */
    Optional<String> reasonToPause(FailureTally tally);

    /** Never pauses. */
    static FailurePolicy never() {
        return tally -> Optional.empty();
    }

    /**
     * Pauses when more than this many unique subjects have failed; one that fails under several conditions counts once.
     *
     * @throws IllegalArgumentException when it is negative
     */
    static FailurePolicy pauseAfterFailedSubjects(int most) {
        Require.notNegative(most, "most");
        return tally -> tally.failedSubjects() > most
                ? Optional.of(tally.failedSubjects() + " of " + tally.totalSubjects() + " subjects have failed"
                        + (tally.failedCalculations() > tally.failedSubjects()
                                ? ", in " + tally.failedCalculations() + " calculations"
                                : "")
                        + "; " + most
                        + (most == 1 ? " is" : " are") + " allowed")
                : Optional.empty();
    }

    /**
     * Pauses when more than this fraction of the run's subjects has failed, but never for a single one: of 50, with 0.1,
     * at the 6th; of 5 at the 2nd.
     *
     * @throws IllegalArgumentException when it is not from 0 to 1
     */
    static FailurePolicy pauseAfterFailedFraction(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction must be from 0 to 1 but was " + fraction);
        }
        // The tiny addend keeps 0.07 * 100 (7.000000000000001 in binary) and its kin on the right side.
        return tally -> pauseAfterFailedSubjects(Math.max(1, (int) Math.floor(fraction * tally.totalSubjects() + 1e-9)))
                .reasonToPause(tally);
    }

    /**
     * Pauses when the first calculations of a run all fail with one kind: then something is wrong with all of them.
     *
     * @throws IllegalArgumentException when the number is less than 2
     */
    static FailurePolicy pauseWhenFirstFailAlike(int number) {
        Require.atLeast(2, number, "number");
        return tally -> tally.completedCalculations() == 0
                        && tally.failuresByKind().size() == 1
                        && tally.failedCalculations() == number
                ? Optional.of("the first " + number + " calculations all failed with "
                        + tally.latest().kind())
                : Optional.empty();
    }

    /**
     * Pauses when this many calculations in a row failed through the machine's fault.
     *
     * @throws IllegalArgumentException when the number is less than 1
     */
    static FailurePolicy pauseAfterMachineFailures(int inARow) {
        Require.atLeastOne(inARow, "inARow");
        return tally -> tally.machineFailuresInARow() >= inARow
                ? Optional.of(
                        tally.machineFailuresInARow() + " calculations in a row failed through the machine's fault; "
                                + "the last with " + tally.latest())
                : Optional.empty();
    }

    /**
     * Pauses when calculations with one value of a parameter keep failing through their own fault: {@code
     * pauseWhenValueKeepsFailing("solvent", 5)} pauses when five in a row with the same solvent have failed.
     *
     * @param parameter an axis of the matrix
     * @param inARow how many, without a completed one with that value between them; at least 2
     */
    static FailurePolicy pauseWhenValueKeepsFailing(String parameter, int inARow) {
        Require.text(parameter, "parameter");
        Require.atLeast(2, inARow, "inARow");
        return tally -> tally.failuresInARow(parameter) >= inARow
                ? Optional.of(tally.failuresInARow(parameter) + " calculations in a row with " + parameter + " '"
                        + tally.failed().calculation().parameter(parameter) + "' have failed, the last one with "
                        + tally.latest())
                : Optional.empty();
    }

    /** Returns a policy that pauses when this one or the other does; the first reason counts. */
    default FailurePolicy or(FailurePolicy other) {
        Objects.requireNonNull(other, "other");
        return tally -> {
            Optional<String> reason = reasonToPause(tally);
            return reason.isPresent() ? reason : other.reasonToPause(tally);
        };
    }
}
