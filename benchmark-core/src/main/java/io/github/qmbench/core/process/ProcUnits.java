package io.github.qmbench.core.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * In what {@code /proc} counts.
 *
 * @param ticksPerSecond clock ticks
 * @param pageBytes size of a page
 */
record ProcUnits(long ticksPerSecond, long pageBytes) {

    private static final long AT_PAGESZ = 6; // getauxval(3)
    private static final long AT_CLKTCK = 17;

    static ProcUnits of(Path proc) {
        long ticks = 100;
        long page = 4096;
        try {
            ByteBuffer pairs = ByteBuffer.wrap(Files.readAllBytes(proc.resolve("self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (pairs.remaining() >= 16) {
                long type = pairs.getLong();
                long value = pairs.getLong();
                ticks = type == AT_CLKTCK && value > 0 ? value : ticks;
                page = type == AT_PAGESZ && value > 0 ? value : page;
            }
        } catch (IOException usualValues) {
            return new ProcUnits(ticks, page);
        }
        return new ProcUnits(ticks, page);
    }

    Duration time(long ticks) {
        return Duration.ofNanos(ticks * 1_000_000_000 / ticksPerSecond);
    }
}
