package io.github.qmbench.core.process;

import io.github.qmbench.core.internal.Require;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The resources that a program and all its processes used, beside those that were reserved for them. Immutable.
 *
 * <p>A value is empty where the system does not report it, or where the program ended before it could be read. Times
 * are kept to the millisecond.
 */
public final class ResourceUsage {
    private final Duration cpu;
    private final Duration reservedCores;
    private final OptionalLong peakMemoryBytes;
    private final OptionalLong reservedMemoryBytes;
    private final OptionalLong readBytes;
    private final OptionalLong writtenBytes;

    private ResourceUsage(
            Duration cpu,
            Duration reservedCores,
            OptionalLong peakMemoryBytes,
            OptionalLong reservedMemoryBytes,
            OptionalLong readBytes,
            OptionalLong writtenBytes) {
        this.cpu = cpu;
        this.reservedCores = reservedCores;
        this.peakMemoryBytes = peakMemoryBytes;
        this.reservedMemoryBytes = reservedMemoryBytes;
        this.readBytes = readBytes;
        this.writtenBytes = writtenBytes;
    }

    private static Duration time(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative but was " + value);
        }
        return value.truncatedTo(ChronoUnit.MILLIS);
    }

    private static OptionalLong bytes(long value, String name) {
        return OptionalLong.of(Require.notNegative(value, name));
    }

    /**
     * {@return the usage of a program of which only the CPU time is known: that of all its processes, user and system}
     *
     * @param time user and system
     */
    public static ResourceUsage ofCpu(Duration time) {
        OptionalLong unknown = OptionalLong.empty();
        return new ResourceUsage(time(time, "time"), Duration.ZERO, unknown, unknown, unknown, unknown);
    }

    /**
     * {@return this usage with the cores that were reserved, each for so long}
     *
     * @param cores at least 1
     * @param each the wall time of each core
     */
    public ResourceUsage withReservedCores(int cores, Duration each) {
        Require.atLeastOne(cores, "cores");
        return withReservedCoreTime(time(each, "each").multipliedBy(cores));
    }

    /**
     * {@return this usage with the reserved core time: cores times wall time}
     *
     * @param time cores times wall time
     */
    public ResourceUsage withReservedCoreTime(Duration time) {
        return new ResourceUsage(
                cpu, time(time, "time"), peakMemoryBytes, reservedMemoryBytes, readBytes, writtenBytes);
    }

    /**
     * {@return this usage with the largest amount of memory that all processes held at the same time}
     *
     * @param bytes of all processes together
     */
    public ResourceUsage withPeakMemory(long bytes) {
        return new ResourceUsage(
                cpu, reservedCores, bytes(bytes, "bytes"), reservedMemoryBytes, readBytes, writtenBytes);
    }

    /**
     * {@return this usage with the memory that was reserved}
     *
     * @param bytes for all processes together
     */
    public ResourceUsage withReservedMemory(long bytes) {
        return new ResourceUsage(cpu, reservedCores, peakMemoryBytes, bytes(bytes, "bytes"), readBytes, writtenBytes);
    }

    /**
     * {@return this usage with the bytes that were read from storage and written to it}
     *
     * @param read bytes from storage
     * @param written bytes to storage
     */
    public ResourceUsage withTransfer(long read, long written) {
        return new ResourceUsage(
                cpu,
                reservedCores,
                peakMemoryBytes,
                reservedMemoryBytes,
                bytes(read, "read"),
                bytes(written, "written"));
    }

    /**
     * {@return the usage of this program and of another one of the same calculation together} Times and transferred
     * bytes are added; of peak and reserved memory the larger one counts.
     *
     * @param other the usage of the other program
     */
    public ResourceUsage plus(ResourceUsage other) {
        Objects.requireNonNull(other, "other");
        return new ResourceUsage(
                cpu.plus(other.cpu),
                reservedCores.plus(other.reservedCores),
                larger(peakMemoryBytes, other.peakMemoryBytes),
                larger(reservedMemoryBytes, other.reservedMemoryBytes),
                sum(readBytes, other.readBytes),
                sum(writtenBytes, other.writtenBytes));
    }

    private static OptionalLong larger(OptionalLong one, OptionalLong other) {
        return one.isPresent() && (other.isEmpty() || one.getAsLong() >= other.getAsLong()) ? one : other;
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isEmpty() && other.isEmpty() ? one : OptionalLong.of(one.orElse(0) + other.orElse(0));
    }

    /** {@return the CPU time of all processes, user and system} */
    public Duration cpu() {
        return cpu;
    }

    /** {@return the reserved core time: cores times wall time; zero when none is known} */
    public Duration reservedCoreTime() {
        return reservedCores;
    }

    /**
     * {@return the largest amount of memory, in bytes, that all processes of a program were seen to hold at the same
     * time}
     */
    public OptionalLong peakMemoryBytes() {
        return peakMemoryBytes;
    }

    /** {@return the memory in bytes that was reserved for a program} */
    public OptionalLong reservedMemoryBytes() {
        return reservedMemoryBytes;
    }

    /** {@return the bytes that were read from storage} */
    public OptionalLong readBytes() {
        return readBytes;
    }

    /** {@return the bytes that were written to storage} */
    public OptionalLong writtenBytes() {
        return writtenBytes;
    }

    /** {@return the share of the reserved core time that was used; empty when no reserved time is known} */
    public OptionalDouble cpuEfficiency() {
        return reservedCores.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(cpu.toMillis() / (double) reservedCores.toMillis());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceUsage that
                && cpu.equals(that.cpu)
                && reservedCores.equals(that.reservedCores)
                && peakMemoryBytes.equals(that.peakMemoryBytes)
                && reservedMemoryBytes.equals(that.reservedMemoryBytes)
                && readBytes.equals(that.readBytes)
                && writtenBytes.equals(that.writtenBytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cpu, reservedCores, peakMemoryBytes, reservedMemoryBytes, readBytes, writtenBytes);
    }

    @Override
    public String toString() {
        return "ResourceUsage[cpu=" + cpu + ", reservedCoreTime=" + reservedCores + ", peakMemoryBytes="
                + peakMemoryBytes + ", reservedMemoryBytes=" + reservedMemoryBytes + ", readBytes=" + readBytes
                + ", writtenBytes=" + writtenBytes + "]";
    }
}
