package io.github.qmbench.nmr.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.plugin.Finding;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsReportTest {

    private static final Finding MEMORY =
            Finding.about("memory").doubtful("3 GB free").withRemedy("use --memory 1");
    private static final Finding PROGRAM = Finding.about("nwchem").good("7.2.2");
    private static final Finding DISK = Finding.about("disk").unusable("full").withRemedy("free some space");

    @TempDir
    Path directory;

    @Test
    void aLineForEachFindingThenTheVerdictsFromGoodToUnusable() {
        assertThat(new FindingsReport(List.of(MEMORY, DISK, PROGRAM, MEMORY)).lines())
                .containsExactly(
                        "doubtful  memory: 3 GB free -> use --memory 1",
                        "UNUSABLE  disk: full -> free some space",
                        "good      nwchem: 7.2.2",
                        "doubtful  memory: 3 GB free -> use --memory 1",
                        "1 good, 2 doubtful, 1 unusable: not ready to run");
    }

    @Test
    void doubtsAloneDoNotStopARun() {
        FindingsReport report = new FindingsReport(List.of(MEMORY, PROGRAM));

        assertThat(report.isUnusable()).isFalse();
        assertThat(report.lines()).last().isEqualTo("1 good, 1 doubtful: ready to run");
    }

    @Test
    void inJsonARemedyThatIsNotThereIsNull() {
        assertThat(new FindingsReport(List.of(DISK, PROGRAM)).json())
                .containsExactly(
                        object(
                                "subject",
                                "disk",
                                "verdict",
                                "unusable",
                                "finding",
                                "full",
                                "remedy",
                                "free some space"),
                        object("subject", "nwchem", "verdict", "good", "finding", "7.2.2", "remedy", null));
    }

    @Test
    void aDirectoryThatCanBeUsedStaysEmpty() throws IOException {
        Path run = directory.resolve("new/run");
        DirectoryCheck check = new DirectoryCheck(RunDirectory.of(run));

        List<Finding> findings = check.checks(3, 1_600_000_000L);

        assertThat(check.place()).isEqualTo(directory);
        assertThat(findings.get(0))
                .isEqualTo(Finding.about("run directory").good(run + ": can be written, locked and renamed"));
        assertThat(findings.get(1).subject()).isEqualTo("disk");
        assertThat(findings.get(1).finding()).endsWith(" GB free, about 2.1 GB for 3 calculations");
        try (var entries = Files.list(directory)) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void aDiskWithTooLittleRoomIsDoubtful() {
        Finding disk = new DirectoryCheck(RunDirectory.of(directory))
                .checks(1, Long.MAX_VALUE / 2)
                .get(1);

        assertThat(disk)
                .isEqualTo(Finding.about("disk")
                        .doubtful(disk.finding())
                        .withRemedy("free some space, or choose another directory with --results"));
        assertThat(disk.finding()).endsWith(" GB free, about 4611686018.9 GB for 1 calculation");
    }

    @Test
    void aFileIsNoPlaceForARun() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        Finding finding = new DirectoryCheck(RunDirectory.of(file)).checks(1, 0).get(0);

        assertThat(finding)
                .isEqualTo(Finding.about("run directory")
                        .unusable(finding.finding())
                        .withRemedy("choose another directory with --results"));
        assertThat(finding.finding()).startsWith(file + ": ");
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(
                    String.valueOf(namesAndValues[i]),
                    Arrays.asList(namesAndValues).get(i + 1));
        }
        return object;
    }
}
