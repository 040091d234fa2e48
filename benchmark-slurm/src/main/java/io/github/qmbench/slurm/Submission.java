package io.github.qmbench.slurm;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What became of one call of {@code sbatch}.
 *
 * @param verdict how to continue
 * @param text the job's number when it was accepted, else Slurm's own words
 */
record Submission(Verdict verdict, String text) {

    enum Verdict {
        /** There is a job. */
        ACCEPTED,
        /** There is none, because a limit for the number of jobs is reached: later it may go. */
        LIMIT,
        /** There is none, and there never will be one with these options. */
        REFUSED,
        /** There is none, for a reason that may pass. */
        TRANSIENT,
        /** There may be a job or not: the controller did not answer, or not in time. */
        UNCLEAR
    }

    private static final List<String> NO_ANSWER = List.of(
            "unable to contact slurm controller",
            "socket timed out",
            "zero bytes were transmitted",
            "connection refused",
            "connection timed out",
            "connection reset",
            "communication connection failure",
            "standby mode",
            "transport endpoint",
            "message receive failure",
            "incompatible versions of client and server",
            "slurmctld is not responding");

    // The names of limits as in the table of reasons of squeue(1); the sentences as in slurm_errno.c.
    private static final List<String> TOO_MANY = List.of(
            "maxsubmitjob",
            "grpsubmitjob",
            "maxjobs",
            "job submit limit",
            "violates accounting/qos policy",
            "too many jobs",
            "job count",
            "pending job limit",
            "temporarily unable to accept job",
            "resource temporarily unavailable");

    private static final List<String> BAD = List.of(
            "invalid",
            "unrecognized option",
            "unrecognised option",
            "requires an argument",
            "doesn't allow an argument",
            "ambiguous",
            "unknown option",
            "not available",
            "cannot be satisfied",
            "can not be satisfied",
            "not permitted",
            "permission denied",
            "access/permission",
            "must specify",
            "more processors requested",
            "does not look like a batch script",
            "no partition specified",
            "unable to open file");

    Submission {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(text, "text");
    }

    /** Reads a call of {@code sbatch --parsable}. */
    static Submission of(CommandReply reply) {
        String said = reply.said();
        if (reply.timedOut()) {
            return new Submission(Verdict.UNCLEAR, said);
        }
        if (reply.exitCode() == 0) {
            // ID or ID;CLUSTER, on the last line: a cluster's own plug-ins like to greet before it.
            String last = reply.output().strip().lines().reduce("", (before, line) -> line);
            String id = last.split(";", 2)[0].strip();
            return id.matches("\\d+") ? new Submission(Verdict.ACCEPTED, id) : new Submission(Verdict.UNCLEAR, said);
        }
        String lower = said.toLowerCase(Locale.ROOT);
        if (NO_ANSWER.stream().anyMatch(lower::contains) || (reply.exitCode() > 128 && reply.saidNothing())) {
            return new Submission(Verdict.UNCLEAR, said);
        }
        if (TOO_MANY.stream().anyMatch(lower::contains)) {
            return new Submission(Verdict.LIMIT, said);
        }
        if (BAD.stream().anyMatch(lower::contains)) {
            return new Submission(Verdict.REFUSED, said);
        }
        return new Submission(Verdict.TRANSIENT, said);
    }
}
