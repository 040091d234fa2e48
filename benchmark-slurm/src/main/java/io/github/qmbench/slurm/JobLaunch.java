package io.github.qmbench.slurm;

import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult;
import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.slurm.JobFacts.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One launch, from the submission of its job, or of several in turn where the machine fails them, to its end. Used by the
 * one thread that waits for it.
 *
 * <p>The order that loses nothing: the job's name is journalled before it is submitted, its number right after; so that
 * whatever instant the runner dies at, the next one finds the job or knows that Slurm has none.
 */
final class JobLaunch {

    private static final int MOST_MACHINE_FAILURES = 2;
    private static final int MOST_PREEMPTIONS = 10;
    private static final int MOST_UNANSWERED = 20;

    private final ProcessRequest request;
    private final LaunchControl control;
    private final Cluster cluster;
    private final JobFiles files;
    private final JobRemarks remarks;

    private String jobName = ""; // of the last job
    private int preemptions;
    private int unanswered;

    JobLaunch(ProcessRequest request, LaunchControl control, Cluster cluster) {
        this(request, control, cluster, new JobRemarks(control, request.output()));
    }

    JobLaunch(ProcessRequest request, LaunchControl control, Cluster cluster, JobRemarks remarks) {
        this.request = request;
        this.control = control;
        this.cluster = cluster;
        this.files = new JobFiles(JobFiles.folder(request), control.mark());
        this.remarks = remarks;
    }

    /**
     * Runs to the end.
     *
     * @param earlier the job that an earlier runner submitted for this launch
     */
    ProcessResult run(Optional<JobFacts> earlier) throws IOException, InterruptedException {
        cluster.watch().join();
        try (Submitter submitter = new Submitter(request, control, cluster, files, remarks)) {
            JobFacts facts = JobFacts.first(control.mark(), JobFiles.folder(request));
            Next next = earlier.isPresent() ? takeUp(earlier.get(), submitter) : Next.anew(facts, Duration.ZERO);
            while (next.result().isEmpty()) {
                jobName = next.facts().name();
                JobFacts submitted = submitter.submit(next.facts(), next.delay());
                next = watch(submitted, cluster.watch().view().begun());
            }
            return next.result().get();
        } catch (LaunchFailedException intended) {
            throw intended;
        } catch (IOException | RuntimeException | Error fault) {
            endUnwatched(fault);
            throw fault;
        } finally {
            cluster.watch().leave();
        }
    }

    /** Ends the job that nobody watches any more: the next attempt would run beside it in the same directory. */
    private void endUnwatched(Throwable fault) {
        cluster.watch().cancelIfSeen(jobName);
        try {
            files.letNoneRun(); // ends it even while Slurm does not answer
        } catch (IOException | RuntimeException e) {
            fault.addSuppressed(e);
        }
        remarks.log("cancelling " + jobName + " if the queue shows it, because of a fault: " + fault);
    }

    /**
     * How it continues after a job.
     *
     * @param result the result of the launch, or none: then another job is submitted
     * @param facts that other job
     * @param delay how long it is to wait before its program starts
     */
    private record Next(Optional<ProcessResult> result, JobFacts facts, Duration delay) {

        static Next anew(JobFacts facts, Duration delay) {
            return new Next(Optional.empty(), facts, delay);
        }
    }

    private Next takeUp(JobFacts facts, Submitter submitter) throws IOException, InterruptedException {
        submitter.countJobOfEarlierRunner();
        jobName = facts.name();
        remarks.log("resuming " + facts);
        if (facts.ending() != Ending.CANCELLED) {
            return watch(facts, 0);
        }
        // The runner before was told to stop it, and did not live to see its end.
        try {
            return watch(facts, 0);
        } catch (LaunchEnded ended) {
            if (control.cancellation().isCancelled() || control.isDraining()) {
                throw ended;
            }
            remarks.log(facts + " had been stopped; submitting again");
            return Next.anew(facts.next(control.mark()), Duration.ZERO);
        }
    }

    private Next watch(JobFacts facts, long submittedBeforeQuery) throws IOException, InterruptedException {
        try (WatchedJob job = new WatchedJob(request, control, cluster, files, remarks, facts, submittedBeforeQuery)) {
            try {
                return settle(job, job.awaitEnd());
            } finally {
                tellUsage(job);
            }
        }
    }

    /** Reports what a job used that has ended in whatever way, if its script lived to see that. */
    private void tellUsage(WatchedJob job) throws IOException {
        Optional<ExitRecord> record = files.readRecord(job.facts().name());
        record.flatMap(ExitRecord::usage).ifPresent(used -> {
            ResourceUsage usage =
                    used.withReservedCores(request.cores(), record.get().duration());
            long memory = request.memoryBytes()
                    .orElse(cluster.settings().memoryBytes().orElse(0)); // with 0 Slurm gives all that the node has
            control.used(memory > 0 ? usage.withReservedMemory(memory) : usage);
        });
    }

