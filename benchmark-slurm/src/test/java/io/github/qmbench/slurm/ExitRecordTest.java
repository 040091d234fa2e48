package io.github.qmbench.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExitRecordTest {

    private static final String RECORD =
            "format=1\nname=qmbench-a\njob=17\nnode=n1\nstarted=1764489600.500\nended=1764489603.750\ncode=3\n"
                    + "terminated=1\nmissing=0\ncpu=1m1.250s 0m0.030s\nmemory=2048\nread=10\nwritten=20\nend=\n";

    @Test
    void everyFieldIsRead() {
        ExitRecord record = ExitRecord.parse(RECORD).orElseThrow();

        assertThat(record.name()).isEqualTo("qmbench-a");
        assertThat(record.jobId()).isEqualTo("17");
        assertThat(record.node()).isEqualTo("n1");
        assertThat(record.exitCode()).isEqualTo(3);
        assertThat(record.terminated()).isTrue();
        assertThat(record.missing()).isFalse();
        assertThat(record.started()).isEqualTo(Instant.ofEpochMilli(1764489600500L));
        assertThat(record.duration()).isEqualTo(Duration.ofMillis(3250));
        assertThat(record.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.cpu()).isEqualTo(Duration.ofMillis(61_280));
            assertThat(usage.peakMemoryBytes()).hasValue(2048 << 10);
            assertThat(usage.readBytes()).hasValue(10);
            assertThat(usage.writtenBytes()).hasValue(20);
        });
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
