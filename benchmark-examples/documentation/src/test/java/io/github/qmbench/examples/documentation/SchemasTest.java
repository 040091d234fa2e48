package io.github.qmbench.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.RetryPolicy;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files keep to the schemas in docs/schemas, and the schemas refuse what is none. */
class SchemasTest {

    private static final Path RESULTS = Path.of("../../docs/results/delta50-wp04-6-31gdp-chcl3");

    @TempDir
    Path directory;

    private final List<String> statuses = new ArrayList<>();

    @Test
    void everyFileOfARunAtEveryMoment() throws IOException {
        RunState state = run(new OddFails());

        assertThat(state).isEqualTo(RunState.PAUSED);
        assertThat(statuses).hasSizeGreaterThan(6);
        Schema status = Schema.of("status");
        assertThat(statuses)
                .allSatisfy(text -> assertThat(status.problems(text)).as(text).isEmpty());
        assertThat(read("status.json")).contains("\"state\": \"paused\"");
        assertThat(Schema.of("status").problems(read("status.json"))).isEmpty();
        assertThat(Schema.of("benchmark").problems(read("benchmark.json"))).isEmpty();
        assertThat(Schema.of("run-lock").problems(read("run.lock"))).isEmpty();
        assertThatLines("progress-line", Files.readAllLines(directory.resolve("progress.jsonl")), 4);
        assertThatLines("attempts-line", Files.readAllLines(directory.resolve("attempts.jsonl")), 0);
    }

    @Test
    void theLinesOfAttemptsThatAreTriedAgain() throws IOException {
        CalculationFailure lost = CalculationFailure.ofMachine("lost").because("the node is gone");
        BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects("m1").build(),
                        (calculation, context) -> CalculationOutcome.failed(lost))
                .retryPolicy(RetryPolicy.machineFailures(1, Duration.ZERO))
                .build()
                .run();

        List<String> lines = Files.readAllLines(directory.resolve("progress.jsonl"));
        assertThat(lines).hasSize(2).first().asString().contains("\"status\":\"retrying\"");
        assertThatLines("progress-line", lines, 2);
    }

    @Test
    void theLinesOfResultsThatAreAdoptedFromAnotherDirectory() throws IOException {
        Path source = directory.resolve("source");
        CalculationMatrix matrix = CalculationMatrix.builder().subjects("m2").build();
        BenchmarkRunner.builder(source, matrix, new OddFails()).build().run();
        BenchmarkRunner.builder(directory, matrix, new OddFails())
                .reuseFrom(source)
                .build()
                .run();

        List<String> lines = Files.readAllLines(directory.resolve("progress.jsonl"));
        assertThat(lines).hasSize(1).first().asString().contains("\"directory\":\"" + source + "\"");
        assertThatLines("progress-line", lines, 1);
    }

    @Test
    void thePublishedResults() throws IOException {
        assertThat(Schema.of("benchmark").problems(Files.readString(RESULTS.resolve("benchmark.json"))))
                .isEmpty();
        assertThat(Schema.of("scaling-factors").problems(Files.readString(RESULTS.resolve("scaling_factors.json"))))
                .isEmpty();
        for (Path comparison : List.of(RESULTS, RESULTS.resolveSibling("compared"))) {
            assertThat(Schema.of("comparison").problems(Files.readString(comparison.resolve("comparison.json"))))
                    .isEmpty();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RESULTS.resolve("progress.jsonl.gz")))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThatLines("progress-line", lines, 50);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status | \"state\": \"paused\" | \"state\": \"tired\"",
                "status | \"total_tasks\": 6 | \"total_tasks\": -6",
                "status | \"updated_at\": \" | \"updated_at\": \"yesterday ",
                "status | \"heartbeat_seconds\" | \"heartbeat\"",
                "benchmark | \"total_tasks\" | \"tasks\"",
                "run-lock | \"pid\": | \"process\":",
            })
    void whatIsNoneIsRefused(String schema, String from, String to) throws IOException {
        run(new OddFails());
        String text = read(schema.equals("run-lock") ? "run.lock" : schema + ".json");

        assertThat(text).contains(from);
        assertThat(Schema.of(schema).problems(text.replace(from, to))).isNotEmpty();
    }

    @Test
    void eachSchemaIsNamedInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("../../docs/file-formats.md"));
        try (Stream<Path> schemas = Files.list(Schema.DIRECTORY)) {
            assertThat(schemas)
                    .hasSizeGreaterThan(6)
                    .allSatisfy(schema -> assertThat(guide).contains("(schemas/" + schema.getFileName() + ")"));
        }
    }

    private static void assertThatLines(String name, List<String> lines, int atLeast) throws IOException {
        Schema schema = Schema.of(name);
        assertThat(lines)
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(line -> assertThat(schema.problems(line)).as(line).isEmpty());
    }

    private RunState run(CalculationBackend backend) throws IOException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("m1", "m2", "m3", "m4", "m5", "m6")
                .axis("solvent", "CHCl3")
                .build();
        return BenchmarkRunner.builder(directory, matrix, backend)
                .failurePolicy(FailurePolicy.pauseAfterFailedSubjects(2))
                .parallel(2)
                .listener(new Snapshots())
                .build()
                .run()
                .state();
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the status of every event. */
    private final class Snapshots implements RunListener {
        @Override
        public void runStarted(RunStarted event) {
            statuses.add(read("status.json"));
        }

        @Override
        public void calculationStarted(CalculationStarted event) {
            statuses.add(read("status.json"));
        }

        @Override
        public void calculationEnded(CalculationEnded event) {
            statuses.add(read("status.json"));
        }
    }

    /** A backend that fails for every other subject. */
    private static final class OddFails implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            context.remark("looks at " + calculation.subject());
            int number = calculation.subject().charAt(1) - '0';
            return number % 2 == 1
                    ? CalculationOutcome.failed("odd").because(number + " is odd")
                    : CalculationOutcome.complete(Map.of("half", number / 2));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("version", "1"));
        }
    }
}
