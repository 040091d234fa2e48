package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.process.LauncherUnusableException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.slurm.JobFacts.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a job ends, what the run is told of it, and whom is asked; with commands of Slurm that are scripts. */
class WatchedJobEndTest {

    private static final String NAME = "qmbench-a";
    private static final long SUBMITTED = 1_764_489_600;

    @TempDir
    Path path;

    private final AtomicLong nanos = new AtomicLong(1);
    private final TestControl control = new TestControl();
    private final List<String> logged = new ArrayList<>();
    private Path commands;
    private ProcessRequest request;
    private JobFiles files;
    private QueueWatch watch;
    private WatchedJob job;
    private int queries;

    @BeforeEach
    void aJobThatSlurmHasTaken() throws IOException {
        commands = Files.createDirectory(path.resolve("bin"));
        command("squeue", "echo '17|RUNNING|None|n1|0|1764489605|1:00|" + NAME + "|'");
        command("scancel", "echo \"$@\" >>'" + path.resolve("cancelled") + "'");
        command("scontrol", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
        command("sacct", "echo x >>'" + path.resolve("asked") + "'");
        watches(Optional.of("17"), Ending.NONE, 0);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void command(String name, String script) throws IOException {
        ScriptedCommands.write(commands, name, script);
    }

    private void watches(Optional<String> id, Ending ending, long submittedBeforeQuery) throws IOException {
        SlurmSettings settings = SlurmSettings.builder()
                .environment("PATH", commands.toString())
                .grace(Duration.ofSeconds(60))
                .hopelessAfter(Duration.ofMinutes(10))
                .build();
        SlurmCommands slurm = new SlurmCommands(settings);
        watch = new QueueWatch(slurm, settings, Cluster.NAME_PREFIX);
        Cluster cluster = new Cluster(
                settings,
                slurm,
                watch,
                new SubmissionWindow(1, Duration.ofMinutes(1), nanos::get),
                new NodeFailures(),
                nanos::get,
                Thread::sleep);
        request = ProcessRequest.builder(path, List.of("p")).build();
        JobFacts facts = JobFacts.first("a", JobFiles.folder(request))
                .submittedAt(SUBMITTED)
                .withEnding(ending);
        files = new JobFiles(JobFiles.folder(request), "a");
        Files.createDirectories(JobFiles.folder(request));
        job = new WatchedJob(
                request,
                control,
                cluster,
                files,
                new JobRemarks(control, Path.of("/data/m1/WP04/stdout"), logged::add),
                id.map(facts::withId).orElse(facts),
                submittedBeforeQuery);
    }

    private static QueueEntry entry(SlurmState state, String reason) {
        return new QueueEntry(
                "17",
                NAME,
                state,
                state.name(),
                reason,
                state.phase() == SlurmState.Phase.WAITING ? "" : "n1",
                new QueueEntry.Exit(state == SlurmState.FAILED ? 3 : 0, 0),
                state.phase() == SlurmState.Phase.WAITING ? OptionalLong.empty() : OptionalLong.of(SUBMITTED + 5),
                Duration.ofMinutes(1));
    }

    /** Looks at a queue that shows the job so. */
    private JobFate shows(SlurmState state, String reason) throws Exception {
        queries++;
        return job.look(new QueueWatch.View(queries, queries, Map.of(NAME, entry(state, reason)), Optional.empty()));
    }

    /** Looks at a queue that does not show the job. */
    private JobFate showsNothing() throws Exception {
        queries++;
        return job.look(new QueueWatch.View(queries, queries, Map.of(), Optional.empty()));
    }

    private void pass(Duration time) throws Exception {
        for (long second = 0; second < time.toSeconds(); second++) {
            nanos.addAndGet(1_000_000_000);
            job.obeyRun();
        }
    }

    private void record(int code, boolean terminated) throws IOException {
        Files.writeString(
                files.record(NAME),
                "format=1\nname=" + NAME + "\njob=17\nnode=n7\nstarted=" + (SUBMITTED + 42) + ".000\nended="
                        + (SUBMITTED + 50) + ".000\ncode=" + code + "\nterminated=" + (terminated ? 1 : 0)
                        + "\nmissing=0\nend=\n");
    }

    /** The arguments of each call of {@code scancel} when the queue, which shows the job as running, was looked at once. */
    private List<String> cancelled() throws Exception {
        watch.join();
        QueueWatch.View view = watch.view();
        while (view.taken() == 0) {
            view = watch.awaitNewer(view, Duration.ofSeconds(1));
        }
        Path calls = path.resolve("cancelled");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private int timesAccountingWasAsked() throws IOException {
        Path asked = path.resolve("asked");
        return Files.exists(asked) ? Files.readAllLines(asked).size() : 0;
    }

    @Test
    void aCancelledRunCancelsItsJobAndWaitsForItsEnd() throws Exception {
        shows(SlurmState.RUNNING, "None");
        control.cancellation.cancel();
        job.obeyRun();

        assertThat(job.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(control.facts().ending()).as("what the next runner knows").isEqualTo(Ending.CANCELLED);
        assertThat(files.owner()).as("ends it even while Slurm does not answer").hasContent("none");
        assertThat(shows(SlurmState.RUNNING, "None").kind()).isEqualTo(JobFate.Kind.OPEN);
        int told = control.told.size();
        job.obeyRun();
        assertThat(control.told).as("told once").hasSize(told);
        assertThatThrownBy(() -> shows(SlurmState.CANCELLED, "None"))
                .isInstanceOf(LaunchEnded.class)
                .hasMessage("cancelled");
        assertThat(cancelled()).containsExactly(ScriptedCommands.cancel("17"));
    }

    @Test
    void aCancelledJobIsGoneWhenTwoLooksAfterThatDoNotShowIt() throws Exception {
        shows(SlurmState.RUNNING, "None");
        control.cancellation.cancel();
        job.obeyRun();

        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.OPEN);
        assertThatThrownBy(this::showsNothing).isInstanceOf(LaunchEnded.class);
    }

    @Test
    void aJobThatSucceedsInTheMidstOfItsCancellationHasSucceeded() throws Exception {
        shows(SlurmState.RUNNING, "None");
        control.cancellation.cancel();
        job.obeyRun();
        record(0, false);

        assertThat(shows(SlurmState.CANCELLED, "None"))
                .isEqualTo(new JobFate(JobFate.Kind.ENDED, ProcessResult.Ending.EXITED, 0, "it ended by itself"));
    }

    @Test
    void aRunThatLeavesLeavesItsJobAlone() throws Exception {
        shows(SlurmState.RUNNING, "None");
        control.leaving = true;

        assertThatThrownBy(job::obeyRun).isInstanceOf(LaunchEnded.class).hasMessage("left to the next run");
        assertThat(cancelled()).isEmpty();
    }

    @Test
    void aRunThatDrainsWithdrawsAJobThatWaits() throws Exception {
        shows(SlurmState.PENDING, "Resources");
        control.draining = true;
        job.obeyRun();
        command("squeue", "echo '17|PENDING|Resources||0|0|0:00|" + NAME + "|'");

        assertThat(cancelled()).containsExactly(ScriptedCommands.cancelWhileItWaits("17"));
        assertThatThrownBy(() -> shows(SlurmState.CANCELLED, "None"))
                .isInstanceOf(LaunchEnded.class)
                .hasMessage("withdrawn from the queue because the run ends");
    }

    @Test
    void aRunThatDrainsLetsAJobThatRunsEndByItself() throws Exception {
        shows(SlurmState.RUNNING, "None");
        control.draining = true;
        job.obeyRun();

        command("squeue", "echo '17|PENDING|Resources||0|0|0:00|" + NAME + "|'");
        assertThat(cancelled()).isEmpty();
        assertThat(shows(SlurmState.CANCELLED, "None").ending())
                .as("somebody else has cancelled it")
                .isEqualTo(ProcessResult.Ending.LOST);
    }

    @Test
    void aJobThatStartsWhileItIsWithdrawnMayEndByItself() throws Exception {
        shows(SlurmState.PENDING, "Resources");
        control.draining = true;
        job.obeyRun();
        shows(SlurmState.RUNNING, "None");

        command("squeue", "echo '17|PENDING|Resources||0|0|0:00|" + NAME + "|'"); // requeued by Slurm
        assertThat(cancelled()).isEmpty();
        assertThat(shows(SlurmState.FAILED, "None").exitCode()).isEqualTo(3);
    }

    @Test
    void aJobThatSlurmWouldNeverStartMakesTheLauncherUnusable() throws Exception {
        shows(SlurmState.PENDING, "PartitionTimeLimit");
        pass(Duration.ofMinutes(11));
        assertThat(job.ending()).isEqualTo(Ending.HOPELESS);
        assertThat(control.wasTold("will not start (PartitionTimeLimit)")).isTrue();

        assertThatThrownBy(() -> shows(SlurmState.CANCELLED, "PartitionTimeLimit"))
                .isInstanceOf(LauncherUnusableException.class)
                .hasMessageContaining("Slurm would never have started Slurm job 17: PartitionTimeLimit");
    }

    @Test
    void whatTheQueueForgotAccountingIsAskedForAfterAWhileAndNotAgainAndAgain() throws Exception {
        shows(SlurmState.RUNNING, "None");
        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.OPEN);
        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.OPEN);
        assertThat(timesAccountingWasAsked()).as("at once").isZero();

        command("sacct", "echo x >>'" + path.resolve("asked") + "'; echo '17|" + NAME + "|RUNNING|0:0|n1'");
        pass(Duration.ofSeconds(61));
        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.OPEN);
        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.OPEN);
        assertThat(timesAccountingWasAsked()).isEqualTo(1);

