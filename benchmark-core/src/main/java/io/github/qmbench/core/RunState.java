package io.github.qmbench.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The state of a whole run.
 *
 * <p>A run begins {@link #RUNNING} and ends in exactly one of the others; from there only a new run in the same directory
 * leads back. How a single calculation ended is {@link CalculationState}.
 */
public enum RunState {
    /** Calculations are being done. Believe it only as far as {@link Liveness} goes: the runner may be gone. */
    RUNNING,
    /** Every calculation has been done; some of them may have failed. */
    COMPLETE,
    /** Ended on request, with calculations left to do. */
    STOPPED,
    /** Ended by the failure policy or for want of disk space; somebody should look at the reason. */
    PAUSED,
    /** Ended by an error that is not a calculation's: the journal cannot be written, the backend is unusable. */
    FAILED;

    /** Whether a run in this state has ended. */
    public boolean isFinal() {
        return this != RUNNING;
    }

    /** Whether this state may be followed by another: a running one by any final one, a final one by a new run. */
    public boolean canBecome(RunState next) {
        return isFinal() != Objects.requireNonNull(next, "next").isFinal();
    }

    /** The word used in files and on the screen: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the state of a {@link #word}.
     *
     * @throws IllegalArgumentException with the word and the valid ones
     */
    public static RunState ofWord(String word) {
        Objects.requireNonNull(word, "word");
        for (RunState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("unknown state '" + word + "'; use one of "
                + Arrays.stream(values()).map(RunState::word).toList());
    }
}
