/**
 * Run directories for reading, also during a run.
 *
 * <p>Begin with {@link io.github.qmbench.core.store.RecordedRun}, which says which result of a calculation stands. For the status
 * alone there is {@link io.github.qmbench.core.store.StatusReader}, for every attempt {@link
 * io.github.qmbench.core.store.RunJournal}, for a damaged journal {@link io.github.qmbench.core.store.JournalRepair}.
 */
@org.jspecify.annotations.NullMarked
package io.github.qmbench.core.store;
