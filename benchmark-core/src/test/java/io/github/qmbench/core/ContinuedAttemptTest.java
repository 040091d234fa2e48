package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which programs that outlived their runner the next one takes up, and which it ends. */
@Timeout(60)
class ContinuedAttemptTest {

    @TempDir
    Path path;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a").build();
    private final Cluster cluster = new Cluster();

    /** Programs go on without their runner; a launch ends when the cluster says so, or is left. */
    private static final class Cluster implements ProcessLauncher {
        private final List<String> taken = new ArrayList<>();
        private final List<String> ended = new ArrayList<>();
        private String job = "0";
        private boolean programsEnd;
        private Optional<String> trouble = Optional.empty();

        @Override
        public synchronized ProcessResult launch(ProcessRequest request, LaunchControl control)
                throws InterruptedException {
            if (control.earlier().isPresent()) {
                taken.add(control.earlier().get().facts().get("job"));
            } else {
                job = String.valueOf(Integer.parseInt(job) + 1);
                control.launched(new LaunchedProcess(control.mark(), Map.of("job", job)));
            }
            while (!programsEnd) {
                if (control.isLeaving()) {
                    throw new InterruptedException("left");
                }
                wait(5);
            }
            return ProcessResult.of(ProcessResult.Ending.EXITED, 0, Duration.ofSeconds(7), "n1 (job 17)")
                    .afterWaiting(Duration.ofSeconds(3));
        }

        @Override
        public boolean endLeftOver(LaunchedProcess process) {
            ended.add(process.facts().get("job"));
            return true;
        }

        @Override
        public boolean reattaches() {
            return true;
        }

        @Override
        public Optional<String> trouble() {
            return trouble;
        }
    }

    private BenchmarkRunner runner(CalculationBackend backend) {
        return BenchmarkRunner.builder(path, matrix, backend)
                .launcher(cluster)
                .storage(new QuickStorage())
                .build();
    }

    private static ProcessRequest request(CalculationContext context, String input) throws IOException {
        return ProcessRequest.builder(context.directory(), List.of("program"))
                .purpose(input)
                .build();
    }

    /** Leaves an attempt of which one program after the other has been launched; the last one goes on. */
    private RunOutcome leaveAfter(String... inputs) throws IOException {
        BenchmarkRunner[] runner = new BenchmarkRunner[1];
        runner[0] = runner((calculation, context) -> {
            for (int i = 0; i < inputs.length; i++) {
                cluster.programsEnd = i < inputs.length - 1;
                if (!cluster.programsEnd) {
                    runner[0].requestStop(StopRequest.LEAVE);
                }
                context.launch(request(context, inputs[i]));
            }
            throw new AssertionError("the last program goes on");
        });
        RunOutcome outcome = runner[0].run();
        cluster.programsEnd = true;
        return outcome;
    }

    private List<JournalRecord> journal() throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(path)), records::add);
        return records;
    }

    private static CalculationOutcome launching(CalculationContext context, String... inputs) throws Exception {
        for (String input : inputs) {
            context.launch(request(context, input));
        }
        return CalculationOutcome.complete(Map.of());
    }

    @Test
    void whatIsLeftIsNotRecordedAndTakenUpByTheNextRunner() throws Exception {
        RunOutcome left = leaveAfter("input");

        assertThat(left.state()).isEqualTo(RunState.STOPPED);
        assertThat(left.results().status().run().reason().orElseThrow()).contains("1 calculation continues");
        assertThat(left.results().status().progress().remaining()).isEqualTo(1);
        assertThat(journal()).isEmpty();

        RunOutcome next = runner((calculation, context) -> {
                    assertThat(context.takesUp(request(context, "input"))).isTrue();
                    return launching(context, "input");
                })
                .run();

        assertThat(next.isWhole()).isTrue();
        assertThat(cluster.taken).containsExactly("1");
        assertThat(cluster.ended).isEmpty();
        assertThat(journal()).singleElement().satisfies(record -> {
            assertThat(record.attempt().number()).isEqualTo(1);
            assertThat(record.attempt().launches())
                    .containsExactly(Attempt.Launch.of("n1 (job 17)", Duration.ofSeconds(3), Duration.ofSeconds(7)));
        });
    }

    @Test
    void programOfAnotherInputIsEndedAndNotTakenUp() throws Exception {
        leaveAfter("input of old settings");

        runner((calculation, context) -> {
                    assertThat(context.takesUp(request(context, "input"))).isFalse();
                    return launching(context, "input");
                })
                .run();

        assertThat(cluster.taken).isEmpty();
        assertThat(cluster.ended).containsExactly("1");
    }

    @Test
    void onlyTheProgramThatGoesOnIsTakenUpWhenAnEarlierOneEnded() throws Exception {
        leaveAfter("optimization", "shielding");

        runner((calculation, context) -> launching(context, "shielding")).run();

        assertThat(cluster.taken).containsExactly("2");
        assertThat(cluster.ended).isEmpty();
    }

    @Test
    void programThatEndedBeforeAnotherIsLaunchedAnewAndTheOtherEnded() throws Exception {
        leaveAfter("first try", "second try");

        runner((calculation, context) -> launching(context, "first try", "second try"))
                .run();

        assertThat(cluster.taken).isEmpty();
        assertThat(cluster.ended).containsExactly("2");
    }

    @Test
    void whatNobodyTakesUpIsEndedWithTheAttempt() throws Exception {
        leaveAfter("input");

        runner((calculation, context) -> CalculationOutcome.complete(Map.of())).run();

        assertThat(cluster.ended).containsExactly("1");
    }

    @Test
    void troubleOfTheLauncherIsInTheStatusWhileTheRunGoesOn() throws Exception {
        QuickStorage storage = new QuickStorage();
        cluster.programsEnd = true;
        cluster.trouble = Optional.of("no answer");
        BenchmarkRunner.builder(path, matrix, (calculation, context) -> launching(context, "input"))
                .launcher(cluster)
                .storage(storage)
                .build()
                .run();

        assertThat(storage.statuses().get(0))
                .contains("\"state\": \"running\"")
                .contains("\"state_reason\": \"degraded: no answer\"");
        assertThat(storage.statuses().get(storage.statuses().size() - 1)).contains("\"state_reason\": null");
    }

    @Test
    void leavingIsDrainingWhereProgramsEndWithTheirRunner() throws Exception {
        BenchmarkRunner[] runner = new BenchmarkRunner[1];
        runner[0] = BenchmarkRunner.builder(
                        path, CalculationMatrix.builder().subjects("a", "b").build(), (calculation, context) -> {
                            runner[0].requestStop(StopRequest.LEAVE);
                            return CalculationOutcome.complete(Map.of());
                        })
                .storage(new QuickStorage())
                .build();

        RunOutcome outcome = runner[0].run();

        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(journal()).hasSize(1);
    }
}
