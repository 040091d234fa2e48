package io.github.qmbench.core.internal;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;

/** Thrown when a record is longer than a line of the journal may be. */
public final class RecordTooLargeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final String WHY = "its results take more than " + (JournalLines.MOST_BYTES >> 20)
            + " MiB in the journal; write large results to files in its directory and return their names";

    RecordTooLargeException() {
        super(WHY);
    }

    /** {@return the outcome to record in its place: the calculation failed} */
    public CalculationOutcome outcome() {
        return CalculationOutcome.failed(CalculationFailure.EXCEPTION).because(WHY);
    }
}
