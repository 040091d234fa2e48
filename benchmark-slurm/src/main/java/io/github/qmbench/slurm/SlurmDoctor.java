package io.github.qmbench.slurm;

import io.github.qmbench.core.plugin.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A check of whether Slurm works and would accept jobs with these settings. It submits none; for what only a job can
 * show, launch one with {@link SlurmLauncher}.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class SlurmDoctor {

    private static final String SLURM = "Slurm";
    private static final String OPTIONS = "job options";
    private static final List<String> COMMANDS = List.of("sbatch", "squeue", "scancel", "scontrol");

    private final SlurmSettings settings;
    private final SlurmCommands commands;

    /**
     * Creates a doctor.
     *
     * @param settings of the jobs to check
     */
    public SlurmDoctor(SlurmSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.commands = new SlurmCommands(settings);
    }

    /**
     * Checks that Slurm would accept a job.
     *
     * @param cores of each job
     * @throws SlurmUnusableException in Slurm's own words, if it would not
     */
    public void require(int cores) throws SlurmUnusableException {
        for (Finding check : examine(cores)) {
            if (check.verdict() == Finding.Verdict.UNUSABLE) {
                throw new SlurmUnusableException(
                        check.finding(), check.subject().equals(OPTIONS));
            }
        }
    }

    /**
     * Checks the commands, the controller, the partition and its limits, and the options of the jobs. It stops at the
     * first thing that makes jobs impossible.
     *
     * @param cores of each job
     * @return the findings, in the order of the checks
     */
    public List<Finding> examine(int cores) {
        List<Finding> checks = new ArrayList<>();
        try {
            checks.add(controller());
            if (usable(checks)) {
                checks.add(options(cores));
            }
            if (usable(checks)) {
                checks.add(partition());
                checks.add(limits());
            }
        } catch (IOException e) {
            checks.add(Finding.about(SLURM)
                    .unusable(String.valueOf(e.getMessage()))
                    .withRemedy(""));
        }
        return checks;
    }

    private static boolean usable(List<Finding> checks) {
        return checks.stream().noneMatch(check -> check.verdict() == Finding.Verdict.UNUSABLE);
    }

    private Finding controller() throws IOException {
        for (String command : COMMANDS) {
            commands.find(command);
        }
        String conf = commands.environment("SLURM_CONF");
        if (!conf.isEmpty() && !Files.isReadable(Path.of(conf))) {
            return Finding.about(SLURM)
                    .unusable("SLURM_CONF names " + conf + ", which cannot be read")
                    .withRemedy("");
        }
        CommandReply version = commands.run(List.of("sbatch", "--version"));
        CommandReply ping = commands.control("ping");
        return ping.succeeded() && ping.output().contains(" is UP")
                ? Finding.about(SLURM).good(version.said() + ", " + ping.said())
                : Finding.about(SLURM)
                        .unusable("Slurm does not answer: " + ping.said())
                        .withRemedy("try again later");
    }

    private Finding options(int cores) throws IOException {
        List<String> command = new ArrayList<>(List.of("sbatch", "--test-only", "--nodes=1", "--ntasks=" + cores));
        command.addAll(settings.sbatchArguments());
        command.add("--wrap=true");
        CommandReply reply = commands.run(command);
        if (!reply.succeeded()) {
            return Finding.about(OPTIONS)
                    .unusable("Slurm refuses such jobs: " + reply.said())
                    .withRemedy("");
        }
        String options = String.join(" ", settings.sbatchArguments());
        return tooLong()
                .map(why -> Finding.about(OPTIONS).unusable(why).withRemedy("ask for less with --time"))
                .orElseGet(() -> Finding.about(OPTIONS).good(options + " --ntasks=" + cores + ": accepted"));
    }

    /** Slurm accepts jobs with more time than the partition has, and never starts them. */
    private Optional<String> tooLong() throws IOException {
        Map<String, String> partition = describePartition();
        Optional<Duration> asked = settings.timeLimit().flatMap(TimeLimit::parse);
        Optional<Duration> most = TimeLimit.parse(partition.getOrDefault("MaxTime", ""));
        return asked.isPresent() && most.isPresent() && asked.get().compareTo(most.get()) > 0
                ? Optional.of("the time limit " + settings.timeLimit().orElseThrow() + " is more than the "
                        + partition.get("MaxTime") + " that jobs may have in partition "
                        + partition.getOrDefault("PartitionName", ""))
                : Optional.empty();
    }

    private Finding partition() throws IOException {
        Map<String, String> partition = describePartition();
        if (partition.isEmpty()) {
            return Finding.about("partition").good("not known; Slurm or the options choose it");
        }
        String finding = partition.get("PartitionName") + ": " + partition.getOrDefault("State", "?") + ", "
                + partition.getOrDefault("TotalNodes", "?") + " nodes, " + partition.getOrDefault("TotalCPUs", "?")
                + " CPUs, jobs of at most " + partition.getOrDefault("MaxTime", "?") + " (default "
                + partition.getOrDefault("DefaultTime", "?") + ")";
        return partition.getOrDefault("State", "UP").equals("UP")
                ? Finding.about("partition").good(finding)
                : Finding.about("partition")
                        .doubtful(finding)
                        .withRemedy("its jobs wait until it is up again; or choose another one");
    }

    /** Returns the words of the partition that is asked for, or else of the default one; none when that is not known. */
    private Map<String, String> describePartition() throws IOException {
        CommandReply reply = commands.control("show", "partition", "-o");
        if (!reply.succeeded()) {
            return Map.of();
        }
        String wanted = settings.partition().orElse("");
        return reply.output()
                .lines()
                .map(QueueEntry::words)
                .filter(words -> wanted.isEmpty()
                        ? "YES".equals(words.get("Default"))
                        : wanted.equals(words.get("PartitionName")))
                .findFirst()
                .orElse(Map.of());
    }

    private Finding limits() throws IOException {
        CommandReply reply = commands.control("show", "config");
        return Finding.about("limits")
                .good("at most " + settings.maxJobs() + " jobs of this run in the queue; the cluster takes "
                        + configured(reply, "MaxJobCount") + " in all, and remembers ended ones for "
                        + configured(reply, "MinJobAge"));
    }

    private static String configured(CommandReply reply, String name) {
        return reply.output()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst()
                .orElse("an unknown number");
    }
}
