package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a journal says about the calculations of a matrix: where a run takes up. Takes a few bytes for each calculation.
 */
final class ResumePoint {

    /** What is known of one calculation. */
    enum Standing {
        /** It was never begun. */
        NEW,
        /** It is completed with the present settings. */
        DONE,
        /** Its last attempt failed, was cancelled or interrupted; it will be tried again. */
        AGAIN,
        /** It is completed, but with other settings. */
        STALE
    }

    /** A result made with other settings than the present ones. */
    record Stale(Calculation calculation, Fingerprint was, Fingerprint is) {}

    private static final int DUPLICATES_NAMED = 10;
    private static final Standing[] STANDINGS = Standing.values();

    private final CalculationMatrix matrix;
    private final byte[] standing;
    private final int[] attempts;
    private final long[] resultAt;
    private final Set<String> duplicates = new LinkedHashSet<>();
    private RunJournal.Extent extent = new RunJournal.Extent(0, 0, 0);

    private ResumePoint(CalculationMatrix matrix) {
        this.matrix = matrix;
        this.standing = new byte[matrix.size()];
        this.attempts = new int[matrix.size()];
        this.resultAt = new long[matrix.size()];
        Arrays.fill(resultAt, -1);
    }

    /**
     * Reads a journal.
     *
     * @param eta learns the times of what is completed
     * @throws JournalDamagedException when the journal is not what was written
     */
    static ResumePoint read(
            RunDirectory directory, CalculationMatrix matrix, CalculationBackend backend, EtaEstimator eta)
            throws IOException {
        ResumePoint point = new ResumePoint(matrix);
        point.extent = RunJournal.visitWithoutResults(directory.journal(), (record, offset) -> {
            int index = matrix.indexOf(record.calculation());
            if (index >= 0) {
                point.take(index, record, offset, backend.fingerprint(record.calculation()));
                if (point.standing(index) == Standing.DONE && record.isComplete()) {
                    eta.completed(record.calculation(), record.attempt().duration());
                }
            }
        });
        return point;
    }

    private void take(int index, JournalRecord record, long offset, Fingerprint present) {
        if (record.attempt().number() <= attempts[index]) {
            if (duplicates.size() < DUPLICATES_NAMED) {
                duplicates.add(
                        record.calculation() + " attempt " + record.attempt().number());
            }
            return;
        }
        attempts[index] = record.attempt().number();
        boolean sameSettings = record.fingerprint().equals(present);
        if (record.isComplete()) {
            resultAt[index] = offset;
            set(index, sameSettings ? Standing.DONE : Standing.STALE);
        } else if (standing(index) == Standing.NEW || (standing(index) == Standing.STALE && sameSettings)) {
            set(index, Standing.AGAIN);
            resultAt[index] = -1;
        }
    }

    private void set(int index, Standing value) {
        standing[index] = (byte) value.ordinal();
    }

    Standing standing(int index) {
        return STANDINGS[standing[index]];
    }

    /** Makes every stale result one to be calculated again. */
    void calculateStaleAgain() {
        for (int index = 0; index < standing.length; index++) {
            if (standing(index) == Standing.STALE) {
                set(index, Standing.AGAIN);
                resultAt[index] = -1;
            }
        }
    }

    /** Returns the first stale result in the order of the matrix, if there is one. */
    Optional<Stale> firstStale(RunDirectory directory, CalculationBackend backend) throws IOException {
        for (int index = 0; index < standing.length; index++) {
            if (standing(index) == Standing.STALE) {
                return Optional.of(stale(index, directory, backend));
            }
        }
        return Optional.empty();
    }

    /** Reads from the journal what the settings of a stale result were. */
    Stale stale(int index, RunDirectory directory, CalculationBackend backend) throws IOException {
        try (JournalReader records = new JournalReader(directory.journal())) {
            JournalRecord record = records.at(resultAt[index]);
            return new Stale(record.calculation(), record.fingerprint(), backend.fingerprint(record.calculation()));
        }
    }

    /** Attempts of which the journal has more than one record, ten of them at most; the first record counts. */
    Set<String> duplicates() {
        return duplicates;
    }

    /** The number of the last attempt, 0 when there was none. */
    int attempts(int index) {
        return attempts[index];
    }

    void setAttempts(int index, int number) {
        attempts[index] = number;
    }

    /** The byte of the journal at which the result's line begins, or -1. */
    long resultAt(int index) {
        return resultAt[index];
    }

    void completedAt(int index, long offset) {
        resultAt[index] = offset;
        set(index, Standing.DONE);
    }

    /** Counts the calculations of a standing. */
    int count(Standing wanted) {
        int count = 0;
        for (byte one : standing) {
            if (one == wanted.ordinal()) {
                count++;
            }
        }
        return count;
    }

    RunJournal.Extent extent() {
        return extent;
    }

    CalculationMatrix matrix() {
        return matrix;
    }
}
