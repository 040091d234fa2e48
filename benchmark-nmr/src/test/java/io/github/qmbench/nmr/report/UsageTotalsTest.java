package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.ResourceUsage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UsageTotalsTest {

    private static final long MEGABYTE = 1 << 20;

    private final UsageTotals totals = new UsageTotals();

    private static ResourceUsage usage(int cpuSeconds, int coreSeconds) {
        return ResourceUsage.ofCpu(Duration.ofSeconds(cpuSeconds))
                .withReservedCores(1, Duration.ofSeconds(coreSeconds));
    }

    @Test
    void ofNothingThereIsNothingToSay() {
        assertThat(totals.isEmpty()).isTrue();
        assertThat(totals.sentence()).isEmpty();
        assertThat(totals.excess()).isEmpty();
        assertThat(totals.efficiency()).isEqualTo("-");
        assertThat(totals.memory()).isEqualTo("-");
    }

    @Test
    void addsTimesAndKeepsTheLargestMemory() {
        totals.add(usage(90, 100).withPeakMemory(300 * MEGABYTE).withReservedMemory(500 * MEGABYTE));
        totals.add(usage(60, 100).withPeakMemory(200 * MEGABYTE).withReservedMemory(400 * MEGABYTE));

        assertThat(totals.sentence())
                .contains(
                        "2 min 30 s of CPU time, 75 % of the reserved cores; at most 300 MB of memory, of 500 MB reserved");
        assertThat(totals.excess()).as("twice is not more than twice").isEmpty();
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        totals.add(ResourceUsage.ofCpu(Duration.ofSeconds(5)));

        assertThat(totals.sentence()).contains("5.0 s of CPU time");
        assertThat(totals.excess()).isEmpty();
    }

    @Test
    void namesInOneLineWhatReservedMoreThanTwiceWhatItUsed() {
        totals.add(usage(90, 100).withPeakMemory(300 * MEGABYTE).withReservedMemory(1536 * MEGABYTE));
        totals.add(usage(90, 100).withPeakMemory(310 * MEGABYTE).withReservedMemory(1536 * MEGABYTE));
        totals.add(usage(90, 100).withPeakMemory(900 * MEGABYTE).withReservedMemory(1536 * MEGABYTE));
        totals.add(usage(49, 100).withPeakMemory(900 * MEGABYTE).withReservedMemory(1536 * MEGABYTE));

        assertThat(totals.excess())
                .contains("reserved more than twice what was used: memory of 2 (1.5 GB reserved, at most 310 MB used),"
                        + " cores of 1, of 4 calculations");
    }

    @Test
    void theLargestCountsInWhateverOrderTheyCome() {
        totals.add(usage(90, 100).withPeakMemory(310 * MEGABYTE).withReservedMemory(1600 * MEGABYTE));
        totals.add(usage(90, 100).withPeakMemory(300 * MEGABYTE).withReservedMemory(1536 * MEGABYTE));

        assertThat(totals.excess())
                .contains("reserved more than twice what was used: memory of 2 (1.6 GB reserved, at most 310 MB used),"
                        + " of 2 calculations");
        assertThat(totals.sentence())
                .contains(
                        "3 min of CPU time, 90 % of the reserved cores; at most 310 MB of memory, of 1.6 GB reserved");
    }

    @Test
    void oneCalculationHasASentenceOfItsOwn() {
        assertThat(UsageTotals.of(usage(90, 100)
                        .withPeakMemory(300 * MEGABYTE)
                        .withReservedMemory(1536 * MEGABYTE)
                        .withTransfer(4096, 80 * MEGABYTE)))
                .isEqualTo(
                        "used 1 min 30 s of CPU time, 90 % of 1 min 40 s reserved; 300 MB of memory of 1.5 GB reserved;"
                                + " read 4 kB, wrote 80 MB");
        assertThat(UsageTotals.of(ResourceUsage.ofCpu(Duration.ZERO))).isEqualTo("used 0.0 s of CPU time");
    }
}
