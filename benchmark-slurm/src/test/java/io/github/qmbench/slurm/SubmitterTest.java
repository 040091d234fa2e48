package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.LauncherUnusableException;
import io.github.qmbench.core.process.ProcessRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a job is submitted and when that is tried again, with a script in the place of sbatch and a clock that is set. */
@Timeout(60)
class SubmitterTest {

    private static final String POLICY = "Job violates accounting/QOS policy";

    @TempDir
    Path path;

    private final AtomicLong nanos = new AtomicLong();
    private final TestControl control = new TestControl();

    /** Milliseconds that were waited after so many jobs had been told of. */
    private final Map<Integer, Long> waited = new TreeMap<>();

    /** How many jobs had a place in the window at each wait. */
    private final Set<Integer> insideMeanwhile = new TreeSet<>();

    private boolean endsAtTheFirstWait;
    private Path commands;
    private ProcessRequest request;
    private JobFiles files;
    private SubmissionWindow window;
    private NodeFailures nodes;

    @BeforeEach
    void aWindowOfTenJobs() throws IOException {
        commands = Files.createDirectory(path.resolve("bin"));
        Files.createFile(commands.resolve("calls"));
        request = request().build();
        files = new JobFiles(JobFiles.folder(request), control.mark());
        window = new SubmissionWindow(10, Duration.ofSeconds(1), nanos::get);
        nodes = new NodeFailures();
    }

    private ProcessRequest.Builder request() {
        return ProcessRequest.builder(path, List.of("nwchem", "input.nw")).cores(2);
    }

    /** Writes an sbatch, which has been called {@code $n} times. */
    private void sbatch(String script) throws IOException {
        ScriptedCommands.write(
                commands,
                "sbatch",
                "cd '" + commands + "'; n=1; while read -r line; do n=$((n + 1)); done <calls; echo \"$*\" >>calls\n"
                        + script);
    }

    private Submitter submitter(SlurmSettings settings) {
        SlurmCommands slurm = new SlurmCommands(settings);
        Cluster cluster = new Cluster(
                settings,
                slurm,
                new QueueWatch(slurm, settings, Cluster.NAME_PREFIX),
                window,
                nodes,
                nanos::get,
                this::sleep);
        return new Submitter(request, control, cluster, files, new JobRemarks(control, Path.of("/data/m1/WP04/out")));
    }

    private void sleep(long millis) {
        assertThat(millis).isBetween(1L, 1000L);
        nanos.addAndGet(millis * 1_000_000);
        waited.merge(control.told.size(), millis, Long::sum);
        insideMeanwhile.add(window.inside());
        control.draining |= endsAtTheFirstWait;
    }

    private SlurmSettings settings() {
        return SlurmSettings.builder()
                .environment("PATH", commands.toString())
                .fence(Duration.ofSeconds(7))
                .build();
    }

    private JobFacts first() {
        return JobFacts.first(control.mark(), JobFiles.folder(request));
    }

    private JobFacts submit() throws IOException, InterruptedException {
        try (Submitter submitter = submitter(settings())) {
            JobFacts submitted = submitter.submit(first(), Duration.ofSeconds(11));
            assertThat(window.inside()).isPositive();
            return submitted;
        }
    }

    private int calls() throws IOException {
        return Files.readAllLines(commands.resolve("calls")).size();
    }

    private List<String> arguments(SlurmSettings settings) {
        try (Submitter submitter = submitter(settings)) {
            return submitter.arguments("qmbench-a");
        }
    }

    @Test
    void saysWhatTheJobNeedsAndThenWhatThisLibraryReliesOn() {
        request = ProcessRequest.builder(path.resolve("50%"), List.of("nwchem"))
                .cores(2)
                .timeout(Duration.ofMinutes(30).plusSeconds(59))
                .memoryBytes((8L << 30) + 1)
                .build();
        files = new JobFiles(JobFiles.folder(request), "mark");
        nodes = excluding("n3");

        assertThat(arguments(SlurmSettings.builder()
                        .memory("4G")
                        .sbatchArgument("--nice")
                        .sbatchArgument("--exclude=n4")
                        .sbatchArgument("--exclude=n1,n2")
                        .build()))
                .containsExactly(
                        "--nodes=1",
                        "--ntasks=2",
                        "--comment=m1/WP04",
                        "--time=32",
                        "--mem=4G",
                        "--nice",
                        "--mem=8193M",
                        "--exclude=n1,n2,n3,n4",
                        "--parsable",
                        "--no-requeue",
                        "--open-mode=append",
                        "--job-name=qmbench-a",
                        "--chdir=" + path.resolve("50%"),
                        "--output=" + path + "/50%%/slurm/qmbench-a.log");
    }

