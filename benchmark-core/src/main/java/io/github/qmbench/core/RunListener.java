package io.github.qmbench.core;

import java.util.Objects;

/**
 * Is told what happens in a run, for a progress bar, a log or another tool.
 *
 * <p>Called by the threads of the run, one call at a time, in order; a slow listener slows the run. A listener that throws
 * is logged and never ends a run.
 */
public interface RunListener {

    /** Is told that the run has begun. */
    default void runStarted(RunStarted event) {}

    /** Is told that an attempt at a calculation has begun. */
    default void calculationStarted(CalculationStarted event) {}

    /** Is told what a running calculation is doing. */
    default void calculationRemarked(CalculationRemarked event) {}

    /** Is told that an attempt at a calculation has ended, and that its line of the journal is on the disk. */
    default void calculationEnded(CalculationEnded event) {}

    /** Is told something that a person should know: a stop was requested, a torn line dropped, an old process ended. */
    default void notice(Notice event) {}

    /** Is told that the run has ended, and that its last status is written. */
    default void runEnded(RunEnded event) {}

    /** The start of a run. Immutable. */
    final class RunStarted {
        private final RunStatus status;

        RunStarted(RunStatus status) {
            this.status = Objects.requireNonNull(status, "status");
        }

        /** The first status, which already counts what earlier runs have done. */
        public RunStatus status() {
            return status;
        }
    }

    /** The start of an attempt at a calculation. Immutable. */
    final class CalculationStarted {
        private final Calculation calculation;
        private final int attempt;

        CalculationStarted(Calculation calculation, int attempt) {
            this.calculation = Objects.requireNonNull(calculation, "calculation");
            this.attempt = attempt;
        }

        /** The calculation. */
        public Calculation calculation() {
            return calculation;
        }

        /** The number of the attempt, from 1. */
        public int attempt() {
            return attempt;
        }
    }

    /** A few words about a running calculation. Immutable. */
    final class CalculationRemarked {
        private final Calculation calculation;
        private final String remark;

        CalculationRemarked(Calculation calculation, String remark) {
            this.calculation = Objects.requireNonNull(calculation, "calculation");
            this.remark = Objects.requireNonNull(remark, "remark");
        }

        /** The calculation. */
        public Calculation calculation() {
            return calculation;
        }

        /** What it is doing, for a person. */
        public String remark() {
            return remark;
        }
    }

    /** The end of an attempt at a calculation. Immutable. */
    final class CalculationEnded {
        private final JournalRecord record;
        private final RunStatus status;

        CalculationEnded(JournalRecord record, RunStatus status) {
            this.record = Objects.requireNonNull(record, "record");
            this.status = Objects.requireNonNull(status, "status");
        }

        /** The record of the attempt; its state is {@link CalculationState.Retrying} when the run tries again. */
        public JournalRecord record() {
            return record;
        }

        /** The status of the run at that moment. */
        public RunStatus status() {
            return status;
        }
    }

    /** Something that a person should know. Immutable. */
    final class Notice {
        private final String text;

        Notice(String text) {
            this.text = Objects.requireNonNull(text, "text");
        }

        /** One sentence for a person. */
        public String text() {
            return text;
        }
    }

    /** The end of a run. Immutable. */
    final class RunEnded {
        private final RunStatus status;

        RunEnded(RunStatus status) {
            this.status = Objects.requireNonNull(status, "status");
        }

        /** The last status. */
        public RunStatus status() {
            return status;
        }
    }
}
