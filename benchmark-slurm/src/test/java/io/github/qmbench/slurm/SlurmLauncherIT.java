package io.github.qmbench.slurm;

import static io.github.qmbench.slurm.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.LauncherUnusableException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ProcessResult.Ending;
import io.github.qmbench.core.process.ResourceUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single programs as jobs of a real Slurm: how they end, and what is made of it. */
@Timeout(150)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlurmLauncherIT {

    private static TestCluster cluster;
    private static ExecutorService threads;

    /** Slurm looks at time limits twice a minute and they are whole minutes, so this one runs beside the other tests. */
    private static Future<ProcessResult> overItsTime;

    @TempDir
    static Path shared;

    @TempDir
    Path path;

    private SlurmLauncher launcher;
    private final TestControl control = new TestControl();

    @BeforeAll
    static void startsSlurm() throws Exception {
        cluster = TestCluster.start();
        threads = Executors.newCachedThreadPool();
        SlurmLauncher launcher = new SlurmLauncher(cluster.settings()
                .environment("PATH", System.getenv("PATH")) // not those of the tests, which break and count commands
                .timeLimit("1")
                .build());
        overItsTime = threads.submit(() -> {
            try (launcher) {
                return launcher.launch(script(shared, "exec sleep 300").build(), new TestControl());
            }
        });
    }

    @AfterAll
    static void stopsSlurm() throws Exception {
        if (cluster != null) {
            threads.shutdownNow();
            cluster.close();
        }
    }

    @BeforeEach
    void makesLauncher() {
        launcher = new SlurmLauncher(cluster.settings().build());
    }

    @AfterEach
    void closesLauncher() throws IOException {
        launcher.close();
        cluster.unwrap("squeue");
        cluster.unwrap("sbatch");
    }

    private static ProcessRequest.Builder script(Path directory, String text) {
        return ProcessRequest.builder(directory, List.of("sh", "-c", text));
    }

    private ProcessResult launch(String text) throws Exception {
        return launcher.launch(script(path, text).build(), control);
    }

    private Future<ProcessResult> start(String text) {
        return threads.submit(() -> launch(text));
    }

    /** Starts a program, and waits until it runs. */
    private Future<ProcessResult> running(String text) throws Exception {
        Future<ProcessResult> result = start("touch started; " + text);
        await(
                () -> "the job runs; " + control.remarks,
                () -> Files.exists(path.resolve("started")) && control.wasTold("runs on"));
        return result;
    }

    @Test
    void programsThatEndByThemselves() throws Exception {
        ProcessResult good = launch("echo out; echo err >&2");

        assertThat(good.succeeded()).isTrue();
        assertThat(good.where()).matches("n\\d \\(Slurm job \\d+\\)");
        assertThat(path.resolve("stdout")).hasContent("out");
        assertThat(path.resolve("stderr")).hasContent("err");
        assertThat(exitCode("exit 3")).isEqualTo(3);
        assertThat(exitCode("kill -SEGV $$")).isEqualTo(139);
        assertThat(exitCode("kill -9 $$")).isEqualTo(137);
    }

    private int exitCode(String text) throws Exception {
        ProcessResult result = launcher.launch(script(path, text).build(), new TestControl());
        assertThat(result.ending()).as(result.toString()).isEqualTo(Ending.EXITED);
        return result.exitCode();
    }

    @Test
    void argumentsEnvironmentAndDirectoriesReachTheProgramAsTheyAre() throws Exception {
        Path odd = Files.createDirectory(path.resolve("it's a \"dir\" 100% ☃ $HOME"));
        String argument = " two  blanks, 'quotes\" and\na line; `rm` *";

        ProcessResult result = launcher.launch(
                ProcessRequest.builder(odd, List.of("sh", "-c", "printf %s \"$1$VALUE\"", "sh", argument))
                        .environment("VALUE", argument)
                        .build(),
                control);

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(odd.resolve("stdout")).hasContent(argument + argument);
    }

    @Test
    void timesAreThoseOfTheProgram() throws Exception {
        ProcessResult result = launch("sleep 1");

        assertThat(result.duration()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        assertThat(result.waited()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void programThatIsMissingIsALaunchThatFailed() {
        assertThatThrownBy(() -> launcher.launch(
                        ProcessRequest.builder(path, List.of("no-such-program")).build(), control))
                .isInstanceOf(LaunchFailedException.class)
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("not there");
        assertThat(control.facts().submissions()).isEqualTo(3);
    }

    @Test
    void jobCancelledByOthersIsLostAndNamesWho() throws Exception {
        Future<ProcessResult> result = running("exec sleep 300");

        cluster.run("scancel", control.job().orElseThrow());

        assertThat(result.get().ending()).isEqualTo(Ending.LOST);
        assertThat(result.get().where()).contains("somebody cancelled it");
    }

    @Test
    void cancelledLaunchLeavesNothing() throws Exception {
        Future<ProcessResult> result = running("sleep 300 & exec sleep 300");
        String job = control.job().orElseThrow();

        control.cancellation.cancel();

        assertThatThrownBy(result::get).hasCauseInstanceOf(LaunchEnded.class);
        assertThat(cluster.queue("%A")).doesNotContain(job);
    }

    @Test
    void drainingLetsRunWhatRunsAndWithdrawsWhatWaits() throws Exception {
        Future<ProcessResult> runs = running("while [ ! -e go ]; do sleep 0.1; done");
        TestControl waiting = new TestControl();
        Path other = Files.createDirectory(path.resolve("other"));
        try (SlurmLauncher later = new SlurmLauncher(
                cluster.settings().sbatchArgument("--begin=now+1hour").build())) {
            Future<ProcessResult> waits =
                    threads.submit(() -> later.launch(script(other, "true").build(), waiting));
            await("the other waits", () -> waiting.wasTold("BeginTime"));

            control.draining = true;
            waiting.draining = true;

            assertThatThrownBy(waits::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("withdrawn");
        }
        Files.createFile(path.resolve("go"));
        assertThat(runs.get().succeeded()).isTrue();
    }

    @Test
    void limitsOfTheRequestEndTheJob() throws Exception {
        assertThat(launcher.launch(
                                script(path, "exec sleep 300")
                                        .timeout(Duration.ofSeconds(1))
                                        .build(),
                                control)
                        .ending())
                .isEqualTo(Ending.TIMED_OUT);
        assertThat(launcher.launch(
                                script(path, "echo begun; exec sleep 300")
                                        .stall(Duration.ofSeconds(1))
                                        .build(),
                                new TestControl())
                        .ending())
                .isEqualTo(Ending.STALLED);
    }

    @Test
    void badOptionEndsTheRunInSlurmsOwnWords() throws Exception {
        try (SlurmLauncher bad =
                new SlurmLauncher(cluster.settings().partition("nowhere").build())) {
            assertThatThrownBy(() -> bad.launch(script(path, "true").build(), control))
                    .isInstanceOf(LauncherUnusableException.class)
                    .hasMessageContaining("invalid partition specified: nowhere");
        }
    }

    @Test
    void jobThatCanNeverStartEndsTheRun() throws Exception {
        try (SlurmLauncher hopeless = new SlurmLauncher(cluster.settings()
                .partition("short")
                .timeLimit("9:00:00")
                .hopelessAfter(Duration.ofMillis(500))
                .build())) {
            assertThatThrownBy(() -> hopeless.launch(script(path, "true").build(), control))
                    .isInstanceOf(LauncherUnusableException.class)
                    .hasMessageContaining("would never have started")
                    .hasMessageContaining("PartitionTimeLimit");
        }
    }

    @Test
    void heldJobIsShownAndGoesOnWhenReleased() throws Exception {
        try (SlurmLauncher later = new SlurmLauncher(
                cluster.settings().sbatchArgument("--begin=now+1hour").build())) {
            Future<ProcessResult> result =
                    threads.submit(() -> later.launch(script(path, "true").build(), control));
            await("the job waits", () -> control.wasTold("BeginTime"));
            String job = control.job().orElseThrow();
            cluster.run("scontrol", "hold", job);
            await("it is held", () -> control.wasTold("is held"));

            cluster.run("scontrol", "release", job);
            cluster.run("scontrol", "update", "JobId=" + job, "StartTime=now");

            assertThat(result.get().succeeded()).isTrue();
        }
    }

    @Test
    void moreMemoryThanAskedForIsToldApart() throws Exception {
        try (SlurmLauncher small =
                new SlurmLauncher(cluster.settings().memory("20M").build())) {
            ProcessResult result = small.launch(
                    script(path, "exec perl -e '$x = \"x\" x 200_000_000; sleep 300'")
                            .build(),
                    control);

            assertThat(result.ending()).as(result.toString()).isEqualTo(Ending.OUT_OF_MEMORY);
        }
    }

    @Test
    void whatAJobUsedIsToldBesideWhatWasReserved() throws Exception {
        ProcessRequest request = script(
                        path, "{ head -c 104857600 /dev/zero; sleep 7; } | tail -n 1 >/dev/null; times >told")
                .memoryBytes(300L << 20)
                .build();

        ProcessResult result = launcher.launch(request, control);

        assertThat(result.succeeded()).as(result.toString()).isTrue();
        assertThat(control.used).hasSize(1);
        ResourceUsage usage = control.used.get(0);
        assertThat(usage.peakMemoryBytes().orElseThrow()).isBetween(100L << 20, 130L << 20);
        assertThat(usage.reservedMemoryBytes()).hasValue(300L << 20);
        assertThat(usage.reservedCoreTime()).isEqualTo(result.duration());
        assertThat(usage.cpu()).isBetween(Duration.ofMillis(10), result.duration());
    }

    @Test
    void aRequestForMoreMemoryGetsIt() throws Exception {
        // Slurm looks every three seconds whether a job has more memory than it asked for.
        String hungry = "exec perl -e '$x = \"x\" x 60_000_000; sleep 8'";
        try (SlurmLauncher small =
                new SlurmLauncher(cluster.settings().memory("20M").build())) {
            assertThat(small.mostMemoryBytes()).hasValue(80L << 20);
            assertThat(small.launch(script(path, hungry).build(), control).ending())
                    .isEqualTo(Ending.OUT_OF_MEMORY);

            ProcessRequest more = script(path, hungry).memoryBytes(200L << 20).build();
            ProcessResult result = small.launch(more, new TestControl());

            assertThat(result.ending()).isEqualTo(Ending.EXITED);
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void queueThatCannotBeAskedForAWhileIsTroubleAndNoEnd() throws Exception {
        Future<ProcessResult> result = running("while [ ! -e go ]; do sleep 0.1; done; exit 5");

        cluster.wrap("squeue", "echo 'Unable to contact slurm controller' >&2; exit 1");
        await("trouble", () -> launcher.trouble().isPresent() && control.wasTold("degraded"));
        Files.createFile(path.resolve("go"));
        assertThat(launcher.trouble().orElseThrow()).contains("Unable to contact slurm controller");
        cluster.unwrap("squeue");

        assertThat(result.get().exitCode()).isEqualTo(5);
        assertThat(launcher.trouble()).isEmpty();
    }

    @Test
    void successIsBelievedWithoutTheQueue() throws Exception {
        Future<ProcessResult> result = running("while [ ! -e go ]; do sleep 0.1; done");

        cluster.wrap("squeue", "exit 1");
        Files.createFile(path.resolve("go"));

        assertThat(result.get().succeeded()).isTrue();
    }

    @Test
    void numberOfQueriesDoesNotDependOnTheNumberOfJobs() throws Exception {
        Path asked = path.resolve("asked");
        cluster.wrap("squeue", "echo >>'" + asked + "'; exec $real \"$@\"");
        List<Integer> perMinute = new ArrayList<>();
        for (int jobs : new int[] {1, 24}) {
            Files.deleteIfExists(asked);
            try (SlurmLauncher many = new SlurmLauncher(cluster.settings()
                    .pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(1))
                    .build())) {
                List<Future<ProcessResult>> results = new ArrayList<>();
                long start = System.nanoTime();
                for (int i = 0; i < jobs; i++) {
                    Path own = Files.createDirectories(path.resolve(jobs + "-" + i));
                    results.add(threads.submit(
                            () -> many.launch(script(own, "sleep 3").build(), new TestControl())));
                }
                for (Future<ProcessResult> result : results) {
                    assertThat(result.get().succeeded()).isTrue();
                }
                double minutes = (System.nanoTime() - start) / 60e9;
                perMinute.add((int) Math.round(Files.readAllLines(asked).size() / minutes));
            }
        }
        assertThat(perMinute.get(1))
                .as("queries in a minute for 24 jobs, of which 1 needs " + perMinute.get(0))
                .isBetween(30, perMinute.get(0) + 15);
    }

    @Test
    void jobsOutliveTheRunnerAndAreTakenUp() throws Exception {
        Future<ProcessResult> left = running("while [ ! -e go ]; do sleep 0.1; done; echo once >>times");
        control.leaving = true;
        assertThatThrownBy(left::get).hasMessageContaining("left to the next run");
        launcher.close();
        assertThat(cluster.queue("%A")).contains(control.job().orElseThrow());

        TestControl next = new TestControl(control);
        Files.createFile(path.resolve("go"));
        try (SlurmLauncher other = new SlurmLauncher(cluster.settings().build())) {
            ProcessResult result = other.launch(
                    script(path, "touch started; while [ ! -e go ]; do sleep 0.1; done; echo once >>times")
                            .build(),
                    next);

            assertThat(result.succeeded()).isTrue();
            assertThat(result.where()).contains(control.job().orElseThrow());
            assertThat(next.told).as("nothing was submitted").isEmpty();
        }
        assertThat(path.resolve("times")).hasContent("once");
    }

    @Test
    void whatADeadRunnerLeftIsEndedOnRequest() throws Exception {
        Future<ProcessResult> left = running("exec sleep 300");
        control.leaving = true;
        assertThatThrownBy(left::get).hasMessageContaining("left to the next run");
        String job = control.job().orElseThrow();

        assertThat(launcher.endLeftOver(control.told.get(control.told.size() - 1)))
                .isTrue();

        assertThat(cluster.queue("%A")).doesNotContain(job);
        assertThat(launcher.endLeftOver(control.told.get(control.told.size() - 1)))
                .isFalse();
    }

    @Test
    void jobOfWhichTheSubmissionWasNotAnsweredIsFoundInTheQueue() throws Exception {
        // The job is there, but the answer does not arrive.
        cluster.wrap("sbatch", "$real \"$@\" >/dev/null; echo 'Socket timed out on send/recv operation' >&2; exit 1");

        ProcessResult result = launch("echo once >>times; sleep 2");

        assertThat(result.succeeded()).isTrue();
        assertThat(control.facts().submissions()).isEqualTo(1);
        assertThat(path.resolve("times")).hasContent("once");
    }

    @Test
    void jobThatNeverArrivedIsSubmittedAgain() throws Exception {
        Path first = path.resolve("first");
        cluster.wrap(
                "sbatch",
                "if [ ! -e '" + first + "' ]; then touch '" + first
                        + "'; echo 'Unable to contact slurm controller' >&2; exit 1; fi; exec $real \"$@\"");

        ProcessResult result = launch("true");

        assertThat(result.succeeded()).isTrue();
        assertThat(control.facts().submissions()).isEqualTo(2);
    }

    @Test
    @Order(Integer.MAX_VALUE - 3)
    void timeLimitOfSlurmIsToldApart() throws Exception {
        assertThat(overItsTime.get().ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(overItsTime.get().duration()).isGreaterThan(Duration.ofSeconds(50));
    }

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void controllerMayGoAndComeBackUnderRunningJobs() throws Exception {
        Future<ProcessResult> result = running("while [ ! -e go ]; do sleep 0.1; done; exit 4");

        cluster.stopController();
        Files.createFile(path.resolve("go"));
        await("trouble", () -> launcher.trouble().isPresent());
        cluster.heal();

        assertThat(result.get().exitCode()).isEqualTo(4);
        assertThat(control.facts().submissions()).isEqualTo(1);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void jobOfANodeThatDiesRunsAgainElsewhereAndTheNodeIsNamed() throws Exception {
        Future<ProcessResult> result = running("[ -e again ] || { touch again; exec sleep 300; }");
        String node = cluster.run("squeue", "-h", "-j", control.job().orElseThrow(), "-o", "%N")
                .strip();

        cluster.killNode(node, control.job().orElseThrow());
        cluster.run("scontrol", "update", "NodeName=" + node, "State=DOWN", "Reason=test");

        assertThat(result.get().succeeded()).as(result.get().toString()).isTrue();
        assertThat(result.get().where()).doesNotStartWith(node).contains("on " + node + ": its node failed");
        assertThat(control.facts().submissions()).isEqualTo(2);
        cluster.heal();
    }
}
