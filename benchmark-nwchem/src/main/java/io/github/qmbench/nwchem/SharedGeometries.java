package io.github.qmbench.nwchem;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.internal.RegularFile;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.internal.OutputFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Optimised geometries, computed once for all calculations of a run that ask for the same one: whoever asks first
 * computes, the others wait. With a directory they outlive the run, so that a resumed one has the same geometries.
 *
 * <p>The last few hundred are kept in memory; a run goes from molecule to molecule, so those are enough. Safe for use by
 * many threads.
 */
final class SharedGeometries {

    private static final int KEPT = 300;

    /**
     * A geometry, or why there is none.
     *
     * @param geometry empty when the optimisation failed
     * @param failure empty when it did not
     */
    record Answer(Optional<OptimizedGeometry> geometry, Optional<CalculationFailure> failure) {

        /** Whether another try would come to the same end; a fault of the machine would not. */
        private boolean lasts() {
            return failure.isEmpty() || failure.get().countsAgainstSubject();
        }
    }

    /** Computes a geometry. */
    @FunctionalInterface
    interface Computation {
        Answer compute() throws IOException, InterruptedException;
    }

    private final Optional<Path> directory;
    private final Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<Answer>> eldest) {
            return size() > KEPT && eldest.getValue().isDone();
        }
    };

    SharedGeometries(Optional<Path> directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * Returns the geometry of a key, which stands for all that determines it.
     *
     * @throws IOException when it cannot be computed, kept or read for a reason that is not the calculation's
     * @throws InterruptedException when the calling thread is interrupted while it computes or waits
     */
    Answer get(String key, Molecule start, Computation computation) throws IOException, InterruptedException {
        while (true) {
            CompletableFuture<Answer> own = new CompletableFuture<>();
            CompletableFuture<Answer> others = putIfAbsent(key, own);
            if (others == null) {
                return computeAs(own, key, start, computation);
            }
            try {
                Answer answer = others.get();
                if (answer.lasts()) {
                    return answer;
                }
            } catch (ExecutionException e) {
                // whoever computed it was interrupted or failed for reasons of its own: try it oneself
            }
            remove(key, others);
        }
    }

    private Answer computeAs(CompletableFuture<Answer> own, String key, Molecule start, Computation computation)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            Answer answer = kept(key, start);
            if (answer == null) {
                answer = computation.compute();
                keep(key, answer);
            }
            own.complete(answer);
            done = true;
            return answer;
        } finally {
            if (!done) {
                remove(key, own);
                own.completeExceptionally(new IllegalStateException("not computed"));
            }
        }
    }

    private @Nullable Answer kept(String key, Molecule start) throws IOException {
        if (directory.isEmpty() || !Files.exists(file(key))) {
            return null;
        }
        try {
            OptimizedGeometry geometry = OptimizedGeometry.parse(RegularFile.text(file(key)), start);
            return new Answer(Optional.of(geometry), Optional.empty());
        } catch (IOException e) {
            throw new IOException(file(key) + " is not a valid geometry: " + e.getMessage(), e);
        }
    }

    private void keep(String key, Answer answer) throws IOException {
        if (directory.isPresent() && answer.geometry().isPresent()) {
            requireNoLink(directory.get());
            Files.createDirectories(directory.get());
            OutputFile.replace(file(key), answer.geometry().get().text());
        }
    }

    /** Refuses a directory through which the geometries would land elsewhere. */
    private static void requireNoLink(Path directory) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new FileSystemException(directory.toString(), null, "it is a symbolic link, and is not followed");
        }
    }

    private Path file(String key) {
        return directory.orElseThrow().resolve(key + ".json");
    }

    private synchronized CompletableFuture<Answer> putIfAbsent(String key, CompletableFuture<Answer> own) {
        return answers.putIfAbsent(key, own);
    }

    private synchronized void remove(String key, CompletableFuture<Answer> answer) {
        answers.remove(key, answer);
    }
}
