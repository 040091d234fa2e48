package io.github.qmbench.nwchem;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Shares out the machine's memory. */
final class MachineMemory {

    /** More than this helps none of the molecules NWChem's shieldings are feasible for. */
    static final long MOST_MB = 4000;

    /** With less NWChem does not start. */
    static final long LEAST_MB = 200;

    private static final double SHARE = 0.75;

    private MachineMemory() {}

    /** The memory of this machine, or of the container it is, in megabytes. */
    static long totalMb() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize() >> 20;
    }

    /** What each of some processes may take of three quarters of the memory, between 200 and 4000 megabytes. */
    static long perProcessMb(long totalMb, int processes) {
        return Math.max(LEAST_MB, Math.min(MOST_MB, shareMb(totalMb, processes)));
    }

    /** What each of some processes may take of three quarters of the memory, in megabytes. */
    static long shareMb(long totalMb, int processes) {
        return (long) (totalMb * SHARE) / processes;
    }

    /** The most that each of some processes may take at all: a share of nine tenths of the memory. */
    static long mostPerProcessMb(long totalMb, int processes) {
        return Math.max(LEAST_MB, totalMb * 9 / 10 / processes);
    }
}
