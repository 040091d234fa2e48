package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.slurm.JobFacts.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which time counts for the limits of a job, with a timer that is set and a queue that is told. */
class WatchedJobTest {

    private static final String NAME = "qmbench-a";

    @TempDir
    Path path;

    private final AtomicLong nanos = new AtomicLong(1);
    private final TestControl control = new TestControl();
    private QueueWatch watch;
    private WatchedJob job;
    private int queries;

    @BeforeEach
    void watchesAJobThatMayRunForFourHoursAndBeSilentForOne() {
        SlurmSettings settings = SlurmSettings.builder().build();
        SlurmCommands commands = new SlurmCommands(settings);
        watch = new QueueWatch(commands, settings, Cluster.NAME_PREFIX);
        Cluster cluster = new Cluster(
                settings,
                commands,
                watch,
                new SubmissionWindow(1, Duration.ofMinutes(1), nanos::get),
                new NodeFailures(),
                nanos::get,
                Thread::sleep);
        ProcessRequest request = ProcessRequest.builder(path, List.of("p"))
                .timeout(Duration.ofHours(4))
                .stall(Duration.ofHours(1))
                .build();
        JobFacts facts = JobFacts.first("a", JobFiles.folder(request)).withId("17");
        job = new WatchedJob(
                request,
                control,
                cluster,
                new JobFiles(JobFiles.folder(request), "a"),
                new JobRemarks(control, request.output()),
                facts,
                0);
    }

    /** Tells what the queue shows of the job now. */
    private void shows(SlurmState state, String reason, Duration used) throws Exception {
        QueueEntry entry = new QueueEntry(
                "17",
                NAME,
                state,
                state.name(),
                reason,
                "n1",
                new QueueEntry.Exit(0, 0),
                OptionalLong.of(1_000_000), // of 1970: the clock here has been set forward by half a century
                used);
        queries++;
        job.look(new QueueWatch.View(queries, queries, Map.of(NAME, entry), Optional.empty()));
    }

    private void runs(Duration used) throws Exception {
        shows(SlurmState.RUNNING, "None", used);
    }

    /** Lets a time pass in which the job is looked at as usual. */
    private void pass(Duration time) throws Exception {
        for (long second = 0; second < time.toSeconds(); second++) {
            nanos.addAndGet(1_000_000_000);
            job.obeyRun();
        }
    }

    /** Lets a time pass in which nothing is looked at, because this process or the machine is suspended. */
    private void sleep(Duration time) throws Exception {
        nanos.addAndGet(time.toNanos());
        job.obeyRun();
    }

    private void print() throws IOException {
        Files.writeString(path.resolve("stdout"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void aSilentJobIsEndedAfterItsLimit() throws Exception {
        runs(Duration.ZERO);
        pass(Duration.ofMinutes(59));
        assertThat(job.ending()).isEqualTo(Ending.NONE);

        pass(Duration.ofMinutes(2));
        assertThat(job.ending()).isEqualTo(Ending.STALLED);
    }

    @Test
    void timeInWhichThisProcessWasSuspendedEndsNoJob() throws Exception {
        runs(Duration.ZERO);
        pass(Duration.ofMinutes(10));

        sleep(Duration.ofHours(8));
        runs(Duration.ofHours(8));
        pass(Duration.ofMinutes(10));
        assertThat(job.ending()).isEqualTo(Ending.NONE);

        pass(Duration.ofMinutes(45));
        assertThat(job.ending()).isEqualTo(Ending.STALLED);
    }

    @Test
    void aJobThatGrewWhileSlurmDidNotAnswerIsNotStalled() throws Exception {
        runs(Duration.ZERO);
        pass(Duration.ofMinutes(50));
        print();
        pass(Duration.ofMinutes(50));
        assertThat(job.ending()).isEqualTo(Ending.NONE);

        pass(Duration.ofMinutes(25));
        assertThat(job.ending()).isEqualTo(Ending.STALLED);
    }

    @Test
    void aJobThatSlurmSuspendsIsNeitherStalledNorOverItsTime() throws Exception {
        runs(Duration.ofMinutes(170));
        shows(SlurmState.SUSPENDED, "None", Duration.ofMinutes(170));
        pass(Duration.ofHours(5));
        assertThat(job.ending()).isEqualTo(Ending.NONE);

        runs(Duration.ofMinutes(171));
        pass(Duration.ofMinutes(55));
        assertThat(job.ending()).isEqualTo(Ending.NONE);
        print();
        pass(Duration.ofMinutes(16));
        assertThat(job.ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void slurmSaysHowLongAJobHasRunAndNoClockDoes() throws Exception {
        runs(Duration.ofMinutes(210));
        assertThat(job.ran()).isEqualTo(Duration.ofMinutes(210));
        pass(Duration.ofMinutes(29));
        assertThat(job.ending()).isEqualTo(Ending.NONE);

        pass(Duration.ofMinutes(2));
        assertThat(job.ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void aJobThatWaitsAgainIsNotStalled() throws Exception {
        runs(Duration.ZERO);
        shows(SlurmState.PENDING, "Resources", Duration.ZERO);
        pass(Duration.ofHours(3));

        assertThat(job.ending()).isEqualTo(Ending.NONE);
    }

    @Test
    void aJobThatCannotStartIsGivenUpOnlyWhileSlurmSaysSo() throws Exception {
        shows(SlurmState.PENDING, "PartitionConfig", Duration.ZERO);
        sleep(Duration.ofHours(8));
        assertThat(job.ending()).as("suspended").isEqualTo(Ending.NONE);

        job.look(new QueueWatch.View(queries + 1, queries, Map.of(), Optional.of("no answer")));
        pass(Duration.ofMinutes(15));
        assertThat(job.ending()).as("Slurm is away").isEqualTo(Ending.NONE);

        queries++;
        shows(SlurmState.PENDING, "PartitionConfig", Duration.ZERO);
        pass(Duration.ofMinutes(11));
        assertThat(job.ending()).isEqualTo(Ending.HOPELESS);
    }

    @Test
    void aJobThatWaitsAgainHasNotRun() throws Exception {
        runs(Duration.ofMinutes(210));
        shows(SlurmState.PENDING, "Resources", Duration.ZERO);
        pass(Duration.ofHours(1));

        assertThat(job.ran()).isZero();
        assertThat(job.ending()).isEqualTo(Ending.NONE);
    }

    /** So busy may a machine be that looks at a job every ten seconds; what is longer is a suspension. */
    @Test
    void ofATimeWithoutALookTenSecondsCount() throws Exception {
        runs(Duration.ZERO);
        for (int i = 0; i < 300; i++) {
            sleep(Duration.ofMinutes(1));
        }
        assertThat(job.ending()).as("fifty minutes").isEqualTo(Ending.NONE);

        for (int i = 0; i < 65; i++) {
            sleep(Duration.ofSeconds(10));
        }
        assertThat(job.ending()).as("and eleven more").isEqualTo(Ending.STALLED);
    }

    @Test
    void outputAndErrorOutputGrowTogether() throws Exception {
        runs(Duration.ZERO);
        pass(Duration.ofMinutes(50));
        print();
        Files.writeString(path.resolve("stderr"), "x");
        pass(Duration.ofMinutes(50));

        assertThat(job.ending()).isEqualTo(Ending.NONE);
    }
}
