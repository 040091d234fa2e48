package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The share of two cores that calculations used in an hour with nothing else on the machine. {@code cores.csv.gz} has, every 30
 * seconds, the time, the counters of {@code /proc/stat} and the CPU seconds of each NWChem that was running;
 * {@code docs/performance.md} has the figures.
 */
class ShareOfCoresTest {

    @TempDir
    Path directory;

    /** A line of the recording: user, nice, system, idle and so on in ticks; CPU seconds of the calculations then running. */
    private record Sample(Instant at, long[] ticks, double running) {

        static Sample parse(String line) {
            String[] fields = line.split(",");
            return new Sample(
                    Instant.parse(fields[0]),
                    Arrays.stream(fields[1].split(" "))
                            .mapToLong(Long::parseLong)
                            .toArray(),
                    Arrays.stream(fields[2].split(" "))
                            .mapToDouble(Double::parseDouble)
                            .sum());
        }
    }

    @Test
    void isWhatThePageOnPerformanceSays() throws IOException {
        List<Sample> samples = PackedRecords.lines("delta50/cores.csv.gz").stream()
                .skip(1)
                .map(Sample::parse)
                .toList();
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
        assertThat(seconds).isGreaterThanOrEqualTo(3600);

        List<JournalRecord> ended = PackedRecords.completed("delta50/progress.jsonl.gz", directory).stream()
                .filter(record -> record.attempt().finishedAt().isAfter(first.at())
                        && !record.attempt().finishedAt().isAfter(last.at()))
                .toList();
        double used = ended.stream().mapToDouble(PackedRecords::cpuSeconds).sum() - first.running() + last.running();
        long[] spent = new long[first.ticks().length];
        Arrays.setAll(spent, i -> last.ticks()[i] - first.ticks()[i]);
        double idle = (spent[3] + spent[4]) / (double) Arrays.stream(spent).sum();

        String row = String.format(
                Locale.ROOT,
                "| %d | nothing | %.1f %% | %.1f %% |",
                ended.size(),
                100 * used / (2 * seconds),
                100 * idle);
        assertThat(Files.readString(Path.of("../docs/performance.md"))).contains(row);
        assertThat(used / (2 * seconds)).isBetween(0.97, 1.0);
    }
}