    /** Takes the end of a job for the end of the launch, or has another one submitted. */
    private Next settle(WatchedJob job, JobFate fate) throws IOException, InterruptedException {
        boolean success = fate.ending() == ProcessResult.Ending.EXITED && fate.exitCode() == 0;
        if (!success && job.ending() == Ending.CANCELLED) {
            throw new LaunchEnded("cancelled");
        }
        if (!success && job.ending() == Ending.TIMED_OUT) {
            return result(job, ProcessResult.Ending.TIMED_OUT, fate);
        }
        if (!success && job.ending() == Ending.STALLED) {
            return result(job, ProcessResult.Ending.STALLED, fate);
        }
        return switch (fate.kind()) {
            case ENDED -> ended(job, fate);
            case MACHINE_FAILED -> machineFailed(job, fate);
            case PREEMPTED -> {
                preemptions++;
                yield preemptions > MOST_PREEMPTIONS ? lost(job, fate) : again(job, job.facts(), fate, untilNoticed());
            }
            case PROGRAM_MISSING -> programMissing(job, fate);
            case NEVER_ARRIVED -> {
                unanswered++;
                if (unanswered > MOST_UNANSWERED) {
                    throw new LaunchFailedException(request.command(), "Slurm does not take the job in", null);
                }
                cluster.watch().cancelIfSeen(job.facts().name());
                yield again(job, job.facts(), fate, Duration.ZERO);
            }
            case OPEN -> throw new IllegalStateException("a job that is not over has no end");
        };
    }

    private Next ended(WatchedJob job, JobFate fate) throws IOException {
        Next next = result(job, fate.ending(), fate);
        ProcessResult result = next.result().orElseThrow();
        cluster.watch().pace().jobTook(result.duration());
        remarks.log("ended: " + result.ending() + ", exit code " + result.exitCode() + ", " + result.where());
        return next;
    }

    private Next machineFailed(WatchedJob job, JobFate fate) throws IOException {
        blameNode(job.node());
        JobFacts failed = job.facts().failedOnceMore();
        if (failed.failures() > MOST_MACHINE_FAILURES) {
            return lost(job, fate);
        }
        cluster.watch().cancelIfSeen(failed.name());
        return again(job, failed, fate, untilNoticed());
    }

    private Next programMissing(WatchedJob job, JobFate fate) throws IOException {
        blameNode(job.node());
        JobFacts failed = job.facts().failedOnceMore();
        if (failed.failures() > MOST_MACHINE_FAILURES) {
            throw new LaunchFailedException(
                    request.command(),
                    "it is not there, or not executable, on " + job.node() + " (" + failed + ")",
                    null);
        }
        return again(job, failed, fate, Duration.ZERO);
    }

    /** Time for a job that runs on although Slurm gave it up to notice that another takes its place. */
    private Duration untilNoticed() {
        return cluster.settings().fence().multipliedBy(2);
    }

    private Next lost(WatchedJob job, JobFate fate) throws IOException {
        remarks.show("giving up after " + job.facts().submissions() + " jobs; " + job.facts() + ": " + fate.why());
        return result(job, ProcessResult.Ending.LOST, fate);
    }

    private Next again(WatchedJob job, JobFacts facts, JobFate fate, Duration delay) throws IOException {
        String why = facts + (job.node().isEmpty() ? "" : " on " + job.node()) + ": " + fate.why();
        remarks.show("submitting again, because of " + why);
        return Next.anew(facts.because(why).next(control.mark()), delay);
    }

    private void blameNode(String node) {
        if (cluster.nodes().failedOn(node)) {
            remarks.show("node " + node + " is excluded from now on: three jobs failed there because of the machine,"
                    + " and none elsewhere");
        }
    }

    private Next result(WatchedJob job, ProcessResult.Ending how, JobFate fate) throws IOException {
        Optional<ExitRecord> record = files.readRecord(job.facts().name());
        String node = job.node().isEmpty() ? "no node" : job.node();
        String number = job.facts().id().or(() -> record.map(ExitRecord::jobId)).orElse("of unknown number");
        String history =
                job.facts().history().isEmpty() ? "" : ", after " + job.facts().history();
        String where = node + " (Slurm job " + number + history + ")"
                + (how == ProcessResult.Ending.EXITED ? "" : ": " + fate.why());
        ProcessResult result = ProcessResult.of(
                        how, fate.exitCode(), record.map(ExitRecord::duration).orElse(job.ran()), where)
                .afterWaiting(job.waited());
        return new Next(Optional.of(result), job.facts(), Duration.ZERO);
    }
}
