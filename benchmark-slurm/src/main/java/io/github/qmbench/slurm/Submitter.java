package io.github.qmbench.slurm;

import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.LauncherUnusableException;
import io.github.qmbench.core.process.ProcessRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Submits the jobs of one launch, within the window and again and again where that may help. Used by one thread.
 *
 * <p>A job is journalled with its name before it is submitted, and with its number right after.
 */
final class Submitter implements AutoCloseable {

    private static final int MOST_REFUSALS = 8;
    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    private final ProcessRequest request;
    private final LaunchControl control;
    private final Cluster cluster;
    private final JobFiles files;
    private final JobRemarks remarks;
    private boolean inWindow;

    Submitter(ProcessRequest request, LaunchControl control, Cluster cluster, JobFiles files, JobRemarks remarks) {
        this.request = request;
        this.control = control;
        this.cluster = cluster;
        this.files = files;
        this.remarks = remarks;
    }

    /** Takes a place in the window for a job that an earlier runner has submitted. */
    void countJobOfEarlierRunner() {
        cluster.window().enterAnyway();
        inWindow = true;
    }

    /**
     * Submits a job.
     *
     * @param facts the job, not submitted yet
     * @param delay how long it is to wait before its program starts
     * @return the job with the time of its submission and, unless Slurm did not answer, with its number
     * @throws InterruptedException when the run ends before the job is submitted
     */
    JobFacts submit(JobFacts facts, Duration delay) throws IOException, InterruptedException {
        requireDirectory();
        Duration backOff = FIRST_BACK_OFF;
        int refusals = 0;
        for (; ; ) {
            enterWindow();
            files.prepare(request, setting(facts.name(), delay));
            JobFacts named = facts.submittedAt(Instant.now().getEpochSecond());
            journal(named);
            Submission submission = callSbatch(named);
            switch (submission.verdict()) {
                case ACCEPTED -> {
                    JobFacts numbered = named.withId(submission.text());
                    journal(numbered);
                    remarks.show("waits as " + numbered);
                    return numbered;
                }
                case UNCLEAR -> {
                    remarks.show("degraded: it is not known whether " + named
                            + " was submitted; the queue will show it: " + submission.text());
                    return named;
                }
                case REFUSED -> throw unusable("Slurm refuses the job: " + submission.text());
                case LIMIT -> {
                    refusals += isAboutOneJob(submission) && cluster.window().inside() == 1 ? 1 : 0;
                    int width = cluster.window().refused();
                    leaveWindow();
                    remarks.show("waits for Slurm to take more jobs, at most " + width + " for a while: "
                            + submission.text());
                }
                case TRANSIENT -> {
                    refusals++;
                    remarks.show(
                            "degraded: the job could not be submitted, which is tried again: " + submission.text());
                }
            }
            if (refusals > MOST_REFUSALS) {
                throw unusable("Slurm has refused the job " + refusals + " times: " + submission.text());
            }
            pause(backOff);
            backOff = backOff.multipliedBy(2).compareTo(LONGEST_BACK_OFF) > 0
                    ? LONGEST_BACK_OFF
                    : backOff.multipliedBy(2);
        }
    }

    private JobScript.Setting setting(String name, Duration delay) {
        return new JobScript.Setting(
                name, files.owner(), files.record(name), cluster.settings().fence(), delay);
    }

    private void journal(JobFacts facts) {
        control.launched(facts.toProcess(control.mark()));
    }

    private Submission callSbatch(JobFacts facts) throws IOException {
        try {
            return Submission.of(cluster.commands().submit(arguments(facts.name()), files.script(facts.name())));
        } catch (SlurmCommands.CommandMissingException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a refusal may be for the size of the job and not for the number of jobs. */
    private static boolean isAboutOneJob(Submission submission) {
        String text = submission.text().toLowerCase(Locale.ROOT);
        return text.contains("policy") && !text.contains("submitjob");
    }

    private LauncherUnusableException unusable(String why) {
        return new LauncherUnusableException(request.command(), why, null);
    }

    private void requireDirectory() throws LaunchFailedException {
        if (!Files.isDirectory(request.directory())) {
            // Slurm would run the job in /tmp instead.
            throw new LaunchFailedException(
                    request.command(), "its directory " + request.directory() + " does not exist", null);
        }
    }

    /** The arguments of sbatch. What a user may set stands before what this library relies on. */
    List<String> arguments(String name) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--nodes=1");
        arguments.add("--ntasks=" + request.cores());
        arguments.add("--comment=" + remarks.place());
        if (request.timeout().isPresent() && !cluster.settings().hasTimeLimit()) {
            // Should the runner die, Slurm ends what takes too long. Slurm knows whole minutes only.
            arguments.add("--time=" + (request.timeout().get().toMinutes() + 2));
        }
        arguments.addAll(cluster.settings().sbatchArguments());
        // After that of the settings, of which Slurm then takes no notice.
        request.memoryBytes().ifPresent(bytes -> arguments.add("--mem=" + toMegabytes(bytes) + "M"));
        Set<String> excluded = new TreeSet<>(cluster.settings().excludedNodes());
        excluded.addAll(cluster.nodes().excluded());
        if (!excluded.isEmpty()) {
            arguments.add("--exclude=" + String.join(",", excluded));
        }
        arguments.add("--parsable");
        arguments.add("--no-requeue");
        arguments.add("--open-mode=append");
        arguments.add("--job-name=" + name);
        arguments.add("--chdir=" + request.directory());
        arguments.add("--output=" + files.log(name).toString().replace("%", "%%"));
        return arguments;
    }

    private static long toMegabytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    private void enterWindow() throws InterruptedException {
        while (!inWindow) {
            requireGoingOn();
            inWindow = cluster.window().tryEnter();
            if (!inWindow) {
                remarks.show("waits for one of " + cluster.window().width() + " places in the queue");
                cluster.sleeper()
                        .sleep(Math.min(
                                200, cluster.settings().shortestInterval().toMillis()));
            }
        }
        requireGoingOn();
    }

    private void leaveWindow() {
        if (inWindow) {
            inWindow = false;
            cluster.window().leave();
        }
    }

    /** Waits before trying again, as long as the run is running; nothing is in the queue meanwhile. */
    private void pause(Duration about) throws InterruptedException {
        double factor = 0.75 + 0.5 * ThreadLocalRandom.current().nextDouble();
        Duration time = Duration.ofNanos(Math.round(about.toNanos() * factor));
        Stopwatch paused = new Stopwatch(cluster.nanoTime());
        paused.set(true);
        while (!paused.isOver(time)) {
            requireGoingOn();
            long left = time.minus(paused.elapsed()).toMillis();
            cluster.sleeper().sleep(Math.max(1, Math.min(LOOK_AROUND.toMillis(), left)));
        }
    }

    /** For moments at which nothing is in the queue. */
    private void requireGoingOn() throws InterruptedException {
        if (control.cancellation().isCancelled()) {
            throw new LaunchEnded("cancelled");
        }
        if (control.isDraining()) {
            throw new LaunchEnded("the run ends and nothing more is submitted");
        }
    }

    /** Gives the place in the window back. */
    @Override
    public void close() {
        leaveWindow();
    }
}
