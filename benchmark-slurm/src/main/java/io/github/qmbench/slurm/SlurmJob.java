package io.github.qmbench.slurm;

import io.github.qmbench.core.LaunchControl;
import io.github.qmbench.core.LaunchFailedException;
import io.github.qmbench.core.LauncherUnusableException;
import io.github.qmbench.core.ProcessRequest;
import io.github.qmbench.core.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One launch, from the submission of its job, or of several in turn where the machine fails them, to its end. Used by the
 * one thread that waits for it.
 *
 * <p>The order that loses nothing: the job's name is journalled before it is submitted, its number right after; so that
 * whatever instant the runner dies at, the next one finds the job or knows that Slurm has none.
 */
final class SlurmJob {

    private static final Logger LOG = LoggerFactory.getLogger(SlurmLauncher.class);

    private static final int MOST_MACHINE_FAILURES = 2;
    private static final int MOST_PREEMPTIONS = 10;
    private static final int MOST_UNANSWERED = 20;
    private static final int MOST_REFUSALS = 8;
    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);

    private final ProcessRequest request;
    private final LaunchControl control;
    private final Cluster cluster;
    private final JobFiles files;

    private int submissions;
    private int failures;
    private int preemptions;
    private int unanswered;
    private boolean inWindow;

    // Of the present job.
    private String name = "";
    private Optional<String> id = Optional.empty();
    private long submittedEpoch;
    private long submittedBeforeQuery;
    private Optional<QueueEntry> lastKnown = Optional.empty();
    private String shown = "";
    private String logged = "";
    private JobFacts.Ending ending = JobFacts.Ending.NONE;
    private long endingBeforeQuery;
    private boolean withdrawing;
    private long runningSince;
    private long hopelessSince;
    private long oddSince;
    private long absentSince;
    private int absences;
    private long askedAt;
    private long grownAt;
    private long lastSize = -1;
    private JobFate.Presence presenceAfterAsking = JobFate.Presence.ABSENT;

    SlurmJob(ProcessRequest request, LaunchControl control, Cluster cluster) {
        this.request = request;
        this.control = control;
        this.cluster = cluster;
        this.files = new JobFiles(JobFiles.folder(request), control.mark());
    }

    /**
     * Runs to the end.
     *
     * @param earlier the job that an earlier runner submitted for this launch
     */
    ProcessResult run(Optional<JobFacts> earlier) throws IOException, InterruptedException {
        cluster.watch().join();
        try {
            if (earlier.isPresent()) {
                takeUp(earlier.get());
            }
            if (ending == JobFacts.Ending.CANCELLED) {
                Optional<ProcessResult> faster = awaitEndOfStopped();
                if (faster.isPresent()) {
                    return faster.get();
                }
            }
            if (earlier.isEmpty() || ending == JobFacts.Ending.CANCELLED) {
                submit(Duration.ZERO);
            }
            for (; ; ) {
                Optional<ProcessResult> result = settle(follow());
                if (result.isPresent()) {
                    return result.get();
                }
            }
        } finally {
            cluster.watch().cancelNoMore(name);
            cluster.watch().leave();
            leaveWindow();
        }
    }

    private void takeUp(JobFacts facts) {
        begin(facts.name(), facts.id());
        submissions = facts.submissions();
        failures = facts.failures();
        submittedEpoch = facts.submittedEpoch();
        ending = facts.ending();
        cluster.window().enterAnyway();
        inWindow = true;
        if (ending != JobFacts.Ending.NONE) {
            cluster.watch().cancel(name, false);
        }
        LOG.info("{}: taking up {}", place(), job());
    }

    /** Waits for the end of a job that the runner before was told to stop, and did not see the end of. */
    private Optional<ProcessResult> awaitEndOfStopped() throws IOException, InterruptedException {
        try {
            return settle(follow());
        } catch (EndedAsAsked ended) {
            requireNotCancelled();
            LOG.info("{}: {} had been stopped; submitting anew", place(), job());
            return Optional.empty();
        }
    }

    private void begin(String newName, Optional<String> newId) {
        cluster.watch().cancelNoMore(name);
        name = newName;
        id = newId;
        lastKnown = Optional.empty();
        shown = "";
        logged = "";
        ending = JobFacts.Ending.NONE;
        withdrawing = false;
        runningSince = 0;
        hopelessSince = 0;
        oddSince = 0;
        absentSince = 0;
        absences = 0;
        presenceAfterAsking = JobFate.Presence.ABSENT;
        askedAt = 0;
        grownAt = 0;
        lastSize = -1;
    }

    // Submission.

    private void submit(Duration delay) throws IOException, InterruptedException {
        submissions++;
        begin(Cluster.jobName(control.mark(), submissions), Optional.empty());
        requireDirectory();
        Duration backOff = FIRST_BACK_OFF;
        int refusals = 0;
        for (; ; ) {
            enterWindow();
            files.prepare(
                    request,
                    new JobScript.Setting(
                            name,
                            files.owner(),
                            files.record(name),
                            cluster.settings().fence(),
                            delay));
            submittedEpoch = Instant.now().getEpochSecond();
            journal();
            Submission submission = submitScript();
            submittedBeforeQuery = cluster.watch().view().begun();
            switch (submission.verdict()) {
                case ACCEPTED -> {
                    id = Optional.of(submission.text());
                    journal();
                    show("waits as " + job());
                    logOnce("submitted as " + job());
                    return;
                }
                case UNCLEAR -> {
                    show("degraded: no answer to the submission (" + submission.text() + ")");
                    LOG.warn(
                            "{}: it is not clear whether {} was submitted, the queue will tell: {}",
                            place(),
                            name,
                            submission.text());
                    return;
                }
                case REFUSED -> throw unusable("Slurm refuses the job: " + submission.text());
                case LIMIT -> {
                    refusals += isAboutOneJob(submission) && cluster.window().inside() == 1 ? 1 : 0;
                    int width = cluster.window().refused();
                    leaveWindow();
                    show("waits for Slurm to take more jobs: " + submission.text());
                    LOG.info(
                            "Slurm takes no more jobs now, so that at most {} are submitted for a while: {}",
                            width,
                            submission.text());
                }
                case TRANSIENT -> {
                    refusals++;
                    show("degraded: " + submission.text());
                    LOG.warn(
                            "{}: the job could not be submitted, which is tried again: {}", place(), submission.text());
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

    private Submission submitScript() throws IOException {
        try {
            return Submission.of(cluster.commands().submit(sbatchArguments(), files.script(name)));
        } catch (SlurmCommands.CommandMissingException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a refusal may be for the size of the job and not for the number of jobs. */
    private static boolean isAboutOneJob(Submission submission) {
        String text = submission.text().toLowerCase(java.util.Locale.ROOT);
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

    private List<String> sbatchArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--nodes=1");
        arguments.add("--ntasks=" + request.cores());
        if (request.timeout().isPresent() && !cluster.settings().hasTimeLimit()) {
            // Should the runner die, Slurm ends what takes too long. Slurm knows whole minutes only.
            arguments.add("--time=" + (request.timeout().get().toMinutes() + 2));
        }
        arguments.addAll(cluster.settings().sbatchArguments());
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

    private void enterWindow() throws InterruptedException {
        while (!inWindow) {
            requireGoingOn();
            inWindow = cluster.window().tryEnter();
            if (!inWindow) {
                show("waits for one of " + cluster.window().width() + " places in the queue");
                Thread.sleep(Math.min(200, cluster.settings().shortestInterval().toMillis()));
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

    /** Waits before trying again, as long as the run goes on; nothing is in the queue meanwhile. */
    private void pause(Duration about) throws InterruptedException {
        double factor = 0.75 + 0.5 * ThreadLocalRandom.current().nextDouble();
        long until = cluster.nanoTime().getAsLong() + Math.round(about.toNanos() * factor);
        while (cluster.nanoTime().getAsLong() < until) {
            requireGoingOn();
            Thread.sleep(Math.max(
                    1,
                    Math.min(LOOK_AROUND.toMillis(), (until - cluster.nanoTime().getAsLong()) / 1_000_000)));
        }
    }

    private void requireNotCancelled() throws InterruptedException {
        if (control.cancellation().isCancelled()) {
            throw new InterruptedException("cancelled");
        }
    }

    /** For moments at which nothing is in the queue. */
    private void requireGoingOn() throws InterruptedException {
        requireNotCancelled();
        if (control.isDraining()) {
            throw new InterruptedException("the run ends and nothing more is submitted");
        }
    }

    private void journal() {
        control.launched(new JobFacts(name, id, JobFiles.folder(request), submissions, failures, submittedEpoch, ending)
                .toProcess(control.mark()));
    }

    // Waiting.

    /** Waits until the present job has ended, in whatever way. */
    private JobFate follow() throws IOException, InterruptedException {
        QueueWatch.View view = cluster.watch().view();
        for (; ; ) {
            JobFate fate = look(view);
            if (fate.kind() != JobFate.Kind.OPEN) {
                return fate;
            }
            QueueWatch.View next = view;
            while (next == view) {
                obeyRun();
                try {
                    next = cluster.watch().awaitNewer(view, LOOK_AROUND);
                } catch (InterruptedException e) {
                    endJob(JobFacts.Ending.CANCELLED); // the flag comes back with the exception at the end of the job
                }
            }
            view = next;
        }
    }

    /** Does what the run asks for, and keeps the limits of the request. */
    private void obeyRun() throws IOException {
        if (control.cancellation().isCancelled()) {
            endJob(JobFacts.Ending.CANCELLED);
            return;
        }
        if (ending != JobFacts.Ending.NONE) {
            return;
        }
        boolean started = runningSince != 0;
        if (!started && !withdrawing && control.isDraining()) {
            withdrawing = true;
            cluster.watch().cancel(name, true);
        }
        if (started
                && request.timeout().isPresent()
                && cluster.nanoTime().getAsLong() - runningSince
                        > request.timeout().get().toNanos()) {
            endJob(JobFacts.Ending.TIMED_OUT);
        }
        if (hopelessSince != 0 && isOver(hopelessSince, cluster.settings().hopelessAfter())) {
            endJob(JobFacts.Ending.HOPELESS);
        }
    }

    private void endJob(JobFacts.Ending why) throws IOException {
        if (ending == JobFacts.Ending.CANCELLED || ending == why) {
            return;
        }
        ending = why;
        endingBeforeQuery = cluster.watch().view().begun();
        journal();
        if (why == JobFacts.Ending.CANCELLED) {
            files.letNoneRun(); // ends it even while Slurm does not answer
        }
        LOG.info("{}: ending {} ({})", place(), job(), why);
        cluster.watch().cancel(name, false);
    }

    private boolean isOver(long since, Duration limit) {
        return cluster.nanoTime().getAsLong() - since > limit.toNanos();
    }

    /** Looks what has become of the job. */
    private JobFate look(QueueWatch.View view) throws IOException, InterruptedException {
        Optional<ExitRecord> record = files.readRecord(name);
        boolean readable = view.trouble().isEmpty() && view.taken() > submittedBeforeQuery;
        Optional<QueueEntry> entry =
                readable ? Optional.ofNullable(view.entries().get(name)) : Optional.empty();
        view.trouble().ifPresent(trouble -> show("degraded: Slurm does not answer; " + job() + " goes on unseen"));
        if (entry.isPresent()) {
            notice(entry.get());
        }
        JobFate.Presence presence = JobFate.Presence.UNREADABLE;
        if (entry.isPresent()) {
            presence = JobFate.Presence.PRESENT;
            absentSince = 0;
            absences = 0;
        } else if (readable) {
            presence = id.isEmpty() ? JobFate.Presence.NEVER_SEEN : JobFate.Presence.ABSENT;
            absentSince = absences == 0 ? cluster.nanoTime().getAsLong() : absentSince;
            absences++;
        }
        throwIfEndedAsAsked(view, record, entry, presence);
        if (presence == JobFate.Presence.ABSENT
                && absences >= 2
                && isOver(absentSince, cluster.settings().grace())
                && !record.map(ExitRecord::isSuccess).orElse(false)) {
            entry = askElsewhere();
            presence = entry.isPresent() ? JobFate.Presence.PRESENT : presenceAfterAsking;
        }
        boolean endSeen = entry.map(known -> known.state().phase() == SlurmState.Phase.ENDED)
                .orElse(false);
        if (record.isPresent() || endSeen) {
            oddSince = oddSince == 0 ? cluster.nanoTime().getAsLong() : oddSince;
        }
        return JobFate.of(new JobFate.Evidence(
                record,
                presence,
                entry,
                record.isPresent() || endSeen ? files.readHint(name) : JobFiles.Hint.NONE,
                oddSince != 0 && isOver(oddSince, cluster.settings().grace())));
    }

    /** Asks the accounting, or else the controller, for a job that the queue does not show. */
    private Optional<QueueEntry> askElsewhere() throws IOException {
        if (askedAt != 0 && !isOver(askedAt, cluster.settings().grace())) {
            return Optional.empty();
        }
        askedAt = cluster.nanoTime().getAsLong();
        String number = id.orElseThrow();
        CommandReply reply;
        Optional<QueueEntry> entry = Optional.empty();
        try {
            reply = cluster.commands().accounting(number);
            if (reply.succeeded()) {
                entry = QueueEntry.parseAccounting(reply.output(), name);
            }
        } catch (SlurmCommands.CommandMissingException e) {
            LOG.debug("no sacct here", e);
        }
        if (entry.isEmpty()) {
            reply = cluster.commands().control("show", "job", number, "-o");
            entry = reply.succeeded() ? QueueEntry.parseControl(reply.output(), name) : Optional.empty();
            boolean known = reply.succeeded() || reply.said().contains("Invalid job id");
            if (entry.isEmpty() && !known) {
                return Optional.empty(); // no answer
            }
        }
        boolean ended = entry.map(found -> found.state().phase() == SlurmState.Phase.ENDED)
                .orElse(false);
        if (ended) {
            return entry;
        }
        // What accounting still believes to run although the controller has not known it for long is gone, too.
        if (entry.isEmpty() || isOver(absentSince, cluster.settings().grace().multipliedBy(10))) {
            presenceAfterAsking = JobFate.Presence.GONE;
        }
        return Optional.empty();
    }

    private void throwIfEndedAsAsked(
            QueueWatch.View view, Optional<ExitRecord> record, Optional<QueueEntry> entry, JobFate.Presence presence)
            throws InterruptedException, LauncherUnusableException {
        if (record.map(ExitRecord::isSuccess).orElse(false)) {
            return; // it was faster
        }
        boolean ended = entry.map(known -> known.state().phase() == SlurmState.Phase.ENDED)
                .orElse(false);
        if (withdrawing && ending == JobFacts.Ending.NONE) {
            boolean cancelled =
                    entry.map(known -> known.state() == SlurmState.CANCELLED).orElse(false);
            if (cancelled && runningSince == 0 || presence == JobFate.Presence.NEVER_SEEN) {
                logOnce("withdrawn from the queue");
                throw new EndedAsAsked("withdrawn from the queue because the run ends");
            }
            return;
        }
        boolean gone = ended
                || view.taken() > endingBeforeQuery
                        && (presence == JobFate.Presence.NEVER_SEEN
                                || presence == JobFate.Presence.ABSENT && absences > 1);
        if (!gone) {
            return;
        }
        switch (ending) {
            case NONE -> {}
            case CANCELLED -> {
                logOnce("cancelled");
                throw new EndedAsAsked("cancelled");
            }
            case HOPELESS ->
                throw unusable("Slurm would never have started " + job() + ": "
                        + lastKnown.map(QueueEntry::reason).orElse("for no reason it told"));
            case TIMED_OUT, STALLED -> {}
        }
    }

    /** Says that the job ended because this launch asked for it. */
    private static final class EndedAsAsked extends InterruptedException {
        private static final long serialVersionUID = 1L;

        EndedAsAsked(String message) {
            super(message);
        }
    }

    /** Tells the log and the person what the queue shows, when that is new. */
    private void notice(QueueEntry entry) throws IOException {
        if (id.isEmpty()) {
            id = Optional.of(entry.id());
            journal();
        }
        lastKnown = Optional.of(entry);
        String reason = entry.reason().isEmpty() || entry.reason().equals("None") ? "" : " (" + entry.reason() + ")";
        hopelessSince = !entry.isHopeless()
                ? 0
                : hopelessSince == 0 ? cluster.nanoTime().getAsLong() : hopelessSince;
        if (entry.isHeld()) {
            show(job() + " is held" + reason + " and waits for somebody to release it");
            logOnce(job() + " is held" + reason);
            return;
        }
        switch (entry.state().phase()) {
            case WAITING, HELD -> {
                runningSince = 0;
                show(hopelessSince == 0 ? "waits as " + job() + reason : job() + " will not start" + reason);
                logOnce(hopelessSince == 0 ? job() + " waits" : job() + " will not start" + reason);
            }
            case RUNNING -> noticeRunning(entry);
            case SUSPENDED -> {
                show(job() + " is suspended on " + entry.node());
                logOnce(job() + " is suspended on " + entry.node());
            }
            case UNKNOWN -> {
                show(job() + " is in a state that is not known here: " + entry.word());
                logOnce(job() + " is in a state that is not known here: " + entry.word());
            }
            case ENDED ->
                logOnce(job() + " ended on " + (entry.node().isEmpty() ? "no node" : entry.node()) + ": " + entry.word()
                        + reason);
        }
    }

    private void noticeRunning(QueueEntry entry) throws IOException {
        long now = cluster.nanoTime().getAsLong();
        if (runningSince == 0) {
            long ago = entry.startedEpoch().isPresent()
                    ? Math.max(
                            0,
                            Instant.now().getEpochSecond()
                                    - entry.startedEpoch().getAsLong())
                    : 0;
            runningSince = now - Duration.ofSeconds(ago).toNanos();
            grownAt = now;
        }
        if (withdrawing) {
            withdrawing = false; // it has started first, and may end by itself
            cluster.watch().cancelNoMore(name);
        }
        long waited = Math.max(0, entry.startedEpoch().orElse(submittedEpoch) - submittedEpoch);
        show("runs on " + entry.node() + " as " + job() + ", waited " + waited + " s");
        logOnce(job() + " runs on " + entry.node() + ", waited " + waited + " s");
        if (request.stall().isPresent() && ending == JobFacts.Ending.NONE) {
            long size = size(request.output()) + size(request.error());
            if (size != lastSize) {
                lastSize = size;
                grownAt = now;
            } else if (isOver(grownAt, request.stall().get())) {
                endJob(JobFacts.Ending.STALLED);
            }
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    // The end.

    /** Takes the end of a job for the end of the launch, or submits another one. */
    private Optional<ProcessResult> settle(JobFate fate) throws IOException, InterruptedException {
        boolean success = fate.ending() == ProcessResult.Ending.EXITED && fate.exitCode() == 0;
        if (!success && ending == JobFacts.Ending.CANCELLED) {
            throw new EndedAsAsked("cancelled");
        }
        if (!success && ending == JobFacts.Ending.TIMED_OUT) {
            return Optional.of(resultOf(ProcessResult.Ending.TIMED_OUT, fate));
        }
        if (!success && ending == JobFacts.Ending.STALLED) {
            return Optional.of(resultOf(ProcessResult.Ending.STALLED, fate));
        }
        switch (fate.kind()) {
            case ENDED -> {
                ProcessResult result = resultOf(fate.ending(), fate);
                cluster.watch().pace().jobTook(result.duration());
                logOnce("ended: " + result.ending() + ", exit code " + result.exitCode() + ", " + result.where());
                return Optional.of(result);
            }
            case MACHINE_FAILED -> {
                return machineFailed(fate);
            }
            case PREEMPTED -> {
                preemptions++;
                if (preemptions > MOST_PREEMPTIONS) {
                    return lost(fate);
                }
                again(fate, untilNoticed());
            }
            case PROGRAM_MISSING -> {
                blameNode();
                failures++;
                if (failures > MOST_MACHINE_FAILURES) {
                    throw new LaunchFailedException(
                            request.command(),
                            "it is not there, or not executable, on " + nodeNow() + " (" + job() + ")",
                            null);
                }
                again(fate, Duration.ZERO);
            }
            case NEVER_ARRIVED -> {
                unanswered++;
                if (unanswered > MOST_UNANSWERED) {
                    throw new LaunchFailedException(request.command(), "Slurm does not take the job in", null);
                }
                cluster.watch().cancelIfSeen(name);
                again(fate, Duration.ZERO);
            }
            case OPEN -> throw new IllegalStateException("a job that is not over has no end");
        }
        return Optional.empty();
    }

    private Optional<ProcessResult> machineFailed(JobFate fate) throws IOException, InterruptedException {
        blameNode();
        failures++;
        if (failures > MOST_MACHINE_FAILURES) {
            return lost(fate);
        }
        cluster.watch().cancelIfSeen(name);
        again(fate, untilNoticed());
        return Optional.empty();
    }

    /** Time for a job that runs on although Slurm gave it up to notice that another takes its place. */
    private Duration untilNoticed() {
        return cluster.settings().fence().multipliedBy(2);
    }

    private Optional<ProcessResult> lost(JobFate fate) throws IOException {
        LOG.warn("{}: giving up after {} jobs; {}: {}", place(), submissions, job(), fate.why());
        return Optional.of(resultOf(ProcessResult.Ending.LOST, fate));
    }

    private void again(JobFate fate, Duration delay) throws IOException, InterruptedException {
        String why = job() + (nodeNow().isEmpty() ? "" : " on " + nodeNow()) + ": " + fate.why();
        LOG.warn("{}: submitting again, because of {}", place(), why);
        control.remark("submitting again, because of " + why);
        submit(delay);
    }

    private void blameNode() throws IOException {
        String node = nodeNow();
        if (cluster.nodes().failedOn(node)) {
            LOG.warn("three jobs failed through the fault of node {} and none elsewhere: no more jobs go there", node);
            control.remark("node " + node + " is excluded: three jobs failed there and none elsewhere");
        }
    }

    private String nodeNow() throws IOException {
        Optional<ExitRecord> record = files.readRecord(name);
        return record.map(ExitRecord::node)
                .orElseGet(() -> lastKnown.map(QueueEntry::node).orElse(""));
    }

    private ProcessResult resultOf(ProcessResult.Ending how, JobFate fate) throws IOException {
        Optional<ExitRecord> record = files.readRecord(name);
        Duration seen = runningSince == 0
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, cluster.nanoTime().getAsLong() - runningSince));
        String node = nodeNow();
        String number = id.or(() -> record.map(ExitRecord::jobId)).orElse("of unknown number");
        return new ProcessResult(
                how,
                fate.exitCode(),
                record.map(ExitRecord::duration).orElse(seen),
                (node.isEmpty() ? "no node" : node) + " (Slurm job " + number + ")"
                        + (how == ProcessResult.Ending.EXITED ? "" : ": " + fate.why()));
    }

    private String job() {
        return id.map(number -> "Slurm job " + number).orElse("Slurm job " + name);
    }

    /** The calculation's directory, for the log. */
    private String place() {
        Path directory = request.directory();
        int names = directory.getNameCount();
        return names > 2 ? directory.subpath(names - 2, names).toString() : directory.toString();
    }

    private void show(String text) {
        if (!text.equals(shown)) {
            shown = text;
            control.remark(text);
        }
    }

    private void logOnce(String transition) {
        if (!transition.equals(logged)) {
            logged = transition;
            LOG.info("{}: {}", place(), transition);
        }
    }
}
