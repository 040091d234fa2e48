package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.JournalReader;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The results of a run: a view on its journal, so that a million of them do not sit in memory. Safe for use by many
 * threads; valid as long as the journal is there.
 */
public final class RunResults {

    private final RunDirectory directory;
    private final JournalIndex point;
    private final RunStatus status;

    RunResults(RunDirectory directory, JournalIndex point, RunStatus status) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.point = point;
        this.status = status;
    }

    /** The last status of the run, with counts, failures and the reason why it ended. */
    public RunStatus status() {
        return status;
    }

    /** How many calculations have a result. */
    public int size() {
        return point.count(JournalIndex.Standing.DONE);
    }

    /**
     * Returns the completed attempt at a calculation, or nothing when it was not completed or is not of this run.
     *
     * @throws UncheckedIOException when the journal cannot be read
     */
    public Optional<JournalRecord> of(Calculation calculation) {
        int index = point.matrix().indexOf(calculation);
        if (index < 0 || point.resultAt(index) < 0) {
            return Optional.empty();
        }
        try (JournalReader records = new JournalReader(RunFiles.journal(directory))) {
            return Optional.of(records.at(point.resultAt(index)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hands over every completed attempt, in the order of the matrix.
     *
     * @throws UncheckedIOException when the journal cannot be read
     */
    public void forEach(Consumer<JournalRecord> consumer) {
        if (size() == 0) {
            return;
        }
        try (JournalReader records = new JournalReader(RunFiles.journal(directory))) {
            for (int index = 0; index < point.matrix().size(); index++) {
                if (point.resultAt(index) >= 0) {
                    consumer.accept(records.at(point.resultAt(index)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
