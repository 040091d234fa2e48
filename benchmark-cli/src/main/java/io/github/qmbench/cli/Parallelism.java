package io.github.qmbench.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.nmr.internal.Phrases;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say how many calculations are done at once on this machine. */
final class Parallelism {

    @Option(
            names = "--parallel",
            paramLabel = "N|auto",
            description = "How many calculations run in parallel; default: auto, as many as cores and memory allow",
            defaultValue = "auto")
    private String parallel = "auto";

    @Option(names = "--oversubscribe", description = "Allow more processes than the machine has cores")
    private boolean oversubscribe;

    /** Returns how many calculations of a benchmark are done at once, at least 1. */
    int sideBySide(PreparedBenchmark benchmark) throws Refusal {
        return sideBySide(benchmark, benchmark.memoryBytesEach());
    }

    /** As {@link #sideBySide(PreparedBenchmark)}, with other memory for each calculation; 0 is not worth a thought. */
    int sideBySide(PreparedBenchmark benchmark, long memoryBytesEach) throws Refusal {
        int cores = Runtime.getRuntime().availableProcessors();
        int coresEach = benchmark.coresEach();
        if (parallel.trim().toLowerCase(Locale.ROOT).equals("auto")) {
            refuseOversubscription(1, coresEach, cores);
            long byCores = cores / coresEach;
            long byMemory = memoryBytesEach == 0 ? byCores : memoryBytes() / memoryBytesEach;
            long most = Math.min(Math.min(byCores, byMemory), benchmark.matrix().size());
            return (int) Math.max(1, most);
        }
        int number = number();
        refuseOversubscription(number, coresEach, cores);
        return number;
    }

    /** Whether anything of it was asked for. */
    boolean isGiven() {
        return oversubscribe || !parallel.trim().toLowerCase(Locale.ROOT).equals("auto");
    }

    /** Refuses what is no number, before anything else is looked at. */
    void check() throws Refusal {
        if (!parallel.trim().toLowerCase(Locale.ROOT).equals("auto")) {
            number();
        }
    }

    private int number() throws Refusal {
        int number;
        try {
            number = Integer.parseInt(parallel.trim());
        } catch (NumberFormatException e) {
            throw Refusal.badInput(
                    "--parallel: '" + parallel + "' is not a valid number; use a whole number of at least 1, or auto");
        }
        if (number < 1) {
            throw Refusal.badInput(
                    "--parallel: '" + number + "' is not a valid number; use a whole number of at least 1, or auto");
        }
        return number;
    }

    private void refuseOversubscription(int number, int coresEach, int cores) throws Refusal {
        if ((long) number * coresEach > cores && !oversubscribe) {
            throw Refusal.badInput("--parallel " + number + " with " + Phrases.count(coresEach, "core")
                    + " for each calculation is more than the " + Phrases.count(cores, "core")
                    + " of this machine; to allow it, add --oversubscribe");
        }
    }

    private static long memoryBytes() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }
}
