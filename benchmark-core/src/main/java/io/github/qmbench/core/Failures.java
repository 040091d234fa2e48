package io.github.qmbench.core;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What has failed in a run, and how long its {@link FailurePolicy} bears that. Not safe for use by many threads. */
final class Failures {

    private final CalculationMatrix matrix;
    private final FailurePolicy policy;
    private final Deque<RunStatus.FailedTask> latest = new ArrayDeque<>();
    private final Map<String, Integer> byKind = new HashMap<>();
    private final BitSet subjects = new BitSet();
    private final SharedTraits shared;
    private int count;
    private int subjectCount;
    private int ofMachineInARow;

    Failures(CalculationMatrix matrix, FailurePolicy policy) {
        this.matrix = Objects.requireNonNull(matrix, "matrix");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.shared = SharedTraits.of(matrix);
    }

    /** Takes a record of a failure of the calculation with this index. */
    void add(int index, JournalRecord record, CalculationFailure failure) {
        count++;
        byKind.merge(failure.kind(), 1, Integer::sum);
        shared.add(record.calculation());
        if (failure.countsAgainstSubject()) {
            int subject = matrix.subjectIndexOf(index);
            subjectCount += subjects.get(subject) ? 0 : 1;
            subjects.set(subject);
            ofMachineInARow = 0;
        } else {
            ofMachineInARow++;
        }
        latest.addLast(new RunStatus.FailedTask(
                record.calculation(),
                failure.kind(),
                failure.message(),
                record.attempt().finishedAt()));
        if (latest.size() > RunStatus.FAILURES_SHOWN) {
            latest.removeFirst();
        }
    }

    /** Takes note that a calculation did not fail: the machine works. */
    void interruptedBySuccess() {
        ofMachineInARow = 0;
    }

    /**
     * Returns why the run should pause after this failure, if it should; whatever the policy throws is thrown.
     *
     * @param completed how many calculations this run has completed
     */
    Optional<String> reasonToPause(CalculationFailure failure, int completed) {
        if (failure.kind().equals(CalculationFailure.DISK_FULL)) {
            return Optional.of("a disk is full: " + failure.message());
        }
        return policy.reasonToPause(new FailureTally(
                        subjectCount, matrix.subjects().size(), completed, byKind, ofMachineInARow, failure))
                .map(why -> why + shared.sentence().map(words -> "; " + words).orElse(""));
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
