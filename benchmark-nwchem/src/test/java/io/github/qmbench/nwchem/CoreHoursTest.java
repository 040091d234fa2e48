package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.JournalRecord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CPU time of the runs of DELTA50 in chloroform, as the pages on results and performance have it. */
class CoreHoursTest {

    private static final Path RESULTS = Path.of("../docs/results");

    @TempDir
    Path directory;

    @Test
    void areThoseOfTheJournals() throws IOException {
        Map<String, Double> hours = new LinkedHashMap<>();
        int calculations = 0;
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(RESULTS, "delta50*")) {
            for (Path run : runs) {
                for (JournalRecord record :
                        PackedRecords.completed(run.getFileName() + "/progress.jsonl.gz", directory)) {
                    String method = record.calculation().parameters().get("functional") + "/"
                            + record.outcome().results().get("basis");
                    hours.merge(method, cpuSeconds(record) / 3600, Double::sum);
                    calculations++;
                }
            }
        }

        List<String> table = Files.readAllLines(RESULTS.resolve("README.md"));
        assertThat(hours)
                .hasSize(7)
                .allSatisfy((method, spent) -> assertThat(table)
                        .filteredOn(line -> line.contains("| " + method + ", CHCl3 | 50 of 50 |"))
                        .singleElement()
                        .asString()
                        .endsWith(String.format(Locale.ROOT, "| %.1f |", spent)));
        double large = hours.get("B3LYP/6-311+G(2d,p)") + hours.get("WP04/6-311++G(2d,p)");
        double all = hours.values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(calculations).isEqualTo(350);
        assertThat(Files.readString(Path.of("../docs/performance.md")).replaceAll("\\s+", " "))
                .contains(String.format(
                        Locale.ROOT,
                        "these 100 took %.1f core-hours, and with the 250 that have smaller basis sets %.1f.",
                        large,
                        all));
    }

    /** The first runs have only what NWChem printed. */
    private static double cpuSeconds(JournalRecord record) {
        return record.attempt().usage().isPresent()
                ? PackedRecords.cpuSeconds(record)
                : ((Number) record.outcome().results().get("cpu_seconds")).doubleValue();
    }
}
