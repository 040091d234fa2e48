package io.github.qmbench.core;

import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A source of requests to stop a run: a marker file, a switch in memory, or any of several.
 *
 * <p>A run asks it before every calculation starts, and several times a second, from any thread. So {@link #request}
 * must be quick.
 */
@FunctionalInterface
public interface StopSignal {

    /** {@return the request at this moment, {@link StopRequest#NONE} if there is none} */
    StopRequest request();

    /**
     * {@return why the stop is requested, for a person: the {@code state_reason} of the run that obeys; empty when that
     * is not known}
     */
    default Optional<String> reason() {
        return Optional.empty();
    }

    /**
     * Removes the request; called when a run begins and when it has obeyed.
     *
     * @return whether there was a request to remove
     * @throws IOException when it cannot be taken back
     */
    default boolean clear() throws IOException {
        return false;
    }

    /**
     * {@return the signal of the file {@code STOP} in a run directory, which every run obeys; see {@link StopMarker}}
     *
     * @param directory whose STOP file counts
     */
    static StopMarker marker(RunDirectory directory) {
        return new StopMarker(RunFiles.stopMarker(directory));
    }

    /**
     * {@return the signal of a marker file; see {@link StopMarker}}
     *
     * @param file need not exist
     */
    static StopMarker marker(Path file) {
        return new StopMarker(file);
    }

    /**
     * {@return a signal that requests what the most urgent of these does, for its reason, and clears all of them}
     *
     * @param signals in order of their reasons
     */
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
