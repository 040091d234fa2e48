package io.github.qmbench.core;

import java.util.Objects;

/** One line of the journal: an attempt at a calculation, its outcome and its fingerprint. Immutable. */
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

    /** {@return the calculation that was attempted} */
    public Calculation calculation() {
        return calculation;
    }

    /** {@return the number, times and run of the attempt} */
    public Attempt attempt() {
        return attempt;
    }

    /** {@return the results and how the calculation ended} */
    public CalculationOutcome outcome() {
        return outcome;
    }

    /** {@return all that determined the results} */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /**
     * {@return a record, for tests of code that reads journals}
     *
     * @param calculation what was attempted
     * @param attempt when and by which run
     * @param outcome results and state
     * @param fingerprint all that determined the results
     */
    public static JournalRecord of(
            Calculation calculation, Attempt attempt, CalculationOutcome outcome, Fingerprint fingerprint) {
        return new JournalRecord(calculation, attempt, outcome, fingerprint);
    }

    /** {@return whether the calculation was completed and its results may be used} */
    public boolean isComplete() {
        return outcome.state() instanceof CalculationState.Complete;
    }

    /**
     * {@return the results as a record, see {@link CalculationOutcome#results(Class)}}
     *
     * @param <T> a record type
     * @param type a record with the names of results as components
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
