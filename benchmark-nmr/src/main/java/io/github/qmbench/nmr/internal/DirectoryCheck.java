package io.github.qmbench.nmr.internal;

import io.github.qmbench.core.internal.IoReason;
import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A check of whether the place of a run directory can be used. It can be written, files can be locked and replaced in
 * one step, and the disk has room. Leaves nothing behind, and does not create the directory.
 */
public final class DirectoryCheck {

    /** Room for the scratch files of running calculations, and for those of a few failures. */
    private static final long SCRATCH_BYTES = 500_000_000;

    private final RunDirectory directory;

    /** Begins with a run directory, which need not exist. */
    public DirectoryCheck(RunDirectory directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /** Returns the findings, for a run of so many calculations that leave so many bytes together. */
    public List<Finding> checks(int tasks, long bytes) {
        Path place = place();
        return List.of(files(place), space(place, tasks, bytes));
    }

    /** {@return the run directory, or where it will be made} */
    public Path place() {
        Path place = directory.path();
        while (Files.notExists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    private Finding files(Path place) {
        Path first = place.resolve(".qmbench-doctor-" + ProcessHandle.current().pid());
        Path second = first.resolveSibling(first.getFileName() + "-2");
        try {
            try (FileChannel channel =
                            FileChannel.open(first, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    return unusable("another program holds the lock of a new file");
                }
            }
            Files.writeString(second, "");
            Files.move(first, second, StandardCopyOption.ATOMIC_MOVE);
            return Finding.about("run directory").good(directory + ": can be written, locked and renamed");
        } catch (IOException e) {
            return unusable(IoReason.unnamed(e));
        } finally {
            first.toFile().delete();
            second.toFile().delete();
        }
    }

    private Finding unusable(String why) {
        return Finding.about("run directory")
                .unusable(directory + ": " + why)
                .withRemedy("choose another directory with --results");
    }

    private static Finding space(Path place, int tasks, long bytes) {
        long wanted = SCRATCH_BYTES + bytes;
        try {
            long free = Files.getFileStore(place).getUsableSpace();
            String finding = String.format(
                    Locale.ROOT,
                    "%.1f GB free, about %.1f GB for %s",
                    free / 1e9,
                    wanted / 1e9,
                    Phrases.count(tasks, "calculation"));
            return free >= wanted
                    ? Finding.about("disk").good(finding)
                    : Finding.about("disk")
                            .doubtful(finding)
                            .withRemedy("free some space, or choose another directory with --results");
        } catch (IOException e) {
            return Finding.about("disk").doubtful("free space is not known: " + IoReason.unnamed(e));
        }
    }
}
