package io.github.qmbench.nwchem;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The compressed journals of {@code docs/results}. */
final class PackedRecords {

    private static final Path RESULTS = Path.of("../docs/results");

    private PackedRecords() {}

    /** Reads the records of completed calculations, in the order in which they ended; unpacks the journal into a directory. */
    static List<JournalRecord> completed(String journal, Path directory) throws IOException {
        Path unpacked = Files.createTempFile(directory, "recorded", ".jsonl");
        Files.delete(unpacked);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RESULTS.resolve(journal)))) {
            Files.copy(in, unpacked);
        }
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(unpacked, record -> {
            if (record.isComplete()) {
                records.add(record);
            }
        });
        return records;
    }
}
