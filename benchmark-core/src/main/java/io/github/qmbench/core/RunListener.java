package io.github.qmbench.core;

import java.util.Objects;

/**
 * A listener to the events of a run, for a progress bar, a log or another tool.
 *
 * <p>Called by the threads of the run, one call at a time, in order; a slow listener slows the run. A listener that
 * throws is logged and never ends a run.
 */
public interface RunListener {

    /**
     * Handles the start of the run.
     *
     * @param event with the first status
     */
    default void runStarted(RunStarted event) {}

    /**
     * Handles the start of an attempt at a calculation.
     *
     * @param event with the calculation
     */
    default void calculationStarted(CalculationStarted event) {}

    /**
     * Handles a note on a running calculation: what it is doing.
     *
     * @param event with the note
     */
    default void calculationRemarked(CalculationRemarked event) {}

    /**
     * Handles the end of an attempt at a calculation, whose line of the journal is on the disk.
     *
     * @param event with the record of the attempt
     */
    default void calculationEnded(CalculationEnded event) {}

    /**
     * Handles a notice for a person: a stop was requested, a torn line dropped, an old process ended.
     *
     * @param event with the text
     */
    default void notice(Notice event) {}

    /**
     * Handles the end of the run, whose last status is written.
     *
     * @param event with the last status
     */
    default void runEnded(RunEnded event) {}

    /** The start of a run. Immutable. */
    final class RunStarted {
        private final RunStatus status;

        RunStarted(RunStatus status) {
            this.status = Objects.requireNonNull(status, "status");
        }

        /** {@return the first status, which already counts what earlier runs have calculated} */
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

        /** {@return the calculation that is attempted} */
        public Calculation calculation() {
            return calculation;
        }

        /** {@return the number of the attempt, from 1} */
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

        /** {@return the running calculation} */
        public Calculation calculation() {
            return calculation;
        }

        /** {@return what it is doing, in a few words for a person} */
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

        /**
         * {@return the record of the attempt; its state is {@link CalculationState.Retrying} when the run tries again}
         */
        public JournalRecord record() {
            return record;
        }

        /** {@return the status of the run at that moment} */
        public RunStatus status() {
            return status;
        }
    }

    /** A notice for a person. Immutable. */
    final class Notice {
        private final String text;

        Notice(String text) {
            this.text = Objects.requireNonNull(text, "text");
        }

        /** {@return one sentence for a person} */
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

        /** {@return the last status} */
        public RunStatus status() {
            return status;
        }
    }
}
