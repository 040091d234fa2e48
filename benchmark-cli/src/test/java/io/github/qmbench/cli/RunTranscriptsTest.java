package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that {@code run} prints and logs, to the letter but for times. */
class RunTranscriptsTest {

    @TempDir
    Path temporary;

    private final FakeBenchmarks benchmarks = new FakeBenchmarks(new Results());
    private Path results;
    private Screen screen;

    /** What becomes of a calculation; nothing but success unless a test says so. */
    private Ends ends = (calculation, attempt) -> CalculationOutcome.complete(Map.of("gap", 1.5));

    @FunctionalInterface
    private interface Ends {
        CalculationOutcome of(Calculation calculation, int attempt) throws IOException;
    }

    private final class Results implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws IOException {
            return ends.of(calculation, context.attempt());
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("basis", "3-21g"));
        }
    }

    @BeforeEach
    void opensAScreen() {
        results = temporary.resolve("results");
        screen = new Screen(benchmarks, results);
    }

    private static CalculationOutcome failed(String kind, String why) {
        return CalculationOutcome.failed(CalculationFailure.of(kind).because(why));
    }

    /** A text without the times and places of this run. */
    private String known(String text) {
        return text.replace(temporary.toString(), "/TMP")
                .replaceAll("(in|after) [0-9.]+ (ms|s)\\b", "$1 TIME")
                .replaceAll("run \\d{8}T\\d{6}Z-[0-9a-f]+", "run ID")
                .replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z ", "WHEN ");
    }

    private String out() {
        return known(screen.out());
    }

    private String err() {
        return known(screen.err());
    }

    private String log() throws IOException {
        return known(Files.readString(results.resolve("benchmark.log")));
    }

    @Test
    void complete() {
        assertThat(screen.run("run", "--molecules", "m1", "m2")).isEqualTo(0);

        assertThat(err()).isEqualTo("""
                        fake 1.0
                        4 calculations
                        started m1/B3LYP_CHCl3
                        [1/4] m1/B3LYP_CHCl3 complete in TIME; less than a minute left
                        started m1/WP04_CHCl3
                        [2/4] m1/WP04_CHCl3 complete in TIME; less than a minute left
                        started m2/B3LYP_CHCl3
                        [3/4] m2/B3LYP_CHCl3 complete in TIME; less than a minute left
                        started m2/WP04_CHCl3
                        [4/4] m2/WP04_CHCl3 complete in TIME
                        """);
        assertThat(out()).isEqualTo("""
                        complete: 4 of 4 done, after TIME
                        results: /TMP/results
                        show them with: qmbench summary --results /TMP/results
                        """);
    }

    /** Without --no-resume, which would calculate all of it again. */
    @Test
    void completeWithFailuresOfWhichOneWasTriedAgain() {
        ends = (calculation, attempt) -> switch (calculation.taskId()) {
            case "m1/WP04_CHCl3" -> failed("scf", "up and down");
            case "m2/B3LYP_CHCl3" ->
                attempt == 1
                        ? CalculationOutcome.failed(
                                CalculationFailure.ofMachine("lost").because("its node died"))
                        : CalculationOutcome.complete(Map.of());
            default -> CalculationOutcome.complete(Map.of());
        };

        assertThat(screen.run("run", "--no-resume=true", "--molecules", "m1", "m2"))
                .isEqualTo(1);

        assertThat(err().lines().filter(line -> !line.startsWith("started")).collect(Collectors.joining("\n")))
                .isEqualTo("""
                        fake 1.0
                        4 calculations
                        [1/4] m1/B3LYP_CHCl3 complete in TIME; less than a minute left
                        [2/4] m1/WP04_CHCl3 FAILED after TIME: scf: up and down; less than a minute left
                        [2/4] m2/B3LYP_CHCl3 failed after TIME and is tried again: lost: its node died; less than a minute left
                        [3/4] m2/WP04_CHCl3 complete in TIME; less than a minute left
                        [4/4] m2/B3LYP_CHCl3 complete in TIME""");
        assertThat(out()).isEqualTo("""
                        1 calculation failed:
                          scf  1  m1/WP04_CHCl3
                            up and down
                        complete: 3 of 4 done, 1 failed, after TIME
                        results: /TMP/results
                        inspect a failure with: qmbench show m1/WP04_CHCl3 --results /TMP/results
                        resume with: qmbench run --molecules m1 m2 --results /TMP/results
                        """);
    }

    @Test
    void pausedAndThenResumed() {
        ends = (calculation, attempt) ->
                calculation.subject().equals("m1") ? failed("scf", "no") : CalculationOutcome.complete(Map.of());

        assertThat(screen.run("run", "--max-failed", "0")).isEqualTo(2);

        assertThat(out()).isEqualTo("""
                        1 calculation failed:
                          scf  1  m1/B3LYP_CHCl3
                            no
                        paused: 0 of 6 done, 1 failed, 5 left, after TIME
                        reason: 1 of 3 subjects have failed; 0 are allowed
                        results: /TMP/results
                        inspect a failure with: qmbench show m1/B3LYP_CHCl3 --results /TMP/results
                        resume with: qmbench run --max-failed 0 --results /TMP/results
                        """);

        assertThat(screen.run("run", "--max-failed", "never")).isEqualTo(1);

        assertThat(err())
                .startsWith("fake 1.0\n6 calculations\nstarted m1/B3LYP_CHCl3, attempt 2\n[1/6] m1/B3LYP_CHCl3 FAILED");
        assertThat(out()).contains("2 calculations failed:\n", "complete: 4 of 6 done, 2 failed, after TIME\n");
    }

    @Test
    void stopped() {
        ends = (calculation, attempt) -> {
            new Screen(benchmarks, results).run("stop");
            return CalculationOutcome.complete(Map.of());
        };

        assertThat(screen.run("run")).isEqualTo(0);

        assertThat(out()).isEqualTo("""
                        stopped: 1 of 6 done, 5 left, after TIME
                        results: /TMP/results
                        resume with: qmbench run --results /TMP/results
                        """);
    }

    @Test
    void adoptedFromAnotherDirectory() {
        screen.run("run", "--molecules", "m1");
        Screen second = new Screen(benchmarks, temporary.resolve("second"));

        assertThat(second.run("run", "--molecules", "m1", "m2", "--reuse-from", results.toString()))
                .isEqualTo(0);

        assertThat(known(second.err())).isEqualTo("""
                        fake 1.0
                        adopted 2 results of /TMP/results with the present settings; nothing is calculated again for them
                        4 calculations, 2 of them done before
                        started m2/B3LYP_CHCl3
                        [3/4] m2/B3LYP_CHCl3 complete in TIME; less than a minute left
                        started m2/WP04_CHCl3
                        [4/4] m2/WP04_CHCl3 complete in TIME
                        """);
        assertThat(known(second.out())).isEqualTo("""
                        complete: 4 of 4 done, after TIME
                        results: /TMP/second
                        show them with: qmbench summary --results /TMP/second
                        """);
    }

    @Test
    void headless() throws IOException {
        ends = (calculation, attempt) -> calculation.taskId().equals("m1/WP04_CHCl3")
                ? failed("scf", "up and down")
                : CalculationOutcome.complete(Map.of());

        assertThat(screen.run("run", "--headless", "--molecules", "m1", "--on-end", "echo it is $QMBENCH_STATE"))
                .isEqualTo(1);

        assertThat(err()).isEqualTo("log: /TMP/results/benchmark.log\n");
        assertThat(out()).isEqualTo("""
                        1 calculation failed:
                          scf  1  m1/WP04_CHCl3
                            up and down
                        complete: 1 of 2 done, 1 failed, after TIME
                        results: /TMP/results
                        inspect a failure with: qmbench show m1/WP04_CHCl3 --results /TMP/results
                        resume with: qmbench run --headless --molecules m1 --on-end 'echo it is $QMBENCH_STATE' --results /TMP/results
                        """);
        assertThat(log()).isEqualTo("""
                        WHEN INFO run ID started: 2 calculations, 0 done before
                        WHEN INFO m1/B3LYP_CHCl3 started, attempt 1
                        WHEN INFO m1/B3LYP_CHCl3 complete after TIME
                        WHEN INFO m1/WP04_CHCl3 started, attempt 1
                        WHEN INFO m1/WP04_CHCl3 failed after TIME, scf: up and down
                        WHEN INFO run ID complete: 1 completed, 1 failed of 2
                        WHEN INFO 1 calculation failed:
                        WHEN INFO scf  1  m1/WP04_CHCl3
                        WHEN INFO up and down
                        WHEN INFO complete: 1 of 2 done, 1 failed, after TIME
                        WHEN INFO results: /TMP/results
                        WHEN INFO inspect a failure with: qmbench show m1/WP04_CHCl3 --results /TMP/results
                        WHEN INFO resume with: qmbench run --headless --molecules m1 --on-end 'echo it is $QMBENCH_STATE' --results /TMP/results
                        it is complete
                        """);
    }
}
