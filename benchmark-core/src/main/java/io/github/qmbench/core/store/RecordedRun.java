package io.github.qmbench.core.store;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run directory for reading, also while its run is running.
 *
 * <pre>{@code
 * RecordedRun run = RecordedRun.open(RunDirectory.of(Path.of("results")));
 * run.forEachStanding(record ->
 *         System.out.println(record.calculation() + " " + record.outcome().state().word()));
 * }</pre>
 *
 * <p>Of each calculation one record <em>stands</em>: that of the last attempt that ended, complete or failed. Cancelled
 * and interrupted attempts do not count, and a failure that is the machine's fault never displaces a complete result. A
 * calculation has results exactly when the record that stands is complete. Where no attempt has ended yet, the methods
 * below give the last one, so that a reader can say why there is no result.
 *
 * <p>Takes no lock and writes nothing. Status and description are read at each call. The journal is read when it is
 * first needed; attempts that end later are seen by a new object. Keeps a few bytes for each calculation. Safe for use
 * by many threads.
 */
public final class RecordedRun {

    /** A receiver of records that may fail with an {@link IOException}. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Receives a record.
         *
         * @param record the next one
         * @throws IOException when its output cannot be written
         */
        void accept(JournalRecord record) throws IOException;
    }

    private final RunDirectory directory;
    private @Nullable JournalIndex index; // guarded by this

    private RecordedRun(RunDirectory directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * {@return the run in a directory, which need not have one; reads nothing yet}
     *
     * @param directory need not have a run
     */
    public static RecordedRun open(RunDirectory directory) {
        return new RecordedRun(directory);
    }

    private synchronized JournalIndex index() throws IOException {
        if (index == null) {
            index = JournalIndex.ofReader(RunFiles.journal(directory));
        }
        return index;
    }

    /** {@return the run directory} */
    public RunDirectory directory() {
        return directory;
    }

    /** {@return whether a run has begun here: the directory has a journal, which may be empty} */
    public boolean isBegun() {
        return Files.exists(RunFiles.journal(directory));
    }

    /**
     * Reads the description of the run.
     *
     * @return the description; empty when the directory has none
     * @throws IOException when the file cannot be read or holds something else; the message names it
     */
    public Optional<RunDescription> description() throws IOException {
        return RunDescription.read(directory);
    }

    /**
     * Reads the present status.
     *
     * @return the status; empty when there is none
     * @throws StatusUnreadableException when the file holds something else
     * @throws IOException when the file cannot be read
     */
    public Optional<RunStatus> status() throws IOException {
        return new StatusReader(directory).read();
    }

    /**
     * Reads the present status as JSON values: all fields of the file, including those of another version, and {@code
     * liveness} at this time.
     *
     * @param now the time by the clock
     * @return the fields by name; empty when there is no status
     * @throws StatusUnreadableException when the file holds something else
     * @throws IOException when the file cannot be read
     */
    public Optional<Map<String, Object>> statusFields(Instant now) throws IOException {
        return new StatusReader(directory).readFields(Objects.requireNonNull(now, "now"));
    }

    /**
     * {@return the start of the earliest attempt in the journal}
     *
     * @throws IOException when the journal cannot be read
     */
    public Optional<Instant> firstStart() throws IOException {
        return index().firstStart();
    }

    /**
     * {@return the number of calculations with a record}
     *
     * @throws IOException when the journal cannot be read
     */
    public int size() throws IOException {
        return index().size();
    }

    /**
     * {@return the record of a calculation that stands, or its last one when no attempt has ended; nothing when there
     * is none}
     *
     * @param calculation compared by its task id
     * @throws JournalDamagedException when the journal is not what was written
     * @throws IOException when the journal cannot be read
     */
    public Optional<JournalRecord> standing(Calculation calculation) throws IOException {
        return index().of(Objects.requireNonNull(calculation, "calculation").taskId());
    }

    /**
     * Passes the records that stand to a receiver, one for each calculation in the order of the journal. The order is
     * that in which the calculations first appear there. Where no attempt has ended it is the last one. Reads them from
     * the journal, each time again.
     *
     * @param receiver called in the calling thread
     * @throws JournalDamagedException when the journal is not what was written
     * @throws IOException when the journal cannot be read, or as the receiver throws it
     */
    public void forEachStanding(Receiver receiver) throws IOException {
        Objects.requireNonNull(receiver, "receiver");
        index().forEach((record, offset) -> receiver.accept(record));
    }

    /**
     * Passes the same records as {@link #forEachStanding(Receiver)}, each with its byte for {@link #reader}.
     *
     * @param visitor called in the calling thread
     * @throws IOException when the journal cannot be read, or as the visitor throws it
     */
    public void forEachStanding(RunJournal.Visitor visitor) throws IOException {
        index().forEach(Objects.requireNonNull(visitor, "visitor"));
    }

    /**
     * Opens a reader of single records.
     *
     * @return a reader, to be closed by the caller
     * @throws IOException when the journal cannot be opened
     */
    public JournalReader reader() throws IOException {
        return new JournalReader(RunFiles.journal(directory));
    }

    /**
     * {@return all attempts at a calculation, or at all calculations of a subject, in the order of the journal} Reads
     * the whole journal.
     *
     * @param taskIdOrSubject {@code compound_05/B3LYP_CHCl3} or {@code compound_05}
     * @throws JournalDamagedException when the journal is not what was written
     * @throws IOException when the journal cannot be read
     */
    public List<JournalRecord> attempts(String taskIdOrSubject) throws IOException {
        Objects.requireNonNull(taskIdOrSubject, "taskIdOrSubject");
        List<JournalRecord> attempts = new ArrayList<>();
        RunJournal.read(RunFiles.journal(directory), record -> {
            if (record.calculation().taskId().equals(taskIdOrSubject)
                    || record.calculation().subject().equals(taskIdOrSubject)) {
                attempts.add(record);
            }
        });
        return attempts;
    }

    /**
     * {@return the failures that stand} Memory grows with their number.
     *
     * @throws JournalDamagedException when the journal is not what was written
     * @throws IOException when the journal cannot be read
     */
    public FailureOverview failures() throws IOException {
        List<FailureOverview.Failed> failed = new ArrayList<>();
        forEachStanding(record -> FailureOverview.Failed.of(record).ifPresent(failed::add));
        return FailureOverview.of(failed);
    }
}
