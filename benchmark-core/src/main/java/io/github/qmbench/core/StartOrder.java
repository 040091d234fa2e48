package io.github.qmbench.core;

/** The order in which the calculations of a run start. */
public enum StartOrder {

    /** The order of the matrix: all conditions of one subject, then of the next. */
    FILE,

    /**
     * The longest first, by the backend's {@link CostHint} and the times of completed calculations; as {@link #FILE}
     * without a hint. When several run in parallel, none is left over at the end to run alone.
     */
    LONGEST_FIRST
}
