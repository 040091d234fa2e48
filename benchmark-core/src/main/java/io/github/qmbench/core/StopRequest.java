package io.github.qmbench.core;

import java.util.Objects;

/** How urgently a run should end. */
public enum StopRequest {
    /** It should not. */
    NONE,
    /** Start nothing more; let what is under way come to its end. */
    DRAIN,
    /**
     * Start nothing more, and leave what goes on without the runner (jobs of a cluster) to the next one; as {@link #DRAIN}
     * for all else.
     */
    LEAVE,
    /** Start nothing more, and end what is under way. */
    NOW;

    /** Returns the more urgent of the two. */
    public StopRequest orElse(StopRequest other) {
        return compareTo(Objects.requireNonNull(other, "other")) >= 0 ? this : other;
    }
}
