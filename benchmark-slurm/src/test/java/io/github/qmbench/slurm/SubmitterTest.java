package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.ProcessRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arguments of sbatch; nothing is submitted. */
class SubmitterTest {

    @TempDir
    Path path;

    private List<String> arguments(SlurmSettings settings, ProcessRequest request) {
        TestControl control = new TestControl();
        JobFiles files = new JobFiles(JobFiles.folder(request), "mark");
        JobRemarks remarks = new JobRemarks(control, request.output());
        try (Submitter submitter = new Submitter(request, control, Cluster.of(settings), files, remarks)) {
            return submitter.arguments("qmbench-a");
        }
    }

    private ProcessRequest.Builder request() {
        return ProcessRequest.builder(path, List.of("nwchem", "input.nw")).cores(2);
    }

    @Test
    void saysWhatTheJobNeedsAndWhatThisLibraryReliesOn() {
        SlurmSettings settings = SlurmSettings.builder().memory("4G").build();

        assertThat(arguments(settings, request().timeout(Duration.ofMinutes(30)).build()))
                .contains(
                        "--nodes=1",
                        "--ntasks=2",
                        "--time=32",
                        "--mem=4G",
                        "--parsable",
                        "--no-requeue",
                        "--job-name=qmbench-a",
                        "--chdir=" + path.toAbsolutePath());
    }

    @Test
    void theMemoryOfTheRequestComesAfterThatOfTheSettings() {
        SlurmSettings settings = SlurmSettings.builder().memory("4G").build();

        assertThat(arguments(settings, request().memoryBytes((8L << 30) + 1).build()))
                .containsSubsequence("--mem=4G", "--mem=8193M");
    }
}
