package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.store.JournalReader;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The results of a run, in the order of the matrix. They are a view on its journal, so that a million of them take
 * no memory. Safe for use by many threads; valid as long as the journal is there.
 */
public final class RunResults implements Iterable<JournalRecord> {

    private final RunDirectory directory;
    private final JournalIndex point;
    private final RunStatus status;

    RunResults(RunDirectory directory, JournalIndex point, RunStatus status) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.point = point;
        this.status = status;
    }

    /** {@return the last status of the run, with counts, failures and the reason why it ended} */
    public RunStatus status() {
        return status;
    }

    /** {@return the number of calculations with a result} */
    public int size() {
        return point.count(JournalIndex.Standing.DONE);
    }

    /**
     * {@return the completed attempt at a calculation, or nothing when it was not completed or is not of this run}
     *
     * @param calculation one of the run's matrix
     * @throws UncheckedIOException when the journal cannot be read
     */
    public Optional<JournalRecord> of(Calculation calculation) {
        int index = point.matrix().indexOf(Objects.requireNonNull(calculation, "calculation"));
        if (index < 0 || point.resultAt(index) < 0) {
            return Optional.empty();
        }
        try (JournalReader records = new JournalReader(directory)) {
            return Optional.of(records.at(point.resultAt(index)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Passes every completed attempt to an action, in the order of the matrix.
     *
     * @throws UncheckedIOException when the journal cannot be read
     */
    @Override
    public void forEach(Consumer<? super JournalRecord> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        try (Records records = new Records()) {
            records.forEachRemaining(consumer);
        }
    }

    /**
     * Returns the completed attempts one by one, in the order of the matrix. The journal is open until the last one has been
     * returned; {@link #stream} and {@link #forEach} close it earlier.
     */
    @Override
    public Iterator<JournalRecord> iterator() {
        return new Records();
    }

    /**
     * {@return the completed attempts as a stream, in the order of the matrix; to be closed when it is not read to its
     * end}
     */
    public Stream<JournalRecord> stream() {
        Records records = new Records();
        return StreamSupport.stream(
                        Spliterators.spliterator(
                                records, size(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                        false)
                .onClose(records::close);
    }

    /** The completed attempts one by one. */
    private final class Records implements Iterator<JournalRecord>, AutoCloseable {
        private final Optional<JournalReader> records;
        private int next;

        Records() {
            try {
                records = size() == 0 ? Optional.empty() : Optional.of(new JournalReader(directory));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            skipToResult();
        }

        private void skipToResult() {
            while (next < point.matrix().size() && point.resultAt(next) < 0) {
                next++;
            }
            if (!hasNext()) {
                close();
            }
        }

        @Override
        public boolean hasNext() {
            return next < point.matrix().size();
        }

        @Override
        public JournalRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                JournalRecord record = records.orElseThrow().at(point.resultAt(next++));
                skipToResult();
                return record;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                if (records.isPresent()) {
                    records.get().close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
