package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.cli.Distribution.Started;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution on a real Slurm: what the guide for clusters says. */
@Timeout(240)
class SlurmIT {

    /** Notes that it has started, then waits until the file {@code go} is there. */
    private static final String WAIT_FOR_GO =
            "echo >> \"$STARTS/$(echo \"$0\" | tr / _)\";" + " while [ ! -e \"$GO\" ]; do sleep 0.1; done";

    private static SlurmHere slurm;

    @TempDir
    Path temporary;

    private Path directory;
    private Path go;
    private Path starts;
    private Distribution distribution;

    @BeforeAll
    static void startsSlurm() throws Exception {
        slurm = SlurmHere.start();
    }

    @AfterAll
    static void stopsSlurm() throws Exception {
        if (slurm != null) {
            slurm.close();
        }
    }

    @BeforeEach
    void makesADirectoryWithAnUglyName() throws IOException {
        directory = Files.createDirectory(temporary.resolve("it's 100% \"ugly\" ünder way"));
        go = directory.resolve("go");
        starts = Files.createDirectory(directory.resolve("starts"));
        distribution = new Distribution(directory).with("SLURM_CONF", slurm.conf());
    }

    @AfterEach
    void endsWhatIsLeft() throws Exception {
        distribution.endAll();
        slurm.run("scancel", "-u", System.getProperty("user.name"));
    }

    private void calculateByWaiting() throws IOException {
        distribution
                .withScript(WAIT_FOR_GO)
                .with("GO", go.toString())
                .with("STARTS", starts.toString())
                .with("TEST_CORES", "1");
    }

    private static String[] command(String... arguments) {
        return arguments;
    }

    private static List<String> molecules(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(i -> "m" + i).toList();
    }

    /** Runs two calculations for each molecule, all of which wait. */
    private Started startWaiting(int molecules, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--slurm", "--backend", "script", "--molecules"));
        arguments.addAll(molecules(molecules));
        arguments.addAll(List.of(more));
        return distribution.start(arguments.toArray(String[]::new));
    }

    private int started() {
        try (var files = Files.list(starts)) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertEachStartedOnce(int calculations) throws IOException {
        try (var files = Files.list(starts)) {
            assertThat(files.toList())
                    .hasSize(calculations)
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSize(1));
        }
    }

