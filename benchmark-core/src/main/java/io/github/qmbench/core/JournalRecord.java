package io.github.qmbench.core;

import java.util.Objects;

/** One line of the journal: an attempt at a calculation, and what came of it. Immutable. */
public final class JournalRecord {
    private final Calculation calculation;
    private final Attempt attempt;
    private final CalculationOutcome outcome;
    private final Fingerprint fingerprint;

    private JournalRecord(
            Calculation calculation, Attempt attempt, CalculationOutcome outcome, Fingerprint fingerprint) {
        this.calculation = Objects.requireNonNull(calculation, "calculation");
        this.attempt = Objects.requireNonNull(attempt, "attempt");
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /** What was calculated. */
    public Calculation calculation() {
        return calculation;
    }

    /** When, how long, by which run. */
    public Attempt attempt() {
        return attempt;
    }

    /** Results, and how it ended. */
    public CalculationOutcome outcome() {
        return outcome;
    }

    /** All that determined the results. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Makes a record, for tests of code that reads journals. */
    public static JournalRecord of(
            Calculation calculation, Attempt attempt, CalculationOutcome outcome, Fingerprint fingerprint) {
        return new JournalRecord(calculation, attempt, outcome, fingerprint);
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

    /** Returns the record as a run in another directory sees it, which adopts it from this one. */
    JournalRecord from(String directory) {
        return new JournalRecord(calculation, attempt.from(directory), outcome, fingerprint);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JournalRecord that
                && calculation.equals(that.calculation)
                && attempt.equals(that.attempt)
                && outcome.equals(that.outcome)
                && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(calculation, attempt, outcome, fingerprint);
    }

    @Override
    public String toString() {
        return "JournalRecord[calculation=" + calculation + ", attempt=" + attempt + ", outcome=" + outcome
                + ", fingerprint=" + fingerprint + "]";
    }
}
