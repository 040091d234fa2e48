package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Run directories that older versions wrote are read and resumed, and nothing complete in them is calculated again.
 *
 * <p>The directories come from runs of those versions, killed in their second run; in them, names of hosts and of boots are
 * replaced:
 *
 * <ul>
 *   <li>{@code 1-first} (commit 4a5d2d8): journal without {@code launches}, attempts without {@code request}, status without
 *       range and model of the time left
 *   <li>{@code 2-launches} (07ae4e5): a journal line with {@code launches}, attempts with {@code request}
 *   <li>{@code 3-estimates} (0e6bae4): status with {@code estimated_remaining_range_hours} and {@code eta_model}; journal
 *       without {@code adopted_from}
 * </ul>
 */
class OldFormatsTest {

    private static final Path FORMATS = Path.of("src/test/resources/io/github/qmbench/core/formats");
    private static final Path RECORDED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");

    @TempDir
    Path path;

    /** A backend with these fingerprints, which notes what it calculates. */
    private record Noting(Map<String, Fingerprint> fingerprints, List<String> calculated)
            implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            calculated.add(calculation.taskId() + " attempt " + context.attempt());
            return CalculationOutcome.complete(Map.of());
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return fingerprints.get(calculation.taskId());
        }
    }

    private static Noting ofThreeMolecules(CalculationMatrix matrix) {
        Map<String, Fingerprint> fingerprints = new HashMap<>();
        matrix.forEach(calculation ->
                fingerprints.put(calculation.taskId(), Fingerprint.of(Map.of("basis", "6-31G*", "program", "1.0"))));
        return new Noting(fingerprints, Collections.synchronizedList(new ArrayList<>()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-first", "2-launches", "3-estimates"})
    void oldDirectoryIsReadAndResumedAndNothingCompleteIsCalculatedAgain(String format) throws Exception {
        try (var files = Files.list(FORMATS.resolve(format))) {
            for (Path file : files.toList()) {
                Files.copy(file, path.resolve(file.getFileName()));
            }
        }
        boolean hasLaunches = !format.equals("1-first");
        List<String> done = new ArrayList<>(List.of("methane/CHCl3", "methane/DMSO", "ethane/CHCl3"));
        List<String> left = new ArrayList<>(List.of("ethane/DMSO attempt 3", "neon/CHCl3 attempt 2"));
        if (hasLaunches) {
            done.add("neon/DMSO");
        } else {
            left.add("neon/DMSO attempt 1");
        }
        RecordedRun run = RecordedRun.open(RunDirectory.of(path));
        CalculationMatrix matrix = run.description().orElseThrow().matrix();
        byte[] before = Files.readAllBytes(path.resolve("progress.jsonl"));

        assertThat(matrix.size()).isEqualTo(6);
        assertThat(run.description().orElseThrow().detail("data_set")).contains("three molecules");
        assertThat(run.description().orElseThrow().settings()).containsEntry("basis", "6-31G*");
        assertThat(run.status().orElseThrow().progress().completed()).isEqualTo(done.size());
        assertThat(run.status().orElseThrow().running())
                .extracting(task -> task.calculation().taskId())
                .containsExactly("ethane/DMSO");
        List<String> complete = new ArrayList<>();
        run.forEachStanding(record -> {
            if (record.isComplete()) {
                complete.add(record.calculation().taskId());
            }
        });
        assertThat(complete).containsExactlyInAnyOrderElementsOf(done);
        assertThat(run.failures().all())
                .extracting(failed ->
                        failed.calculation().taskId() + " " + failed.failure().blame())
                .contains("ethane/DMSO MACHINE");

        Noting backend = ofThreeMolecules(matrix);
        RunOutcome outcome =
                BenchmarkRunner.builder(path, matrix, backend).build().run();

        assertThat(backend.calculated()).containsExactlyInAnyOrderElementsOf(left);
        assertThat(outcome.isWhole()).isTrue();
        assertThat(Arrays.copyOf(Files.readAllBytes(path.resolve("progress.jsonl")), before.length))
                .isEqualTo(before);
        assertThat(RecordedRun.open(RunDirectory.of(path)).attempts("ethane/DMSO"))
                .extracting(record -> record.outcome().state().word())
                .containsExactly("failed", "interrupted", "complete");
        assertThat(RecordedRun.open(RunDirectory.of(path))
                        .standing(matrix.get(5))
                        .orElseThrow()
                        .attempt()
                        .launches())
                .hasSize(hasLaunches ? 1 : 0);
    }

    @Test
    void committedRunOfDelta50IsDone() throws IOException {
        Files.copy(RECORDED.resolve("benchmark.json"), path.resolve("benchmark.json"));
        try (InputStream journal = new GZIPInputStream(Files.newInputStream(RECORDED.resolve("progress.jsonl.gz")))) {
            Files.copy(journal, path.resolve("progress.jsonl"));
        }
        byte[] before = Files.readAllBytes(path.resolve("progress.jsonl"));
        RecordedRun run = RecordedRun.open(RunDirectory.of(path));
        Map<String, Fingerprint> fingerprints = new HashMap<>();
        run.forEachStanding(record -> fingerprints.put(record.calculation().taskId(), record.fingerprint()));
        Noting backend = new Noting(fingerprints, new ArrayList<>());

        RunOutcome outcome = BenchmarkRunner.builder(
                        path, run.description().orElseThrow().matrix(), backend)
                .build()
                .run();

        assertThat(backend.calculated()).isEmpty();
        assertThat(outcome.results().size()).isEqualTo(50);
        assertThat(path.resolve("progress.jsonl")).hasBinaryContent(before);
    }
}
