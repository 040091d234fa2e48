package io.github.qmbench.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResourceUsageTest {

    @Test
    void ofTwoProgramsTimesAndBytesAreAddedAndTheLargerMemoryCounts() {
        ResourceUsage one = ResourceUsage.ofCpu(Duration.ofSeconds(3))
                .withReservedCores(2, Duration.ofSeconds(4))
                .withPeakMemory(500)
                .withReservedMemory(600)
                .withTransfer(10, 20);
        ResourceUsage other = ResourceUsage.ofCpu(Duration.ofSeconds(1))
                .withReservedCores(1, Duration.ofSeconds(2))
                .withPeakMemory(400)
                .withReservedMemory(900)
                .withTransfer(1, 2);

        ResourceUsage both = ResourceUsage.ofCpu(Duration.ofSeconds(4))
                .withReservedCoreTime(Duration.ofSeconds(10))
                .withPeakMemory(500)
                .withReservedMemory(900)
                .withTransfer(11, 22);
        assertThat(one.plus(other)).isEqualTo(both).isEqualTo(other.plus(one)).hasSameHashCodeAs(both);
        assertThat(both.cpuEfficiency()).hasValue(0.4);
    }

    @Test
    void whatIsNotKnownOfOneIsThatOfTheOther() {
        ResourceUsage cpu = ResourceUsage.ofCpu(Duration.ofSeconds(1));
        ResourceUsage more = cpu.withPeakMemory(5).withTransfer(1, 2);

        assertThat(cpu.plus(more).peakMemoryBytes()).hasValue(5);
        assertThat(more.plus(cpu).writtenBytes()).hasValue(2);
        assertThat(cpu.plus(cpu).readBytes()).isEmpty();
        assertThat(cpu.cpuEfficiency()).isEmpty();
    }
}
