package io.github.qmbench.core;

import java.util.Objects;

/**
 * The results of a run, and its final state. Immutable.
 *
 * @param results the results of all completed calculations of the run, also of those an earlier run completed
 * @param state a final state
 */
public record RunOutcome(RunResults results, RunState state) {

    /**
     * Checks the components.
     *
     * @param results the results of all completed calculations of the run, also of those an earlier run completed
     * @param state a final state
     */
    public RunOutcome {
        Objects.requireNonNull(results, "results");
        if (!Objects.requireNonNull(state, "state").isFinal()) {
            throw new IllegalArgumentException("a run does not end in the state " + state);
        }
    }

    /** {@return whether every calculation was completed} */
    public boolean isWhole() {
        return state == RunState.COMPLETE && results.status().progress().failed() == 0;
    }
}
