package io.github.qmbench.slurm;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for one job that the queue does not show any more: the accounting, where there is one, or else the controller. */
final class JobInquiry {

    private static final Logger LOG = LoggerFactory.getLogger(SlurmLauncher.class);

    /**
     * The outcome.
     *
     * @param entry what is known of the job, if anything
     * @param answered whether there was an answer at all; that the job is not known is one
     */
    record Answer(Optional<QueueEntry> entry, boolean answered) {}

    private JobInquiry() {}

    /** Asks for a job with a number. */
    static Answer ask(SlurmCommands commands, JobFacts job) throws IOException {
        String number = job.id().orElseThrow();
        Optional<QueueEntry> accounted = accounted(commands, number, job.name());
        if (accounted.isPresent()) {
            return new Answer(accounted, true);
        }
        CommandReply reply = commands.control("show", "job", number, "-o");
        Optional<QueueEntry> entry =
                reply.succeeded() ? QueueEntry.parseControl(reply.output(), job.name()) : Optional.empty();
        return new Answer(entry, reply.succeeded() || reply.said().contains("Invalid job id"));
    }

    private static Optional<QueueEntry> accounted(SlurmCommands commands, String number, String name)
            throws IOException {
        try {
            CommandReply reply = commands.accounting(number);
            return reply.succeeded() ? QueueEntry.parseAccounting(reply.output(), name) : Optional.empty();
        } catch (SlurmCommands.CommandMissingException e) {
            LOG.debug("no sacct here", e);
            return Optional.empty();
        }
    }
}
