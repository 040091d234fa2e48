package io.github.qmbench.core.internal;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Durability;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import io.github.qmbench.core.store.RunJournal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All that a runner writes into its directory: journal, attempts, status, description, and the room kept for the last of
 * them on a full disk. Whoever opens one holds the directory's {@link RunLock}.
 *
 * <p>Safe for use by many threads.
 */
public final class RunStore implements Closeable {

    /**
     * The options by which a run writes.
     *
     * @param storage what stands for the disk
     * @param durability whether a record is flushed before it counts
     * @param outlivesPowerCuts whether launched programs outlive a power cut of this machine, and must be remembered over it
     * @param minFreeBytes how much space the disk must have free
     */
    public record Options(Storage storage, Durability durability, boolean outlivesPowerCuts, long minFreeBytes) {}

    /**
     * The place where a record was written.
     *
     * @param offset the byte at which its line begins
     * @param intoReserve whether the disk was full and it went into the space kept for it
     */
    public record Recorded(long offset, boolean intoReserve) {}

    private final RunDirectory directory;
    private final RunLock lock;
    private final Options options;
    private final JournalAppender journal;
    private final AttemptLog attempts;
    private final DiskSpace disk;

    private RunStore(
            RunDirectory directory,
            RunLock lock,
            Options options,
            JournalAppender journal,
            AttemptLog attempts,
            DiskSpace disk) {
        this.directory = directory;
        this.lock = lock;
        this.options = options;
        this.journal = journal;
        this.attempts = attempts;
        this.disk = disk;
    }

    /**
     * Opens a directory that this process holds the lock of.
     *
     * @param lock nothing but the journal is written once it is lost
     * @param extent what reading the journal has found; a torn end is cut off
     * @param begun the attempts of which no end is known, see {@link #begun}
     */
    public static RunStore open(
            RunDirectory directory,
            RunLock lock,
            Options options,
            RunJournal.Extent extent,
            Collection<AttemptLog.Begun> begun)
            throws IOException {
        JournalAppender journal =
                JournalAppender.open(RunFiles.journal(directory), extent, options.storage(), options.durability());
        try {
            AttemptLog attempts = AttemptLog.create(directory, lock, begun, options.outlivesPowerCuts());
            try {
                return new RunStore(
                        directory,
                        lock,
                        options,
                        journal,
                        attempts,
                        DiskSpace.watch(directory, options.minFreeBytes()));
            } catch (IOException | RuntimeException e) {
                attempts.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** Creates a run directory, if it is missing. */
    public static void createDirectory(RunDirectory directory) throws IOException {
        Path path = directory.path();
        try {
            Files.createDirectories(path);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new IOException("cannot make the run directory " + path + ": " + IoReason.of(e, path), e);
        } catch (IOException e) {
            throw new IOException("cannot make the run directory " + path + ": " + IoReason.of(e, path), e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException(
                    "cannot write in the run directory " + path + ": no permission, or the disk is read-only");
        }
    }

    /**
     * Renames the journal, so that nothing counts as finished; the old one stays as {@code progress-N.jsonl}. If a flush of it
     * failed, it is not written again: what counted as finished was flushed before.
     */
    public static void archiveJournal(RunDirectory directory, Storage storage) throws IOException {
        if (Files.exists(RunFiles.journal(directory))) {
            Path archive;
            int number = 1;
            do {
                archive = directory.path().resolve("progress-" + number++ + ".jsonl");
            } while (Files.exists(archive));
            storage.rename(RunFiles.journal(directory), archive);
        }
    }

    /** {@return the attempts that the runner before this one began, without a noted end} */
    public static Collection<AttemptLog.Begun> begun(RunDirectory directory, Consumer<String> notices)
            throws IOException {
        return AttemptLog.left(directory, notices);
    }

    /**
     * Does nothing while the directory is still this runner's.
     *
     * @throws RunDirectoryUnusableException when it is not: nothing may be written in it then
     */
    public void requireHeld() throws RunDirectoryUnusableException {
        lock.requireHeld();
    }

    /**
     * Looks after the lock and the journal. To be called once in a while, by a thread that nobody interrupts.
     *
     * @throws IOException when the directory or the journal is not this run's any more: nothing can be recorded then
     */
    public void keep() throws IOException {
        lock.keep();
        journal.check();
    }

    /** Writes what the directory is a run of. */
    public void describe(RunDescription description) throws IOException {
        lock.guard(options.storage())
                .replace(RunFiles.description(directory), out -> Json.writePretty(description.toJson(), out));
    }

    /**
     * Writes how an attempt ended, if need be into the space kept for it. When this returns, the calculation is finished,
     * as far as {@link Durability} promises.
     *
     * @throws RecordTooLargeException when it is longer than a line may be; nothing was written
     * @throws IOException when it cannot be written; the journal then ends where it ended before
     */
    public Recorded record(JournalRecord record) throws IOException {
        try {
            return new Recorded(journal.append(record), false);
        } catch (IOException e) {
            if (!MachineFault.isDiskFull(e) || !disk.release()) {
                throw e;
            }
            return new Recorded(journal.append(record), true);
        }
    }

    /** Writes a record that may wait for {@link #flush}; returns the byte at which its line begins. */
    public long recordUnflushed(JournalRecord record) throws IOException {
        return journal.appendUnforced(record);
    }

    /** Flushes all records to the disk. */
    public void flush() throws IOException {
        journal.force();
    }

    /** Returns the attempt that the runner before this one began at a calculation, and that is to be continued. */
    public Optional<AttemptLog.Begun> continued(Calculation calculation) {
        return attempts.continued(calculation);
    }

    /** Notes that an attempt is running, for a runner that comes after one that dies. */
    public void attemptBegins(Calculation calculation, int number, String runId, Instant startedAt) throws IOException {
        if (attempts.continued(calculation).isEmpty()) {
            attempts.begin(calculation, number, runId, startedAt);
        }
    }

    /** Notes how the program of an attempt is found again. */
    public void launched(Calculation calculation, LaunchedProcess process, String identity) throws IOException {
        attempts.launched(calculation.taskId(), process, identity);
    }

    /** Notes that a launch is over. */
    public void launchEnds(Calculation calculation, String mark) throws IOException {
        attempts.launchEnded(calculation.taskId(), mark);
    }

    /** Notes that an attempt is over, if it was noted that it is running. */
    public void attemptEnds(Calculation calculation) throws IOException {
        if (attempts.continued(calculation).isPresent()) {
            attempts.end(calculation.taskId());
        }
    }

    /** Returns why no calculation should start, or nothing when there is space enough. */
    public Optional<String> shortage() throws IOException {
        return disk.shortage();
    }

    /** Returns an outcome that blames a full disk for a failure, whatever its backend took it for. */
    public CalculationOutcome blameDisk(CalculationOutcome outcome) {
        return MachineFault.blameDisk(outcome, disk);
    }

    /**
     * Returns what keeps {@code status.json} up with the run.
     *
     * @param picture returns what is true now; called by any thread
     * @param heartbeat how often it is written at least
     * @param nanoTime the timer
     */
    public LiveStatus status(Supplier<RunStatus> picture, Duration heartbeat, LongSupplier nanoTime) {
        return new LiveStatus(directory, lock.guard(options.storage()), disk, picture, heartbeat, nanoTime);
    }

    @Override
    public void close() throws IOException {
        try (disk;
                attempts) {
            journal.close();
        }
    }
}
