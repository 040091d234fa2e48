package io.github.qmbench.core;

import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells a runner that it should end: a marker file, a switch in memory, or any of several.
 *
 * <p>Asked before every calculation starts and several times a second besides, so {@link #request} must be quick; from
 * any thread.
 */
@FunctionalInterface
public interface StopSignal {

    /** What is asked for at this moment. */
    StopRequest request();

    /** Why it is asked for, for a person: the {@code state_reason} of the run that obeys; empty when that is not known. */
    default Optional<String> reason() {
        return Optional.empty();
    }

    /**
     * Takes back what was asked for; called when a run begins and when it has obeyed.
     *
     * @return whether there was anything to take back
     * @throws IOException when it cannot be taken back
     */
    default boolean clear() throws IOException {
        return false;
    }

    /** Returns the signal of the file {@code STOP} in a run directory, which every run obeys; see {@link StopMarker}. */
    static StopMarker marker(RunDirectory directory) {
        return new StopMarker(RunFiles.stopMarker(directory));
    }

    /** Returns the signal of a marker file; see {@link StopMarker}. */
    static StopMarker marker(Path file) {
        return new StopMarker(file);
    }

    /** Returns a signal that requests what the most urgent of these does, for its reason, and clears all of them. */
    static StopSignal anyOf(StopSignal... signals) {
        List<StopSignal> all = List.of(Objects.requireNonNull(signals, "signals"));
        return new StopSignal() {
            @Override
            public StopRequest request() {
                StopRequest request = StopRequest.NONE;
                for (StopSignal signal : all) {
                    request = request.orElse(signal.request());
                }
                return request;
            }

            @Override
            public Optional<String> reason() {
                StopRequest request = request();
                return all.stream()
                        .filter(signal -> signal.request() == request)
                        .flatMap(signal -> signal.reason().stream())
                        .findFirst();
            }

            @Override
            public boolean clear() throws IOException {
                boolean cleared = false;
                for (StopSignal signal : all) {
                    cleared |= signal.clear();
                }
                return cleared;
            }
        };
    }
}
