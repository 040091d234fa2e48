package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.slurm.JobFacts.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the jobs of an earlier runner, with scripts in the place of Slurm's commands and a clock that is set. */
@Timeout(60)
class SlurmLauncherTest {

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> sleeps = new CopyOnWriteArrayList<>();
    private final TestControl before = new TestControl();
    private boolean interrupted;
    private Cluster cluster;
    private SlurmLauncher launcher;

    @BeforeEach
    void aJobThatRunsUntilItIsCancelled() throws IOException {
        Files.createDirectory(directory.resolve("bin"));
        inQueue("RUNNING");
        command("scontrol", "exit 1");
        command("scancel", "echo \"$@\" >>cancelled; : >gone");
        SlurmSettings settings = SlurmSettings.builder()
                .environment("PATH", directory.resolve("bin").toString())
                .pollInterval(Duration.ofMillis(10), Duration.ofMillis(10))
                .memory("3G")
                .build();
        SlurmCommands commands = new SlurmCommands(settings);
        cluster = new Cluster(
                settings,
                commands,
                new QueueWatch(commands, settings, Cluster.NAME_PREFIX),
                new SubmissionWindow(1, Duration.ofMinutes(1), nanos::get),
                new NodeFailures(),
                nanos::get,
                this::sleep);
        launcher = new SlurmLauncher(cluster);
    }

    private void sleep(long millis) throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException();
        }
        sleeps.add(millis);
        nanos.addAndGet(millis * 1_000_000);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private void command(String name, String script) throws IOException {
        ScriptedCommands.write(directory.resolve("bin"), name, "cd '" + directory + "' || exit 1\n" + script);
    }

    /** Writes a queue with two jobs of the earlier runner, until one is cancelled. */
    private void inQueue(String state) throws IOException {
        String name = JobFacts.first(before.mark(), directory).name();
        command(
                "squeue",
                "[ -e gone ] && exit 0\necho '17|" + state + "|None|n1|0|1000000|1:00|" + name + "|'\n" + "echo '18|"
                        + state + "|None|n1|0|1000000|1:00|" + name + "-2|'");
    }

    private LaunchedProcess earlier(Path folder) {
        return JobFacts.first(before.mark(), folder).withId("17").toProcess(before.mark());
    }

    private List<String> cancelled() throws IOException {
        Path calls = directory.resolve("cancelled");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void aJobThatIsLeftOverIsCancelledAndAwaited() throws Exception {
        assertThat(launcher.endLeftOver(earlier(directory))).isTrue();

        assertThat(cancelled()).containsExactly(ScriptedCommands.cancel("17"));
        assertThat(sleeps).containsExactly(1000L);
        assertThat(directory.resolve(before.mark() + ".owner")).hasContent("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "CANCELLED"})
    void aJobThatHasEndedIsNotCancelled(String state) throws Exception {
        inQueue(state);

        assertThat(launcher.endLeftOver(earlier(directory))).isFalse();
        assertThat(cancelled()).isEmpty();
    }

    @Test
    void aJobThatTheQueueDoesNotShowIsNotCancelled() throws Exception {
        Files.createFile(directory.resolve("gone"));

        assertThat(launcher.endLeftOver(earlier(directory))).isFalse();
        assertThat(cancelled()).isEmpty();
        assertThat(sleeps).isEmpty();
    }

    @Test
    void aJobThatSlurmTidiesUpIsAwaitedForFortyFiveSeconds() throws Exception {
        inQueue("COMPLETING");

        assertThat(launcher.endLeftOver(earlier(directory))).isTrue();
        assertThat(cancelled()).isEmpty();
        assertThat(sleeps).hasSize(45).containsOnly(1000L);
    }

    @Test
    void withoutAnAnswerNothingHasBeenEnded() throws Exception {
        command("squeue", "echo 'no answer' >&2; exit 1");

        assertThat(launcher.endLeftOver(earlier(directory))).isFalse();
        assertThat(cancelled()).isEmpty();
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        interrupted = true;

        assertThat(launcher.endLeftOver(earlier(directory))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cancelled()).hasSize(1);
    }

    @Test
    void aClosedLauncherWatchesNothingMore() {
        launcher.close();

        assertThatThrownBy(() -> cluster.watch().join()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aProcessOfThisMachineIsNotLookedForInTheQueue() throws Exception {
        command("squeue", ": >asked");

        assertThat(launcher.endLeftOver(new LaunchedProcess(before.mark(), Map.of())))
                .isFalse();
        assertThat(directory.resolve("asked")).doesNotExist();
    }

    private ProcessResult launch(Path earlierFolder) throws IOException, InterruptedException {
        Files.createDirectories(earlierFolder);
        before.launched(earlier(earlierFolder));
        ProcessRequest request =
                ProcessRequest.builder(directory, List.of("nwchem")).build();
        return launcher.launch(request, new TestControl(before));
    }

    @Test
    void aJobOfAnEarlierRunnerIsResumed() throws Exception {
        inQueue("DEADLINE");

        assertThat(launch(directory.resolve("slurm")).where()).isEqualTo("n1 (Slurm job 17): its deadline had come");
        assertThat(cancelled()).isEmpty();
    }

    /** The results have been moved: the job writes elsewhere. */
    @Test
    void aJobOfAnotherFolderIsEndedAndAnotherOneSubmitted() throws Exception {
        command(
                "sbatch",
                "for word; do case $word in --job-name=*) name=${word#--job-name=};; esac; done\n"
                        + "printf '#!/bin/sh\\necho \"19|FAILED|None|n2|768|1|0:01|%s|\"\\n' \"$name\" >bin/squeue; echo 19");

        assertThat(launch(directory.resolve("before/slurm")).where()).isEqualTo("n2 (Slurm job 19)");
        assertThat(cancelled()).containsExactly(ScriptedCommands.cancel("17"));
        assertThat(directory.resolve("before/slurm/" + before.mark() + ".owner"))
                .hasContent("none");
    }

    @Test
    void saysWhatItCanDo() {
        assertThat(launcher.reattaches()).isTrue();
        assertThat(launcher.mostMemoryBytes()).hasValue(12L << 30);
        assertThat(launcher.trouble()).isEmpty();
    }

    @Test
    void saysWhySlurmDoesNotAnswer() throws Exception {
        command("squeue", "echo 'no controller' >&2; exit 1");
        cluster.watch().join();
        QueueWatch.View view = cluster.watch().view();
        while (view.trouble().isEmpty()) {
            view = cluster.watch().awaitNewer(view, Duration.ofSeconds(1));
        }

        assertThat(launcher.trouble()).contains("Slurm does not answer (no controller)");
    }

    @Test
    void allLaunchesShareTheSettings() {
        SlurmSettings settings = SlurmSettings.builder()
                .maxJobs(3)
                .environment("PATH", "/nowhere")
                .build();
        Cluster shared = Cluster.of(settings);

        assertThat(shared.settings()).isSameAs(settings);
        assertThat(shared.window().width()).isEqualTo(3);
        assertThat(shared.commands().environment("PATH")).isEqualTo("/nowhere");
        assertThat(Cluster.NAME_PREFIX).isEqualTo("qmbench-");
        assertThat(Ending.values())
                .containsExactly(Ending.NONE, Ending.CANCELLED, Ending.TIMED_OUT, Ending.STALLED, Ending.HOPELESS);
    }
}
