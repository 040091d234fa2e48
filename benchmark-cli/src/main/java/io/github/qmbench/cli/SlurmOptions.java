package io.github.qmbench.cli;

import io.github.qmbench.core.BenchmarkRunner;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.slurm.SlurmDoctor;
import io.github.qmbench.slurm.SlurmSettings;
import io.github.qmbench.slurm.SlurmUnusableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say how calculations become jobs of a cluster. */
final class SlurmOptions {

    /** A program takes what it was given and some more for itself; a job asks for a third more. */
    private static final double SHARE_OF_JOB = 0.75;

    @Option(
            names = "--slurm",
            description =
                    "Submit each calculation as a Slurm job; the run directory must be on a disk that the nodes share")
    boolean on;

    @Option(names = "--partition", paramLabel = "NAME", description = "Partition; default: that of the cluster")
    private Optional<String> partition = Optional.empty();

    @Option(names = "--account", paramLabel = "NAME", description = "Account to be charged; default: yours")
    private Optional<String> account = Optional.empty();

    @Option(names = "--qos", paramLabel = "NAME", description = "Quality of service; default: yours")
    private Optional<String> qos = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "LIMIT",
            description =
                    "Time limit of each job as Slurm writes it: 90 (minutes), 4:00:00, 1-12; default: the partition's")
    private Optional<String> time = Optional.empty();

    @Mixin
    MemoryOption memory = new MemoryOption();

    @Option(
            names = "--mem-max",
            paramLabel = "SIZE",
            description =
                    "The most memory of a job after one that ran out of memory, with --recover; default: 4 times --mem")
    private Optional<String> memMax = Optional.empty();

    @Option(
            names = "--sbatch-arg",
            paramLabel = "ARG",
            parameterConsumer = NextWord.class,
            description =
                    "A further argument of sbatch, as one word: --sbatch-arg=--constraint=icelake; may be repeated")
    private List<String> sbatchArgs = new ArrayList<>();

    @Option(
            names = "--max-jobs",
            paramLabel = "N",
            description = "How many jobs may be in the queue at once; default: 100")
    private Optional<Integer> maxJobs = Optional.empty();

    /** Takes the next word as it is: the arguments of sbatch look like options. */
    static final class NextWord implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            if (words.isEmpty()) {
                throw new MissingParameterException(command.commandLine(), option, "no value");
            }
            option.<List<String>>getValue().add(words.pop());
        }
    }

    /** Refuses what is wrong or does not go together, as far as that can be told without Slurm. */
    void check(Parallelism parallelism) throws Refusal {
        memory.check();
        if (!on) {
            boolean given =
                    Stream.of(partition, account, qos, time, memMax, maxJobs).anyMatch(Optional::isPresent);
            if (given || !sbatchArgs.isEmpty()) {
                throw Refusal.badInput(
                        "--partition, --account, --qos, --time, --mem-max, --sbatch-arg and --max-jobs need"
                                + " --slurm");
            }
            return;
        }
        if (parallelism.isGiven()) {
            throw Refusal.badInput(
                    "--parallel and --oversubscribe cannot be combined with --slurm; use --max-jobs to limit how many"
                            + " calculations run at once");
        }
        if (memory.isAuto() && sbatchArgs.stream().anyMatch(arg -> arg.startsWith("--mem"))) {
            throw Refusal.badInput(
                    "--mem auto cannot be combined with an argument --mem... of sbatch; give one of them");
        }
        settings(0);
    }

    /** Returns the settings for calculations that should have so much memory each; 0 when that is not known. */
    SlurmSettings settings(long memoryBytesEach) throws Refusal {
        try {
            SlurmSettings.Builder settings = SlurmSettings.builder();
            partition.ifPresent(settings::partition);
            account.ifPresent(settings::account);
            qos.ifPresent(settings::qos);
            time.ifPresent(settings::timeLimit);
            sbatchArgs.forEach(settings::sbatchArgument);
            maxJobs.ifPresent(settings::maxJobs);
            if (memory.size().isPresent()) {
                settings.memory(memory.size().get());
            } else if (memoryBytesEach > 0 && sbatchArgs.stream().noneMatch(arg -> arg.startsWith("--mem"))) {
                settings.memory(Math.round(memoryBytesEach / SHARE_OF_JOB / (1 << 20)) + "M");
            }
            memMax.ifPresent(settings::memoryMax);
            return settings.build();
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
    }

    /** How many calculations are in the queue or running at once. */
    int jobsAtOnce(PreparedBenchmark benchmark) throws Refusal {
        return Math.max(1, Math.min(settings(0).maxJobs(), benchmark.matrix().size()));
    }

    /** The memory of each job in bytes, 0 when that is left to the cluster. */
    long memoryBytes(PreparedBenchmark benchmark) throws Refusal {
        return settings(benchmark.memoryBytesEach())
                .memoryBytes()
                .orElse(Math.round(benchmark.memoryBytesEach() / SHARE_OF_JOB));
    }

    /** Gives each calculation its memory: that of its job, or on this machine what was asked for. */
    void giveMemory(BenchmarkRunner.Builder builder, PreparedBenchmark benchmark) throws Refusal {
        builder.learnMemory(memory.isAuto())
                .memoryBytesEach(on ? memoryBytes(benchmark) : memory.bytes().orElse(0));
    }

    /** Asks Slurm whether it would take a job, before anything starts. */
    void requireUsable(PreparedBenchmark benchmark) throws Refusal {
        try {
            new SlurmDoctor(settings(benchmark.memoryBytesEach())).require(benchmark.coresEach());
        } catch (SlurmUnusableException e) {
            throw new Refusal(
                    e.optionsRefused() ? ExitCode.USAGE : ExitCode.UNAVAILABLE, "--slurm: " + e.getMessage(), e);
        }
    }
}