    private String status() {
        try {
            return distribution.run("status").out();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "run",
            value = {"`--slurm`", "`--partition`, `--account`", "`--time LIMIT`"})
    void wrongOptionsAreRefusedBeforeAnythingStarts() throws Exception {
        calculateByWaiting();

        Ended nowhere = startWaiting(1, "--partition", "nowhere").await();
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nowhere.err()).contains("invalid partition specified: nowhere");
        Ended tooLong =
                startWaiting(1, "--partition", "short", "--time", "9:00:00").await();
        assertThat(tooLong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tooLong.err()).contains("9:00:00 is more than the 00:05:00");
        Ended absent = distribution
                .with("SLURM_CONF", directory.resolve("none").toString())
                .run("run", "--slurm", "--backend", "script");
        assertThat(absent.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(absent.err()).contains("SLURM_CONF");
        assertThat(starts).isEmptyDirectory();
        assertThat(slurm.states()).doesNotContain("RUNNING", "PENDING");
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "status",
            value = "For Slurm jobs it also shows the job number")
    @Promise(page = Promise.Page.COMMAND_LINE, section = "summary", value = "`where`, `waited_seconds`, `ran_seconds`")
    void statusShowAndSummaryTellJobNodeAndTimes() throws Exception {
        calculateByWaiting();
        Started run = startWaiting(10, "--max-jobs", "18");
        Distribution.await(() -> started() == 16);
        Distribution.await(() -> status().contains("runs on n"));
        assertThat(status())
                .containsPattern("m\\d+ \\w+, for .*: runs on n\\d as Slurm job \\d+, waited \\d+ s")
                .contains("18 running");
        assertThat(distribution.run("status", "--json").out()).containsPattern("waits as Slurm job \\d+");

        Files.createFile(go);
        Ended ended = run.await();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("up to 18 Slurm jobs at a time");
        assertThat(distribution.run("show", "m1/B3LYP").out())
                .containsPattern("ran for .* on n\\d \\(Slurm job \\d+\\), waited ");
        assertThat(distribution.run("summary").out()).contains("of that in the cluster: ran ");
        assertThat(distribution.run("summary", "--format", "csv").out())
                .containsPattern("where,waited_seconds,ran_seconds[,\n]")
                .containsPattern("n\\d \\(Slurm job \\d+\\),\\d+\\.\\d+,\\d+\\.\\d+[,\n]");
        assertEachStartedOnce(20);
    }

    @Test
    @Promise(page = Promise.Page.COMMAND_LINE, section = "stop", value = "With Slurm, waiting jobs are withdrawn")
    void stopWithdrawsWhatWaitsAndStopNowCancelsTheRest() throws Exception {
        calculateByWaiting();
        Started run = startWaiting(10);
        Distribution.await(() -> started() == 16);

        assertThat(distribution.run("stop").exitCode()).isZero();
        Distribution.await(() -> !slurm.states().contains("PENDING"));
        assertThat(slurm.states().stream().filter("RUNNING"::equals)).hasSize(16);
        assertThat(distribution.run("stop", "--now", "--wait").exitCode()).isZero();

        assertThat(run.await().exitCode()).isZero();
        Distribution.await(() -> !slurm.states().contains("RUNNING"));
        assertThat(status()).contains("stopped");
    }

    @Test
    void theRunnerAsAJobLeavesItsJobsAndGoesOnWhenItIsQueuedAgain() throws Exception {
        calculateByWaiting();
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("qmbench"), distribution.home().resolve("bin/qmbench"));
        String script = guide("```bash\n(#!/bin/bash\n.*?)```")
                .replace("--pilot", "--backend script --molecules " + String.join(" ", molecules(3)))
                .replace(
                        "qmbench run",
                        "export PATH=\"" + bin.toString().replace("\"", "\\\"") + ":$PATH\"; qmbench run");
        Files.writeString(directory.resolve("runner.sh"), script);
        String runner =
                distribution.runOther("sbatch", "--parsable", "runner.sh").strip();
        Distribution.await(() -> started() == 6);

        slurm.run("scancel", "--batch", "--signal=USR1", runner);
        Distribution.await(
                () -> said("squeue", "-h", "-j", runner, "-o", "%T %r").equals("PENDING BeginTime"));
        assertThat(said("scontrol", "show", "job", runner)).contains("Restarts=1");
        // Else it would wait for two minutes. A node refuses a job again in the second in which it ended it.
        said("scontrol", "update", "JobId=" + runner, "StartTime=now+3seconds");
        Distribution.await(this::hasNewRun);
        Files.createFile(go);

        Distribution.await(() -> status().contains("complete"));
        assertEachStartedOnce(6);
        assertThat(Files.readString(directory.resolve("runner.log")))
                .contains("jobs of a cluster continue, and the next run collects them");
    }

