package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.store.JournalReader;
import io.github.qmbench.core.store.RunDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The records that a run adopts, read from the journals that have them. Used by one thread. */
final class AdoptableRecords implements Closeable {

    private final RunSettings settings;
    private final JournalIndex point;
    private final Map<Integer, JournalReader> readers = new TreeMap<>(); // by the number of the source

    AdoptableRecords(RunSettings settings, JournalIndex point) {
        this.settings = settings;
        this.point = point;
    }

    /**
     * Reads the record that the run adopts for the calculation at a place of the matrix; one of another directory has its
     * origin there.
     *
     * @throws IOException when the journal is not the one any more that was looked through before
     */
    JournalRecord read(int index) throws IOException {
        int source = point.adoptableIn(index);
        RunDirectory from = settings.source(source).orElse(settings.directory);
        JournalRecord record = reader(source, from).at(point.adoptableAt(index));
        Calculation calculation = settings.matrix.get(index);
        if (!record.isComplete()
                || !record.calculation().equals(calculation)
                || !record.fingerprint().equals(settings.backend.fingerprint(calculation))) {
            throw new IOException("the journal in " + from + " was replaced while its results were read; run again");
        }
        return source == 0 ? record : record.from(from.toString());
    }

    private JournalReader reader(int source, RunDirectory from) throws IOException {
        JournalReader reader = readers.get(source);
        if (reader == null) {
            reader = new JournalReader(from);
            readers.put(source, reader);
        }
        return reader;
    }

    @Override
    public void close() throws IOException {
        for (JournalReader reader : readers.values()) {
            reader.close();
        }
    }
}
