package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.CalculationBackendProvider;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import io.github.qmbench.nmr.internal.ShellWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {

    @TempDir
    Path temporary;

    private Path results;
    private final FakeBenchmarks benchmarks = new FakeBenchmarks();
    private Screen screen;

    @BeforeEach
    void opensScreen() {
        results = temporary.resolve("results with 'quotes' and ü");
        screen = new Screen(benchmarks, results);
    }

    @Test
    void endsWithZeroWhenEverythingIsComplete() throws IOException {
        int exitCode = screen.run("run");

        assertThat(exitCode).isZero();
        assertThat(screen.out()).contains("complete: 6 of 6 done", "results: " + results, "summary");
        assertThat(screen.err())
                .startsWith("fake 1.0\n6 calculations\nstarted m1/B3LYP_CHCl3\n[1/6] m1/B3LYP_CHCl3 complete in ");
        assertThat(status().progress().completed()).isEqualTo(6);
    }

    @Test
    void endsWithOneWhenCalculationsFailedAndClosesWithThem() {
        benchmarks.setBackend((calculation, context) -> calculation.taskId().equals("m2/WP04_CHCl3")
                ? CalculationOutcome.failed("scf-not-converged").because("it went up and down")
                : CalculationOutcome.complete(Map.of()));

        int exitCode = screen.run("run");

        assertThat(exitCode).isEqualTo(ExitCode.FAILURES);
        assertThat(screen.out())
                .startsWith("1 calculation failed:\n  scf-not-converged  1  m2/WP04_CHCl3\n    it went up and down\n")
                .contains("complete: 5 of 6 done, 1 failed", "show m2/WP04_CHCl3");
        assertThat(screen.err()).contains("m2/WP04_CHCl3 FAILED after", "it went up and down");
    }

    @Test
    void endsWithTwoWhenTheFailurePolicyPauses() throws IOException {
        benchmarks.setBackend((calculation, context) ->
                CalculationOutcome.failed(calculation.parameter("functional")).because("no"));

        int exitCode = screen.run("run", "--max-failed", "0");

        assertThat(exitCode).isEqualTo(ExitCode.PAUSED);
        assertThat(screen.out()).contains("paused: 0 of 6 done, 1 failed, 5 left", "reason: 1 of 3 subjects");
        assertThat(status().progress().failed()).isEqualTo(1);
    }

    @Test
    void pausesWhenTheFirstThreeFailAlikeUnlessToldNotTo() throws IOException {
        benchmarks.setBackend(
                (calculation, context) -> CalculationOutcome.failed("input").because("no"));

        assertThat(screen.run("run", "--max-failed", "never")).isEqualTo(ExitCode.PAUSED);
        assertThat(status().progress().failed()).isEqualTo(3);

        assertThat(screen.run("run", "--max-failed", "never", "--no-canary")).isEqualTo(ExitCode.FAILURES);
        assertThat(status().progress().failed()).isEqualTo(6);
    }

    @Test
    void endsWithOneWhenTheBackendIsUnusable() {
        benchmarks.setBackend((calculation, context) -> {
            throw new BackendUnusableException("the licence has expired");
        });

        assertThat(screen.run("run")).isEqualTo(ExitCode.FAILURES);
        assertThat(screen.out()).contains("failed: 0 of 6 done", "the licence has expired");
    }

    /** The kinds of exception that the contract of {@code prepare} has, and those of a plug-in with a fault. */
    @ParameterizedTest
    @CsvSource({
        "IllegalArgumentException, 64, no such thing",
        "BackendUnusableException, 69, no such thing",
        "IOException, 74, no such thing",
        "NoSuchMethodError, 69, does not fit this qmbench",
        "IllegalStateException, 70, has a fault",
    })
    void whatCannotBePreparedHasTheExitCodeOfItsReason(String thrown, int exitCode, String message) {
        Screen other = new Screen(new Unprepared(thrown), results);
        for (String command : List.of("run", "plan", "doctor")) {
            assertThat(other.run(command)).as(command).isEqualTo(exitCode);
            assertThat(other.out() + other.err()).as(command).contains(message, "no such thing");
        }
        assertThat(results).doesNotExist();
    }

    @Test
    void stoppedOnRequestIsZeroAndTheNextRunCountsWhatWasDone() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        benchmarks.setBackend((calculation, context) -> {
            if (calls.incrementAndGet() == 2) {
                assertThat(screenOfAnotherTerminal().run("stop")).isZero();
            }
            return CalculationOutcome.complete(Map.of());
        });

        assertThat(screen.run("run")).isZero();
        assertThat(screen.out()).contains("stopped: 2 of 6 done, 4 left", "resume with: qmbench run --results ");
        assertThat(results.resolve("STOP")).doesNotExist();

        assertThat(screen.run("run")).isZero();
        assertThat(screen.err()).contains("6 calculations, 2 of them done before", "[3/6]");
        assertThat(calls).hasValue(6);
    }

    @Test
    void calculatesEverythingAnewWithoutResumeAndKeepsTheOldJournal() {
        AtomicInteger calls = new AtomicInteger();
        benchmarks.setBackend((calculation, context) -> {
            calls.incrementAndGet();
            return CalculationOutcome.complete(Map.of());
        });
        screen.run("run");

        assertThat(screen.run("run", "--no-resume")).isZero();

        assertThat(calls).hasValue(12);
        assertThat(results.resolve("progress-1.jsonl")).exists();
    }

    @Test
    void refusesResultsOfOtherSettingsAndNamesTheWaysOut() throws IOException {
        benchmarks.setBackend(new WithBasis("3-21G"));
        screen.run("run");
        byte[] journal = Files.readAllBytes(results.resolve("progress.jsonl"));
        benchmarks.setBackend(new WithBasis("6-31G*"));

        assertThat(screen.run("run")).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("basis was 3-21G and is now 6-31G*", "--rerun-stale", "--results OTHER");
        assertThat(Files.readAllBytes(results.resolve("progress.jsonl"))).isEqualTo(journal);
        assertThat(screen.run("run", "--rerun-stale")).isZero();
    }

    @Test
    void dryRunSaysWhatDiffersAndMakesNothing() {
        benchmarks.setBackend(new WithBasis("3-21G"));
        assertThat(screen.run("run", "--dry-run")).isZero();
        assertThat(screen.out()).startsWith("new    m1/B3LYP_CHCl3\n").contains("6 new, 0 done");
        assertThat(results).doesNotExist();

        screen.run("run");
        benchmarks.setBackend(new WithBasis("6-31G*"));
        assertThat(screen.run("plan")).isZero();
        assertThat(screen.out()).contains("stale  m3/WP04_CHCl3  basis: 3-21G -> 6-31G*", "6 stale", "--rerun-stale");
    }

    @Test
    void aSecondRunIsRefusedAndNamesTheFirst() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        benchmarks.setBackend((calculation, context) -> {
            begun.countDown();
            end.await();
            return CalculationOutcome.complete(Map.of());
        });
        Screen first = screenOfAnotherTerminal();
        Thread thread = new Thread(() -> first.run("run", "--molecules", "m1"));
        thread.start();
        begun.await();
        try {
            assertThat(screen.run("run")).isEqualTo(ExitCode.HELD);
            assertThat(screen.err())
                    .contains(
                            "another run holds",
                            "process " + ProcessHandle.current().pid(),
                            "See: qmbench status --results " + ShellWord.quote(results.toString()));
        } finally {
            end.countDown();
            thread.join();
        }
        assertThat(first.out()).contains("complete: 2 of 2 done");
    }

    @Test
    void refusesADamagedJournalWithFileAndLine() throws IOException {
        screen.run("run");
        Path journal = results.resolve("progress.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("complete", "comqlete"));

        assertThat(screen.run("run")).isEqualTo(ExitCode.IO_ERROR);
        assertThat(screen.err())
                .contains(journal + ", line 1:", "qmbench repair --results " + ShellWord.quote(results.toString()));
    }

    @Test
    void refusesADirectoryThatIsAFile() throws IOException {
        Files.writeString(results, "not a directory");

        assertThat(screen.run("run")).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(screen.err()).contains("is a file").doesNotContain("Exception");
    }

    @Test
    void refusesAPlaceWhereNoDirectoryCanBe() {
        Screen nowhere = new Screen(benchmarks, Path.of("/proc/nowhere"));

        assertThat(nowhere.run("run")).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(nowhere.err())
                .contains("cannot make the run directory /proc/nowhere: the file system does not allow");
    }

    @Test
    void tooLittleSpacePausesWithTheReason() {
        assertThat(screen.run("run", "--min-free", "900000T")).isEqualTo(ExitCode.PAUSED);
        assertThat(screen.out()).contains("paused: 0 of 6 done, 6 left", "free");
    }

    @Test
    void aMoleculeNamedTwiceCountsOnce() throws IOException {
        assertThat(screen.run("run", "--molecules", "m1", "m1", "--molecules", "m1"))
                .isZero();
        assertThat(status().progress().total()).isEqualTo(2);
    }

    @Test
    void headlessRunWritesALogAndShowsNoEvents() throws IOException {
        assertThat(screen.run("run", "--headless")).isZero();

        assertThat(screen.err()).isEqualTo("log: " + results.resolve("benchmark.log") + "\n");
        assertThat(Files.readString(results.resolve("benchmark.log")))
                .contains("INFO m1/B3LYP_CHCl3 started, attempt 1", "INFO run ", "6 completed, 0 failed of 6");
    }

    @Test
    void headlessRunClosesItsLogWithTheFailures() throws IOException {
        benchmarks.setBackend((calculation, context) ->
                CalculationOutcome.failed("scf-not-converged").because("no"));

        assertThat(screen.run("run", "--headless")).isEqualTo(ExitCode.PAUSED);

        assertThat(Files.readString(results.resolve("benchmark.log")))
                .contains("INFO 3 calculations failed:", "scf-not-converged  3  m1/B3LYP_CHCl3", "INFO paused: 0 of 6");
    }

    @Test
    void aRefusedHeadlessRunDoesNotTouchTheLog() throws IOException {
        screen.run("run");
        Files.writeString(results.resolve("progress.jsonl"), "damage\n");

        assertThat(screen.run("run", "--headless")).isEqualTo(ExitCode.IO_ERROR);
        assertThat(results.resolve("benchmark.log")).doesNotExist();
    }

    @Test
    void aLogThatIsALinkIsRefusedBeforeAnythingStarts() throws IOException {
        Files.createSymbolicLink(Files.createDirectory(results).resolve("benchmark.log"), temporary.resolve("other"));

        assertThat(screen.run("run", "--headless")).isEqualTo(73);

        assertThat(screen.err()).startsWith("qmbench: cannot write the log: ").contains("benchmark.log");
        assertThat(screen.run("run", "--detach"))
                .as("which is headless as well")
                .isEqualTo(73);
        assertThat(results.resolve("progress.jsonl")).doesNotExist();
        assertThat(screen.run("run")).as("without a log").isZero();
    }

    @Test
    void eachCalculationIsGivenTheMemoryThatWasAskedFor() {
        List<OptionalLong> memory = new ArrayList<>();
        benchmarks.setBackend((calculation, context) -> {
            memory.add(context.memoryBytes());
            return CalculationOutcome.complete(Map.of());
        });

        assertThat(screen.run("run", "--molecules", "m1", "--mem", "2G")).isZero();

        assertThat(memory).containsExactly(OptionalLong.of(2L << 30), OptionalLong.of(2L << 30));
    }

    @Test
    void runsACommandAtTheEndAndSurvivesItsFailure() throws IOException {
        Path note = temporary.resolve("note");

        int exitCode =
                screen.run("run", "--on-end", "echo \"$QMBENCH_STATE $QMBENCH_STATUS_FILE\" > '" + note + "'; exit 3");

        assertThat(exitCode).isZero();
        assertThat(Files.readString(note)).isEqualTo("complete " + results.resolve("status.json") + "\n");
        assertThat(screen.err()).contains("ended with exit code 3");
    }

    @ParameterizedTest
    @CsvSource({"complete,0", "stopped,0", "paused,2", "failed,1"})
    void runsTheCommandOnceInWhateverStateItEnds(String state, int exitCode) throws IOException {
        benchmarks.setBackend((calculation, context) -> switch (state) {
            case "stopped" -> {
                screenOfAnotherTerminal().run("stop");
                yield CalculationOutcome.complete(Map.of());
            }
            case "paused" -> CalculationOutcome.failed("scf").because("no");
            case "failed" -> throw new BackendUnusableException("the licence has expired");
            default -> CalculationOutcome.complete(Map.of());
        });
        Path note = temporary.resolve("note");

        int exit = screen.run("run", "--on-end", "cat \"$QMBENCH_STATUS_FILE\" >> '" + note + "'");

        assertThat(exit).isEqualTo(exitCode);
        assertThat(Files.readString(note)).containsOnlyOnce("\"state\": \"" + state + "\"");
    }

    @Test
    void aRefusedRunRunsNoCommand() throws IOException {
        Files.writeString(Files.createDirectory(results).resolve("progress.jsonl"), "damage\n");
        Path note = temporary.resolve("note");

        assertThat(screen.run("run", "--on-end", "touch '" + note + "'")).isEqualTo(ExitCode.IO_ERROR);
        assertThat(note).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "{\"schema_version\": 1, \"run_id\":", "{\"schema_version\": 99}"})
    void aStatusThatCannotBeReadIsDerivedAnew(String content) throws IOException {
        screen.run("run", "--molecules", "m1");
        Files.writeString(results.resolve("status.json"), content);

        assertThat(screen.run("run")).isZero();
        assertThat(screen.err()).contains("6 calculations, 2 of them done before");
        assertThat(status().progress().completed()).isEqualTo(6);
    }

    private Screen screenOfAnotherTerminal() {
        return new Screen(benchmarks, results);
    }

    private RunStatus status() throws IOException {
        return new StatusReader(RunDirectory.of(results)).read().orElseThrow();
    }

    @Test
    void moreProcessesThanCoresAreRefusedUnlessAskedForTwice() {
        assertThat(screen.run("run", "--parallel", "2")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("to allow it, add --oversubscribe");
        assertThat(results).doesNotExist();
        assertThat(screen.run("run", "--parallel", "2", "--oversubscribe")).isEqualTo(ExitCode.OK);
    }

    /** A backend that cannot be prepared. */
    private record Unprepared(String thrown) implements CalculationBackendProvider {
        @Override
        public String name() {
            return "unprepared";
        }

        @Override
        public String summary() {
            return "nothing at all";
        }

        @Override
        public PreparedBenchmark prepare(BackendOptions options, RunDirectory directory)
                throws BackendUnusableException, IOException {
            String message = "no such thing";
            switch (thrown) {
                case "IllegalArgumentException" -> throw new IllegalArgumentException(message);
                case "BackendUnusableException" -> throw new BackendUnusableException(message);
                case "IOException" -> throw new IOException(message);
                case "NoSuchMethodError" -> throw new NoSuchMethodError(message);
                default -> throw new IllegalStateException(message);
            }
        }
    }

    /** A backend whose results depend on a basis set. */
    private record WithBasis(String basis) implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            return CalculationOutcome.complete(Map.of());
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("basis", basis));
        }
    }
}
