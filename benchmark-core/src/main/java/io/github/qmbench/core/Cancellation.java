package io.github.qmbench.core;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A request to end something early, for the code that should end. Once requested, it stays requested.
 *
 * <p>Safe for use by many threads.
 */
public final class Cancellation {

    private final Set<Runnable> actions = new LinkedHashSet<>();
    private boolean cancelled;

    /** Creates a cancellation that is not requested yet. */
    public Cancellation() {}

    /** {@return whether the end was requested} */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Requests the end, and runs every registered action once, in the calling thread. Further calls do nothing. */
    public void cancel() {
        Runnable[] toRun;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = actions.toArray(Runnable[]::new);
            actions.clear();
        }
        for (Runnable action : toRun) {
            action.run();
        }
    }

    /**
     * Registers an action for the moment of cancellation; runs it at once when that has passed.
     *
     * @param action must not block; runs at most once
     * @return takes the action back; closing it twice does no harm
     */
    public Registration onCancel(Runnable action) {
        Objects.requireNonNull(action, "action");
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return () -> {
                    synchronized (this) {
                        actions.remove(action);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }

    /** The registration of an action with {@link #onCancel}; closing it removes the action. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
