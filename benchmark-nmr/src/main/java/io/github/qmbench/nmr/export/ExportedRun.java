package io.github.qmbench.nmr.export;

import io.github.qmbench.core.store.RecordedRun;
import java.util.Objects;

/**
 * A run in a table of several: its rows are told apart by its name. Immutable.
 *
 * @param name what the column {@code results} says, such as the directory as the user wrote it
 * @param recorded the run
 */
public record ExportedRun(String name, RecordedRun recorded) {

    public ExportedRun {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(recorded, "recorded");
    }
}
