package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;

/**
 * Says that the directory holds results made with other settings, and that the run has not begun because it would have
 * mixed the two.
 */
public class StaleResultsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int count;

    StaleResultsException(RunDirectory directory, int count, JournalIndex.Stale example) {
        super(count + (count == 1 ? " result in " : " results in ") + directory
                + (count == 1 ? " was" : " were") + " made with other settings than this run's; in "
                + example.calculation() + " " + example.difference());
        this.count = count;
    }

    /** How many calculations of the run it concerns. */
    public int count() {
        return count;
    }
}
