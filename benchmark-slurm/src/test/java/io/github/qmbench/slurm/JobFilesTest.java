package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.slurm.JobFiles.Hint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a job, and what a person is told of it. */
class JobFilesTest {

    private static final String NAME = "qmbench-mark-2";
    private static final String TIME_LIMIT = "CANCELLED DUE TO TIME LIMIT\n";

    @TempDir
    Path directory;

    private ProcessRequest request;
    private Path folder;
    private JobFiles files;
    private JobScript.Setting setting;

    @BeforeEach
    void aJobBesideItsOutput() {
        request = ProcessRequest.builder(directory, List.of("nwchem"))
                .output("m1/nwchem.out")
                .error("m1/nwchem.err")
                .build();
        folder = directory.resolve("m1/slurm");
        files = new JobFiles(JobFiles.folder(request), "mark");
        setting = new JobScript.Setting(
                NAME, files.owner(), files.record(NAME), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void allFilesOfAJobAreInOneFolder() {
        assertThat(JobFiles.folder(request)).isEqualTo(folder);
        assertThat(files.owner()).isEqualTo(folder.resolve("mark.owner"));
        assertThat(files.script(NAME)).isEqualTo(folder.resolve(NAME + ".sh"));
        assertThat(files.record(NAME)).isEqualTo(folder.resolve(NAME + ".exit"));
        assertThat(files.log(NAME)).isEqualTo(folder.resolve(NAME + ".log"));
    }

    @Test
    void aJobIsPreparedWithNewFiles() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(files.log(NAME), "of the attempt before");
        Files.writeString(request.error(), "of the attempt before");
        try (OutputStream replaced = Files.newOutputStream(request.output())) {
            files.prepare(request, setting);
            replaced.write(1); // a job that was replaced writes on
        }

        assertThat(request.output()).isEmptyFile();
        assertThat(request.error()).isEmptyFile();
        assertThat(files.log(NAME)).isEmptyFile();
        assertThat(files.owner()).hasContent(NAME + "\n");
        assertThat(files.script(NAME)).hasContent(JobScript.text(request, setting));
        try (var all = Files.list(folder)) {
            assertThat(all.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("mark.owner", NAME + ".sh", NAME + ".log");
        }
    }

    @Test
    void oneJobOrNoneMayRun() throws Exception {
        files.letNoneRun();
        assertThat(folder).as("nothing is left that could run").doesNotExist();

        files.prepare(request, setting);
        files.letRun("qmbench-mark-3");
        assertThat(files.owner()).hasContent("qmbench-mark-3\n");
        files.letNoneRun();
        assertThat(files.owner()).hasContent("none\n");
    }

    @Test
    void theRecordOfAnotherJobIsNotThatOfThisOne() throws Exception {
        assertThat(files.readRecord(NAME)).as("not yet").isEmpty();
        Files.createDirectories(folder);
        String record = "format=1\nname=" + NAME + "\njob=17\nnode=n1\nstarted=1\nended=2\ncode=0\nend=\n";

        Files.writeString(files.record(NAME), record);
        assertThat(files.readRecord(NAME)).contains(ExitRecord.parse(record).orElseThrow());
        Files.writeString(files.record(NAME), record.replace(NAME, "qmbench-mark"));
        assertThat(files.readRecord(NAME)).isEmpty();
    }

    @Test
    void aLogIsReadUnlessItIsTooLongToBeSlurms() throws Exception {
        assertThat(files.readHint(NAME)).as("no log").isEqualTo(Hint.NONE);

        log(" ".repeat((1 << 20) - TIME_LIMIT.length()) + TIME_LIMIT);
        assertThat(files.readHint(NAME)).as("a mebibyte").isEqualTo(Hint.TIME_LIMIT);
        log(" ".repeat((1 << 20) - TIME_LIMIT.length() + 1) + TIME_LIMIT);
        assertThat(files.readHint(NAME)).as("a byte more").isEqualTo(Hint.NONE);
    }

    private void log(String text) throws IOException {
        Files.createDirectories(folder);
        Files.write(files.log(NAME), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPersonIsToldOfEachChangeOnce() {
        TestControl control = new TestControl();
        JobRemarks remarks = new JobRemarks(control, Path.of("/data/run/m1/WP04/stdout"));
        for (String text : List.of("waits", "waits", "runs", "waits")) {
            remarks.show(text);
        }

        assertThat(control.remarks).containsExactly("waits", "runs", "waits");
        List<String> logged = new ArrayList<>();
        JobRemarks other = new JobRemarks(control, Path.of("/data/run/m1/WP04/stdout"), logged::add);
        for (String text : List.of("ended", "ended", "resuming", "ended")) {
            other.log(text);
        }
        assertThat(logged).containsExactly("m1/WP04: ended", "m1/WP04: resuming", "m1/WP04: ended");
        assertThat(control.remarks).as("the log is not for the status").hasSize(3);
        assertThat(remarks.place()).isEqualTo("m1/WP04");
        assertThat(new JobRemarks(control, Path.of("/m1/WP04/x/stdout")).place())
                .isEqualTo("WP04/x");
        assertThat(new JobRemarks(control, Path.of("/m1/WP04/stdout")).place()).isEqualTo("/m1/WP04/stdout");
    }
}
