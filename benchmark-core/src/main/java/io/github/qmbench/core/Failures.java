package io.github.qmbench.core;

import io.github.qmbench.core.internal.SharedTraits;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What has failed in a run. Not safe for use by many threads. */
final class Failures {

    private final CalculationMatrix matrix;
    private final Deque<RunStatus.FailedTask> latest = new ArrayDeque<>();
    private final Map<String, Integer> byKind = new LinkedHashMap<>();
    private final BitSet subjects = new BitSet();
    private final FailuresByValue byValue = new FailuresByValue();
    private final SharedTraits shared;
    private int count;
    private int subjectCount;
    private int ofMachineInARow;

    Failures(CalculationMatrix matrix) {
        this.matrix = Objects.requireNonNull(matrix, "matrix");
        this.shared = SharedTraits.of(matrix);
    }

    /**
     * Takes a record of a failure of the calculation with this index.
     *
     * @param completed how many calculations this run has completed
     * @return what a failure policy decides by
     */
    FailureTally add(int index, JournalRecord record, CalculationFailure failure, int completed) {
        count++;
        byKind.merge(failure.kind(), 1, Integer::sum);
        shared.add(record.calculation());
        if (failure.countsAgainstSubject()) {
            int subject = matrix.subjectIndexOf(index);
            subjectCount += subjects.get(subject) ? 0 : 1;
            subjects.set(subject);
            ofMachineInARow = 0;
            byValue.add(record.calculation(), failure.kind());
        } else {
            ofMachineInARow++;
        }
        latest.addLast(RunStatus.FailedTask.of(
                record.calculation(),
                failure.kind(),
                failure.message(),
                record.attempt().finishedAt()));
        if (latest.size() > RunStatus.FAILURES_SHOWN) {
            latest.removeFirst();
        }
        return new FailureTally(
                record,
                failure,
                new FailureTally.Counts(subjectCount, matrix.subjects().size(), completed, byKind, ofMachineInARow),
                byValue.of(record.calculation()));
    }

    /** Takes note that a calculation was completed: the machine works. */
    void noteSuccess(Calculation calculation) {
        ofMachineInARow = 0;
        byValue.noteSuccess(calculation);
    }

    /** What all that failed have in common, as a sentence without a full stop. */
    Optional<String> shared() {
        return shared.sentence();
    }

    /** How many calculations failed. */
    int count() {
        return count;
    }

    /** How many subjects have a failure that is their own fault. */
    int subjectCount() {
        return subjectCount;
    }

    /** The last ones, oldest first. */
    List<RunStatus.FailedTask> latest() {
        return List.copyOf(latest);
    }
}
