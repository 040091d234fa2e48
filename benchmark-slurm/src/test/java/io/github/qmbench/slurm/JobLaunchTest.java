package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ResourceUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a job is submitted again that did not end by itself, with scripts in the place of Slurm's commands. */
@Timeout(60)
class JobLaunchTest {

    /** Takes each job in, and refuses the twentieth: else a launch that never gives up would never end. */
    private static final String SBATCH = """
            n=0
            while read -r line; do n=$((n + 1)); done <queue
            n=$((n + 1))
            [ "$n" -lt 20 ] || { echo 'invalid: a twentieth job' >&2; exit 1; }
            echo "$*" >>arguments
            for word; do
                case $word in --job-name=*) name=${word#--job-name=};; esac
            done
            %s
            echo "$n|%s|None|n1|0|1000000|0:01|$name|" >>queue
            echo "$n"
            """;

    @TempDir
    Path directory;

    private final TestControl control = new TestControl();
    private final List<String> logged = new ArrayList<>();
    private ProcessRequest request;
    private Cluster cluster;

    @BeforeEach
    void makesTheCluster() throws IOException {
        Files.createFile(directory.resolve("queue"));
        command("squeue", "while read -r line; do echo \"$line\"; done <queue");
        command("scontrol", "exit 1");
        command("scancel", "");
        request = ProcessRequest.builder(directory, List.of("nwchem")).build();
        cluster = Cluster.of(SlurmSettings.builder()
                .environment("PATH", directory.toString())
                .pollInterval(Duration.ofMillis(10), Duration.ofMillis(10))
                .build());
    }

    @AfterEach
    void closesTheWatch() {
        cluster.watch().close();
    }

    private void command(String name, String script) throws IOException {
        ScriptedCommands.write(directory, name, "cd '" + directory + "' || exit 1\n" + script);
    }

    private ProcessResult launch() throws IOException, InterruptedException {
        return launch(Optional.empty());
    }

    private ProcessResult launch(Optional<JobFacts> earlier) throws IOException, InterruptedException {
        JobRemarks remarks = new JobRemarks(control, Path.of("/data/m1/WP04/stdout"), logged::add);
        return new JobLaunch(request, control, cluster, remarks).run(earlier);
    }

    private List<String> submissions() throws IOException {
        return Files.readAllLines(directory.resolve("arguments"));
    }

    @Test
    void aPersonIsToldOfEachJobAndWhyItWasNotTheLast() throws Exception {
        command("sbatch", SBATCH.formatted("", "NODE_FAIL"));

        ProcessResult result = launch();

        assertThat(control.remarks)
                .containsExactly(
                        "waits as Slurm job 1",
                        "submitting again, because of Slurm job 1 on n1: its node failed",
                        "waits as Slurm job 2",
                        "submitting again, because of Slurm job 2 on n1: its node failed",
                        "waits as Slurm job 3",
                        "node n1 is excluded from now on: three jobs failed there because of the machine, and none"
                                + " elsewhere",
                        "giving up after 3 jobs; Slurm job 3: its node failed");
        assertThat(result.where())
                .isEqualTo("n1 (Slurm job 3, after Slurm job 1 on n1: its node failed; Slurm job 2 on n1: its node"
                        + " failed): its node failed");
        assertThat(result.exitCode()).isZero();
        assertThat(script(control.mark())).as("nothing is to be waited for").contains("sleep 0 &");
        assertThat(script(control.mark() + "-2"))
                .as("twice the time in which a job notices that it was replaced")
                .contains("sleep 30 &");
    }

    private String script(String name) throws IOException {
        return Files.readString(directory.resolve("slurm/qmbench-" + name + ".sh"));
    }

    /** A job that an earlier runner was ending, and whose end it did not see. */
    @ParameterizedTest
    @CsvSource({
        "NONE, LOST, n1 (Slurm job 7): somebody cancelled it (CANCELLED)",
        "TIMED_OUT, TIMED_OUT, n1 (Slurm job 7): somebody cancelled it (CANCELLED)",
        "STALLED, STALLED, n1 (Slurm job 7): somebody cancelled it (CANCELLED)",
    })
    void theJobOfAnEarlierRunnerEndsAsThatEndedIt(JobFacts.Ending why, ProcessResult.Ending ending, String where)
            throws Exception {
        ProcessResult result = launchAfter(why);

        assertThat(result)
                .isEqualTo(ProcessResult.of(ending, 137, Duration.ZERO, where).afterWaiting(Duration.ofSeconds(90)));
        assertThat(cluster.window().inside()).isZero();
    }

