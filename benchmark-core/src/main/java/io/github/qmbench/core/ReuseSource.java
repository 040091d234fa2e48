package io.github.qmbench.core;

import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Another run directory, whose results with the run's own settings the run adopts. It may have a run at the moment: then
 * what its journal holds now counts. Takes no lock, and writes nothing there.
 *
 * @param directory the other directory
 */
record ReuseSource(RunDirectory directory) {

    /**
     * Takes a directory as a source for a run in another one.
     *
     * @throws IllegalArgumentException when no run has begun in it, or when it is the run's own
     */
    static ReuseSource of(Path path, RunDirectory own) {
        RunDirectory directory = RunDirectory.of(path);
        if (Files.notExists(directory.path())) {
            throw new IllegalArgumentException(directory + " does not exist");
        }
        if (Files.exists(directory.path()) && !Files.isDirectory(directory.path())) {
            throw new IllegalArgumentException(directory + " is not a directory");
        }
        if (isSame(directory, own)) {
            throw new IllegalArgumentException(
                    directory + " is the run's own directory, whose results are reused anyway; name another one");
        }
        Path journal = RunFiles.journal(directory);
        if (Files.notExists(journal)) {
            throw new IllegalArgumentException("no run in " + directory + ": it has no " + journal.getFileName());
        }
        return new ReuseSource(directory);
    }

    private static boolean isSame(RunDirectory one, RunDirectory other) {
        try {
            return one.equals(other) || Files.isSameFile(one.path(), other.path());
        } catch (IOException e) {
            return false; // one that does not exist is not the other, and one that cannot be read is refused when it is
            // read
        }
    }

    /**
     * Offers its results to a run, where the run has none with its settings.
     *
     * @param number the number of this source among those of the run, from 1
     * @param notices receives a sentence about what is not adopted
     * @throws JournalDamagedException when the journal is not what was written
     * @throws IOException when the journal cannot be read
     */
    void offerTo(JournalIndex point, int number, RunSettings settings, Consumer<String> notices) throws IOException {
        Path journal = RunFiles.journal(directory);
        if (Files.notExists(journal)) {
            throw new NoSuchFileException(journal.toString());
        }
        JournalIndex there = JournalIndex.ofRun(
                journal, settings.matrix, settings.backend::fingerprint, (calculation, attempt) -> {});
        int offered = 0;
        int ofOtherSettings = 0;
        int example = -1;
        for (int place = 0; place < point.size(); place++) {
            if (!point.isToBeCalculated(place)) {
                continue;
            }
            switch (there.standing(place)) {
                case DONE -> {
                    point.offer(place, number, there.resultAt(place));
                    offered++;
                }
                case ADOPT -> {
                    point.offer(place, number, there.adoptableAt(place));
                    offered++;
                }
                case STALE -> {
                    example = ofOtherSettings == 0 ? place : example;
                    ofOtherSettings++;
                }
                default -> {} // no result
            }
        }
        if (ofOtherSettings > 0) {
            JournalIndex.Stale stale = there.stale(example, settings.backend::fingerprint);
            notices.accept(ofOtherSettings + (ofOtherSettings == 1 ? " result in " : " results in ") + directory
                    + (ofOtherSettings == 1 ? " was" : " were")
                    + " made with other settings than this run's and " + (ofOtherSettings == 1 ? "is" : "are")
                    + " not adopted; in " + stale.calculation() + " " + stale.difference());
        } else if (offered == 0) {
            notices.accept(directory + " has no result that this run needs");
        }
    }
}
