package io.github.qmbench.core.internal;

import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The files of a run directory; their names stand here and nowhere else. Creates and reads nothing. */
public final class RunFiles {

    private RunFiles() {}

    /** {@return the file with the description of the run, {@code benchmark.json}} */
    public static Path description(RunDirectory directory) {
        return directory.path().resolve("benchmark.json");
    }

    /** {@return the file with the status of the run, {@code status.json}} */
    public static Path status(RunDirectory directory) {
        return Objects.requireNonNull(directory, "directory").path().resolve("status.json");
    }

    /** {@return the journal, {@code progress.jsonl}, with a line for each attempt that ended} */
    public static Path journal(RunDirectory directory) {
        return Objects.requireNonNull(directory, "directory").path().resolve("progress.jsonl");
    }

    /** {@return the log of attempts of the present or the last runner, and their processes, {@code attempts.jsonl}} */
    public static Path attempts(RunDirectory directory) {
        return directory.path().resolve("attempts.jsonl");
    }

    /** {@return the log of a headless run, {@code benchmark.log}} */
    public static Path log(RunDirectory directory) {
        return directory.path().resolve("benchmark.log");
    }

    /** {@return the file that is present while a stop is requested, {@code STOP}} */
    public static Path stopMarker(RunDirectory directory) {
        return Objects.requireNonNull(directory, "directory").path().resolve("STOP");
    }

    /** {@return the file that the runner holds locked, {@code run.lock}} */
    public static Path lock(RunDirectory directory) {
        return directory.path().resolve("run.lock");
    }

    /**
     * {@return the second file that the runner holds locked, in case somebody deletes the other one, {@code .run.lock}}
     */
    public static Path secondLock(RunDirectory directory) {
        return directory.path().resolve(".run.lock");
    }

    /** {@return the file that keeps room for the last records of a run on a full disk, {@code .reserve}} */
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
