package io.github.qmbench.slurm;

import io.github.qmbench.core.process.LaunchedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the run's log of attempts remembers of a job, so that the next runner finds it again. Immutable.
 *
 * @param name the job's name, which no other job has: it identifies the job even where Slurm gives out numbers again
 * @param id its number, once Slurm has told it
 * @param folder where its files are
 * @param submissions how many jobs have been submitted for this launch, this one included
 * @param failures how many of them the machine failed
 * @param submittedEpoch second since 1970 at which it was submitted
 * @param ending why the runner is ending it, if it is
 * @param history what became of the jobs before it, for a person; empty when there was none
 */
record JobFacts(
        String name,
        Optional<String> id,
        Path folder,
        int submissions,
        int failures,
        long submittedEpoch,
        Ending ending,
        String history) {

    /** Why a runner ends a job. */
    enum Ending {
        NONE,
        CANCELLED,
        TIMED_OUT,
        STALLED,
        HOPELESS
    }

    /** The first job of a launch. */
    static JobFacts first(String mark, Path folder) {
        return new JobFacts(name(mark, 1), Optional.empty(), folder, 1, 0, 0, Ending.NONE, "");
    }

    private static String name(String mark, int submission) {
        return Cluster.NAME_PREFIX + mark + (submission == 1 ? "" : "-" + submission);
    }

    /** The job that takes the place of this one. */
    JobFacts next(String mark) {
        return new JobFacts(
                name(mark, submissions + 1),
                Optional.empty(),
                folder,
                submissions + 1,
                failures,
                0,
                Ending.NONE,
                history);
    }

    JobFacts withId(String number) {
        return new JobFacts(name, Optional.of(number), folder, submissions, failures, submittedEpoch, ending, history);
    }

    JobFacts submittedAt(long epochSecond) {
        return new JobFacts(name, id, folder, submissions, failures, epochSecond, ending, history);
    }

    JobFacts withEnding(Ending why) {
        return new JobFacts(name, id, folder, submissions, failures, submittedEpoch, why, history);
    }

    JobFacts failedOnceMore() {
        return new JobFacts(name, id, folder, submissions, failures + 1, submittedEpoch, ending, history);
    }

    /** Adds why this job was not the last one. */
    JobFacts because(String why) {
        return new JobFacts(
                name,
                id,
                folder,
                submissions,
                failures,
                submittedEpoch,
                ending,
                history.isEmpty() ? why : history + "; " + why);
    }

    /** How long it waited if it started at that moment. */
    Duration untilStart(Instant started) {
        Duration waited = Duration.between(Instant.ofEpochSecond(submittedEpoch), started);
        return waited.isNegative() ? Duration.ZERO : waited;
    }

    LaunchedProcess toProcess(String mark) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("slurm_job_name", name);
        id.ifPresent(value -> facts.put("slurm_job_id", value));
        facts.put("folder", folder.toString());
        facts.put("submissions", Integer.toString(submissions));
        facts.put("failures", Integer.toString(failures));
        facts.put("submitted_epoch", Long.toString(submittedEpoch));
        facts.put("ending", ending.name());
        facts.put("history", history);
        return new LaunchedProcess(mark, facts);
    }

    /** Reads them back; nothing when they are of another launcher, or damaged. */
    static Optional<JobFacts> of(LaunchedProcess process) {
        Map<String, String> facts = process.facts();
        if (!facts.containsKey("slurm_job_name")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JobFacts(
                    facts.get("slurm_job_name"),
                    Optional.ofNullable(facts.get("slurm_job_id")),
                    Path.of(facts.getOrDefault("folder", "")),
                    Integer.parseInt(facts.getOrDefault("submissions", "")),
                    Integer.parseInt(facts.getOrDefault("failures", "")),
                    Long.parseLong(facts.getOrDefault("submitted_epoch", "")),
                    Ending.valueOf(facts.getOrDefault("ending", "")),
                    facts.getOrDefault("history", "")));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty(); // the note is a hint that anybody may have edited
        }
    }

    /** As a person is told of it. */
    @Override
    public String toString() {
        return "Slurm job " + id.orElse(name);
    }
}
