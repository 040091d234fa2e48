package io.github.qmbench.core;

import java.util.Objects;

/** The urgency with which a run should end. */
public enum StopRequest {
    /** No request: the run continues. */
    NONE,
    /** Start nothing more; let running calculations finish. */
    DRAIN,
    /**
     * Start nothing more, and leave what runs without the runner (jobs of a cluster) to the next one; as {@link #DRAIN}
     * for all else.
     */
    LEAVE,
    /** Start nothing more, and end running calculations. */
    NOW;

    /**
     * {@return the more urgent of the two}
     *
     * @param other another request
     */
    public StopRequest orElse(StopRequest other) {
        return compareTo(Objects.requireNonNull(other, "other")) >= 0 ? this : other;
    }
}
