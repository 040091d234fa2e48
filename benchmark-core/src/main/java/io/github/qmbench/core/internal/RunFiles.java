package io.github.qmbench.core.internal;

import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The files of a run directory; their names stand here and nowhere else. Creates and reads nothing. */
public final class RunFiles {

    private RunFiles() {}

    /** What the directory is a run of: {@code benchmark.json}. */
    public static Path description(RunDirectory directory) {
        return directory.path().resolve("benchmark.json");
    }

    /** The picture of the run: {@code status.json}. */
    public static Path status(RunDirectory directory) {
        return Objects.requireNonNull(directory, "directory").path().resolve("status.json");
    }

    /** One line for each attempt that ended: {@code progress.jsonl}. */
    public static Path journal(RunDirectory directory) {
        return Objects.requireNonNull(directory, "directory").path().resolve("progress.jsonl");
    }

    /** Attempts begun by the present or the last runner, and their processes: {@code attempts.jsonl}. */
    public static Path attempts(RunDirectory directory) {
        return directory.path().resolve("attempts.jsonl");
    }

    /** The log of a headless run: {@code benchmark.log}. */
    public static Path log(RunDirectory directory) {
        return directory.path().resolve("benchmark.log");
    }

    /** Present while a stop is requested: {@code STOP}. */
    public static Path stopMarker(RunDirectory directory) {
        return Objects.requireNonNull(directory, "directory").path().resolve("STOP");
    }

    /** Held by the runner: {@code run.lock}. */
    public static Path lock(RunDirectory directory) {
        return directory.path().resolve("run.lock");
    }

    /** Held by the runner as well, in case somebody deletes the other one: {@code .run.lock}. */
    public static Path secondLock(RunDirectory directory) {
        return directory.path().resolve(".run.lock");
    }

    /** Room kept for the last records of a run on a full disk: {@code .reserve}. */
    public static Path reserve(RunDirectory directory) {
        return directory.path().resolve(".reserve");
    }

    /**
     * Refuses a calculation's directory that a symbolic link leads out of the run directory: its files would be moved and
     * overwritten in another place.
     */
    public static void requireNoLinks(RunDirectory directory, Path calculation) throws RunDirectoryUnusableException {
        Path place = directory.path();
        for (Path part : directory.path().relativize(calculation)) {
            place = place.resolve(part);
            if (Files.isSymbolicLink(place)) {
                throw RunDirectoryUnusableException.link(place);
            }
        }
    }
}
