package io.github.qmbench.slurm;

import static io.github.qmbench.slurm.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunOutcome;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.StopRequest;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs through a real Slurm: many jobs, several runs, and runners that die. */
@Timeout(180)
class SlurmRunIT {

    private static TestCluster cluster;
    private static ExecutorService threads;

    @TempDir
    Path path;

    @BeforeAll
    static void startsSlurm() throws Exception {
        cluster = TestCluster.start();
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stopsSlurm() throws Exception {
        if (cluster != null) {
            threads.shutdownNow();
            cluster.close();
        }
    }

    private static SlurmLauncher launcher(int maxJobs) {
        return new SlurmLauncher(cluster.settings().maxJobs(maxJobs).build());
    }

    private Path results() {
        return path.resolve("results");
    }

    private static List<JournalRecord> journal(Path results) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(results)), records::add);
        return records;
    }

    private static Optional<RunStatus> status(Path results) throws IOException {
        return new StatusReader(RunDirectory.of(results)).read();
    }

    private static boolean isShown(Path results, String remark) throws IOException {
        return status(results).stream()
                .flatMap(status -> status.running().stream())
                .anyMatch(task -> task.remark().orElse("").contains(remark));
    }

    /** How many programs have been started, of all calculations. */
    private static List<Integer> starts(Path place) throws IOException {
        List<Integer> starts = new ArrayList<>();
        if (!Files.isDirectory(place.resolve("starts"))) {
            return starts;
        }
        try (Stream<Path> files = Files.list(place.resolve("starts"))) {
            for (Path file : files.toList()) {
                starts.add(Files.readAllLines(file).size());
            }
        }
        return starts;
    }

    private static void assertEachRanOnce(Path place, int calculations) throws IOException {
        assertThat(starts(place)).hasSize(calculations).containsOnly(1);
        List<JournalRecord> records = journal(place.resolve("results"));
        assertThat(records).hasSize(calculations).allMatch(JournalRecord::isComplete);
        assertThat(records)
                .allSatisfy(record -> assertThat(record.outcome().results())
                        .containsEntry("said", record.calculation().taskId()));
    }

    @Test
    void twoHundredCalculationsWithNeverMoreThanTwentyJobs() throws Exception {
        try (SlurmLauncher launcher = launcher(20)) {
            Future<RunOutcome> run = threads.submit(
                    () -> SlurmVictim.runner(results(), 200, launcher).build().run());
            int most = 0;
            while (!run.isDone()) {
                most = Math.max(most, cluster.waitingOrRunning().size());
                Thread.sleep(200);
            }

            assertThat(run.get().isWhole()).isTrue();
            assertThat(most).as("jobs that wait or run at once").isBetween(4, 20);
        }
        assertEachRanOnce(path, 200);
    }

    @Test
    void twoRunsSideBySideDoNotTouchEachOthersJobs() throws Exception {
        Path first = Files.createDirectories(path.resolve("first"));
        Path second = Files.createDirectories(path.resolve("second"));
        Files.createFile(first.resolve("wait"));
        Files.createFile(second.resolve("wait"));
        try (SlurmLauncher ofFirst = launcher(12);
                SlurmLauncher ofSecond = launcher(6)) {
            BenchmarkRunner stopped =
                    SlurmVictim.runner(first.resolve("results"), 12, ofFirst).build();
            Future<RunOutcome> firstRun = threads.submit(stopped::run);
            await("eight run", () -> starts(first).size() >= 8);
            Future<RunOutcome> secondRun =
                    threads.submit(() -> SlurmVictim.runner(second.resolve("results"), 6, ofSecond)
                            .build()
                            .run());
            await("four of the other run", () -> starts(second).size() >= 4);

            stopped.requestStop(StopRequest.NOW);

            assertThat(firstRun.get().state()).isEqualTo(RunState.STOPPED);
            assertThat(journal(first.resolve("results")))
                    .allMatch(record -> record.outcome().state() == CalculationState.CANCELLED);
            await(
                    "only jobs of the second run are left",
                    () -> cluster.queue("%k").stream().allMatch(comment -> comment.startsWith("results/m"))
                            && cluster.queue("%Z").stream()
                                    .allMatch(directory -> directory.startsWith(second.toString())));
            Files.delete(second.resolve("wait"));
            assertThat(secondRun.get().isWhole()).isTrue();
        }
        assertEachRanOnce(second, 6);
    }

    @Test
    void stopLetsRunWhatRunsAndWithdrawsTheRest() throws Exception {
        Files.createFile(path.resolve("wait"));
        try (SlurmLauncher launcher = launcher(20)) {
            BenchmarkRunner runner = SlurmVictim.runner(results(), 24, launcher).build();
            Future<RunOutcome> run = threads.submit(runner::run);
            await(
                    "sixteen run and four wait",
                    () -> starts(path).size() == 16 && isShown(results(), "waits as Slurm job"));
            await("node and job are told", () -> isShown(results(), "runs on n"));

            runner.requestStop(StopRequest.DRAIN);

            await("the queue holds only what runs", () -> !cluster.queue("%t").contains("PD"));
            assertThat(cluster.queue("%A")).hasSize(16);
            Files.delete(path.resolve("wait"));
            assertThat(run.get().state()).isEqualTo(RunState.STOPPED);
            assertThat(run.get().results().status().progress().completed()).isEqualTo(16);
        }
        try (SlurmLauncher launcher = launcher(20)) {
            assertThat(SlurmVictim.runner(results(), 24, launcher).build().run().isWhole())
                    .isTrue();
        }
        assertThat(starts(path)).hasSize(24).containsOnly(1);
    }

    private Process startVictim(int calculations, int maxJobs) throws Exception {
        return new ProcessBuilder(SlurmVictim.command(results(), calculations, maxJobs, cluster))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        path.resolve("victim.out").toFile()))
                .start();
    }

    private int endOf(Process victim) throws Exception {
        assertThat(victim.waitFor(120, TimeUnit.SECONDS))
                .as("it ends; it said: " + Files.readString(path.resolve("victim.out")))
                .isTrue();
        return victim.exitValue();
    }

    @Test
    void killedRunnerLosesNothingAndSubmitsNothingTwice() throws Exception {
        Files.createFile(path.resolve("wait"));
        Process victim = startVictim(22, 22);
        await(
                "sixteen run, six are in the queue",
                () -> Files.isDirectory(path.resolve("starts"))
                        && starts(path).size() == 16
                        && cluster.queue("%A").size() == 22);

        victim.destroyForcibly().waitFor();
        for (int i = 0; i < 8; i++) {
            Files.createFile(path.resolve("go-m" + i)); // these end while there is no runner
        }
        await("the others run", () -> starts(path).size() >= 22);
        Process next = startVictim(22, 22);
        await(
                "the next runner has begun",
                () -> status(results())
                        .map(status -> status.run().runner().pid() == next.pid())
                        .orElse(false));
        Files.delete(path.resolve("wait"));

        assertThat(endOf(next)).isZero();
        assertEachRanOnce(path, 22);
        assertThat(journal(results())).allMatch(record -> record.attempt().number() == 1);
        assertThat(journal(results()))
                .allSatisfy(record -> assertThat(record.attempt().launches())
                        .singleElement()
                        .satisfies(launch -> assertThat(launch.where()).matches("n\\d \\(Slurm job \\d+\\)")));
    }

    @Test
    void runnerKilledAtAnyInstantLosesNothingAndRunsNothingTwice() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kills = 0; kills < 4; kills++) {
            Process victim = startVictim(30, 30);
            victim.waitFor(600 + random.nextInt(1500), TimeUnit.MILLISECONDS);
            victim.destroyForcibly().waitFor();
        }

        assertThat(endOf(startVictim(30, 30))).as("seed " + seed).isZero();
        assertThat(starts(path)).as("seed " + seed).hasSize(30).containsOnly(1);
        assertThat(journal(results()).stream().filter(JournalRecord::isComplete))
                .as("seed " + seed)
                .hasSize(30);
    }

    @Test
    void statusTellsThatSlurmDoesNotAnswer() throws Exception {
        Files.createFile(path.resolve("wait"));
        try (SlurmLauncher launcher = launcher(4)) {
            Future<RunOutcome> run = threads.submit(() -> SlurmVictim.runner(results(), 2, launcher)
                    .heartbeat(Duration.ofMillis(300))
                    .build()
                    .run());
            await("they run", () -> starts(path).size() == 2);
            cluster.wrap("squeue", "echo 'Unable to contact slurm controller' >&2; exit 1");
            await(
                    "degraded",
                    () -> status(results())
                            .flatMap(status -> status.run().reason())
                            .orElse("")
                            .startsWith("degraded: Slurm does not answer"));
            cluster.unwrap("squeue");
            await(
                    "no more",
                    () -> status(results())
                            .flatMap(status -> status.run().reason())
                            .isEmpty());
            Files.delete(path.resolve("wait"));

            assertThat(run.get().isWhole()).isTrue();
        } finally {
            cluster.unwrap("squeue");
        }
        assertEachRanOnce(path, 2);
    }
}
