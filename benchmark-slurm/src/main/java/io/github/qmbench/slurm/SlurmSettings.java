package io.github.qmbench.slurm;

import io.github.qmbench.core.internal.Require;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which jobs are submitted to a cluster and watched.
 *
 * <p>Defaults: the cluster's own partition, account, quality of service, time limit and memory; up to four times the
 * memory for a job that was killed because it needed more; at most 100 jobs in the queue; a query of the queue every 2
 * to 60 seconds, the longer the jobs, the less often; a minute of patience with shared disks and lost jobs; a minute
 * for each Slurm command; jobs that can never start withdrawn after ten minutes.
 *
 * <p>Immutable; made with {@link #builder}.
 */
public final class SlurmSettings {

    /** Options that this module sets itself, or that would break what it relies on. */
    private static final List<String> OURS = List.of(
            "--parsable",
            "--job-name",
            "-J",
            "--chdir",
            "-D",
            "--output",
            "-o",
            "--error",
            "-e",
            "--open-mode",
            "--requeue",
            "--no-requeue",
            "--array",
            "-a",
            "--wait",
            "-W",
            "--wrap",
            "--hold",
            "-H",
            "--clusters",
            "-M",
            "--test-only",
            "--dependency",
            "-d",
            "-x",
            "--input",
            "-i");

    private static final int MOST_MEMORY = 4;

    private final Builder values;

    private SlurmSettings(Builder values) {
        this.values = values;
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the partition; empty for the cluster's default one} */
    public Optional<String> partition() {
        return Optional.ofNullable(values.partition);
    }

    Optional<String> timeLimit() {
        return Optional.ofNullable(values.timeLimit);
    }

    /** {@return the memory of each job in bytes; empty when it is the cluster's own amount} */
    public OptionalLong memoryBytes() {
        return values.memory == null ? OptionalLong.empty() : OptionalLong.of(bytes(values.memory));
    }

    /**
     * {@return the most memory in bytes that a job may get after one that was killed because it needed more; empty when
     * the cluster or an argument of {@code sbatch} decides on the memory of a job}
     */
    public OptionalLong mostMemoryBytes() {
        boolean own = values.sbatchArguments.stream().anyMatch(argument -> argument.startsWith("--mem"));
        if (own || memoryBytes().orElse(0) == 0) { // with 0 Slurm gives all that the node has
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                values.memoryMax == null ? MOST_MEMORY * memoryBytes().getAsLong() : bytes(values.memoryMax));
    }

    private static long bytes(String amount) {
        return number(amount) * unitBytes(amount);
    }

    private static long number(String amount) {
        return Long.parseLong(amount.replaceAll("\\D", ""));
    }

    private static long unitBytes(String amount) {
        char unit = Character.toUpperCase(amount.charAt(amount.length() - 1));
        return 1L << (Character.isDigit(unit) ? 20 : 10 * (1 + "KMGT".indexOf(unit)));
    }

    /** {@return how many jobs may be in the queue at once} */
    public int maxJobs() {
        return values.maxJobs;
    }

    /** Returns the arguments of {@code sbatch} by which these settings are told to Slurm; a user's own ones come last. */
    List<String> sbatchArguments() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--partition=", values.partition);
        add(arguments, "--account=", values.account);
        add(arguments, "--qos=", values.qos);
        add(arguments, "--time=", values.timeLimit);
        add(arguments, "--mem=", values.memory);
        arguments.addAll(values.sbatchArguments);
        return arguments;
    }

    private static void add(List<String> arguments, String option, @Nullable String value) {
        if (value != null) {
            arguments.add(option + value);
        }
    }

    boolean hasTimeLimit() {
        return values.timeLimit != null
                || values.sbatchArguments.stream()
                        .anyMatch(argument -> argument.startsWith("--time") || argument.startsWith("-t"));
    }

    List<String> excludedNodes() {
        return List.copyOf(values.excludedNodes);
    }

    Duration shortestInterval() {
        return values.shortestInterval;
    }

    Duration longestInterval() {
        return values.longestInterval;
    }

    Duration grace() {
        return values.grace;
    }

    Duration commandTimeout() {
        return values.commandTimeout;
    }

    Map<String, String> environment() {
        return Collections.unmodifiableMap(values.environment);
    }

    Duration fence() {
        return values.fence;
    }

    Duration hopelessAfter() {
        return values.hopelessAfter;
    }

    Duration windowGrows() {
        return values.windowGrows;
    }

    /** A builder of {@link SlurmSettings}. For one thread. */
    public static final class Builder {
        private @Nullable String partition;
        private @Nullable String account;
        private @Nullable String qos;
        private @Nullable String timeLimit;
        private @Nullable String memory;
        private @Nullable String memoryMax;
        private final List<String> sbatchArguments = new ArrayList<>();
        private final List<String> excludedNodes = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private int maxJobs = 100;
        private Duration shortestInterval = Duration.ofSeconds(2);
        private Duration longestInterval = Duration.ofSeconds(60);
        private Duration grace = Duration.ofSeconds(60);
        private Duration commandTimeout = Duration.ofSeconds(60);
        private Duration fence = Duration.ofSeconds(15);
        private Duration hopelessAfter = Duration.ofMinutes(10);
        private Duration windowGrows = Duration.ofMinutes(1);

        private Builder() {}

        /**
         * Sets the partition, or several with commas between.
         *
         * @param name as {@code sbatch --partition} takes it
         * @return this builder
         */
        public Builder partition(String name) {
            partition = requireText(name, "partition");
            return this;
        }

        /**
         * Sets the account to be charged.
         *
         * @param name as {@code sbatch --account} takes it
         * @return this builder
         */
        public Builder account(String name) {
            account = requireText(name, "account");
            return this;
        }

        /**
         * Sets the quality of service.
         *
         * @param name as {@code sbatch --qos} takes it
         * @return this builder
         */
        public Builder qos(String name) {
            qos = requireText(name, "qos");
            return this;
        }

        /**
         * Sets the time limit of each job, as {@code sbatch --time} takes it: {@code 4:00:00}, {@code 1-12}, {@code 90}.
         *
         * @param limit the cluster's own by default
         * @return this builder
         */
        public Builder timeLimit(String limit) {
            if (TimeLimit.parse(limit).isEmpty()) {
                throw new IllegalArgumentException("--time: '" + limit
                        + "' is not a valid time limit; use 90 (minutes), 4:00:00 or 1-12 (days and hours)");
            }
            timeLimit = limit;
            return this;
        }

        /**
         * Sets the memory of each job, as {@code sbatch --mem} takes it: {@code 4G}, {@code 800M}.
         *
         * @param amount the cluster's own by default
         * @return this builder
         */
        public Builder memory(String amount) {
            memory = requireMemory("--mem", amount);
            return this;
        }

        /**
         * Sets the most memory that a job may get after one that was killed because it needed more. It is written as
         * {@code sbatch --mem} takes it; four times that of {@link #memory} by default.
         *
         * @param amount not less than {@link #memory}
         * @return this builder
         */
        public Builder memoryMax(String amount) {
            memoryMax = requireMemory("--mem-max", amount);
            return this;
        }

        /**
         * Adds an argument for {@code sbatch}, as one word: {@code --constraint=icelake}.
         *
         * @param argument one word
         * @return this builder
         * @throws IllegalArgumentException when it is an option that this module sets itself
         */
        public Builder sbatchArgument(String argument) {
            requireText(argument, "sbatchArgument");
            String option = argument.split("=", 2)[0];
            boolean shortOurs =
                    argument.length() > 2 && !argument.startsWith("--") && OURS.contains(argument.substring(0, 2));
            if (OURS.contains(option) || shortOurs) {
                throw new IllegalArgumentException(
                        "--sbatch-arg: '" + argument + "' is not a valid argument: qmbench sets " + option + " itself"
                                + (option.startsWith("-x") ? "; use --exclude=NODES" : ""));
            }
            if (!argument.startsWith("-")) {
                throw new IllegalArgumentException("--sbatch-arg: '" + argument
                        + "' is not a valid argument of sbatch; use one word such as --constraint=icelake");
            }
            if (option.equals("--exclude")) {
                excludedNodes.add(requireText(argument.substring(argument.indexOf('=') + 1), "--exclude"));
            } else {
                sbatchArguments.add(argument);
            }
            return this;
        }

        /**
         * Sets how many jobs may be in the queue at once.
         *
         * @param number at least 1; 100 by default
         * @return this builder
         */
        public Builder maxJobs(int number) {
            if (number < 1) {
                throw new IllegalArgumentException(
                        "--max-jobs: '" + number + "' is not a valid number; use a whole number of at least 1");
            }
            maxJobs = number;
            return this;
        }

        /**
         * Sets the shortest and the longest interval between two queries of the queue.
         *
         * @param shortest positive; 2 seconds by default
         * @param longest not below the shortest; 60 seconds by default
         * @return this builder
         */
        public Builder pollInterval(Duration shortest, Duration longest) {
            Require.positive(shortest, "shortest");
            Require.positive(longest, "longest");
            if (shortest.compareTo(longest) > 0) {
                throw new IllegalArgumentException(
                        "the shortest interval must not be longer than the longest but they were " + shortest + " and "
                                + longest);
            }
            shortestInterval = shortest;
            longestInterval = longest;
            return this;
        }

        /**
         * Sets how long a job may be absent from the queue, or its exit record from the disk, before that is believed.
         *
         * @param value a minute by default
         * @return this builder
         */
        public Builder grace(Duration value) {
            grace = Require.positive(value, "grace");
            return this;
        }

        /**
         * Sets how long each command of Slurm may take. Not much less than 30 s: Slurm's own commands wait for 10.
         *
         * @param value a minute by default
         * @return this builder
         */
        public Builder commandTimeout(Duration value) {
            commandTimeout = Require.positive(value, "commandTimeout");
            return this;
        }

        /**
         * Sets the time after which a job that can never start (too many nodes, too much time) ends the run.
         *
         * @param value ten minutes by default
         * @return this builder
         */
        public Builder hopelessAfter(Duration value) {
            hopelessAfter = Require.positive(value, "hopelessAfter");
            return this;
        }

        /**
         * Sets a variable for the commands of Slurm, and so for the jobs: {@code SLURM_CONF}, {@code PATH}.
         *
         * @param name of the variable
         * @param value replaces that of the runner
         * @return this builder
         */
        public Builder environment(String name, String value) {
            environment.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Sets how often a job looks whether it has been replaced; for tests. */
        Builder fence(Duration value) {
            fence = value;
            return this;
        }

        /** Sets after what time without a refusal one more job is allowed; for tests. */
        Builder windowGrows(Duration value) {
            windowGrows = value;
            return this;
        }

        /**
         * Returns the present settings.
         *
         * @return the present settings
         * @throws IllegalArgumentException when the most memory is less than the memory
         */
        public SlurmSettings build() {
            if (memory != null && memoryMax != null && bytes(memoryMax) < bytes(memory)) {
                throw new IllegalArgumentException(
                        "--mem-max: '" + memoryMax + "' is less than the memory of each job; use at least " + memory);
            }
            Builder copy = new Builder();
            copy.partition = partition;
            copy.account = account;
            copy.qos = qos;
            copy.timeLimit = timeLimit;
            copy.memory = memory;
            copy.memoryMax = memoryMax;
            copy.sbatchArguments.addAll(sbatchArguments);
            copy.excludedNodes.addAll(excludedNodes);
            copy.environment.putAll(environment);
            copy.maxJobs = maxJobs;
            copy.shortestInterval = shortestInterval;
            copy.longestInterval = longestInterval;
            copy.grace = grace;
            copy.commandTimeout = commandTimeout;
            copy.fence = fence;
            copy.hopelessAfter = hopelessAfter;
            copy.windowGrows = windowGrows;
            return new SlurmSettings(copy);
        }

        private static String requireMemory(String option, String amount) {
            if (!amount.matches("\\d{1,9}[KMGTkmgt]?")
                    || number(amount) > Long.MAX_VALUE / MOST_MEMORY / unitBytes(amount)) {
                throw new IllegalArgumentException(
                        option + ": '" + amount + "' is not a valid amount of memory; use 800M or 4G");
            }
            return amount;
        }

        private static String requireText(String value, String what) {
            if (Objects.requireNonNull(value, what).isBlank()) {
                throw new IllegalArgumentException(what + " must not be empty");
            }
            return value;
        }
    }
}
