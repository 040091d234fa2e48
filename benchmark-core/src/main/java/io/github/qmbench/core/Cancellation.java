package io.github.qmbench.core;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request to end something early, for the code that should end. Once requested, it stays requested.
 *
 * <p>Safe for use by many threads.
 */
public final class Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    // Guarded by this.
    private final Set<Registered> registered = new LinkedHashSet<>();
    private boolean cancelled;

    /** Creates a cancellation that is not requested yet. */
    public Cancellation() {}

    /** {@return whether the end was requested} */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Requests the end, and runs every registered action once, in the calling thread. An action that throws is logged, and
     * the others run all the same. Further calls do nothing.
     */
    public void cancel() {
        Registered[] toRun;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = registered.toArray(Registered[]::new);
            registered.clear();
        }
        for (Registered one : toRun) {
            run(one.action);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // whatever it is, the other actions and calculations must hear of the end
            LOG.error("an action on cancellation threw; the cancellation continues", e);
        }
    }

    /**
     * Registers an action for the moment of cancellation; runs it at once when that has passed.
     *
     * @param action must not block; runs at most once for each registration
     * @return takes this registration back; closing it twice does no harm
     */
    public Registration onCancel(Runnable action) {
        Objects.requireNonNull(action, "action");
        synchronized (this) {
            if (!cancelled) {
                Registered one = new Registered(action);
                registered.add(one);
                return one;
            }
        }
        run(action);
        return () -> {};
    }

    /** One registration; two of the same action are not equal. */
    private final class Registered implements Registration {
        private final Runnable action;

        Registered(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            synchronized (Cancellation.this) {
                registered.remove(this);
            }
        }
    }

    /** The registration of an action with {@link #onCancel}; closing it removes the action. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
