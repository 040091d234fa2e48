package io.github.qmbench.core;

/**
 * Is told what happens in a run, for a progress bar, a log or another tool.
 *
 * <p>Called by the threads of the run, one call at a time, in order; a slow listener slows the run. A listener that throws
 * is logged and never ends a run.
 */
public interface RunListener {

    /** The run has begun; the status already counts what earlier runs have done. */
    default void runStarted(RunStatus status) {}

    /** An attempt at a calculation has begun. */
    default void calculationStarted(Calculation calculation, int attempt) {}

    /** A calculation under way tells what it is doing. */
    default void calculationRemarked(Calculation calculation, String remark) {}

    /** A calculation has ended, and its line of the journal is on the disk. */
    default void calculationEnded(JournalRecord record, RunStatus status) {}

    /** Something a person should know: a stop was asked for, a torn line dropped, an old process ended. */
    default void notice(String text) {}

    /** The run has ended, and its last status is written. */
    default void runEnded(RunStatus status) {}
}
