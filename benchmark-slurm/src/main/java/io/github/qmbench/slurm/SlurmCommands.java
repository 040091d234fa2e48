package io.github.qmbench.slurm;

import io.github.qmbench.core.internal.ProgramPath;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The commands of Slurm, each with a time limit. An answer that says no is a value; a command that is not there is an
 * exception.
 *
 * <p>Safe for use by many threads; at most two commands besides the query of the queue run at once. An interrupt waits until
 * the running command is over, for what it did must be known.
 */
final class SlurmCommands {

    /** A user's defaults for jobs; all else that speaks of Slurm is of the job in which the runner itself may run. */
    private static final List<String> KEPT = List.of(
            "SLURM_CONF",
            "SLURM_CONF_SERVER",
            "SBATCH_ACCOUNT",
            "SBATCH_PARTITION",
            "SBATCH_QOS",
            "SBATCH_TIMELIMIT",
            "SBATCH_RESERVATION",
            "SBATCH_CONSTRAINT");

    private static final int SIDE_BY_SIDE = 2;
    private static final Duration AFTER_KILL = Duration.ofSeconds(2);

    private final Map<String, String> environment;
    private final Duration timeout;
    private final String user = System.getProperty("user.name");
    private final Semaphore places = new Semaphore(SIDE_BY_SIDE, true);

    SlurmCommands(SlurmSettings settings) {
        this.environment = settings.environment();
        this.timeout = settings.commandTimeout();
    }

    /** Submits a script. */
    CommandReply submit(List<String> arguments, Path script) throws IOException {
        List<String> command = new ArrayList<>(List.of("sbatch"));
        command.addAll(arguments);
        command.add(script.toString());
        return inPlace(command);
    }

    /** Asks for all jobs of the user, also those that ended lately. */
    CommandReply queue() throws IOException {
        return run(List.of("squeue", "-h", "-u", user, "-t", "all", "-O", QueueEntry.FORMAT));
    }

    /**
     * Cancels jobs.
     *
     * @param onlyWaiting whether to spare those that have started
     */
    CommandReply cancel(Collection<String> ids, boolean onlyWaiting) throws IOException {
        List<String> command = new ArrayList<>(List.of("scancel", "-u", user));
        if (onlyWaiting) {
            command.addAll(List.of("-t", "PENDING"));
        }
        command.addAll(ids);
        return inPlace(command);
    }

    /** Asks the accounting for a job. */
    CommandReply accounting(String id) throws IOException {
        return inPlace(List.of("sacct", "-X", "-n", "-P", "-j", id, "-o", "JobIDRaw,JobName,State,ExitCode,NodeList"));
    }

    /** Asks the controller: {@code show job ID}, {@code show config}, {@code show partition NAME}, {@code ping}. */
    CommandReply control(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("scontrol"));
        command.addAll(List.of(words));
        return inPlace(command);
    }

    private CommandReply inPlace(List<String> command) throws IOException {
        places.acquireUninterruptibly();
        try {
            return run(command);
        } finally {
            places.release();
        }
    }

    /** Runs any command of Slurm. */
    CommandReply run(List<String> command) throws IOException {
        List<String> found = new ArrayList<>(command);
        found.set(0, find(command.get(0)).toString());
        ProcessBuilder builder = new ProcessBuilder(found).redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(SlurmCommands::isOfTheRunnersOwnJob);
        builder.environment().putAll(environment);
        if (command.get(0).equals("squeue")) {
            builder.environment().put("SLURM_TIME_FORMAT", "%s");
        }
        long start = System.nanoTime();
        Process process = builder.start();
        CompletableFuture<String> output =
                CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()), this::inThread);
        CompletableFuture<String> error =
                CompletableFuture.supplyAsync(() -> readAll(process.getErrorStream()), this::inThread);
        boolean timedOut = !awaitEnd(process, timeout);
        if (timedOut) {
            process.destroyForcibly();
            awaitEnd(process, AFTER_KILL);
        }
        return new CommandReply(
                command,
                timedOut ? -1 : process.exitValue(),
                text(output),
                text(error),
                timedOut,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Whether a variable of the runner's environment would speak of the job in which the runner itself runs. */
    static boolean isOfTheRunnersOwnJob(String variable) {
        return (variable.startsWith("SLURM_") || variable.startsWith("SBATCH_")) && !KEPT.contains(variable);
    }

    private void inThread(Runnable reading) {
        Thread thread = new Thread(reading, "qmbench-slurm-output");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean awaitEnd(Process process, Duration limit) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (; ; ) {
                try {
                    return process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns what was read; nothing if a child of a killed command still holds the other end. */
    private static String text(CompletableFuture<String> reading) {
        boolean interrupted = Thread.interrupted();
        try {
            return reading.get(AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nothingToRead) {
            return "";
        } catch (InterruptedException e) {
            interrupted = true;
            return reading.getNow("");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String readAll(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException closedByKill) {
            return "";
        }
    }

    /** The value of a variable as the commands see it, empty when it is not set. */
    String environment(String name) {
        return environment.getOrDefault(name, System.getenv().getOrDefault(name, ""));
    }

    /** Finds a command on the PATH of the settings, which Java would not look at. */
    Path find(String name) throws IOException {
        String path = environment("PATH");
        return ProgramPath.find(name, path).orElseThrow(() -> new CommandMissingException(name, path));
    }

    /** Thrown when a command of Slurm is not on the PATH. */
    static final class CommandMissingException extends IOException {
        private static final long serialVersionUID = 1L;

        CommandMissingException(String name, String path) {
            super(name + " is not on the PATH (" + path + "): is this a machine from which jobs can be submitted?");
        }
    }
}
