package io.github.qmbench.nmr.export;

import io.github.qmbench.core.store.RecordedRun;
import java.util.Objects;

/**
 * A run in a table of several, with a name that distinguishes its rows. Immutable.
 *
 * @param name the value of the column {@code results}, such as the directory as the user wrote it
 * @param recorded the run as its directory records it
 */
public record ExportedRun(String name, RecordedRun recorded) {

    /**
     * Checks the components.
     *
     * @param name the value of the column {@code results}, such as the directory as the user wrote it
     * @param recorded the run as its directory records it
     */
    public ExportedRun {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(recorded, "recorded");
    }
}
