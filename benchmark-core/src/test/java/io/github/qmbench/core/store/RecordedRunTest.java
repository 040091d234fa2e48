package io.github.qmbench.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunTest {

    private static final CalculationMatrix PLAIN = CalculationMatrix.builder()
            .subjects("a", "b")
            .axis("functional", "B3LYP")
            .axis("solvent", "CHCl3", "DMSO")
            .build();
    private static final CalculationMatrix COMBINED = CalculationMatrix.builder()
            .subjects("a", "b")
            .axis("solvent", "CHCl3", "DMSO")
            .combinations(List.of(Map.of("functional", "WP04", "basis", "6-31G(d)"), Map.of("functional", "M06")))
            .build();

    @TempDir
    Path directory;

    private RecordedRun open() {
        return RecordedRun.open(RunDirectory.of(directory));
    }

    private void describe(CalculationMatrix matrix) throws IOException {
        RunDescription description = new RunDescription(
                Instant.parse("2026-11-30T08:00:00Z"),
                "nwchem",
                Map.of("data_set", "DELTA50", "cores", 8L),
                Map.of("basis", "6-31G(d)"),
                matrix);
        Files.writeString(directory.resolve("benchmark.json"), Json.writePretty(description.toJson()));
    }

    private void replace(String old, String text) throws IOException {
        Path file = directory.resolve("benchmark.json");
        Files.writeString(file, Files.readString(file).replace(old, text));
    }

    @Test
    void anEmptyDirectoryHasNothing() throws IOException {
        assertThat(open().isBegun()).isFalse();
        assertThat(open().description()).isEmpty();
        assertThat(open().status()).isEmpty();
        assertThat(open().statusFields(Instant.now())).isEmpty();
        assertThat(open().size()).isZero();
        assertThat(open().firstStart()).isEmpty();
    }

    @Test
    void aRunIsReadAsItWasRecorded() throws IOException {
        Instant before = Instant.now().minusMillis(1);
        BenchmarkRunner.builder(
                        directory,
                        PLAIN,
                        (calculation, context) -> CalculationOutcome.complete(Map.of("task", calculation.taskId())))
                .build()
                .run();

        List<String> standing = new ArrayList<>();
        RecordedRun.Receiver receiver =
                record -> standing.add((String) record.outcome().results().get("task"));
        open().forEachStanding(receiver);
        assertThat(standing).containsExactlyElementsOf(taskIds());
        assertThat(open().isBegun()).isTrue();
        assertThat(open().size()).isEqualTo(4);
        assertThat(open().firstStart().orElseThrow()).isBetween(before, Instant.now());
        assertThat(open().statusFields(Instant.now()).orElseThrow())
                .containsEntry("state", "complete")
                .containsKey("liveness");
        assertThat(open().standing(PLAIN.get(3)))
                .map(JournalRecord::calculation)
                .hasValue(PLAIN.get(3));
    }

    private static List<String> taskIds() {
        return Stream.of(0, 1, 2, 3).map(place -> PLAIN.get(place).taskId()).toList();
    }

    @Test
    void aDescriptionIsReadBackWhole() throws IOException {
        describe(PLAIN);
        RunDescription read = open().description().orElseThrow();

        assertThat(read.writtenAt()).isEqualTo("2026-11-30T08:00:00Z");
        assertThat(read.backend()).isEqualTo("nwchem");
        assertThat(read.settings()).isEqualTo(Map.of("basis", "6-31G(d)"));
        assertThat(read.details()).isEqualTo(Map.of("data_set", "DELTA50", "cores", 8L));
        assertThat(read.detail("data_set")).hasValue("DELTA50");
        assertThat(read.detail("cores")).isEmpty();
        assertThat(read.matrix().axes()).isEqualTo(PLAIN.axes());
        assertThat(read.matrix().combinations()).isEmpty();
        assertThat(read.toJson()).containsEntry("schema_version", 1L).containsEntry("total_tasks", 4);
    }

    @Test
    void combinationsAreReadBackInAVersionOfTheirOwn() throws IOException {
        describe(COMBINED);
        RunDescription read = open().description().orElseThrow();

        assertThat(read.toJson()).containsEntry("schema_version", 2L);
        assertThat(read.matrix().combinations()).isEqualTo(COMBINED.combinations());
        assertThat(read.matrix().subjects()).containsExactly("a", "b");
        assertThat(read.matrix().size()).isEqualTo(8);
        assertThat(Stream.iterate(0, place -> place < 8, place -> place + 1)
                        .map(place -> read.matrix().get(place)))
                .containsExactlyElementsOf(Stream.iterate(0, place -> place < 8, place -> place + 1)
                        .map(COMBINED::get)
                        .toList());
    }

    @Test
    void aNewerFormatIsRefusedWithItsVersion() throws IOException {
        describe(COMBINED);
        replace("\"schema_version\" : 2", "\"schema_version\" : 3");
        replace("\"schema_version\": 2", "\"schema_version\": 3");

        assertThatThrownBy(() -> open().description())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("benchmark.json")
                .hasMessageContaining("version 3");
    }
}
