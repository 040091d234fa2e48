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
    /** Calculations are running. Believe it only as far as {@link Liveness} goes: the runner may be gone. */
    RUNNING,
    /** Every calculation has ended; some of them may have failed. */
    COMPLETE,
    /** The run ended on request, with calculations left. */
    STOPPED,
    /** The failure policy or a lack of disk space ended the run; look at the reason. */
    PAUSED,
    /** An error ended the run that is not a calculation's: the journal cannot be written, the backend is unusable. */
    FAILED;

    /** {@return whether a run in this state has ended} */
    public boolean isFinal() {
        return this != RUNNING;
    }

    /**
     * {@return whether this state may be followed by another: a running one by any final one, a final one by a new run}
     *
     * @param next the state after this one
     */
    public boolean canBecome(RunState next) {
        return isFinal() != Objects.requireNonNull(next, "next").isFinal();
    }

    /** {@return the word used in files and on the screen: the name in lower case} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the state of a {@link #word}}
     *
     * @param word in lower case
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
