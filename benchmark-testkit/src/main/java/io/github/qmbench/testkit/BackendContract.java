package io.github.qmbench.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunListener;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.StopRequest;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every {@link CalculationBackend}, as tests. Extend it, name the calculations to try, and run it with
 * JUnit; each test is a run of its own in a directory of its own.
 *
 * <pre>{@code
 * class PowerBackendContractTest extends BackendContract {
 *     @Override
 *     protected CalculationBackend backend() {
 *         return new PowerBackend(3);
 *     }
 *
 *     @Override
 *     protected Calculation quickCalculation() {
 *         return Calculation.of("2", Map.of());
 *     }
 * }
 * }</pre>
 *
 * <p>It does not check whether the numbers are right.
 */
public abstract class BackendContract {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path temporary;

    /** Creates the contract; JUnit calls it. */
    protected BackendContract() {}

    /**
     * {@return a new backend, always with the same settings}
     *
     * @throws Exception when the backend cannot be made; the test fails
     */
    protected abstract CalculationBackend backend() throws Exception;

    /** {@return a calculation that is completed, the quicker the better} */
    protected abstract Calculation quickCalculation();

    /** {@return a calculation that fails in a way the backend expects; empty to skip the checks of failures} */
    protected Optional<Calculation> failingCalculation() {
        return Optional.empty();
    }

    /** {@return a calculation that takes seconds unless it is cancelled; empty to skip the checks of cancellation} */
    protected Optional<Calculation> slowCalculation() {
        return Optional.empty();
    }

    /**
     * {@return a backend that calculates other numbers than {@link #backend} does; empty to skip the checks of
     * fingerprints} Name one for each setting in turn, in tests of your own, with {@link #assertFingerprintsDiffer}.
     *
     * @throws Exception when the backend cannot be made; the test fails
     */
    protected Optional<CalculationBackend> backendWithOtherSettings() throws Exception {
        return Optional.empty();
    }

    /**
     * {@return whether the slow calculation launches a program} The test then waits until the program is there, and
     * checks that it is gone.
     */
    protected boolean launchesPrograms() {
        return false;
    }

    /** {@return how long a cancelled calculation may take to end; 30 seconds} */
    protected Duration grace() {
        return Duration.ofSeconds(30);
    }

    @Test
    void resultsReadBackFromTheJournalAreThoseThatWereCalculated() throws Exception {
        List<Map<String, Object>> calculated = new ArrayList<>();
        CalculationBackend backend = backend();

        RunOutcome outcome = runner("run", quickCalculation(), (calculation, context) -> {
                    var result = backend.calculate(calculation, context);
                    calculated.add(result.results());
                    return result;
                })
                .run();

        JournalRecord record = onlyRecord("run");
        assertTrue(record.isComplete(), () -> "it ended as " + record.outcome().state());
        assertTrue(outcome.isWhole());
        assertEquals(calculated.get(0), record.outcome().results());
    }

    @Test
    void isDescribedByANameAndJsonValues() throws Exception {
        CalculationBackend backend = backend();

        runner("run", quickCalculation(), backend).run();

        assertFalse(backend.name().isBlank());
        String written = Files.readString(RunFiles.description(directory("run")));
        assertTrue(written.contains("\"backend\": \"" + backend.name() + "\""), written);
    }

    @Test
    void aNewBackendWithTheSameSettingsTakesResultsOver() throws Exception {
        runner("run", quickCalculation(), backend()).run();
        CalculationBackend second = backend();
        List<Calculation> again = new ArrayList<>();

        runner("run", quickCalculation(), new Recording(second, again)).run();

        assertEquals(List.of(), again, "calculated again: the fingerprint of a new backend is another one");
        assertEquals(second.fingerprint(quickCalculation()), second.fingerprint(quickCalculation()));
    }

    @Test
    void theFingerprintSaysWhatDeterminesTheResults() throws Exception {
        assertNotEquals(
                Fingerprint.EMPTY,
                backend().fingerprint(quickCalculation()),
                "without a fingerprint, old results are reused after the backend has changed: name at least a version");
    }

    @Test
    void otherSettingsHaveAnotherFingerprint() throws Exception {
        Optional<CalculationBackend> other = backendWithOtherSettings();
        assumeTrue(other.isPresent(), "no backend with other settings was named");
        assertFingerprintsDiffer(backend(), other.get());
    }

    /**
     * Fails when results of one backend would be reused by another one that calculates other numbers.
     *
     * @param one with some settings
     * @param other with other settings
     */
    protected final void assertFingerprintsDiffer(CalculationBackend one, CalculationBackend other) {
        assertNotEquals(
                one.fingerprint(quickCalculation()),
                other.fingerprint(quickCalculation()),
                "other settings with the same fingerprint: results of one would be reused for the other");
    }

    @Test
    void writesNothingOutsideOfTheCalculationsOwnDirectory() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        Set<String> hereBefore = names(here);
        RunDirectory directory = directory("run");

        runner("run", quickCalculation(), backend()).run();

