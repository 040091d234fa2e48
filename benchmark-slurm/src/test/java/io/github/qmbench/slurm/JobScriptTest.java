package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ResourceUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of a job, run by bash as Slurm would run it. */
@Timeout(60)
class JobScriptTest {

    private static final String NAME = "qmbench-mark";

    @TempDir
    Path path;

    private JobFiles files(ProcessRequest request) {
        return new JobFiles(JobFiles.folder(request), "mark");
    }

    private Process start(ProcessRequest request, String name) throws IOException {
        JobFiles files = files(request);
        files.prepare(
                request,
                new JobScript.Setting(name, files.owner(), files.record(name), Duration.ofSeconds(1), Duration.ZERO));
        ProcessBuilder builder = new ProcessBuilder("bash", files.script(name).toString()).redirectErrorStream(true);
        builder.environment().put("SLURM_JOB_ID", "17");
        builder.environment().put("SLURMD_NODENAME", "n1");
        return builder.start();
    }

    private ProcessRequest request(String... command) {
        return ProcessRequest.builder(path, List.of(command)).build();
    }

    private Optional<ExitRecord> record(ProcessRequest request) throws IOException {
        return files(request).readRecord(NAME);
    }

    /** A program that ends at once races with the start of the fence, which must not write a record of its own. */
    @Test
    void theRecordOfAProgramThatFailsAtOnceIsNotOverwritten() throws Exception {
        List<ProcessRequest> requests = new ArrayList<>();
        List<Process> jobs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Path own = Files.createDirectory(path.resolve("job" + i));
            requests.add(
                    ProcessRequest.builder(own, List.of("sh", "-c", "exit 3")).build());
            jobs.add(start(requests.get(i), NAME));
        }
        for (Process job : jobs) {
            job.getInputStream().readAllBytes(); // to its end, which is that of the fence as well
        }

