package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.PreparedBenchmark;
import io.github.qmbench.core.RunDirectory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say how a run goes on and when it ends. */
final class RunSettings {

    private static final int CANARIES = 3;
    private static final int MACHINE_FAILURES = 3;

    @Option(
            names = "--max-failed",
            paramLabel = "N|P%",
            converter = FailureLimit.class,
            defaultValue = "10%",
            description = "Pause when more molecules than this have failed: a number, a percentage of the run's"
                    + " molecules (never for a single one), or never; default: ${DEFAULT-VALUE}")
    FailurePolicy maxFailed = FailurePolicy.pauseAfterFailedFraction(0.1);

    @Option(
            names = "--no-canary",
            description = "Do not pause when the first three calculations all fail with the same kind of failure")
    boolean noCanary;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "End a calculation that takes longer, as failed: 90s, 15m, 8h, 2d; default: no limit")
    Duration timeout;

    @Option(
            names = "--stall",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "End a calculation of which the output has not grown for so long; default: no limit")
    Duration stall;

    @Option(
            names = "--min-free",
            paramLabel = "SIZE",
            converter = ByteSizes.class,
            defaultValue = "500M",
            description = "Pause when the disk of the run directory has less free space; default: ${DEFAULT-VALUE}")
    long minFree = 500_000_000;

    @Option(
            names = "--no-resume",
            description = "Calculate everything anew; the old journal is kept beside the new one")
    boolean noResume;

    @Option(names = "--rerun-stale", description = "Calculate results again that were made with other settings")
    boolean rerunStale;

    /** Returns a builder with these settings, for so many calculations at once. */
    BenchmarkRunner.Builder builder(RunDirectory directory, PreparedBenchmark benchmark, int sideBySide) {
        Map<String, Object> description = new LinkedHashMap<>(benchmark.description());
        description.put("qmbench_version", Version.number());
        FailurePolicy policy = maxFailed.or(FailurePolicy.pauseAfterMachineFailures(MACHINE_FAILURES));
        BenchmarkRunner.Builder builder = BenchmarkRunner.builder(
                        directory.path(), benchmark.matrix(), benchmark.backend())
                .failurePolicy(noCanary ? policy : policy.or(FailurePolicy.pauseWhenFirstFailAlike(CANARIES)))
                .parallel(sideBySide)
                .minFreeBytes(minFree)
                .resume(!noResume)
                .rerunStale(rerunStale)
                .description(description);
        if (timeout != null) {
            builder.timeout(timeout);
        }
        if (stall != null) {
            builder.stall(stall);
        }
        return builder;
    }
}
