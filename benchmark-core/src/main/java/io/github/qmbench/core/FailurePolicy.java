package io.github.qmbench.core;

import io.github.qmbench.core.internal.Require;
import java.util.Objects;
import java.util.Optional;

/**
 * A rule that decides after each failed calculation whether the run continues or pauses.
 *
 * <p>Asked by one thread at a time. Presets: {@link #pauseAfterFailedSubjects}, {@link #pauseAfterFailedFraction},
 * {@link #pauseWhenFirstFailAlike}, {@link #pauseWhenValueKeepsFailing}, {@link #pauseAfterMachineFailures}, {@link
 * #never}; they combine with {@link #or}. A custom policy is one method.
 */
@FunctionalInterface
public interface FailurePolicy {

    /**
     * {@return why the run should pause, as a sentence for a person, or nothing when it should continue}
     *
     * @param tally the failures so far
     */
    Optional<String> reasonToPause(FailureTally tally);

    /** {@return a policy that never pauses} */
    static FailurePolicy never() {
        return tally -> Optional.empty();
    }

    /**
     * {@return a policy that pauses when more than this many unique subjects have failed} A subject that fails under
     * several conditions counts once.
     *
     * @param most the number that may fail, 0 or more
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
     * {@return a policy that pauses when more than this fraction of the run's subjects has failed, but never for a
     * single one} With 0.1 it pauses at the 6th of 50 subjects, and at the 2nd of 5.
     *
     * @param fraction from 0 to 1
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
     * {@return a policy that pauses when the first calculations of a run all fail with one kind} Then something is
     * wrong with all of them.
     *
     * @param number how many, at least 2
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
     * {@return a policy that pauses when this many calculations in a row failed through the machine's fault}
     *
     * @param inARow at least 1
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
     * {@return a policy that pauses when calculations with one value of a parameter keep failing through their own
     * fault} For example {@code pauseWhenValueKeepsFailing("solvent", 5)} pauses when five in a row with the same
     * solvent have failed.
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

    /**
     * {@return a policy that pauses when this one or the other does; the first reason counts}
     *
     * @param other asked second
     */
    default FailurePolicy or(FailurePolicy other) {
        Objects.requireNonNull(other, "other");
        return tally -> {
            Optional<String> reason = reasonToPause(tally);
            return reason.isPresent() ? reason : other.reasonToPause(tally);
        };
    }
}
