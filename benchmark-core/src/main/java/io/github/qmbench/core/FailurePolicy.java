package io.github.qmbench.core;

import java.util.Objects;
import java.util.Optional;

/**
 * Decides after each failed calculation whether the run goes on or pauses.
 *
 * <p>Asked by one thread at a time. Presets: {@link #pauseAfterFailedSubjects}, {@link #pauseAfterFailedFraction}, {@link
 * #pauseWhenFirstFailAlike}, {@link #pauseAfterMachineFailures}, {@link #never}; they combine with {@link #or}. A policy
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
        if (most < 0) {
            throw new IllegalArgumentException("failed subjects allowed must not be negative but were " + most);
        }
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
        if (number < 2) {
            throw new IllegalArgumentException("number must be at least 2 but was " + number);
        }
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
        if (inARow < 1) {
            throw new IllegalArgumentException("number must be at least 1 but was " + inARow);
        }
        return tally -> tally.machineFailuresInARow() >= inARow
                ? Optional.of(
                        tally.machineFailuresInARow() + " calculations in a row failed through the machine's fault; "
                                + "the last with " + tally.latest())
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