        command("sacct", "echo '17|" + NAME + "|FAILED|3:0|n1'");
        pass(Duration.ofSeconds(61));
        JobFate fate = showsNothing();
        assertThat(fate.kind()).isEqualTo(JobFate.Kind.ENDED);
        assertThat(fate.exitCode()).isEqualTo(3);
    }

    @Test
    void aJobThatNobodyKnowsAnyMoreIsLost() throws Exception {
        shows(SlurmState.RUNNING, "None");
        showsNothing();
        pass(Duration.ofSeconds(61));

        JobFate fate = showsNothing();
        JobFate next = fate.kind() == JobFate.Kind.OPEN ? showsNothing() : fate;

        assertThat(next.kind()).isEqualTo(JobFate.Kind.MACHINE_FAILED);
        assertThat(next.why()).isEqualTo("it is gone and left no exit record");
    }

    @Test
    void aJobIsNotLostWhileNobodyAnswers() throws Exception {
        command("scontrol", "echo 'Unable to contact slurm controller' >&2; exit 1");
        shows(SlurmState.RUNNING, "None");
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(61));
            assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.OPEN);
        }
    }

    /** A database that missed the end of a job shows it as running for ever. */
    @Test
    void whatAloneAccountingBelievesToRunIsLostAfterTenTimesTheWhile() throws Exception {
        command("sacct", "echo '17|" + NAME + "|RUNNING|0:0|n1'");
        shows(SlurmState.RUNNING, "None");
        showsNothing();
        for (int minute = 1; minute <= 9; minute++) {
            pass(Duration.ofSeconds(61));
            assertThat(showsNothing().kind()).as("minute %d", minute).isEqualTo(JobFate.Kind.OPEN);
        }
        pass(Duration.ofSeconds(100));
        showsNothing();

        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.MACHINE_FAILED);
    }

    @Test
    void aJobThatIsThereAgainWasNeverAway() throws Exception {
        shows(SlurmState.RUNNING, "None");
        showsNothing();
        pass(Duration.ofSeconds(61));
        shows(SlurmState.RUNNING, "None");
        showsNothing();
        showsNothing();

        assertThat(timesAccountingWasAsked()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, NEVER_ARRIVED", "1, OPEN"})
    void aJobWithoutANumberNeverArrivedWhenAQueryAfterItsSubmissionDoesNotShowIt(long before, JobFate.Kind kind)
            throws Exception {
        watches(Optional.empty(), Ending.NONE, before);

        assertThat(showsNothing().kind()).isEqualTo(kind);
    }

    @Test
    void theNumberOfAJobIsLearntFromTheQueue() throws Exception {
        watches(Optional.empty(), Ending.NONE, 0);
        shows(SlurmState.PENDING, "Priority");

        assertThat(job.facts().id()).hasValue("17");
        assertThat(control.job()).hasValue("17");
        int told = control.told.size();
        shows(SlurmState.PENDING, "Priority");
        assertThat(control.told).hasSize(told);
    }

    @Test
    void aPersonIsToldWhatTheJobDoesEachThingOnce() throws Exception {
        shows(SlurmState.PENDING, "Priority");
        shows(SlurmState.PENDING, "Priority");
        shows(SlurmState.PENDING, "JobHeldUser");
        shows(SlurmState.RUNNING, "None");
        shows(SlurmState.SUSPENDED, "None");
        shows(SlurmState.UNKNOWN, "None");
        job.look(new QueueWatch.View(9, 1, Map.of(), Optional.of("no answer")));

        assertThat(control.remarks)
                .containsExactly(
                        "waits as Slurm job 17 (Priority)",
                        "Slurm job 17 is held (JobHeldUser) until somebody releases it",
                        "runs on n1 as Slurm job 17, waited 5 s",
                        "Slurm job 17 is suspended on n1",
                        "Slurm job 17 is in a state that is not known here: UNKNOWN",
                        "degraded: Slurm does not answer; Slurm job 17 continues unwatched");
    }

    /** Each state with a reason and without. */
    @ParameterizedTest
    @CsvSource({
        "PENDING, '', waits as Slurm job 17",
        "PENDING, None, waits as Slurm job 17",
        "PENDING, Resources, waits as Slurm job 17 (Resources)",
        "PENDING, BadConstraints, Slurm job 17 will not start (BadConstraints)",
        "REQUEUE_HOLD, None, Slurm job 17 is held until somebody releases it",
        "COMPLETING, None, 'runs on n1 as Slurm job 17, waited 5 s'",
    })
    void aPersonIsToldWhyAJobWaits(SlurmState state, String reason, String told) throws Exception {
        shows(state, reason);

        assertThat(control.remarks).containsExactly(told);
    }

    @Test
    void whatSlurmWouldNeverHaveStartedWithoutAReasonIsSaidSo() throws Exception {
        watches(Optional.of("17"), Ending.HOPELESS, 0);
        showsNothing();

        assertThatThrownBy(this::showsNothing)
                .isInstanceOf(LauncherUnusableException.class)
                .hasMessage("cannot start p: Slurm would never have started Slurm job 17: without giving a reason");
    }

    @Test
    void theLogHasEachTransition() throws Exception {
        shows(SlurmState.RUNNING, "None");
        control.cancellation.cancel();
        job.obeyRun();
        assertThatThrownBy(() -> shows(SlurmState.CANCELLED, "Cancelled")).isInstanceOf(LaunchEnded.class);

        assertThat(logged)
                .containsExactly(
                        "m1/WP04: ending Slurm job 17 (CANCELLED)",
                        "m1/WP04: Slurm job 17 ended on n1: CANCELLED (Cancelled)",
                        "m1/WP04: cancelled");
    }

    @Test
    void theLogHasWhatIsLeftAndWhatIsWithdrawn() throws Exception {
        shows(SlurmState.PENDING, "Resources");
        control.draining = true;
        job.obeyRun();
        assertThat(shows(SlurmState.PENDING, "Resources").kind())
                .as("not cancelled yet")
                .isEqualTo(JobFate.Kind.OPEN);
        assertThatThrownBy(() -> shows(SlurmState.CANCELLED, "None")).isInstanceOf(LaunchEnded.class);
        control.leaving = true;
        assertThatThrownBy(job::obeyRun).isInstanceOf(LaunchEnded.class);

        assertThat(logged)
                .containsExactly(
                        "m1/WP04: Slurm job 17 ended on n1: CANCELLED",
                        "m1/WP04: withdrawn from the queue",
                        "m1/WP04: Slurm job 17 is left to the next run");
    }

    @Test
    void theWaitForTheEndObeysTheRun() throws Exception {
        shows(SlurmState.RUNNING, "None");
        command("squeue", "echo '17|CANCELLED|None|n1|15|1764489605|1:00|" + NAME + "|'");
        control.cancellation.cancel();
        watch.join();

        assertThatThrownBy(job::awaitEnd).isInstanceOf(LaunchEnded.class).hasMessage("cancelled");
    }

    @Test
    void whatContradictsItselfDoesSoFromTheEndOn() throws Exception {
        shows(SlurmState.RUNNING, "None");
        pass(Duration.ofSeconds(61));
        record(1, false);

        assertThat(shows(SlurmState.COMPLETING, "None").kind()).isEqualTo(JobFate.Kind.OPEN);
    }

    @Test
    void anEndThatWasSeenOnceIsRememberedWhileTheQueueForgetsTheJob() throws Exception {
        assertThat(shows(SlurmState.COMPLETED, "None").kind()).isEqualTo(JobFate.Kind.OPEN);
        pass(Duration.ofSeconds(30));
        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.OPEN);
        pass(Duration.ofSeconds(31));

        assertThat(shows(SlurmState.COMPLETED, "None").kind()).isEqualTo(JobFate.Kind.ENDED);
    }

    @Test
    void twoLooksThatDoNotShowAJobAreEnough() throws Exception {
        shows(SlurmState.RUNNING, "None");
        showsNothing();
        pass(Duration.ofSeconds(61));

        assertThat(showsNothing().kind()).isEqualTo(JobFate.Kind.MACHINE_FAILED);
    }

    @Test
    void nodeAndWaitAreThoseOfTheRecordOrElseOfTheQueue() throws Exception {
        assertThat(job.node()).isEmpty();
        assertThat(job.waited()).isZero();
        shows(SlurmState.PENDING, "Priority");
        assertThat(job.waited()).isZero();
        shows(SlurmState.RUNNING, "None");
        assertThat(job.node()).isEqualTo("n1");
        assertThat(job.waited()).isEqualTo(Duration.ofSeconds(5));

        record(0, false);
        assertThat(job.node()).isEqualTo("n7");
        assertThat(job.waited())
                .isEqualTo(Duration.between(Instant.ofEpochSecond(SUBMITTED), Instant.ofEpochSecond(SUBMITTED + 42)));
    }

    @Test
    void aFailureWaitsForTheQueueToSayWhoseItIs() throws Exception {
        shows(SlurmState.RUNNING, "None");
        record(1, true);
        assertThat(shows(SlurmState.COMPLETING, "None").kind()).isEqualTo(JobFate.Kind.OPEN);
        pass(Duration.ofSeconds(61));
        Files.writeString(files.log(NAME), "slurmstepd: error: *** JOB 17 CANCELLED DUE TO TIME LIMIT ***\n");

        assertThat(shows(SlurmState.COMPLETING, "None").ending()).isEqualTo(ProcessResult.Ending.TIMED_OUT);
    }

    @Test
    void anEndWithoutARecordWaitsForASlowDisk() throws Exception {
        shows(SlurmState.RUNNING, "None");
        assertThat(shows(SlurmState.COMPLETED, "None").kind()).isEqualTo(JobFate.Kind.OPEN);
        pass(Duration.ofSeconds(59));
        assertThat(shows(SlurmState.COMPLETED, "None").kind()).isEqualTo(JobFate.Kind.OPEN);
        pass(Duration.ofSeconds(2));

        assertThat(shows(SlurmState.COMPLETED, "None").kind()).isEqualTo(JobFate.Kind.ENDED);
    }

    @Test
    void theNextRunnerGoesOnEndingAJob() throws Exception {
        watches(Optional.of("17"), Ending.TIMED_OUT, 0);

        assertThat(cancelled()).containsExactly(ScriptedCommands.cancel("17"));
    }

    @Test
    void aClosedWatchCancelsNothing() throws Exception {
        shows(SlurmState.RUNNING, "None");
        control.cancellation.cancel();
        job.obeyRun();
        job.close();

        assertThat(cancelled()).isEmpty();
    }

    @Test
    void waitsUntilTheQueueShowsTheEnd() throws Exception {
        command("squeue", "echo '17|FAILED|NonZeroExitCode|n1|768|1764489605|1:00|" + NAME + "|'");
        watch.join();

        JobFate fate = job.awaitEnd();

        assertThat(fate.kind()).isEqualTo(JobFate.Kind.ENDED);
        assertThat(fate.exitCode()).isEqualTo(3);
    }

    @Test
    void anInterruptCancelsTheJobAndWaitsForItsEnd() throws Exception {
        watch.join();
        while (watch.view().taken() == 0) {
            watch.awaitNewer(watch.view(), Duration.ofSeconds(1));
        }
        command("squeue", "echo '17|CANCELLED|None|n1|15|1764489605|1:00|" + NAME + "|'");
        Thread.currentThread().interrupt();

        assertThatThrownBy(job::awaitEnd).isInstanceOf(LaunchEnded.class).hasMessage("cancelled");
        assertThat(job.ending()).isEqualTo(Ending.CANCELLED);
    }
}
