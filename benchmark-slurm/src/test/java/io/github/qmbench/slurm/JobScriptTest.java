package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.process.ProcessRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
    void toldToEndItSaysSoAndIsNoSuccess() throws Exception {
        ProcessRequest request = request("sh", "-c", "trap 'exit 0' TERM; touch started; while :; do sleep 0.1; done");
        Process job = start(request, NAME);
        TestCluster.await("it runs", () -> Files.exists(path.resolve("started")));

        job.destroy();

        assertThat(job.waitFor(20, TimeUnit.SECONDS)).isTrue();
        ExitRecord record = record(request).orElseThrow();
        assertThat(record.terminated()).isTrue();
        assertThat(record.isSuccess()).isFalse();
    }

    @Test
    void programThatIsNotThereIsToldApart() throws Exception {
        ProcessRequest request = request("no-such-program");

        assertThat(start(request, NAME).waitFor()).isEqualTo(127);

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
