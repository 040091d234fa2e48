package io.github.qmbench.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The runs in {@code docs/results}, unpacked as the page there tells a reader to. */
final class CommittedRuns {

    private CommittedRuns() {}

    /** Makes a run directory of a committed run, and returns it. */
    static Path unpack(Path committed, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(committed.resolve("benchmark.json"), directory.resolve("benchmark.json"));
        try (InputStream journal = new GZIPInputStream(Files.newInputStream(committed.resolve("progress.jsonl.gz")))) {
            Files.copy(journal, directory.resolve("progress.jsonl"));
        }
        return directory;
    }
}
