package io.github.qmbench.nwchem;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.store.RunJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The compressed files of {@code docs/results}. */
final class PackedRecords {

    private static final Path RESULTS = Path.of("../docs/results");

    private PackedRecords() {}

    /** Reads the records of completed calculations, in the order in which they ended; unpacks the journal into a directory. */
    static List<JournalRecord> completed(String journal, Path directory) throws IOException {
        Path unpacked = directory.resolve(journal.replace('/', '-'));
        unpack(journal, unpacked);
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(unpacked, record -> {
            if (record.isComplete()) {
                records.add(record);
            }
        });
        return records;
    }

    /** The CPU time of a calculation as the runner measured it, in seconds. */
    static double cpuSeconds(JournalRecord record) {
        return record.attempt().usage().orElseThrow().cpu().toMillis() / 1000.0;
    }

    /** Unpacks a file; the target must not be there. */
    static void unpack(String name, Path target) throws IOException {
        try (InputStream in = open(name)) {
            Files.copy(in, target);
        }
    }

    /** The lines of a file. */
    static List<String> lines(String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static InputStream open(String name) throws IOException {
        return new GZIPInputStream(Files.newInputStream(RESULTS.resolve(name)));
    }
}
