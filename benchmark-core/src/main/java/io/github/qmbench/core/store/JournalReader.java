package io.github.qmbench.core.store;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.JournalLines;
import io.github.qmbench.core.internal.Require;
import io.github.qmbench.core.internal.RunFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A reader of single records of a journal. It finds a record by the byte at which its line begins, as {@link
 * RunJournal#visit} gives it. It works also while a run is running, for lines stay where they are. Not safe for use by
 * many threads.
 */
public final class JournalReader implements Closeable {

    private final Path journal;
    private final JournalLines lines;

    /**
     * Opens the journal of a run directory.
     *
     * @param directory with a journal
     * @throws IOException when it cannot be opened
     */
    public JournalReader(RunDirectory directory) throws IOException {
        this(RunFiles.journal(directory));
    }

    /**
     * Opens a journal.
     *
     * @param journal the path of the file
     * @throws IOException when it cannot be opened
     */
    public JournalReader(Path journal) throws IOException {
        this.journal = Objects.requireNonNull(journal, "journal");
        this.lines = new JournalLines(journal);
    }

    /**
     * Reads the record whose line begins at this byte; quick when it follows the one that was read before.
     *
     * @param offset the byte at which the line begins, from 0
     * @return the record, with its results
     * @throws IOException when the file cannot be read or has no whole record there; the message names file and byte
     */
    public JournalRecord at(long offset) throws IOException {
        lines.seek(Require.notNegative(offset, "offset"));
        if (!lines.next() || !lines.isEnded()) {
            throw new IOException(journal + " has no whole line at byte " + offset);
        }
        try {
            return JournalFormat.read(lines.bytes());
        } catch (IllegalArgumentException e) {
            throw new IOException(journal + ", at byte " + offset + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
