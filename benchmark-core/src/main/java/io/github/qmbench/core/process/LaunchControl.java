package io.github.qmbench.core.process;

import io.github.qmbench.core.Cancellation;
import java.util.Optional;

/** What a {@link ProcessLauncher} has to do with the run while it launches one program. */
public interface LaunchControl {

    /** When asked for, the program is ended with all its children. */
    Cancellation cancellation();

    /**
     * Whether the run is to end after what is under way: a program that still waits for its start (in the queue of a
     * cluster) should be withdrawn then, as if cancelled.
     */
    boolean isDraining();

    /**
     * Whether the runner is to end at once and its programs are to go on without it, for the next runner to take up. Only
     * for a launcher that {@linkplain ProcessLauncher#reattaches re-attaches}, which then ends its launches as if
     * interrupted and leaves the programs as they are, also those that wait.
     */
    default boolean isLeaving() {
        return false;
    }

    /**
     * A text of letters, digits and hyphens that no other launch has: for the program's environment or the job's name, so
     * that it is found again.
     */
    String mark();

    /**
     * The launch that a runner before this one made for the same purpose and did not live to see the end of. Present only
     * for a launcher that {@linkplain ProcessLauncher#reattaches re-attaches}; {@link #mark} is its mark then.
     */
    Optional<LaunchedProcess> earlier();

    /**
     * Is told how to find the program again, as soon as it is known and before waiting for its end. May be told again
     * when more is known; the last word counts.
     */
    void launched(LaunchedProcess process);

    /**
     * Is told what the program used after it has ended in whatever way: also when {@link ProcessLauncher#launch} throws
     * because the program was cancelled. A launcher that needed several jobs tells it of each; one that cannot measure does
     * not call it.
     */
    default void used(ResourceUsage usage) {}

    /** Tells a person what is going on, in a few words: queued as job 17, running on node n2. */
    void remark(String text);
}
