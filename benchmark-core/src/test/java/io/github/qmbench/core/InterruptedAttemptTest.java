package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.harness.TestClock;
import io.github.qmbench.core.internal.AttemptLog;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.internal.StatusFormat;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal and the status say of an attempt that more than one runner had to do with. */
class InterruptedAttemptTest {

    private static final Instant BEGUN = Instant.parse("2026-11-24T04:00:00Z");
    private static final Instant LAST_HEARD = BEGUN.plus(Duration.ofMinutes(40));
    private static final Instant NOW = BEGUN.plus(Duration.ofHours(50));

    @TempDir
    Path path;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a").build();
    private RunDirectory directory;

    @BeforeEach
    void leavesWhatADeadRunnerLeaves() throws IOException {
        directory = RunDirectory.of(path);
        try (RunLock lock = RunLock.take(directory, RunnerIdentity.ofThisProcess(), BEGUN);
                AttemptLog dead = AttemptLog.create(directory, lock, List.of(), false)) {
            dead.begin(matrix.get(0), 1, "dead-run", BEGUN);
            dead.launched(
                    "a",
                    new LaunchedProcess("mark-of-the-dead", Map.of("job", "17")),
                    request(directory.calculation("a")).identity());
        }
    }

    private BenchmarkRunner.Builder runner(CalculationBackend backend, ProcessLauncher launcher) {
        return BenchmarkRunner.builder(path, matrix, backend)
                .launcher(launcher)
                .clock(TestClock.showing(() -> NOW))
                .storage(new QuickStorage());
    }

    private void writeStatusOf(String runId) throws IOException {
        RunnerIdentity gone = new RunnerIdentity(1, "0", "here", "earlier boot");
        new StatusWriter(RunFiles.status(directory))
                .write(RunStatus.of(
                        RunStatus.Run.of(
                                runId,
                                BEGUN,
                                LAST_HEARD,
                                RunState.RUNNING,
                                Optional.empty(),
                                gone,
                                Duration.ofSeconds(10)),
                        RunStatus.Progress.of(1, 0, 0, 0, 0),
                        List.of(),
                        List.of(),
                        TimeLeft.UNKNOWN));
    }

    private List<JournalRecord> journal() throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunFiles.journal(directory), records::add);
        return records;
    }

    private static CalculationOutcome launches(CalculationContext context) throws Exception {
        context.launch(request(context.directory()));
        return CalculationOutcome.complete(Map.of());
    }

    private static ProcessRequest request(Path directory) {
        return ProcessRequest.builder(directory, List.of("program")).build();
    }

    @Test
    void interruptedAttemptEndedWhenItsRunnerWasLastHeardOf() throws Exception {
        writeStatusOf("dead-run");

        runner((calculation, context) -> CalculationOutcome.complete(Map.of()), new Cluster(false))
                .build()
                .run();

        assertThat(journal().get(0).attempt())
                .isEqualTo(Attempt.of(1, "dead-run", BEGUN, LAST_HEARD, Duration.ofMinutes(40)));
        assertThat(journal().get(1).attempt().startedAt()).isEqualTo(NOW);
    }

    @Test
    void interruptedAttemptOfWhichNobodyKnowsTheEndEndsNow() throws Exception {
        writeStatusOf("another-run");

        runner((calculation, context) -> CalculationOutcome.complete(Map.of()), new Cluster(false))
                .build()
                .run();

        assertThat(journal().get(0).attempt()).isEqualTo(Attempt.of(1, "dead-run", BEGUN, NOW, Duration.ofHours(50)));
    }

    @Test
    void aRunThatCannotEndTheJobsOfAnEarlierOneSaysSo() throws Exception {
        List<String> notices = new ArrayList<>();

        runner((calculation, context) -> CalculationOutcome.complete(Map.of()), ProcessLauncher.local())
                .listener(new RunListener() {
                    @Override
                    public void notice(Notice event) {
                        notices.add(event.text());
                    }
                })
                .build()
                .run();

        assertThat(notices)
                .contains("programs of a may still run: an earlier run had another launcher, such as Slurm."
                        + " A run with that launcher resumes or ends them");
    }

    @Test
    void continuedAttemptKeepsItsNumberItsStartAndItsWholeTime() throws Exception {
        Cluster cluster = new Cluster(true);

        RunOutcome outcome = runner((calculation, context) -> launches(context), cluster)
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(cluster.earlier).hasValue(new LaunchedProcess("mark-of-the-dead", Map.of("job", "17")));
        assertThat(cluster.ended).isEmpty();
        assertThat(journal()).singleElement().satisfies(record -> {
            assertThat(record.attempt().number()).isEqualTo(1);
            assertThat(record.attempt().startedAt()).isEqualTo(BEGUN);
            assertThat(record.attempt().finishedAt()).isEqualTo(NOW);
            assertThat(record.attempt().duration()).isBetween(Duration.ofHours(50), Duration.ofHours(51));
        });
        assertThat(outcome.results().status().timeLeft().averageCalculation().orElseThrow())
                .isGreaterThanOrEqualTo(Duration.ofHours(50));
    }

    @Test
    void limitOnTheTimeOfTheCalculationItselfDoesNotCountWhatWasBeforeTheContinuation() throws Exception {
        RunOutcome outcome = runner((calculation, context) -> launches(context), new Cluster(true))
                .timeout(Duration.ofHours(1))
                .build()
                .run();

        assertThat(outcome.isWhole()).isTrue();
    }

    @Test
    void statusShowsSinceWhenContinuedAttemptIsUnderWay() throws Exception {
        QuickStorage storage = new QuickStorage();
        runner((calculation, context) -> launches(context), new Cluster(true))
                .storage(storage)
                .build()
                .run();

        assertThat(storage.statuses())
                .anySatisfy(text -> assertThat(StatusFormat.read(text).running())
                        .singleElement()
                        .satisfies(task -> assertThat(task.startedAt()).isEqualTo(BEGUN)));
    }

    /** Programs that outlive their runner, or do not. */
    private static final class Cluster implements ProcessLauncher {
        private final boolean reattaches;
        private final List<LaunchedProcess> ended = new ArrayList<>();
        private Optional<LaunchedProcess> earlier = Optional.empty();

        Cluster(boolean reattaches) {
            this.reattaches = reattaches;
        }

        @Override
        public boolean reattaches() {
            return reattaches;
        }

        @Override
        public ProcessResult launch(ProcessRequest request, LaunchControl control) {
            earlier = control.earlier();
            return ProcessResult.of(ProcessResult.Ending.EXITED, 0, Duration.ZERO, "n1");
        }

        @Override
        public boolean endLeftOver(LaunchedProcess process) {
            ended.add(process);
            return true;
        }
    }
}
