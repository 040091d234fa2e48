package io.github.qmbench.slurm;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
 */
record ExitRecord(
        String name,
        String jobId,
        String node,
        int exitCode,
        boolean terminated,
        boolean missing,
        Instant started,
        Duration duration) {

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
                    Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)))));
        } catch (NumberFormatException | NullPointerException notWhole) {
            return Optional.empty();
        }
    }

    /** Whether the program reached its end and was content. */
    boolean isSuccess() {
        return exitCode == 0 && !terminated && !missing;
    }
}
