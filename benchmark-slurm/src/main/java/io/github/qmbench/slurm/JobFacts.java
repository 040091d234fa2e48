package io.github.qmbench.slurm;

import io.github.qmbench.core.LaunchedProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the run's log of attempts remembers of a job, so that the next runner finds it again.
 *
 * @param name the job's name
 * @param id its number, once Slurm has told it
 * @param folder where its files are
 * @param submissions how many jobs have been submitted for this launch, this one included
 * @param failures how many of them the machine failed
 * @param submittedEpoch second since 1970 at which it was submitted
 * @param ending why the runner is ending it, if it is
 */
record JobFacts(
        String name,
        Optional<String> id,
        Path folder,
        int submissions,
        int failures,
        long submittedEpoch,
        Ending ending) {

    /** Why a runner ends a job. */
    enum Ending {
        NONE,
        CANCELLED,
        TIMED_OUT,
        STALLED,
        HOPELESS
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
        return new LaunchedProcess(mark, facts);
    }

    /** Reads them back; nothing when they are of another launcher. */
    static Optional<JobFacts> of(LaunchedProcess process) {
        Map<String, String> facts = process.facts();
        if (!facts.containsKey("slurm_job_name")) {
            return Optional.empty();
        }
        return Optional.of(new JobFacts(
                facts.get("slurm_job_name"),
                Optional.ofNullable(facts.get("slurm_job_id")),
                Path.of(facts.get("folder")),
                Integer.parseInt(facts.get("submissions")),
                Integer.parseInt(facts.get("failures")),
                Long.parseLong(facts.get("submitted_epoch")),
                Ending.valueOf(facts.getOrDefault("ending", ""))));
    }
}