    private static String said(String... command) {
        try {
            return slurm.run(command).strip();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a run goes on that is not the first one. */
    private boolean hasNewRun() {
        try {
            Path log = directory.resolve("results/benchmark.log");
            return Files.exists(log) && Files.readString(log).contains("resuming attempt 1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String guide(String pattern) throws IOException {
        Matcher matcher =
                Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(Path.of("../docs/slurm.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "doctor",
            value = {"With `--slurm` it checks the controller", "It then calculates in jobs"})
    void theDoctorCalculatesInJobs() throws Exception {
        Ended doctor = distribution.run(command(
                "doctor",
                "--slurm",
                "--json",
                "--functionals",
                "HF",
                "--solvents",
                "vacuum",
                "--basis",
                "3-21G",
                "--memory",
                "400M"));

        assertThat(doctor.exitCode()).as(doctor.out()).isZero();
        assertThat(Json.asArray(Json.parse(doctor.out())))
                .extracting(check -> Json.asObject(check).get("subject"))
                .contains("Slurm", "job options", "partition", "limits", "HF/3-21G in vacuum", "run directory");
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain("results")
                    .noneMatch(name -> name.startsWith(".qmbench"));
        }
    }

    @Test
    void thePilotGivesTheSameDigitsAloneSideBySideAndThroughSlurm() throws Exception {
        List<String> pilot =
                List.of("run", "--pilot", "--functionals", "HF", "--basis", "STO-3G", "--memory", "400M", "--results");

        Map<String, Object> alone = results(pilot, "alone", "--parallel", "1");
        Map<String, Object> sideBySide = results(pilot, "side by side", "--parallel", "2", "--oversubscribe");
        Map<String, Object> jobs = results(pilot, "jobs", "--slurm", "--max-jobs", "2");

        assertThat(alone).hasSize(5);
        assertThat(sideBySide).isEqualTo(alone);
        assertThat(jobs).isEqualTo(alone);
    }

    /**
     * Two jobs run and two wait when the runner is killed, and again when the next one is; the third is of another version of
     * qmbench, in another place and locale. Each is a process of its own, and takes up all four.
     */
    @Test
    @Promise(
            page = Promise.Page.RELIABILITY,
            section = "Slurm",
            value = {
                "Jobs outlive the runner.",
                "With `--slurm`, the next run collects",
                "Another version of qmbench does the same."
            })
    void jobsOfNwchemOutliveKilledRunnersAndAnUpdateAndTheNextOneTakesUpEveryOne() throws Exception {
        String node = said("sinfo", "-h", "-N", "-o", "%N").lines().findFirst().orElseThrow();
        long half = Long.parseLong(said("sinfo", "-h", "-n", node, "-o", "%m")) / 2;
        String[] run = command(
                "run",
                "--slurm",
                "--max-jobs",
                "4",
                "--mem",
                half + "M",
                "--molecules",
                "compound_01",
                "compound_02",
                "--functionals",
                "B3LYP",
                "WP04",
                "--solvents",
                "CHCl3",
                "--basis",
                "6-31G",
                "--memory",
                "400M",
                "--results",
                "killed");
        said("scontrol", "update", "NodeName=ALL", "State=DRAIN", "Reason=test");
        said("scontrol", "update", "NodeName=" + node, "State=RESUME"); // which has room for two of the four
        holdNwchemInJobs();
        Started first = distribution.start(run);
        Distribution.await(() -> jobs("RUNNING").size() == 2 && jobs("PENDING").size() == 2);
        first.signal("KILL");
        first.await();
        Set<String> jobs = new TreeSet<>(jobs("all"));
        assertThat(jobs).hasSize(4);

        Started second = distribution.start(run);
        Distribution.await(() -> taken(second.err()) == 4);
        second.signal("KILL");
        second.await();
        assertThat(jobs("PENDING"))
                .as("jobs that wait when the second runner is dead")
                .hasSize(2);
        Files.createFile(go);
        said("scontrol", "update", "NodeName=ALL", "State=RESUME");
        Distribution updated = distribution
                .updatedTo("99.9", temporary.resolve("update"))
                .with("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Apia");
        assertThat(updated.run("--version").out()).contains("qmbench 99.9");

        Ended third = updated.run(run);

        assertThat(third.exitCode()).as(third.err()).isZero();
        assertThat(third.err()).contains("resuming attempt 1").doesNotContain("interrupted");
        List<String> ran = new ArrayList<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(directory.resolve("killed"))), (JournalRecord record) -> {
            assertThat(record.attempt().number()).isEqualTo(1);
            assertThat(record.isComplete()).isTrue();
            record.attempt().launches().forEach(launch -> ran.add(launch.where().replaceAll(".*job (\\d+).*", "$1")));
        });
        assertThat(ran).as("one job for each calculation").containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(new TreeSet<>(jobs("all"))).as("none submitted again").isEqualTo(jobs);
        assertThat(jobs("COMPLETED")).as("none cancelled").hasSize(4);
        assertThat(Json.asObject(Json.parse(Files.readString(directory.resolve("killed/benchmark.json")))))
                .containsEntry("qmbench_version", "99.9");
    }

    /** Puts a program before NWChem that waits in each job until it may go, so that no job ends before the test has looked. */
    private void holdNwchemInJobs() throws IOException {
        String path = System.getenv("PATH");
        Path program = Files.writeString(
                Files.createDirectory(directory.resolve("bin")).resolve("nwchem"), """
                #!/bin/sh
                while [ -n "$SLURM_JOB_ID" ] && [ ! -e "$GO" ]; do sleep 0.1; done
                PATH='%s' exec nwchem "$@"
                """.formatted(path));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        distribution.with("GO", go.toString()).with("PATH", program.getParent() + ":" + path);
    }

    /** Three calculations ask for what was given, and the fourth for what these needed: the floor. */
    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Memory that is learnt",
            value = {"A Slurm job asks for the learnt memory."})
    void jobsAskForTheMemoryThatCompletedOnesNeeded() throws Exception {
        distribution
                .withScript("echo \"$SLURM_MEM_PER_NODE\" >>\"$STARTS/memory\"; sleep 1")
                .with("STARTS", starts.toString())
                .with("TEST_CORES", "1");

        Ended run = startWaiting(2, "--max-jobs", "1", "--mem", "auto:300M").await();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readAllLines(starts.resolve("memory"))).containsExactly("300", "300", "300", "256");
        assertThat(run.out()).contains("reserved more than twice what was used: memory of 4 (300 MB reserved");
    }

    private static int taken(String said) {
        return (int)
                said.lines().filter(line -> line.contains("resuming attempt")).count();
    }

    /**
     * Slurm kills a job of too little memory. The next one asks for twice as much, NWChem is told to fit into it, and the
     * result says so; also if the runner is killed in the middle, when the next runner takes the second job up.
     */
    @Test
    @Promise(
            page = Promise.Page.RELIABILITY,
            section = "Slurm",
            value = {"A job killed for memory", "The result says `more-memory`."})
    void aJobKilledForMemoryIsFollowedByOneWithMoreIntoWhichNwchemFits() throws Exception {
        String[] run = command(
                "run",
                "--slurm",
                "--recover",
                "--mem",
                "100M",
                "--memory",
                "300M",
                "--molecules",
                "compound_02",
                "--functionals",
                "B3LYP",
                "--solvents",
                "CHCl3",
                "--basis",
                "6-31G(d,p)",
                "--results",
                "killed");
        Started first = distribution.start(run);
        Distribution.await(() -> jobs("RUNNING,COMPLETED").stream().anyMatch(job -> memory(job) == 200));
        first.signal("KILL");
        first.await();

        Ended next = distribution.run(run);

        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(jobs("all").stream().map(SlurmIT::memory))
                .as("what each job asked for")
                .containsExactlyInAnyOrder(100L, 200L);
        String large = jobs("COMPLETED").get(0);
        Path calculation = directory.resolve("killed/compound_02/B3LYP_CHCl3");
        assertThat(told(calculation.resolve("failed-1/input.nw"))).isEqualTo(300);
        assertThat(told(calculation.resolve("input.nw"))).isEqualTo(memory(large));
        RunJournal.read(RunFiles.journal(RunDirectory.of(directory.resolve("killed"))), (JournalRecord record) -> {
            assertThat(record.isComplete()).isTrue();
            assertThat(record.attempt().number()).isEqualTo(1);
            assertThat(record.outcome().results()).containsEntry("recovered_by", List.of("more-memory"));
            assertThat(record.attempt().launches())
                    .singleElement()
                    .satisfies(launch -> assertThat(launch.where()).contains("(Slurm job " + large + ")"));
        });
        assertThat(distribution
                        .run("show", "compound_02", "--results", "killed")
                        .out())
                .contains("recovered by: more-memory");
    }

    /** The memory in megabytes that a job has asked Slurm for. */
    private static long memory(String job) {
        return Long.parseLong(
                said("squeue", "-h", "-t", "all", "-j", job, "-o", "%m").replace("M", ""));
    }

    /** The memory in megabytes that an input tells NWChem to take. */
    private static long told(Path input) throws IOException {
        Matcher matcher = Pattern.compile("memory total (\\d+) mb").matcher(Files.readString(input));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** The jobs of this test, of those that have ended as well if they are asked for. */
    private List<String> jobs(String states) {
        return said("squeue", "-h", "-t", states, "-o", "%i %Z")
                .lines()
                .filter(line -> line.contains("/" + temporary.getFileName() + "/"))
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    /** The numbers of a run, without what tells how long it took. */
    private Map<String, Object> results(List<String> run, String results, String... how) throws Exception {
        List<String> arguments = new ArrayList<>(run);
        arguments.add(results);
        arguments.addAll(List.of(how));
        Ended ended = distribution.run(arguments.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        Map<String, Object> numbers = new TreeMap<>();
        RunJournal.read(RunFiles.journal(RunDirectory.of(directory.resolve(results))), (JournalRecord record) -> {
            Map<String, Object> values = new TreeMap<>(record.outcome().results());
            values.remove("wall_seconds");
            values.remove("cpu_seconds");
            numbers.put(record.calculation().taskId(), values);
        });
        return numbers;
    }
}
