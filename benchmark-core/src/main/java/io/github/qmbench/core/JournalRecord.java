package io.github.qmbench.core;

import java.util.Objects;

/**
 * One line of the journal: an attempt at a calculation, and what came of it. Immutable.
 *
 * @param calculation what was calculated
 * @param attempt when, how long, by which run
 * @param outcome results, and how it ended
 * @param fingerprint all that determined the results
 */
public record JournalRecord(
        Calculation calculation, Attempt attempt, CalculationOutcome outcome, Fingerprint fingerprint) {

    public JournalRecord {
        Objects.requireNonNull(calculation, "calculation");
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /** Whether the calculation was completed and its results may be used. */
    public boolean isComplete() {
        return outcome.state() instanceof CalculationState.Complete;
    }

    /**
     * Returns the results as a record, see {@link CalculationOutcome#results(Class)}.
     *
     * @throws IllegalArgumentException naming the component for which there is no result of its type
     */
    public <T extends Record> T results(Class<T> type) {
        return outcome.results(type);
    }

    /** Returns the record with which a later run adopts this one. */
    JournalRecord adopted(int attemptNumber, String runId) {
        return new JournalRecord(calculation, attempt.adopted(attemptNumber, runId), outcome, fingerprint);
    }
}
