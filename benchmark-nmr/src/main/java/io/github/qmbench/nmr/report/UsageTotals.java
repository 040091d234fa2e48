package io.github.qmbench.nmr.report;

import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.nmr.internal.Phrases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The usage of calculations, beside what was reserved for them. Used by one thread at a time. */
public final class UsageTotals {

    private static final int TOO_MUCH = 2;

    private int count;
    private Duration cpu = Duration.ZERO;
    private Duration reservedCores = Duration.ZERO;
    private long peakMemory;
    private long reservedMemory;
    private int excessOfCores;
    private final Excess memory = new Excess();

    /** Creates totals of no calculations. */
    public UsageTotals() {}

    /** The calculations for which more than twice the memory was reserved. */
    private static final class Excess {
        private int count;
        private long used;
        private long reserved;
    }

    /**
     * Adds one calculation.
     *
     * @param usage of one calculation
     */
    public void add(ResourceUsage usage) {
        count++;
        cpu = cpu.plus(usage.cpu());
        reservedCores = reservedCores.plus(usage.reservedCoreTime());
        long peak = usage.peakMemoryBytes().orElse(0);
        long reserved = usage.reservedMemoryBytes().orElse(0);
        peakMemory = Math.max(peakMemory, peak);
        reservedMemory = Math.max(reservedMemory, reserved);
        if (usage.reservedCoreTime().compareTo(usage.cpu().multipliedBy(TOO_MUCH)) > 0) {
            excessOfCores++;
        }
        if (peak > 0 && reserved > TOO_MUCH * peak) {
            memory.count++;
            memory.used = Math.max(memory.used, peak);
            memory.reserved = Math.max(memory.reserved, reserved);
        }
    }

    /** {@return whether nothing was measured} */
    public boolean isEmpty() {
        return count == 0;
    }

    /** The CPU time of all calculations. */
    Duration cpu() {
        return cpu;
    }

    /** The used share of the reserved core time, as {@code 93 %}; {@code -} when it is not known. */
    String efficiency() {
        return reservedCores.isZero() ? "-" : percent(cpu.toMillis() / (double) reservedCores.toMillis());
    }

    /** The most memory that a calculation used, in bytes; 0 when it is not known. */
    long peakMemory() {
        return peakMemory;
    }

    /** The most memory that was reserved for a calculation, in bytes; 0 when it is not known. */
    long reservedMemory() {
        return reservedMemory;
    }

    /** The most memory that a calculation used, as {@code 310 MB}; {@code -} when it is not known. */
    String memory() {
        return peakMemory == 0 ? "-" : Phrases.bytes(peakMemory);
    }

    /** {@return used against reserved resources in one sentence; empty when nothing was measured} */
    public Optional<String> sentence() {
        if (isEmpty()) {
            return Optional.empty();
        }
        String text = Phrases.duration(cpu) + " of CPU time"
                + (reservedCores.isZero() ? "" : ", " + efficiency() + " of the reserved cores");
        if (peakMemory > 0) {
            text += "; at most " + memory() + " of memory"
                    + (reservedMemory == 0 ? "" : ", of " + Phrases.bytes(reservedMemory) + " reserved");
        }
        return Optional.of(text);
    }

    /** {@return a line about what was reserved and not used by half; empty when that was nothing} */
    public Optional<String> excess() {
        List<String> parts = new ArrayList<>();
        if (memory.count > 0) {
            parts.add("memory of " + memory.count + " (" + Phrases.bytes(memory.reserved) + " reserved, at most "
                    + Phrases.bytes(memory.used) + " used)");
        }
        if (excessOfCores > 0) {
            parts.add("cores of " + excessOfCores);
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("reserved more than twice what was used: " + String.join(", ", parts) + ", of "
                        + Phrases.count(count, "calculation"));
    }

    /**
     * {@return used against reserved resources of one calculation, as {@code show} prints them}
     *
     * @param usage of one calculation
     */
    public static String of(ResourceUsage usage) {
        String text = "used " + Phrases.duration(usage.cpu()) + " of CPU time";
        if (usage.cpuEfficiency().isPresent()) {
            text += ", " + percent(usage.cpuEfficiency().getAsDouble()) + " of "
                    + Phrases.duration(usage.reservedCoreTime()) + " reserved";
        }
        if (usage.peakMemoryBytes().isPresent()) {
            text += "; " + Phrases.bytes(usage.peakMemoryBytes().getAsLong()) + " of memory";
            if (usage.reservedMemoryBytes().isPresent()) {
                text += " of " + Phrases.bytes(usage.reservedMemoryBytes().getAsLong()) + " reserved";
            }
        }
        if (usage.readBytes().isPresent()) {
            text += "; read " + Phrases.bytes(usage.readBytes().getAsLong()) + ", wrote "
                    + Phrases.bytes(usage.writtenBytes().orElse(0));
        }
        return text;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
