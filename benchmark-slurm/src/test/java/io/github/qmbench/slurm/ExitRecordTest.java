package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.ResourceUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitRecordTest {

    private static final String RECORD =
            "format=1\nname=qmbench-a\njob=17\nnode=n1\nstarted=1764489600.500\nended=1764489603.750\ncode=3\n"
                    + "terminated=1\nmissing=0\ncpu=1m1.250s 0m0.030s\nmemory=2048\nread=10\nwritten=20\nend=\n";

    @Test
    void everyFieldIsRead() {
        assertThat(ExitRecord.parse(RECORD))
                .contains(new ExitRecord(
                        "qmbench-a",
                        "17",
                        "n1",
                        3,
                        true,
                        false,
                        Instant.ofEpochMilli(1764489600500L),
                        Duration.ofMillis(3250),
                        Optional.of(ResourceUsage.ofCpu(Duration.ofMillis(61_280))
                                .withPeakMemory(2048 << 10)
                                .withTransfer(10, 20))));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, true", "3, 0, 0, false", "0, 1, 0, false", "0, 0, 1, false"})
    void onlyAProgramThatEndedByItselfWithZeroHasSucceeded(String code, String terminated, String missing, boolean is) {
        ExitRecord record = ExitRecord.parse(RECORD.replace("code=3", "code=" + code)
                        .replace("terminated=1", "terminated=" + terminated)
                        .replace("missing=0", "missing=" + missing))
                .orElseThrow();

        assertThat(record.isSuccess()).isEqualTo(is);
        assertThat(record.terminated()).isEqualTo(terminated.equals("1"));
        assertThat(record.missing()).isEqualTo(missing.equals("1"));
    }

    @Test
    void aRecordOfAnotherFormatIsNone() {
        assertThat(ExitRecord.parse(RECORD.replace("format=1", "format=2"))).isEmpty();
    }

    @Test
    void whatWasNotMeasuredIsNotThereAndAClockThatWentBackGivesNoTime() {
        ExitRecord record = ExitRecord.parse(RECORD.replace("memory=2048\n", "memory=0\n")
                        .replace("ended=1764489603", "ended=1764489599")
                        .replace("job=17\n", "=odd\n"))
                .orElseThrow();

        assertThat(record.duration()).isZero();
        assertThat(record.jobId()).isEmpty();
        assertThat(record.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.peakMemoryBytes()).isEqualTo(OptionalLong.empty());
            assertThat(usage.readBytes()).isEqualTo(OptionalLong.empty());
        });
        assertThat(ExitRecord.parse(RECORD.replace("cpu=1m1.250s 0m0.030s\n", ""))
                        .orElseThrow()
                        .usage())
                .isEmpty();
        assertThat(ExitRecord.parse(RECORD.replace("code=3", "code=three"))).isEmpty();
        assertThat(ExitRecord.parse(RECORD.replace("started=1764489600.500\n", "")))
                .isEmpty();
    }
}
