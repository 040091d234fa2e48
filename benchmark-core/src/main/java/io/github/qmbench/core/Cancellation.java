package io.github.qmbench.core;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A request to end something early, seen from the side that should end. Asked once, it stays.
 *
 * <p>Safe for use by many threads.
 */
public final class Cancellation {

    private final Set<Runnable> actions = new LinkedHashSet<>();
    private boolean cancelled;

    /** Not asked for yet. */
    public Cancellation() {}

    /** Whether it was asked for. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Asks for it, and runs every registered action once, in the calling thread. Further calls do nothing. */
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

    /** Takes back what {@link #onCancel} registered. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