        for (ProcessRequest request : requests) {
            assertThat(record(request).orElseThrow().exitCode()).isEqualTo(3);
        }
    }

    /** All that a record has, in its order; numbers that differ from run to run are shown as 0. */
    @Test
    void theRecordHasAllFieldsInTheirOrder() throws Exception {
        ProcessRequest request = request("true");
        start(request, NAME).waitFor();

        assertThat(Files.readString(files(request).record(NAME))
                        .replaceAll("(?m)^(started|ended)=\\d+\\.\\d{9}$", "$1=0")
                        .replaceAll("(?m)^(memory|read|written)=\\d+$", "$1=0")
                        .replaceAll("\\d+m\\d+[.,]\\d{3}s", "0"))
                .isEqualTo("format=1\nname=" + NAME + "\njob=17\nrestart=0\nnode=n1\ncode=0\nterminated=0\nmissing=0\n"
                        + "started=0\nended=0\ncpu=0 0\nmemory=0\nread=0\nwritten=0\nend=\n");
    }

    @Test
    void theProgramHasItsInputItsVariablesItsDirectoryAndItsFiles() throws Exception {
        ProcessRequest request = ProcessRequest.builder(
                        path,
                        List.of(
                                "sh",
                                "-c",
                                "read -r line; echo \"$line $A $B $1 $PWD\"; echo wrong >&2",
                                "sh",
                                "a  'b'"))
                .environment("A", "it's")
                .environment("B", "$HOME")
                .inputText("from a file\n")
                .output("out.txt")
                .error("err.txt")
                .build();
        request.writeInput();

        assertThat(start(request, NAME).waitFor()).isZero();

        assertThat(path.resolve("out.txt")).hasContent("from a file it's $HOME a  'b' " + path.toRealPath());
        assertThat(path.resolve("err.txt")).hasContent("wrong");
    }

    @Test
    void aJobThatReplacesAnotherWaitsBeforeItStarts() throws Exception {
        ProcessRequest request = request("true");
        JobFiles files = files(request);
        JobScript.Setting setting = new JobScript.Setting(
                NAME, files.owner(), files.record(NAME), Duration.ofMillis(2001), Duration.ofMillis(1));

        assertThat(JobScript.text(request, setting))
                .contains("if [ 1 -gt 0 ]; then\n    sleep 1 & wait $!\n", "        sleep 3 & nap=$!\n");
    }

    @Test
    void aJobWhoseDirectoryIsNotThereSaysSo() throws Exception {
        ProcessRequest request = request("touch", "started");
        JobFiles files = files(request);
        files.prepare(
                request,
                new JobScript.Setting(NAME, files.owner(), files.record(NAME), Duration.ofSeconds(1), Duration.ZERO));
        Files.delete(files.owner());

        Process job = new ProcessBuilder("bash", files.script(NAME).toString()).start();
        String said = new String(job.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(job.waitFor()).isEqualTo(79);
        assertThat(said)
                .startsWith("the calculation's directory is not there on ")
                .endsWith(": is it on a shared disk?\n");
        assertThat(path.resolve("started")).doesNotExist();
        assertThat(record(request)).isEmpty();
    }

    @Test
    void leavesARecordOfTheExit() throws Exception {
        ProcessRequest request = request("sh", "-c", "echo out; exit 3");

        assertThat(start(request, NAME).waitFor()).isEqualTo(3);

        ExitRecord record = record(request).orElseThrow();
        assertThat(record.exitCode()).isEqualTo(3);
        assertThat(record.jobId()).isEqualTo("17");
        assertThat(record.node()).isEqualTo("n1");
        assertThat(record.terminated()).isFalse();
        assertThat(record.isSuccess()).isFalse();
        assertThat(record.started()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(path.resolve("stdout")).hasContent("out");
    }

    @Test
    void recordTellsWhatTheProgramAndItsChildrenUsed() throws Exception {
        String hold = "{ head -c 104857600 /dev/zero; sleep 9; } | tail -n 1 >/dev/null & ";
        ProcessRequest request = request(
                "sh", "-c", hold + hold + "dd if=/dev/zero of=big bs=1000000 count=3 conv=fsync; wait; times >told");

        assertThat(start(request, NAME).waitFor()).isZero();

        ResourceUsage usage = record(request).orElseThrow().usage().orElseThrow();
        assertThat(usage.peakMemoryBytes().orElseThrow()).isBetween(200L << 20, 230L << 20);
        double told = Pattern.compile("(\\d+)m(\\d+\\.\\d+)s")
                .matcher(Files.readString(path.resolve("told")))
                .results()
                .mapToDouble(time -> 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2)))
                .sum();
        assertThat(usage.cpu().toMillis() / 1000.0)
                .isBetween(told - 0.02, told + 0.3); // and what the script itself took
        assertThat(usage.writtenBytes()).isPresent(); // as much as the file system tells
    }

    /** A look finds a child in the list of its parent, and the child has ended when its own files are read. */
    @Test
    void aChildThatIsGoneIsNeitherCountedNorLookedForAgainAndAgain() throws Exception {
        ProcessRequest request = request("sh", "-c", """
                mkdir -p proc/$$/task/1; echo 99 >proc/$$/task/1/children
                printf 'VmHWM: 1500 kB\\nVmRSS: 1000 kB\\n' >proc/$$/status; sleep 1""");
        JobFiles files = files(request);
        files.prepare(
                request,
                new JobScript.Setting(NAME, files.owner(), files.record(NAME), Duration.ofSeconds(1), Duration.ZERO));
        Path script = files.script(NAME);
        Files.writeString(script, Files.readString(script).replace("/proc/", path + "/proc/"));
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
        builder.environment().put("SLURM_JOB_ID", "17");

        assertThat(builder.start().waitFor()).isZero();

        assertThat(record(request).orElseThrow().usage().orElseThrow().peakMemoryBytes())
                .hasValue(1500 << 10);
    }

    @Test
    void recordOfAnOlderVersionHasNoUsage() {
        String record = "format=1\nname=a\njob=1\nrestart=0\nnode=n\ncode=0\nterminated=0\nmissing=0\n"
                + "started=1.0\nended=2.0\nend=\n";

        assertThat(ExitRecord.parse(record).orElseThrow().usage()).isEmpty();
        ResourceUsage usage = ExitRecord.parse(
                        record.replace("\nend=", "\ncpu=1m0,250s 0m1.000s\nmemory=2\nread=3\nwritten=4\nend="))
                .orElseThrow()
                .usage()
                .orElseThrow();
        assertThat(usage)
                .as("also with the decimal comma of a locale")
                .isEqualTo(ResourceUsage.ofCpu(Duration.ofMillis(61_250))
                        .withPeakMemory(2048)
                        .withTransfer(3, 4));
    }

    @Test
    void toldToEndItSaysSoAndIsNoSuccess() throws Exception {
        ProcessRequest request = request("sh", "-c", "trap 'exit 0' TERM; touch started; while :; do sleep 0.1; done");
        Process job = start(request, NAME);
        TestCluster.await("it runs", () -> Files.exists(path.resolve("started")));

        job.destroy();

        assertThat(job.waitFor(20, TimeUnit.SECONDS)).isTrue();
        ExitRecord record = record(request).orElseThrow();
        assertThat(record.terminated()).isTrue();
        assertThat(record.exitCode()).isEqualTo(143);
        assertThat(record.isSuccess()).isFalse();
    }

    @Test
    void programThatIsNotThereIsToldApart() throws Exception {
        ProcessRequest request = request("no-such-program");

        Process job = start(request, NAME);
        String said = new String(job.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(job.waitFor()).isEqualTo(127);
        assertThat(said).startsWith("no-such-program is not there, or not executable, on ");
        assertThat(record(request).orElseThrow().missing()).isTrue();
    }

    @Test
    void jobThatWasReplacedStartsNothing() throws Exception {
        ProcessRequest request = request("touch", "started");
        JobFiles files = files(request);
        JobScript.Setting setting =
                new JobScript.Setting(NAME, files.owner(), files.record(NAME), Duration.ofSeconds(1), Duration.ZERO);
        files.prepare(request, setting);
        files.letRun("qmbench-mark-2");

        assertThat(new ProcessBuilder("bash", files.script(NAME).toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(path.resolve("started")).doesNotExist();
        assertThat(record(request)).isEmpty();
    }

    @Test
    void jobThatIsReplacedWhileItRunsEndsItsProgram() throws Exception {
        ProcessRequest request = request("sh", "-c", "touch started; exec sleep 300");
        Process job = start(request, NAME);
        TestCluster.await("it runs", () -> Files.exists(path.resolve("started")));

        files(request).letNoneRun();

        assertThat(job.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(record(request)).as("it is not this job's business any more").isEmpty();
    }

    /** The attempt before was given up while its job ran, and its files were moved away before the job saw that. */
    @Test
    void aJobWhoseFilesALaterAttemptHasMovedAwayEndsItsProgram() throws Exception {
        ProcessRequest request = request("sh", "-c", "touch started; exec sleep 300");
        Process job = start(request, NAME);
        TestCluster.await("it runs", () -> Files.exists(path.resolve("started")));

        Path folder = JobFiles.folder(request);
        Path movedTo = Files.createDirectory(path.resolve("attempt-1")).resolve("slurm");
        Files.move(folder, movedTo);
        Files.createDirectory(folder);
        new JobFiles(folder, "later").letRun("qmbench-later");

        assertThat(job.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(record(request)).isEmpty();
        assertThat(new JobFiles(movedTo, "mark").readRecord(NAME)).isEmpty();
    }

    /** A shared disk may be away for a moment. Only what the files clearly say ends a job. */
    @ParameterizedTest
    @CsvSource({
        "mark.owner names this job, 1",
        "mark.owner names another job, 0",
        "mark.owner names another job and so does later.owner, 0",
        "mark.owner names this job and later.owner another, 1",
        "mark.owner is empty beside later.owner, 1",
        "mark.owner cannot be read beside later.owner, 1",
        "mark.owner is gone, 1",
        "mark.owner is gone with its folder, 1",
        "mark.owner is gone beside later.owner, 0",
    })
    void aJobEndsOnlyWhenItsFilesSayThatItWasReplaced(String files, int code) throws Exception {
        Path folder = Files.createDirectory(path.resolve("it's a  folder"));
        Path owner = folder.resolve("mark.owner");
        if (files.contains("names this job")) {
            Files.writeString(owner, NAME + "\n");
        } else if (files.contains("names another job")) {
            Files.writeString(owner, "qmbench-other\n");
        } else if (files.contains("is empty")) {
            Files.createFile(owner);
        } else if (files.contains("cannot be read")) {
            Files.createDirectory(owner);
        } else if (files.contains("with its folder")) {
            Files.delete(folder);
        }
        if (files.contains("later.owner")) {
            Files.writeString(folder.resolve("later.owner"), "qmbench-later\n");
        }
        String script = JobScript.text(
                request("true"),
                new JobScript.Setting(NAME, owner, folder.resolve("record"), Duration.ofSeconds(1), Duration.ZERO));
        String names = script.substring(script.indexOf("name="), script.indexOf("if ! cd "));
        String replaced = script.substring(script.indexOf("replaced() {"), script.indexOf("if replaced;"));

        Process process = new ProcessBuilder("bash", "-c", names + replaced + "replaced").start();

        assertThat(process.waitFor()).isEqualTo(code);
    }

    @Property(tries = 20)
    void anyTextIsOneWordToTheShell(@ForAll @CharRange(from = 1, to = 0x2fff) String text) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", "printf %s " + JobScript.quote(text)).start();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(new String(said, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void variablesThatNoShellCanExportAreRefused() {
        ProcessRequest request = ProcessRequest.builder(path, List.of("true"))
                .environment("not a name", "x")
                .build();
        assertThatThrownBy(() -> start(request, NAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'not a name'");
    }

    @Test
    void aRecordThatIsNotWholeIsNone() throws Exception {
        ProcessRequest request = request("true");
        start(request, NAME).waitFor();
        String whole = Files.readString(files(request).record(NAME));

        assertThat(ExitRecord.parse(whole)).isPresent();
        for (int length = 0; length < whole.length(); length++) {
            assertThat(ExitRecord.parse(whole.substring(0, length)))
                    .as("%d characters", length)
                    .isEmpty();
        }
    }
}
