package io.github.qmbench.core;

import io.github.qmbench.core.estimate.EtaEstimator;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Composes the {@link RunStatus} of a run from what is counted and what the estimator and the launcher say. Safe for use by
 * many threads.
 */
final class RunPicture {

    /**
     * Which run it is.
     *
     * @param id unique among the runs of all directories
     * @param startedAt when it began
     * @param runner the process that runs it
     */
    record Run(String id, Instant startedAt, RunnerIdentity runner) {

        /** A run that begins now, with a new id. */
        static Run begin(Instant now, RunnerIdentity runner) {
            String random = String.format("%06x", new SecureRandom().nextInt(1 << 24));
            return new Run(ID_TIME.format(now) + "-" + random, now, runner);
        }
    }

    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final RunSettings settings;
    private final Run run;
    private final RunTally tally;
    private final StartQueue queue;
    private final TimeEstimates estimates;

    RunPicture(RunSettings settings, Run run, RunTally tally, StartQueue queue, TimeEstimates estimates) {
        this.settings = settings;
        this.run = run;
        this.tally = tally;
        this.queue = queue;
        this.estimates = estimates;
    }

    /** The status that is true now. */
    RunStatus now() {
        return of(tally.picture(settings.nanoTime.getAsLong()));
    }

    /** The status of which this was counted. */
    RunStatus of(RunTally.Picture counted) {
        return RunStatus.of(
                RunStatus.Run.of(
                        run.id(),
                        run.startedAt(),
                        settings.now(),
                        counted.state(),
                        counted.state().isFinal()
                                ? counted.reason()
                                : settings.launcher.trouble().map(why -> "degraded: " + why),
                        run.runner(),
                        settings.heartbeat),
                counted.progress(),
                counted.running(),
                counted.failures(),
                estimates.timeLeft(EtaEstimator.Workload.of(settings.parallel, queue.waiting(), counted.elapsed())));
    }
}