    private static NodeFailures excluding(String node) {
        NodeFailures failures = new NodeFailures();
        for (int i = 0; i < 3; i++) {
            failures.failedOn(node);
        }
        return failures;
    }

    @Test
    void theLimitOfTheSettingsIsNotThatOfTheRequest() {
        request =
                request().timeout(Duration.ofMinutes(30)).memoryBytes(8L << 30).build();

        assertThat(arguments(SlurmSettings.builder().timeLimit("90").build()))
                .startsWith("--nodes=1", "--ntasks=2", "--comment=m1/WP04", "--time=90", "--mem=8192M", "--parsable");
    }

    @Test
    void aJobIsToldBeforeItIsSubmittedAndItsNumberAfter() throws Exception {
        sbatch("echo 17");
        long before = Instant.now().getEpochSecond();

        JobFacts submitted = submit();

        assertThat(submitted.submittedEpoch()).isBetween(before, Instant.now().getEpochSecond());
        JobFacts named = first().submittedAt(submitted.submittedEpoch());
        assertThat(submitted).isEqualTo(named.withId("17"));
        assertThat(control.told)
                .containsExactly(
                        named.toProcess(control.mark()), named.withId("17").toProcess(control.mark()));
        assertThat(control.remarks).containsExactly("waits as Slurm job 17");
        assertThat(Files.readAllLines(commands.resolve("calls")))
                .singleElement()
                .satisfies(call -> assertThat(call)
                        .endsWith("--output=" + files.log(named.name()) + " " + files.script(named.name())));
        assertThat(files.script(named.name()))
                .hasContent(JobScript.text(
                        request,
                        new JobScript.Setting(
                                named.name(),
                                files.owner(),
                                files.record(named.name()),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(11))));
        assertThat(window.inside()).as("given back").isZero();
        assertThat(waited).isEmpty();
    }

    @Test
    void withoutAnAnswerTheQueueIsToShowTheJob() throws Exception {
        sbatch("echo 'Unable to contact slurm controller' >&2; exit 1");

        JobFacts submitted = submit();

        assertThat(submitted).isEqualTo(first().submittedAt(submitted.submittedEpoch()));
        assertThat(control.remarks)
                .containsExactly("degraded: it is not known whether Slurm job " + first().name()
                        + " was submitted; the queue will show it: Unable to contact slurm controller");
        assertThat(calls()).isEqualTo(1);
    }

    private void assertUnusable(String why) {
        assertThatThrownBy(this::submit)
                .isInstanceOf(LauncherUnusableException.class)
                .hasMessage("cannot start nwchem: " + why);
        assertThat(window.inside()).isZero();
    }

