package io.github.qmbench.core.process;

import io.github.qmbench.core.Cancellation;
import java.util.Optional;

/**
 * The link between a {@link ProcessLauncher} and the run, while it launches one program. Used by the thread that
 * launches.
 */
public interface LaunchControl {

    /** {@return the request to end the program with all its children, which may come at any time} */
    Cancellation cancellation();

    /**
     * {@return whether the run is to end after its running calculations} A program that still waits for its start (in
     * the queue of a cluster) should then be withdrawn, as if cancelled.
     */
    boolean isDraining();

    /**
     * {@return whether the runner is to end at once and leave its programs running, for the next runner to resume} Only
     * for a launcher that {@linkplain ProcessLauncher#reattaches re-attaches}. It then ends its launches as if
     * interrupted and leaves the programs as they are, including those that wait.
     */
    default boolean isLeaving() {
        return false;
    }

    /**
     * {@return a text of letters, digits and hyphens that no other launch has; put it in the program's environment or
     * the job's name, to find it again}
     */
    String mark();

    /**
     * {@return the launch that an earlier runner made for the same purpose and whose end it did not see} Present only
     * for a launcher that {@linkplain ProcessLauncher#reattaches re-attaches}; {@link #mark} is its mark then.
     */
    Optional<LaunchedProcess> earlier();

    /**
     * Records how to find the program again. Call it as soon as that is known, before waiting for the end, and again
     * when more is known; the last call counts.
     *
     * @param process mark and facts of the program
     */
    void launched(LaunchedProcess process);

    /**
     * Records what the program used, after it has ended in any way. Call it also when {@link ProcessLauncher#launch}
     * throws because the program was cancelled. A launcher that needed several jobs calls it for each; one that cannot
     * measure does not call it.
     *
     * @param usage of this program or job
     */
    default void used(ResourceUsage usage) {}

    /**
     * Notes in a few words what is happening: queued as job 17, running on node n2.
     *
     * @param text a few words for a person
     */
    void remark(String text);
}
