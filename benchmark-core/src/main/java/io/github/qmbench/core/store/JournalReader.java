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
 * Reads single records of a journal, by the byte at which their lines begin as {@link RunJournal#visit} tells it. Also while
 * a run goes on, for lines stay where they are. Not safe for use by many threads.
 */
public final class JournalReader implements Closeable {

    private final Path journal;
    private final JournalLines lines;

    /**
     * Opens the journal of a run directory.
     *
     * @throws IOException when it cannot be opened
     */
    public JournalReader(RunDirectory directory) throws IOException {
        this(RunFiles.journal(directory));
    }

    /**
     * Opens a journal.
     *
     * @throws IOException when it cannot be opened
     */
    public JournalReader(Path journal) throws IOException {
        this.journal = Objects.requireNonNull(journal, "journal");
        this.lines = new JournalLines(journal);
    }

    /**
     * Reads the record whose line begins at this byte; quick when it follows the one that was read before.
     *
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
