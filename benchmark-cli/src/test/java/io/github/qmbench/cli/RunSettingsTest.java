package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the options of a run become in the runner. */
class RunSettingsTest {

    private static final Instant NOON = LocalDate.of(2026, 11, 24)
            .atTime(12, 0)
            .atZone(ZoneId.systemDefault())
            .toInstant();

    @TempDir
    Path directory;

    private static RunSettings settings(String... options) {
        return CommandLine.populateCommand(new RunSettings(), options);
    }

    /** A program that ends at once, and the requests for it. */
    private static final class Programs implements ProcessLauncher {
        private final List<ProcessRequest> requests = new ArrayList<>();

        @Override
        public ProcessResult launch(ProcessRequest request, LaunchControl control) {
            requests.add(request);
            return ProcessResult.of(ProcessResult.Ending.EXITED, 0, Duration.ZERO, "here");
        }

        @Override
        public boolean endLeftOver(LaunchedProcess process) {
            return true;
        }
    }

    private static PreparedBenchmark benchmark(int molecules, CalculationBackend backend) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= molecules; i++) {
            names.add("m" + i);
        }
        return PreparedBenchmark.builder(
                        CalculationMatrix.builder().subjects(names).build(), backend)
                .description(Map.of("data_set", "made up"))
                .build();
    }

    private RunStatus.Progress run(RunSettings settings, PreparedBenchmark benchmark) throws IOException {
        return outcome(settings, benchmark).results().status().progress();
    }

    private RunOutcome outcome(RunSettings settings, PreparedBenchmark benchmark) throws IOException {
        return settings.builder(RunDirectory.of(directory), benchmark, 1, Optional.empty())
                .build()
                .run();
    }

    @ParameterizedTest
    @CsvSource({", ", "--timeout=90s --stall=15m, PT1M30S PT15M"})
    void timesAndSilenceOfAProgramAreLimitedAsAsked(String options, String limits) throws IOException {
        Programs programs = new Programs();
        settings(options == null ? new String[0] : options.split(" "))
                .builder(
                        RunDirectory.of(directory),
                        benchmark(1, (calculation, context) -> {
                            context.launch(ProcessRequest.builder(context.directory(), List.of("program"))
                                    .build());
                            return CalculationOutcome.complete(Map.of());
                        }),
                        1,
                        Optional.empty())
                .launcher(programs)
                .build()
                .run();

        assertThat(programs.requests).hasSize(1);
        ProcessRequest request = programs.requests.get(0);
        String[] expected = limits == null ? new String[] {null, null} : limits.split(" ");
        assertThat(request.timeout().map(Duration::toString)).isEqualTo(Optional.ofNullable(expected[0]));
        assertThat(request.stall().map(Duration::toString)).isEqualTo(Optional.ofNullable(expected[1]));
    }

    /** Of 40 molecules, four are the tenth that may fail; one more and the run pauses. */
    @ParameterizedTest
    @CsvSource({"--no-canary, 5", "--no-canary --max-failed=7, 8", "--max-failed=never, 3", "--max-failed=1, 2"})
    void pausesWhenTooManyMoleculesFailed(String options, int failed) throws IOException {
        RunStatus.Progress progress = run(
                settings(options.split(" ")),
                benchmark(
                        40,
                        (calculation, context) -> CalculationOutcome.failed(
                                CalculationFailure.of("scf").because("no"))));

        assertThat(progress.failed()).isEqualTo(failed);
    }

    /** Other kinds of failures than one are no sign that the whole run is wrong. */
    @Test
    void theFirstThreeMustFailAlikeToPause() throws IOException {
        RunStatus.Progress progress = run(
                settings("--max-failed=never"),
                benchmark(
                        6,
                        (calculation, context) -> CalculationOutcome.failed(
                                CalculationFailure.of(calculation.subject()).because("no"))));

        assertThat(progress.failed()).isEqualTo(6);
    }

    /** Each is tried three times; then it counts as a failure of the machine. */
    @Test
    void threeFailuresOfTheMachineInARowPauseARunWhateverMayFail() throws IOException {
        RunOutcome outcome = outcome(
                settings("--max-failed=never", "--no-canary"),
                PreparedBenchmark.builder(
                                CalculationMatrix.builder()
                                        .subjects("a", "b", "c", "d", "e")
                                        .build(),
                                (calculation, context) -> CalculationOutcome.failed(
                                        CalculationFailure.ofMachine("lost").because("its node died")))
                        .retryPolicy(io.github.qmbench.core.RetryPolicy.never())
                        .build());

        assertThat(outcome.results().status().progress().failed()).isEqualTo(3);
        assertThat(outcome.state().word()).isEqualTo("paused");
    }

    @Test
    void theDescriptionHasTheVersionsOfQmbenchAndJava() throws IOException {
        run(settings(), benchmark(1, (calculation, context) -> CalculationOutcome.complete(Map.of())));

        assertThat(Json.parseObject(Files.readString(directory.resolve("benchmark.json"))))
                .containsEntry("data_set", "made up")
                .containsEntry("qmbench_version", Version.number())
                .containsEntry("java_version", System.getProperty("java.version"));
    }

    @ParameterizedTest
    @CsvSource({
        "--until=12:01, PT1M",
        "--until=12:00, PT24H",
        "--until=11:59, PT23H59M",
        "--until=7:30, PT19H30M",
        "'--until= 07:30 ', PT19H30M",
        "--deadline=1h30m, PT1H30M"
    })
    void theRunIsOverAtATimeOfDayOrAfterATime(String option, String fromNoon) throws Refusal {
        assertThat(settings(option).end(NOON)).contains(NOON.plus(Duration.parse(fromNoon)));
        assertThat(NOON.atZone(ZoneId.systemDefault()).toLocalTime()).isEqualTo(LocalTime.NOON);
    }

    @Test
    void aRunHasNoEndUnlessAskedFor() throws Refusal {
        assertThat(settings().end(NOON)).isEmpty();
        assertThatThrownBy(() -> settings("--until=7", "--deadline=1h").end(NOON))
                .isInstanceOf(Refusal.class)
                .hasMessage("--until cannot be combined with --deadline; give one of them");
        assertThatThrownBy(() -> settings("--until=7").end(NOON))
                .isInstanceOf(Refusal.class)
                .hasMessage("--until: '7' is not a valid time of day; use 07:00 or 19:30");
    }

    /** A deadline in the past lets nothing start. */
    @Test
    void theEndOfTheRunIsPassedOn() throws IOException {
        RunOutcome outcome = settings()
                .builder(
                        RunDirectory.of(directory),
                        benchmark(2, new Sized()),
                        1,
                        Optional.of(Instant.parse("2000-01-01T00:00:00Z")))
                .build()
                .run();

        assertThat(outcome.state().word()).isEqualTo("stopped");
        assertThat(outcome.results().status().progress().completed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--order=file,          1, m1 m2 m3",
        "--order=longest-first, 1, m3 m2 m1",
        "--order=LONGEST-FIRST, 1, m3 m2 m1",
        ",                      1, m1 m2 m3"
    })
    void startsInTheOrderThatIsAskedFor(String option, int parallel, String expected) throws IOException {
        List<String> started = new ArrayList<>();
        settings(option == null ? new String[0] : new String[] {option})
                .builder(
                        RunDirectory.of(directory),
                        benchmark(3, new Sized() {
                            @Override
                            public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
                                started.add(calculation.subject());
                                return super.calculate(calculation, context);
                            }
                        }),
                        parallel,
                        Optional.empty())
                .build()
                .run();

        assertThat(String.join(" ", started)).isEqualTo(expected);
    }

    /** The memory of a calculation is what was asked for, or it is learnt; of a job, else a third more than the backend says. */
    @ParameterizedTest
    @CsvSource({
        ", 0",
        "--mem=2G, 2147483648",
        "--mem=auto, 0",
        "--mem=auto:1G, 1073741824",
        "--slurm, 4194304",
        "--slurm --mem=2G, 2147483648",
        "--slurm --mem=auto, 4194304",
        "--slurm --mem=auto:1G, 1073741824",
    })
    void eachCalculationHasTheMemoryThatWasAskedFor(String options, long bytes) throws Exception {
        SlurmOptions slurm =
                CommandLine.populateCommand(new SlurmOptions(), options == null ? new String[0] : options.split(" "));
        List<OptionalLong> seen = new ArrayList<>();
        PreparedBenchmark benchmark = PreparedBenchmark.builder(
                        CalculationMatrix.builder().subjects("a").build(), (calculation, context) -> {
                            seen.add(context.memoryBytes());
                            return CalculationOutcome.complete(Map.of());
                        })
                .memoryBytesEach(3 << 20)
                .build();
        var builder = settings().builder(RunDirectory.of(directory), benchmark, 1, Optional.empty());
        slurm.giveMemory(builder, benchmark);
        builder.build().run();

        assertThat(seen).containsExactly(bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    @Test
    void theMemoryThatIsAskedForLimitsHowManyRunAtOnce() throws Exception {
        PreparedBenchmark benchmark = PreparedBenchmark.builder(
                        CalculationMatrix.builder()
                                .subjects("a", "b", "c", "d", "e", "f", "g", "h")
                                .build(),
                        (calculation, context) -> CalculationOutcome.complete(Map.of()))
                .memoryBytesEach(1_000_000)
                .build();
        int cores = Math.min(8, Runtime.getRuntime().availableProcessors());

        assertThat(atOnce(benchmark)).isEqualTo(cores);
        assertThat(atOnce(benchmark, "--mem=1M")).isEqualTo(cores);
        assertThat(atOnce(benchmark, "--mem=999999999G")).isEqualTo(1);
        assertThat(atOnce(benchmark, "--mem=auto:999999999G")).isEqualTo(1);
        assertThat(atOnce(benchmark, "--slurm")).isEqualTo(8);
        assertThat(atOnce(benchmark, "--slurm", "--max-jobs=5")).isEqualTo(5);
    }

    private int atOnce(PreparedBenchmark benchmark, String... options) throws Exception {
        SlurmOptions slurm = CommandLine.populateCommand(new SlurmOptions(), options);
        return settings().sideBySide(RunDirectory.of(directory), benchmark, slurm, new Parallelism(), Optional.empty());
    }

    /** The number in a molecule's name is its size. */
    private static class Sized implements CalculationBackend, CostHint {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            return CalculationOutcome.complete(Map.of());
        }

        @Override
        public Cost cost(Calculation calculation) {
            double size = Double.parseDouble(calculation.subject().substring(1));
            return new Cost(size, Map.of("size", size), Map.of());
        }
    }
}