    /** A job that ends by itself with success while it is being ended has succeeded. */
    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, 0, EXITED, 0",
        "STALLED, 0, EXITED, 0",
        "CANCELLED, 0, EXITED, 0",
        "TIMED_OUT, 3, TIMED_OUT, 3",
        "STALLED, 3, STALLED, 3",
    })
    void onlyASuccessIsOneWhateverTheRunnerWasDoing(
            JobFacts.Ending why, int code, ProcessResult.Ending ending, int exitCode) throws Exception {
        String name = earlier(why).name();
        Files.createDirectories(directory.resolve("slurm"));
        Files.writeString(
                directory.resolve("slurm/" + name + ".exit"),
                "format=1\nname=" + name + "\njob=7\nnode=n5\ncode=" + code
                        + "\nterminated=0\nmissing=0\nstarted=1000000\n" + "ended=1000020\nend=\n");

        ProcessResult result = launchAfter(why);

        assertThat(result.ending()).isEqualTo(ending);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.duration()).isEqualTo(Duration.ofSeconds(20));
        assertThat(result.where()).startsWith("n5 (Slurm job 7)");
    }

    @Test
    void theJobOfAnEarlierRunnerHasAPlaceInTheWindow() throws Exception {
        command("sbatch", SBATCH.formatted("", "DEADLINE"));
        List<Integer> inside = new ArrayList<>();
        control.whenRemarked = () -> inside.add(cluster.window().inside());
        JobFacts facts = earlier(JobFacts.Ending.NONE);
        Files.writeString(directory.resolve("queue"), "7|NODE_FAIL|None|n1|0|1000000|0:01|" + facts.name() + "|\n");

        launch(Optional.of(facts));

        assertThat(inside).hasSize(2).containsOnly(1);
    }

    private JobFacts earlier(JobFacts.Ending why) {
        return JobFacts.first(control.mark(), JobFiles.folder(request))
                .submittedAt(1_000_000 - 90)
                .withId("7")
                .withEnding(why);
    }

    private ProcessResult launchAfter(JobFacts.Ending why) throws IOException, InterruptedException {
        JobFacts facts = earlier(why);
        Files.writeString(directory.resolve("queue"), "7|CANCELLED|None|n1|9|1000000|0:01|" + facts.name() + "|\n");
        return launch(Optional.of(facts));
    }

    @Test
    void aJobThatAnEarlierRunnerStoppedIsSubmittedAgain() throws Exception {
        command("sbatch", SBATCH.formatted("", "DEADLINE"));

        ProcessResult result = launchAfter(JobFacts.Ending.CANCELLED);

        assertThat(result.where()).isEqualTo("n1 (Slurm job 2): its deadline had come");
        assertThat(logged)
                .containsExactly(
                        "m1/WP04: resuming Slurm job 7",
                        "m1/WP04: Slurm job 7 ended on n1: CANCELLED",
                        "m1/WP04: cancelled",
                        "m1/WP04: Slurm job 7 had been stopped; submitting again",
                        "m1/WP04: Slurm job 2 ended on n1: DEADLINE",
                        "m1/WP04: ended: LOST, exit code 0, n1 (Slurm job 2): its deadline had come");
        assertThat(submissions())
                .singleElement()
                .satisfies(words -> assertThat(words).contains("--job-name=qmbench-" + control.mark() + "-2 "));
    }

    @Test
    void aJobThatAnEarlierRunnerStoppedIsNotSubmittedAgainByARunThatEnds() throws Exception {
        control.draining = true;
        command("sbatch", SBATCH.formatted("", "DEADLINE"));

        assertThatThrownBy(() -> launchAfter(JobFacts.Ending.CANCELLED))
                .isInstanceOf(LaunchEnded.class)
                .hasMessage("cancelled");
    }

    /** Slurm answers without a number, and the job is over before the queue shows it. */
    @Test
    void theNumberOfAJobIsThatOfItsRecordWhereSlurmDidNotSayIt() throws Exception {
        command(
                "sbatch",
                SBATCH.formatted(
                                "printf 'format=1\\nname=%s\\njob=99\\nnode=n1\\ncode=0\\nterminated=0\\nmissing=0\\nstarted=100\\n"
                                        + "ended=110\\nend=\\n' \"$name\" >\"slurm/$name.exit\"",
                                "COMPLETED")
                        .replace("echo \"$n\"\n", "echo 'thank you'\n"));

        ProcessResult result = launch();

        assertThat(result.where()).isEqualTo("n1 (Slurm job 99)");
        assertThat(result.succeeded()).isTrue();
    }

    /** Its node comes back, or Slurm had taken it in without saying so. */
    @ParameterizedTest
    @ValueSource(strings = {"echo \"1|NODE_FAIL|None|n1|0|1000000|0:01|$name|\" >queue; echo 1", "echo thank you"})
    void aJobThatAnotherHasReplacedIsCancelledWhenItTurnsUp(String first) throws Exception {
        command("scancel", "echo \"$@\" >>cancelled");
        command("sbatch", """
                for word; do
                    case $word in --job-name=*) name=${word#--job-name=};; esac
                done
                if [ ! -e first ]; then
                    echo "$name" >first
                    %s
                else
                    read -r before <first
                    echo "1|RUNNING|None|n1|0|1000000|0:01|$before|" >queue
                    echo "2|DEADLINE|None|n2|0|1000000|0:01|$name|" >>queue
                    echo 2
                fi
                """.formatted(first));

        assertThat(launch().where()).contains("n2 (Slurm job 2, after ");
        assertThat(Files.readAllLines(directory.resolve("cancelled"))).contains(ScriptedCommands.cancel("1"));
    }

    /** Slurm answers without a number while the queue is being asked, so that only the next query can show the job. */
    @Test
    void aQueryThatBeganBeforeTheSubmissionDoesNotTellThatAJobNeverArrived() throws Exception {
        command("squeue", """
                if [ ! -e asking ]; then
                    : >asking
                    while [ ! -e submitted ]; do :; done
                else
                    while read -r line; do echo "$line"; done <queue
                fi
                """);
        command(
                "sbatch",
                "while [ ! -e asking ]; do :; done\n"
                        + SBATCH.formatted("", "DEADLINE").replace("echo \"$n\"\n", "echo 'thank you'\n"));
        control.whenRemarked = () -> {
            try {
                Files.writeString(directory.resolve("submitted"), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        assertThat(launch().where()).isEqualTo("n1 (Slurm job 1): its deadline had come");
        assertThat(submissions()).hasSize(1);
    }

    /** Slurm takes a job in that runs, and what {@code whenTold} or {@code whenRemarked} do fails the launch. */
    private Throwable failWhileTheJobRuns(String answer) throws IOException {
        command("scancel", "echo \"$@\" >>cancelled");
        command("sbatch", SBATCH.formatted("", "RUNNING").replace("echo \"$n\"\n", "echo " + answer + "\n"));
        Throwable thrown = catchThrowable(this::launch);
        assertThat(submissions()).hasSize(1);
        return thrown;
    }

    /** Returns the calls of {@code scancel} when another launch has had the queue asked. */
    private List<String> cancelledAtTheNextQuery() throws IOException, InterruptedException {
        long before = cluster.watch().view().begun();
        cluster.watch().join();
        QueueWatch.View view = cluster.watch().view();
        while (view.taken() <= before) {
            view = cluster.watch().awaitNewer(view, Duration.ofSeconds(1));
        }
        return Files.readAllLines(directory.resolve("cancelled"));
    }

    private Path owner() {
        return directory.resolve("slurm/" + control.mark() + ".owner");
    }

    /** The next attempt runs in the same directory. */
    @Test
    void aJobThatCannotBeWatchedIsEnded() throws Exception {
        Path record = directory.resolve("slurm/qmbench-" + control.mark() + ".exit");
        control.whenRemarked = () -> {
            try {
                Files.createDirectories(record); // cannot be read
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        assertThat(failWhileTheJobRuns("\"$n\""))
                .isInstanceOf(IOException.class)
                .hasMessage("Is a directory");

        assertThat(owner()).hasContent("none\n");
        assertThat(cancelledAtTheNextQuery()).contains(ScriptedCommands.cancel("1"));
        assertThat(logged)
                .contains("m1/WP04: cancelling qmbench-" + control.mark()
                        + " if the queue shows it, because of a fault:" + " java.io.IOException: Is a directory");
    }

    /** Its number is known when Slurm answers, or else when the queue shows it. */
    @ParameterizedTest
    @ValueSource(strings = {"\"$n\"", "thank you"})
    void aJobWhoseNumberCannotBeJournalledIsEnded(String answer) throws Exception {
        UncheckedIOException fault = new UncheckedIOException(new IOException("Stale file handle"));
        control.whenTold = () -> control.job().ifPresent(number -> {
            throw fault;
        });

        assertThat(failWhileTheJobRuns(answer)).isSameAs(fault);

        assertThat(owner()).hasContent("none\n");
        assertThat(cancelledAtTheNextQuery()).contains(ScriptedCommands.cancel("1"));
    }

    @Test
    void aJobThatAnEarlierRunnerSubmittedIsEndedWhenItCannotBeWatched() throws Exception {
        command("scancel", "echo \"$@\" >>cancelled");
        JobFacts facts = earlier(JobFacts.Ending.NONE);
        Files.createDirectories(directory.resolve("slurm/" + facts.name() + ".exit"));
        Files.writeString(directory.resolve("queue"), "7|RUNNING|None|n1|0|1000000|0:01|" + facts.name() + "|\n");

        assertThatThrownBy(() -> launch(Optional.of(facts))).isInstanceOf(IOException.class);

        assertThat(owner()).hasContent("none\n");
        assertThat(cancelledAtTheNextQuery()).contains(ScriptedCommands.cancel("7"));
    }

    @Test
    void aJobIsCancelledThoughItsDiskIsAwayAndMemoryIsShort() throws Exception {
        OutOfMemoryError fault = new OutOfMemoryError("no thread");
        control.whenRemarked = () -> {
            try {
                Files.createDirectory(owner().resolveSibling(owner().getFileName() + ".next")); // cannot be written
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw fault;
        };

        assertThat(failWhileTheJobRuns("\"$n\"")).isSameAs(fault);

        assertThat(fault.getSuppressed()).singleElement().isInstanceOf(IOException.class);
        assertThat(cancelledAtTheNextQuery()).contains(ScriptedCommands.cancel("1"));
    }

    @Test
    void aJobThatIsLeftToTheNextRunIsNotEnded() throws Exception {
        control.whenRemarked = () -> control.leaving = true;

        assertThat(failWhileTheJobRuns("\"$n\""))
                .isInstanceOf(LaunchEnded.class)
                .hasMessage("left to the next run");

        assertThat(owner()).hasContent("qmbench-" + control.mark() + "\n");
    }

    @Test
    void theTimeOfAJobSetsHowOftenTheQueueIsAsked() throws Exception {
        cluster = Cluster.of(SlurmSettings.builder()
                .environment("PATH", directory.toString())
                .pollInterval(Duration.ofMillis(10), Duration.ofMinutes(10))
                .build());
        command(
                "sbatch",
                SBATCH.formatted(
                        "printf 'format=1\\nname=%s\\njob=99\\nnode=n1\\ncode=0\\nterminated=0\\nmissing=0\\nstarted=100\\n"
                                + "ended=2100\\nend=\\n' \"$name\" >\"slurm/$name.exit\"",
                        "COMPLETED"));

        assertThat(launch().where()).isEqualTo("n1 (Slurm job 1)");

        assertThat(cluster.watch().pace().interval(Duration.ZERO)).isEqualTo(Duration.ofSeconds(100));
        assertThat(control.used).as("nothing was measured").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NODE_FAIL, 3", "BOOT_FAIL, 3", "REVOKED, 3", "PREEMPTED, 11"})
    void isGivenUpAfterSoManyJobs(String state, int jobs) throws Exception {
        command("sbatch", SBATCH.formatted("", state));

        ProcessResult result = launch();

        assertThat(result.ending()).isEqualTo(ProcessResult.Ending.LOST);
        assertThat(submissions()).hasSize(jobs);
        assertThat(control.facts().submissions()).isEqualTo(jobs);
        assertThat(result.where()).startsWith("n1 (Slurm job " + jobs + ", after Slurm job 1 on n1: ");
    }

    @Test
    void aNodeOnWhichThreeFailedIsExcludedFromTheJobsOfAllLaunches() throws Exception {
        command("sbatch", SBATCH.formatted("", "NODE_FAIL"));
        launch();
        assertThat(control.wasTold("node n1 is excluded from now on")).isTrue();

        new JobLaunch(request, new TestControl(), cluster).run(Optional.empty());

        assertThat(submissions()).hasSize(6);
        assertThat(submissions().subList(0, 3)).noneMatch(words -> words.contains("--exclude"));
        assertThat(submissions().subList(3, 6)).allMatch(words -> words.contains("--exclude=n1 "));
    }

    @Test
    void aProgramThatThreeNodesDoNotHaveCannotBeStarted() throws Exception {
        command(
                "sbatch",
                SBATCH.formatted(
                        "printf 'format=1\\nname=%s\\njob=1\\nnode=n1\\ncode=127\\nterminated=0\\nmissing=1\\n"
                                + "started=1\\nended=2\\nend=\\n' \"$name\" >\"slurm/$name.exit\"",
                        "FAILED"));

        assertThatThrownBy(this::launch)
                .isInstanceOf(LaunchFailedException.class)
                .hasMessage("cannot start nwchem: it is not there, or not executable, on n1 (Slurm job 3)");
        assertThat(submissions()).hasSize(3);
        assertThat(control.wasTold("node n1 is excluded from now on")).isTrue();
    }

    /** Slurm answers without a number, and the queue never shows the job. */
    @Test
    void twentyOneJobsThatNeverArriveAreEnough() throws Exception {
        command("sbatch", "echo \"$*\" >>arguments; echo 'thank you'");

        assertThatThrownBy(this::launch)
                .isInstanceOf(LaunchFailedException.class)
                .hasMessage("cannot start nwchem: Slurm does not take the job in");
        assertThat(submissions()).hasSize(21);
    }

    @ParameterizedTest
    @CsvSource({
        "3G, 0, 3221225472",
        "0, 0, 0",
        "3G, 5368709120, 5368709120",
        "3G, 1048576, 1048576",
        "0, 1048576, 1048576"
    })
    void theReservedMemoryIsThatOfTheSettingsWhereTheRequestHasNone(String memory, long requested, long reserved)
            throws Exception {
        if (requested > 0) {
            request = request.toBuilder().memoryBytes(requested).build();
        }
        cluster = Cluster.of(SlurmSettings.builder()
                .environment("PATH", directory.toString())
                .memory(memory)
                .build());
        command(
                "sbatch",
                SBATCH.formatted(
                        "printf 'format=1\\nname=%s\\njob=1\\nnode=n1\\ncode=0\\nterminated=0\\nmissing=0\\nstarted=100\\n"
                                + "ended=110\\ncpu=0m7.000s 0m1.500s\\nend=\\n' \"$name\" >\"slurm/$name.exit\"",
                        "COMPLETED"));

        launch();

        ResourceUsage usage = ResourceUsage.ofCpu(Duration.ofMillis(8500)).withReservedCores(1, Duration.ofSeconds(10));
        assertThat(control.used).containsExactly(reserved == 0 ? usage : usage.withReservedMemory(reserved));
    }

    @Test
    void whatAJobUsedIsToldBesideWhatWasReserved() throws Exception {
        request = ProcessRequest.builder(directory, List.of("nwchem"))
                .cores(3)
                .memoryBytes(5 << 20)
                .build();
        command(
                "sbatch",
                SBATCH.formatted(
                        "printf 'format=1\\nname=%s\\njob=1\\nnode=n1\\ncode=0\\nterminated=0\\nmissing=0\\nstarted=100\\n"
                                + "ended=110\\ncpu=0m7.000s 0m1.500s\\nmemory=11\\nread=17\\nwritten=19\\nend=\\n' \"$name\""
                                + " >\"slurm/$name.exit\"",
                        "COMPLETED"));

        ProcessResult result = launch();

        assertThat(result.succeeded()).isTrue();
        assertThat(result.duration()).isEqualTo(Duration.ofSeconds(10));
        assertThat(control.used)
                .containsExactly(ResourceUsage.ofCpu(Duration.ofMillis(8500))
                        .withReservedCores(3, Duration.ofSeconds(10))
                        .withPeakMemory(11 << 10)
                        .withReservedMemory(5 << 20)
                        .withTransfer(17, 19));
    }
}
