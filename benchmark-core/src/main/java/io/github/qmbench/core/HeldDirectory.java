package io.github.qmbench.core;

import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.internal.RunStore;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run holds of its directory until it has ended. Used by one thread at a time. */
final class HeldDirectory implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    final RunLock lock;
    private @Nullable RunStore store;

    HeldDirectory(RunLock lock) {
        this.lock = lock;
    }

    /** Takes what writes into the directory, to be closed before the lock. */
    void add(RunStore opened) {
        store = opened;
    }

    @Override
    public void close() throws IOException {
        try (RunLock last = lock;
                RunStore first = store) {
            LOG.trace("closing {} and {}", first, last);
        }
    }

    /** Closes it after a fault, to which it adds what goes wrong in closing. */
    void closeAfter(Throwable fault) {
        try {
            close();
        } catch (IOException alsoFailed) {
            fault.addSuppressed(alsoFailed);
        }
    }
}
