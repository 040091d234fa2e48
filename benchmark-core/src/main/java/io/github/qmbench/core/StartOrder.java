package io.github.qmbench.core;

/** In which order the calculations of a run start. */
public enum StartOrder {

    /** In the order of the matrix: all conditions of one subject, then of the next. */
    FILE,

    /**
     * Those that should take longest first, by what the backend's {@link CostHint} tells and the times of those that have
     * ended; as {@link #FILE} without a hint. When several run side by side, none is left over at the end to run alone.
     */
    LONGEST_FIRST
}