    @Test
    void refusedOptionsEndTheRun() throws Exception {
        sbatch("echo 'error: invalid partition' >&2; exit 1");

        assertUnusable("Slurm refuses the job: error: invalid partition");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aMachineWithoutSbatchEndsTheRun() {
        assertUnusable(
                "sbatch is not on the PATH (" + commands + "): is this a machine from which jobs can be submitted?");
    }

    @Test
    void aDirectoryThatIsGoneIsSaid() throws Exception {
        request =
                ProcessRequest.builder(path.resolve("gone"), List.of("nwchem")).build();
        sbatch("echo 17");

        assertThatThrownBy(this::submit)
                .isExactlyInstanceOf(LaunchFailedException.class)
                .hasMessage("cannot start nwchem: its directory " + path.resolve("gone") + " does not exist");
        assertThat(calls()).isZero();
    }

    @Test
    void whatMayPassIsTriedNineTimesWithLongerAndLongerPauses() throws Exception {
        sbatch("echo 'odd' >&2; exit 1");

        assertUnusable("Slurm has refused the job 9 times: odd");

        assertThat(calls()).isEqualTo(9);
        assertThat(control.remarks)
                .containsExactly("degraded: the job could not be submitted, which is tried again: odd");
        assertThat(waited.keySet()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(insideMeanwhile).as("it keeps its place").containsExactly(1);
        long[] about = {2, 4, 8, 16, 32, 60, 60, 60};
        for (int i = 0; i < about.length; i++) {
            assertThat(waited.get(i + 1)).as("pause %d", i).isBetween(750 * about[i], 1250 * about[i] + 2);
        }
    }

    @Test
    void aJobThatMayPassIsSubmittedInTheEnd() throws Exception {
        sbatch("[ $n -lt 9 ] && { echo 'odd' >&2; exit 1; }; echo 17");

        assertThat(submit().id()).contains("17");
        assertThat(calls()).isEqualTo(9);
    }

    /** With one job alone it is not the number of jobs that the policy is about. */
    @Test
    void aPolicyThatRefusesASingleJobNineTimesRefusesItForEver() throws Exception {
        sbatch("echo '" + POLICY + "' >&2; exit 1");

        assertUnusable("Slurm has refused the job 9 times: " + POLICY);

        assertThat(calls()).isEqualTo(9);
        assertThat(control.remarks).contains("waits for Slurm to take more jobs, at most 1 for a while: " + POLICY);
    }

    @Test
    void refusalsWhileOtherJobsAreInTheQueueAreNotCounted() throws Exception {
        window.tryEnter();
        window.tryEnter();
        sbatch("[ $n -lt 15 ] && { echo '" + POLICY + "' >&2; exit 1; }; echo 17");

        assertThat(submit().id()).contains("17");
        assertThat(calls()).isEqualTo(15);
        assertThat(insideMeanwhile).as("others may try their jobs").containsExactly(2);
        assertThat(window.inside()).isEqualTo(2);
        assertThat(control.remarks)
                .contains("waits for Slurm to take more jobs, at most 2 for a while: " + POLICY)
                .endsWith("waits as Slurm job 17");
    }

    @Test
    void aLimitOfTheNumberOfJobsIsNotCounted() throws Exception {
        sbatch("[ $n -lt 15 ] && { echo 'QOSMaxSubmitJobPerUserLimit, " + POLICY + "' >&2; exit 1; }; echo 17");

        assertThat(submit().id()).contains("17");
        assertThat(calls()).isEqualTo(15);
    }

    @Test
    void waitsForAPlaceInTheQueue() throws Exception {
        window = new SubmissionWindow(2, Duration.ofSeconds(1), nanos::get);
        for (int i = 0; i < 4; i++) {
            window.enterAnyway(); // jobs of an earlier runner
        }
        sbatch("echo 17");
        SlurmSettings settings = settings();
        List<Long> sleeps = new ArrayList<>();
        SlurmCommands slurm = new SlurmCommands(settings);
        Cluster cluster = new Cluster(
                settings,
                slurm,
                new QueueWatch(slurm, settings, Cluster.NAME_PREFIX),
                window,
                nodes,
                nanos::get,
                millis -> {
                    sleeps.add(millis);
                    window.leave();
                });
        try (Submitter submitter = new Submitter(request, control, cluster, files, new JobRemarks(control, path))) {
            assertThat(submitter.submit(first(), Duration.ZERO).id()).contains("17");
        }

        assertThat(sleeps).containsExactly(200L, 200L, 200L);
        assertThat(control.remarks).containsExactly("waits for one of 2 places in the queue", "waits as Slurm job 17");
    }

    @Test
    void aJobOfAnEarlierRunnerHasAPlaceUntilItsLaunchEnds() {
        try (Submitter submitter = submitter(settings())) {
            submitter.countJobOfEarlierRunner();
            assertThat(window.inside()).isEqualTo(1);
        }
        assertThat(window.inside()).isZero();
    }

    @Test
    void aRunThatEndsSubmitsNothingMore() throws Exception {
        sbatch("echo 17");
        control.draining = true;
        assertThatThrownBy(this::submit)
                .isInstanceOf(LaunchEnded.class)
                .hasMessage("the run ends and nothing more is submitted");

        control.cancellation.cancel();
        assertThatThrownBy(this::submit).isInstanceOf(LaunchEnded.class).hasMessage("cancelled");
        assertThat(calls()).isZero();
        assertThat(control.told).isEmpty();
    }

    @Test
    void aRunThatEndsSubmitsNothingInPlaceOfAnEarlierJob() throws Exception {
        sbatch("echo 17");
        control.draining = true;
        try (Submitter submitter = submitter(settings())) {
            submitter.countJobOfEarlierRunner();
            assertThatThrownBy(() -> submitter.submit(first(), Duration.ZERO)).isInstanceOf(LaunchEnded.class);
        }
        assertThat(calls()).isZero();
    }

    @Test
    void aRunThatEndsDoesNotWaitForAPlace() throws Exception {
        sbatch("echo 17");
        window = new SubmissionWindow(1, Duration.ofHours(1), nanos::get);
        window.tryEnter();
        endsAtTheFirstWait = true;

        assertThatThrownBy(this::submit).isInstanceOf(LaunchEnded.class);
        assertThat(waited).isEqualTo(Map.of(0, 200L));
    }

    @Test
    void aRunThatEndsDoesNotWaitForTheNextTry() throws Exception {
        sbatch("echo 'odd' >&2; exit 1");
        endsAtTheFirstWait = true;

        assertThatThrownBy(this::submit).isInstanceOf(LaunchEnded.class);
        assertThat(waited).isEqualTo(Map.of(1, 1000L));
        assertThat(calls()).isEqualTo(1);
    }
}
