package io.github.qmbench.slurm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What Slurm says about one job.
 *
 * @param id the job's number, which Slurm may give out again; only together with the name it is the job
 * @param name the job's name
 * @param state the state as this module names it
 * @param word the state in Slurm's own words
 * @param reason why it waits or why it ended, in Slurm's own words
 * @param node the node or nodes, empty as long as there is none
 * @param exit how the job's script ended; of no meaning before the job has
 * @param startedEpoch second since 1970 at which it started, if it has
 * @param used how long it has run by Slurm's own count, without the time in which it was suspended
 */
record QueueEntry(
        String id,
        String name,
        SlurmState state,
        String word,
        String reason,
        String node,
        Exit exit,
        OptionalLong startedEpoch,
        Duration used) {

    /**
     * How a script ended.
     *
     * @param code its exit code
     * @param signal the signal that ended it, or 0
     */
    record Exit(int code, int signal) {

        /** Reads the wait status that {@code squeue} prints: 768 is exit code 3, 9 is signal 9. */
        static Exit ofWaitStatus(int status) {
            return new Exit(status >> 8 & 0xff, status & 0x7f);
        }

        /** Reads {@code code:signal} as {@code sacct} and {@code scontrol} print it. */
        static Optional<Exit> parse(String text) {
            String[] parts = text.split(":");
            try {
                return parts.length == 2
                        ? Optional.of(new Exit(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        /** As the shell would show it. */
        int asShell() {
            return signal > 0 ? 128 + signal : code;
        }
    }

    /** The fields to ask {@code squeue} for. The name comes last, for a stranger's may hold the separator. */
    static final String FORMAT = "JobID:|,State:|,Reason:|,NodeList:|,exit_code:|,StartTime:|,TimeUsed:|,Name:|";

    private static final int FIELDS = 8;

    /**
     * Reads what {@code squeue -h -O} {@link #FORMAT} prints, with times as seconds since 1970.
     *
     * @param namePrefix names of other jobs are left out
     * @return the jobs by name
     */
    static Map<String, QueueEntry> parseQueue(String output, String namePrefix) {
        Map<String, QueueEntry> entries = new LinkedHashMap<>();
        output.lines().forEach(line -> {
            String[] field = line.split("\\|", FIELDS);
            if (field.length == FIELDS && field[7].startsWith(namePrefix)) {
                String name = field[7].endsWith("|") ? field[7].substring(0, field[7].length() - 1) : field[7];
                entries.put(
                        name,
                        new QueueEntry(
                                field[0].strip(),
                                name,
                                SlurmState.of(field[1]),
                                field[1].strip(),
                                field[2].strip(),
                                field[3].strip(),
                                Exit.ofWaitStatus(
                                        number(field[4]).isPresent()
                                                ? (int) number(field[4]).getAsLong()
                                                : 0),
                                number(field[5]),
                                TimeLimit.parse(field[6].strip()).orElse(Duration.ZERO)));
            }
        });
        return entries;
    }

    /** Reads what {@code sacct -X -n -P -o JobIDRaw,JobName,State,ExitCode,NodeList} prints; a job of another name is none. */
    static Optional<QueueEntry> parseAccounting(String output, String name) {
        return output.lines()
                .map(line -> line.split("\\|", -1))
                .filter(field -> field.length == 5 && field[1].equals(name))
                .map(field -> new QueueEntry(
                        field[0],
                        name,
                        SlurmState.of(field[2]),
                        field[2],
                        "",
                        field[4].startsWith("None") ? "" : field[4],
                        Exit.parse(field[3]).orElse(new Exit(0, 0)),
                        OptionalLong.empty(),
                        Duration.ZERO))
                .reduce((first, last) -> last);
    }

    /** Reads what {@code scontrol show job -o} prints; a job of another name is none. */
    static Optional<QueueEntry> parseControl(String output, String name) {
        Map<String, String> field = words(output);
        if (!name.equals(field.get("JobName"))) {
            return Optional.empty();
        }
        String node = field.getOrDefault("NodeList", "");
        return Optional.of(new QueueEntry(
                field.getOrDefault("JobId", ""),
                name,
                SlurmState.of(field.getOrDefault("JobState", "")),
                field.getOrDefault("JobState", ""),
                field.getOrDefault("Reason", ""),
                node.equals("(null)") ? "" : node,
                Exit.parse(field.getOrDefault("ExitCode", "")).orElse(new Exit(0, 0)),
                OptionalLong.empty(),
                Duration.ZERO));
    }

    /** Reads the {@code Key=value} words of {@code scontrol -o}; values with blanks are cut at the first. */
    static Map<String, String> words(String output) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : output.strip().split("\\s+")) {
            int at = word.indexOf('=');
            if (at > 0) {
                words.putIfAbsent(word.substring(0, at), word.substring(at + 1));
            }
        }
        return words;
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException noNumber) {
            return OptionalLong.empty(); // N/A, NONE, Unknown: there is none yet
        }
    }

    /** Whether it is over, and nothing of it is left. */
    boolean hasEnded() {
        return state.phase() == SlurmState.Phase.ENDED;
    }

    /** Whether it waits for something that will not come by itself. */
    boolean isHopeless() {
        return state == SlurmState.PENDING
                && (reason.startsWith("PartitionConfig")
                        || reason.startsWith("PartitionNodeLimit")
                        || reason.startsWith("PartitionTimeLimit")
                        || reason.startsWith("BadConstraints")
                        || reason.startsWith("DependencyNeverSatisfied")
                        || reason.startsWith("InvalidAccount")
                        || reason.startsWith("InvalidQOS")
                        || reason.endsWith("PerJob")
                        || reason.endsWith("PerJobLimit"));
    }

    /** Whether it waits for a person: held, or put on hold by Slurm after failed starts. */
    boolean isHeld() {
        return state.phase() == SlurmState.Phase.HELD
                || (state == SlurmState.PENDING && (reason.startsWith("JobHeld") || reason.contains("requeued held")));
    }
}
