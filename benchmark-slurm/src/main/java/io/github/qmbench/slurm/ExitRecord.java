package io.github.qmbench.slurm;

import io.github.qmbench.core.process.ResourceUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the script of a job wrote, last and atomically, about the end of its program. It is the truth about that end; the
 * queue is a hint.
 *
 * <p>The file: lines {@code key=value}, of which {@code format=1} is the first and {@code end=} the last.
 *
 * @param name the job's name
 * @param jobId the job's number
 * @param node where it ran
 * @param exitCode as the shell shows it
 * @param terminated whether Slurm had told the job to end (time limit, cancelled, preempted)
 * @param missing whether the program was not there, or not executable, on that node
 * @param started when the program started, by the clock of its node
 * @param duration from start to end of the program
 * @param usage what it used; empty in records of versions that did not measure
 */
record ExitRecord(
        String name,
        String jobId,
        String node,
        int exitCode,
        boolean terminated,
        boolean missing,
        Instant started,
        Duration duration,
        Optional<ResourceUsage> usage) {

    private static final Pattern TIME = Pattern.compile("(\\d+)m(\\d+)[.,](\\d{3})s");

    /** Reads a record; nothing when it is not whole. */
    static Optional<ExitRecord> parse(String text) {
        if (!text.startsWith("format=1\n") || !text.endsWith("\nend=\n")) {
            return Optional.empty();
        }
        Map<String, String> field = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int at = line.indexOf('=');
            if (at > 0) {
                field.put(line.substring(0, at), line.substring(at + 1));
            }
        });
        try {
            double started = Double.parseDouble(field.get("started"));
            double seconds = Double.parseDouble(field.get("ended")) - started;
            return Optional.of(new ExitRecord(
                    field.getOrDefault("name", ""),
                    field.getOrDefault("job", ""),
                    field.getOrDefault("node", ""),
                    Integer.parseInt(field.get("code")),
                    "1".equals(field.get("terminated")),
                    "1".equals(field.get("missing")),
                    Instant.ofEpochMilli(Math.round(started * 1000)),
                    Duration.ofMillis(Math.max(0, Math.round(seconds * 1000))),
                    usage(field)));
        } catch (NumberFormatException | NullPointerException notWhole) {
            return Optional.empty();
        }
    }

    /** User and system time as {@code 0m1.250s 0m0.030s}, memory in kB, and bytes; what is not there was not measured. */
    private static Optional<ResourceUsage> usage(Map<String, String> field) {
        Matcher times = TIME.matcher(field.getOrDefault("cpu", ""));
        Duration cpu = Duration.ZERO;
        int found = 0;
        for (; times.find(); found++) {
            cpu = cpu.plusMinutes(Long.parseLong(times.group(1)))
                    .plusSeconds(Long.parseLong(times.group(2)))
                    .plusMillis(Long.parseLong(times.group(3)));
        }
        if (found == 0) {
            return Optional.empty();
        }
        ResourceUsage usage = ResourceUsage.ofCpu(cpu);
        long kilobytes = number(field, "memory");
        usage = kilobytes > 0 ? usage.withPeakMemory(1024 * kilobytes) : usage;
        return Optional.of(kilobytes > 0 ? usage.withTransfer(number(field, "read"), number(field, "written")) : usage);
    }

    private static long number(Map<String, String> field, String name) {
        String text = field.getOrDefault(name, "");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** Whether the program reached its end and was content. */
    boolean isSuccess() {
        return exitCode == 0 && !terminated && !missing;
    }
}
