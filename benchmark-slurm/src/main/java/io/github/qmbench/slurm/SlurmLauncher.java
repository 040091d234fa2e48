package io.github.qmbench.slurm;

import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchedProcess;
import io.github.qmbench.core.process.ProcessLauncher;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A launcher that runs each program as a Slurm job of its own.
 *
 * <pre>{@code
 * try (SlurmLauncher slurm = new SlurmLauncher(SlurmSettings.builder().partition("cpu").maxJobs(50).build())) {
 *     BenchmarkRunner.builder(results, matrix, backend).launcher(slurm).parallel(50).build().run();
 * }
 * }</pre>
 *
 * <p>Needs no accounting: each job leaves an exit record in the folder {@code slurm} beside its program's output, and
 * the queue is only a hint. The directory must be on a disk that the nodes share with the runner. Jobs outlive the
 * runner; the next run in the same directory resumes them. One query of the queue serves all jobs.
 *
 * <p>A job that the machine failed (its node died, it vanished) is submitted again, at most twice; one that was
 * preempted at most ten times. {@link LaunchControl#isDraining} withdraws waiting jobs and lets running ones finish;
 * cancellation ends both. When Slurm refuses the options, {@link
 * io.github.qmbench.core.process.LauncherUnusableException} with Slurm's own words ends the run.
 *
 * <p>Does not use job arrays. Two hundred jobs submitted one by one took no longer than one array of them, and each
 * calculation has its own name, directory and retries this way.
 *
 * <p>Safe for use by many threads. Owns one thread, which {@link #close} ends; that leaves the jobs as they are.
 */
public final class SlurmLauncher implements ProcessLauncher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlurmLauncher.class);
    private static final long LEFT_OVER_WAIT_SECONDS = 45;
    private static final long LEFT_OVER_LOOK_MILLIS = 1000;

    private final Cluster cluster;
    private final ProcessLauncher local = ProcessLauncher.local();

    /**
     * Creates a launcher, which does not contact the cluster before the first launch.
     *
     * @param settings of all jobs
     */
    public SlurmLauncher(SlurmSettings settings) {
        this(Cluster.of(Objects.requireNonNull(settings, "settings")));
    }

    SlurmLauncher(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public ProcessResult launch(ProcessRequest request, LaunchControl control)
            throws IOException, InterruptedException {
        Optional<LaunchedProcess> earlier = control.earlier();
        Optional<JobFacts> facts =
                earlier.flatMap(JobFacts::of).filter(known -> known.folder().equals(JobFiles.folder(request)));
        if (earlier.isPresent() && facts.isEmpty()) {
            endLeftOver(earlier.get()); // of another launcher, or from before the results were moved
        }
        return new JobLaunch(request, control, cluster).run(facts);
    }

    /** {@inheritDoc} It asks Slurm for the job's number together with its name, because Slurm uses numbers again. */
    @Override
    public boolean endLeftOver(LaunchedProcess process) {
        Optional<JobFacts> facts = JobFacts.of(process);
        if (facts.isEmpty()) {
            return local.endLeftOver(process);
        }
        try {
            new JobFiles(facts.get().folder(), process.mark()).letNoneRun();
            return cancelAndAwait(facts.get().name());
        } catch (IOException e) {
            LOG.warn("cannot end the left over job {}: {}", facts.get().name(), e.getMessage());
            return false;
        }
    }

    private boolean cancelAndAwait(String name) throws IOException {
        boolean found = false;
        long deadline = cluster.nanoTime().getAsLong() + LEFT_OVER_WAIT_SECONDS * 1_000_000_000;
        while (cluster.nanoTime().getAsLong() < deadline) {
            CommandReply reply = cluster.commands().queue();
            if (!reply.succeeded()) {
                throw new IOException(reply.said());
            }
            QueueEntry entry = QueueEntry.parseQueue(reply.output(), name).get(name);
            if (entry == null || entry.state().phase() == SlurmState.Phase.ENDED) {
                return found;
            }
            found = true;
            if (entry.state() != SlurmState.COMPLETING) {
                cluster.commands().cancel(java.util.List.of(entry.id()), false);
            }
            try {
                cluster.sleeper().sleep(LEFT_OVER_LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
        }
        LOG.warn("the left over job {} has been cancelled and is still not gone", name);
        return found;
    }

    @Override
    public boolean reattaches() {
        return true;
    }

    @Override
    public OptionalLong mostMemoryBytes() {
        return cluster.settings().mostMemoryBytes();
    }

    /** {@inheritDoc} That is when Slurm does not answer, which says nothing about the jobs. */
    @Override
    public Optional<String> trouble() {
        return cluster.watch().view().trouble().map(why -> "Slurm does not answer (" + why + ")");
    }

    /** Ends the watching of the queue. Jobs are left as they are. */
    @Override
    public void close() {
        cluster.watch().close();
    }
}
