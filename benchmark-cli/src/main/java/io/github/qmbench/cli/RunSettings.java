package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.FailurePolicy;
import io.github.qmbench.core.StartOrder;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a run continues and when it ends. */
final class RunSettings {

    private static final int CANARIES = 3;
    private static final int MACHINE_FAILURES = 3;

    @Option(
            names = "--max-failed",
            paramLabel = "N|P%",
            converter = FailureLimit.class,
            defaultValue = "10%",
            description = "Pause when more subjects than this have failed: a number, a percentage (a single failed"
                    + " subject never pauses), or never; default: ${DEFAULT-VALUE}")
    private FailurePolicy maxFailed = FailurePolicy.pauseAfterFailedFraction(0.1);

    @Option(
            names = "--no-canary",
            description = "Do not pause when the first three calculations all fail with the same kind of failure")
    private boolean noCanary;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "End a calculation that runs longer, as failed: 90s, 15m, 8h, 2d; default: no limit")
    private @Nullable Duration timeout;

    @Option(
            names = "--stall",
            paramLabel = "TIME",
            converter = Durations.class,
            description =
                    "End a calculation whose output has not grown for this time, as failed: 15m, 8h; default: no limit")
    private @Nullable Duration stall;

    @Option(
            names = "--min-free",
            paramLabel = "SIZE",
            converter = ByteSizes.class,
            defaultValue = "500M",
            description = "Pause when the disk of the run directory has less free space; default: ${DEFAULT-VALUE}")
    private long minFree = 500_000_000;

    @Option(
            names = "--no-resume",
            description = "Calculate everything from scratch; the old journal is kept next to the new one")
    boolean noResume;

    @Option(names = "--rerun-stale", description = "Calculate results again that were made with other settings")
    boolean rerunStale;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            converter = OrderOption.class,
            description = "In which order calculations start: file (subject by subject) or longest-first; default:"
                    + " longest-first when they run in parallel, otherwise file")
    private @Nullable StartOrder order;

    @Option(
            names = "--until",
            paramLabel = "HH:MM",
            description = "Start only what should end before this time of day, then stop: 07:00; default: no limit")
    private @Nullable String until;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Start only what should end within this time from now, then stop: 8h, 90m; default: no limit")
    private @Nullable Duration deadline;

    /** Returns when the run should be over; refuses what does not go together, before anything else is looked at. */
    Optional<Instant> end(Instant now) throws Refusal {
        if (until != null && deadline != null) {
            throw Refusal.badInput("--until cannot be combined with --deadline; give one of them");
        }
        if (deadline != null) {
            return Optional.of(now.plus(deadline));
        }
        if (until == null) {
            return Optional.empty();
        }
        try {
            LocalTime time = LocalTime.parse(until.trim().length() == 4 ? "0" + until.trim() : until.trim());
            ZonedDateTime today = now.atZone(ZoneId.systemDefault()).with(time);
            return Optional.of((today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant());
        } catch (DateTimeParseException e) {
            throw Refusal.badInput(
                    "--until: '" + Phrases.clean(until) + "' is not a valid time of day; use 07:00 or 19:30");
        }
    }

    /** Reads {@code file} and {@code longest-first}. */
    static final class OrderOption implements ITypeConverter<StartOrder> {
        @Override
        public StartOrder convert(String text) {
            return switch (text.trim().toLowerCase(Locale.ROOT)) {
                case "file" -> StartOrder.FILE;
                case "longest-first" -> StartOrder.LONGEST_FIRST;
                default ->
                    throw new TypeConversionException(
                            "'" + text + "' is not a valid choice; use file or longest-first");
            };
        }
    }

    /** Returns how many calculations run at once. */
    int sideBySide(
            RunDirectory directory,
            PreparedBenchmark benchmark,
            SlurmOptions slurm,
            Parallelism parallelism,
            Optional<Instant> end)
            throws Refusal, IOException {
        if (slurm.on) {
            return slurm.jobsAtOnce(benchmark);
        }
        long given = slurm.memory.bytes().orElse(benchmark.memoryBytesEach());
        return parallelism.sideBySide(
                benchmark,
                slurm.memory.isAuto()
                        ? builder(directory, benchmark, 1, end)
                                .build()
                                .plan()
                                .forecast()
                                .largestMemoryBytes()
                                .orElse(given)
                        : given);
    }

    /** Returns a builder with these settings, for so many calculations at once. */
    BenchmarkRunner.Builder builder(
            RunDirectory directory, PreparedBenchmark benchmark, int sideBySide, Optional<Instant> end) {
        Map<String, Object> description = new LinkedHashMap<>(benchmark.description());
        description.put("qmbench_version", Version.number());
        description.put("java_version", System.getProperty("java.version"));
        FailurePolicy policy = maxFailed.or(FailurePolicy.pauseAfterMachineFailures(MACHINE_FAILURES));
        BenchmarkRunner.Builder builder = BenchmarkRunner.builder(
                        directory.path(), benchmark.matrix(), benchmark.backend())
                .parallel(sideBySide)
                .minFreeBytes(minFree)
                .resume(!noResume)
                .rerunStale(rerunStale)
                .description(description);
        benchmark.configure(builder, noCanary ? policy : policy.or(FailurePolicy.pauseWhenFirstFailAlike(CANARIES)));
        if (order != null) {
            builder.order(order);
        }
        end.ifPresent(builder::deadline);
        if (timeout != null) {
            builder.timeout(timeout);
        }
        if (stall != null) {
            builder.stall(stall);
        }
        return builder;
    }
}