        Set<String> allowed = new TreeSet<>();
        allowed.add(directory
                .path()
                .relativize(directory.calculation(quickCalculation().taskId()))
                .getName(0)
                .toString());
        for (Path file :
                List.of(RunFiles.description(directory), RunFiles.status(directory), RunFiles.journal(directory))) {
            allowed.add(file.getFileName().toString());
        }
        allowed.add(RunFiles.attempts(directory).getFileName().toString());
        allowed.add(RunFiles.lock(directory).getFileName().toString());
        Set<String> found = names(directory.path());
        found.removeIf(name -> name.startsWith(".")); // shared files, which no subject's directory can be named like
        found.removeAll(allowed);
        assertEquals(Set.of(), found, "beside the calculation's directory");
        assertEquals(Set.of("run"), names(temporary), "beside the run directory");
        assertEquals(hereBefore, names(here), "in the working directory of the process");
    }

    @Test
    void twoCalculationsSideBySideAreBothCompleted() throws Exception {
        CalculationBackend shared = backend();

        List<Future<RunOutcome>> runs = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (String name : List.of("one", "two")) {
                Callable<RunOutcome> run =
                        () -> runner(name, quickCalculation(), shared).run();
                runs.add(threads.submit(run));
            }
            for (Future<RunOutcome> run : runs) {
                RunOutcome outcome = await(run, PATIENCE);
                assertTrue(
                        outcome.isWhole(),
                        () -> String.valueOf(outcome.results().status().failures()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anExpectedFailureIsAValueAndNoException() throws Exception {
        assumeTrue(failingCalculation().isPresent(), "no failing calculation was named");

        RunOutcome outcome =
                runner("run", failingCalculation().get(), backend()).run();

        CalculationState state = onlyRecord("run").outcome().state();
        CalculationFailure failure =
                assertInstanceOf(CalculationState.Failed.class, state).reason();
        assertNotEquals(CalculationFailure.EXCEPTION, failure.kind(), failure::message);
        assertFalse(failure.message().isBlank(), "the failure says nothing to a person");
        assertEquals(RunState.COMPLETE, outcome.state(), "a failed calculation does not end the run");
    }

    @Test
    void cancellationEndsTheCalculationAndItsPrograms() throws Exception {
        assumeTrue(slowCalculation().isPresent(), "no slow calculation was named");
        Set<ProcessHandle> before = descendants();
        CountDownLatch begun = new CountDownLatch(1);
        BenchmarkRunner runner = builder("run", slowCalculation().get(), backend())
                .listener(new RunListener() {
                    @Override
                    public void calculationStarted(CalculationStarted event) {
                        begun.countDown();
                    }
                })
                .build();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<RunOutcome> run = thread.submit(runner::run);
            assertTrue(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it has not begun");
            Set<ProcessHandle> programs = launchesPrograms() ? awaitPrograms(before, run) : new LinkedHashSet<>();

            runner.requestStop(StopRequest.NOW);

            RunOutcome outcome = await(run, grace());
            assertEquals(RunState.STOPPED, outcome.state(), "it was not under way any more: name a slower one");
            assertEquals(0, outcome.results().status().progress().failed(), "cancelled is not failed");
            programs.addAll(descendants());
            programs.removeAll(before);
            programs.removeIf(program -> !program.isAlive());
            assertEquals(Set.of(), programs, "left behind");
        } finally {
            thread.shutdownNow();
            thread.awaitTermination(grace().toSeconds(), TimeUnit.SECONDS);
        }
    }

    private RunDirectory directory(String name) {
        return RunDirectory.of(temporary.resolve(name));
    }

    private BenchmarkRunner.Builder builder(String name, Calculation calculation, CalculationBackend backend) {
        CalculationMatrix.Builder matrix = CalculationMatrix.builder().subjects(calculation.subject());
        calculation.parameters().forEach((axis, value) -> matrix.axis(axis, value));
        return BenchmarkRunner.builder(temporary.resolve(name), matrix.build(), backend);
    }

    private BenchmarkRunner runner(String name, Calculation calculation, CalculationBackend backend) {
        return builder(name, calculation, backend).build();
    }

    private JournalRecord onlyRecord(String name) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunFiles.journal(directory(name)), records::add);
        assertEquals(1, records.size(), "calculations in the journal");
        return records.get(0);
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<ProcessHandle> awaitPrograms(Set<ProcessHandle> before, Future<?> run)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !run.isDone()) {
            Set<ProcessHandle> programs = descendants();
            programs.removeAll(before);
            if (!programs.isEmpty()) {
                return programs;
            }
            Thread.sleep(20); // another process does not tell when it is there
        }
        return fail("no program was launched");
    }

    private static <T> T await(Future<T> run, Duration time) throws InterruptedException, ExecutionException {
        try {
            return run.get(time.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return fail("it has not ended within " + time.toSeconds() + " seconds");
        }
    }

    /** Notes what is calculated, and otherwise is the backend. */
    private record Recording(CalculationBackend backend, List<Calculation> calculated) implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) throws Exception {
            calculated.add(calculation);
            return backend.calculate(calculation, context);
        }

        @Override
        public String name() {
            return backend.name();
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return backend.fingerprint(calculation);
        }

        @Override
        public Map<String, Object> description() {
            return backend.description();
        }
    }
}
