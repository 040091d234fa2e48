package io.github.qmbench.slurm;

import io.github.qmbench.core.internal.WakeTime;
import io.github.qmbench.core.process.LaunchControl;
import io.github.qmbench.core.process.LauncherUnusableException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.slurm.JobFacts.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A job in the queue, from its submission to its end: looks at its exit record and at its entry in the queue whenever
 * the queue was asked again, says what it sees, and ends the job when the run or a limit of the request says so. Used
 * by one thread.
 *
 * <p>No clock that somebody may set decides about a job. Slurm says how long it has run when it is first seen; from then on
 * only time counts in which this process was awake, and in which Slurm did not suspend the job.
 */
final class WatchedJob implements AutoCloseable {

    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

    private final ProcessRequest request;
    private final LaunchControl control;
    private final Cluster cluster;
    private final JobFiles files;
    private final JobRemarks remarks;
    private final long submittedBeforeQuery;

    private JobFacts facts;
    private Optional<QueueEntry> lastKnown = Optional.empty();
    private long endingBeforeQuery;
    private boolean withdrawing;
    private int absences;
    private long lastSize = -1;
    private boolean suspended;
    private JobFate.Presence presenceAfterAsking = JobFate.Presence.ABSENT;
    private final LongSupplier awake;
    private final Stopwatch running;
    private final Stopwatch hopeless;
    private final Stopwatch odd;
    private final Stopwatch absent;
    private final Stopwatch sinceAsked;
    private final Stopwatch withoutGrowth;

    /**
     * Begins to watch.
     *
     * @param submittedBeforeQuery the number of queries of the queue that had begun when it was certain to be submitted,
     *     which therefore may not show it
     */
    WatchedJob(
            ProcessRequest request,
            LaunchControl control,
            Cluster cluster,
            JobFiles files,
            JobRemarks remarks,
            JobFacts facts,
            long submittedBeforeQuery) {
        this.request = request;
        this.control = control;
        this.cluster = cluster;
        this.files = files;
        this.remarks = remarks;
        this.facts = facts;
        this.submittedBeforeQuery = submittedBeforeQuery;
        WakeTime time = new WakeTime(cluster.nanoTime().getAsLong(), LONGEST_GAP);
        this.awake = () -> time.until(cluster.nanoTime().getAsLong());
        this.running = new Stopwatch(awake);
        this.hopeless = new Stopwatch(awake);
        this.odd = new Stopwatch(awake);
        this.absent = new Stopwatch(awake);
        this.sinceAsked = new Stopwatch(awake);
        this.withoutGrowth = new Stopwatch(awake);
        if (facts.ending() != Ending.NONE) {
            cluster.watch().cancel(facts.name(), false);
        }
    }

    /** What is known of the job by now. */
    JobFacts facts() {
        return facts;
    }

    Ending ending() {
        return facts.ending();
    }

    /** The node on which it runs or ran, empty when that is not known. */
    String node() throws IOException {
        return files.readRecord(facts.name())
                .map(ExitRecord::node)
                .orElseGet(() -> lastKnown.map(QueueEntry::node).orElse(""));
    }

    /** How long it has been seen running. */
    Duration ran() {
        return running.elapsed();
    }

    /** How long it waited for its start. */
    Duration waited() throws IOException {
        Optional<Duration> recorded = files.readRecord(facts.name()).map(record -> facts.untilStart(record.started()));
        return recorded.orElseGet(() -> lastKnown
                .filter(entry -> entry.startedEpoch().isPresent())
                .map(entry -> facts.untilStart(
                        Instant.ofEpochSecond(entry.startedEpoch().getAsLong())))
                .orElse(Duration.ZERO));
    }

    /**
     * Waits until the job has ended, in whatever way.
     *
     * @throws LaunchEnded when it was cancelled or withdrawn because the run asked for that, or is left to the next runner
     * @throws LauncherUnusableException when it would never have started
     */
    @SuppressWarnings("ReferenceEquality") // as in QueueWatch.awaitNewer
    JobFate awaitEnd() throws IOException, InterruptedException {
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
                    end(Ending.CANCELLED); // an InterruptedException comes when the job has ended
                }
            }
            view = next;
        }
    }

    /** Does what the run asks for, and keeps the limits of the request; called about once a second. */
    void obeyRun() throws IOException, LaunchEnded {
        long unused = awake.getAsLong(); // a look, so that the time until the next one counts
        if (control.cancellation().isCancelled()) {
            end(Ending.CANCELLED);
            return;
        }
        if (control.isLeaving()) {
            remarks.log(facts + " is left to the next run");
            throw new LaunchEnded("left to the next run");
        }
        if (ending() != Ending.NONE) {
            return;
        }
        if (!running.isRunning() && !withdrawing && control.isDraining()) {
            withdrawing = true;
            cluster.watch().cancel(facts.name(), true);
        }
        if (request.timeout().isPresent()
                && !suspended
                && running.isOver(request.timeout().get())) {
            end(Ending.TIMED_OUT);
        } else if (request.stall().isPresent()
                && !suspended
                && withoutGrowth.isOver(request.stall().get())
                && !hasGrown()) {
            end(Ending.STALLED);
        } else if (hopeless.isOver(cluster.settings().hopelessAfter())) {
            end(Ending.HOPELESS);
        }
    }

    private void end(Ending why) throws IOException {
        if (ending() == Ending.CANCELLED || ending() == why) {
            return;
        }
        note(facts.withEnding(why));
        endingBeforeQuery = cluster.watch().view().begun();
        if (why == Ending.CANCELLED) {
            files.letNoneRun(); // ends it even while Slurm does not answer
        }
        remarks.log("ending " + facts + " (" + why + ")");
        cluster.watch().cancel(facts.name(), false);
    }

    private void note(JobFacts known) {
        facts = known;
        control.launched(facts.toProcess(control.mark()));
    }

    /** Looks what has become of the job. */
    JobFate look(QueueWatch.View view) throws IOException, InterruptedException {
        Optional<ExitRecord> record = files.readRecord(facts.name());
        boolean readable = view.trouble().isEmpty() && view.taken() > submittedBeforeQuery;
        Optional<QueueEntry> entry =
                readable ? Optional.ofNullable(view.entries().get(facts.name())) : Optional.empty();
        if (view.trouble().isPresent()) {
            hopeless.set(false);
            remarks.show("degraded: Slurm does not answer; " + facts + " continues unwatched");
        }
        if (entry.isPresent()) {
            notice(entry.get());
        }
        JobFate.Presence presence = presence(readable, entry.isPresent());
        if (!record.map(ExitRecord::isSuccess).orElse(false)) {
            throwIfEndedAsAsked(view, entry, presence);
            boolean goneForLong =
                    absences >= 2 && absent.isOver(cluster.settings().grace());
            if (presence == JobFate.Presence.ABSENT && goneForLong) {
                entry = askElsewhere();
                presence = entry.isPresent() ? JobFate.Presence.PRESENT : presenceAfterAsking;
            }
        }
        boolean endKnown = record.isPresent() || entry.map(QueueEntry::hasEnded).orElse(false);
        odd.set(odd.isRunning() || endKnown);
        return JobFate.of(new JobFate.Evidence(
                record,
                presence,
                entry,
                endKnown ? files.readHint(facts.name()) : JobFiles.Hint.NONE,
                odd.isOver(cluster.settings().grace())));
    }

    private JobFate.Presence presence(boolean readable, boolean inQueue) {
        if (!readable) {
            return JobFate.Presence.UNREADABLE;
        }
        absent.set(!inQueue);
        absences = inQueue ? 0 : absences + 1;
        if (inQueue) {
            return JobFate.Presence.PRESENT;
        }
        return facts.id().isEmpty() ? JobFate.Presence.NEVER_SEEN : JobFate.Presence.ABSENT;
    }

    /** Asks the accounting, or else the controller, for a job that the queue does not show. */
    private Optional<QueueEntry> askElsewhere() throws IOException {
        if (sinceAsked.isRunning() && !sinceAsked.isOver(cluster.settings().grace())) {
            return Optional.empty();
        }
        sinceAsked.setSince(Duration.ZERO);
        JobInquiry.Answer answer = JobInquiry.ask(cluster.commands(), facts);
        Optional<QueueEntry> ended = answer.entry().filter(QueueEntry::hasEnded);
        // What accounting still believes to run although the controller has not known it for long is gone, too.
        boolean longGone = absent.isOver(cluster.settings().grace().multipliedBy(10));
        if (ended.isEmpty() && answer.answered() && (answer.entry().isEmpty() || longGone)) {
            presenceAfterAsking = JobFate.Presence.GONE;
        }
        return ended;
    }

    private void throwIfEndedAsAsked(QueueWatch.View view, Optional<QueueEntry> entry, JobFate.Presence presence)
            throws LaunchEnded, LauncherUnusableException {
        boolean neverSeen = presence == JobFate.Presence.NEVER_SEEN;
        if (withdrawing && ending() == Ending.NONE) {
            boolean cancelled =
                    entry.map(known -> known.state() == SlurmState.CANCELLED).orElse(false);
            if ((cancelled && !running.isRunning()) || neverSeen) {
                remarks.log("withdrawn from the queue");
                throw new LaunchEnded("withdrawn from the queue because the run ends");
            }
            return;
        }
        boolean absentForTwo = presence == JobFate.Presence.ABSENT && absences > 1;
        boolean gone = entry.map(QueueEntry::hasEnded).orElse(false)
                || (view.taken() > endingBeforeQuery && (neverSeen || absentForTwo));
        if (gone && ending() == Ending.CANCELLED) {
            remarks.log("cancelled");
            throw new LaunchEnded("cancelled");
        }
        if (gone && ending() == Ending.HOPELESS) {
            throw new LauncherUnusableException(
                    request.command(),
                    "Slurm would never have started " + facts + ": "
                            + lastKnown.map(QueueEntry::reason).orElse("without giving a reason"),
                    null);
        }
    }

    /** Reports what the queue shows, when that is new. */
    private void notice(QueueEntry entry) throws IOException {
        if (facts.id().isEmpty()) {
            note(facts.withId(entry.id()));
        }
        lastKnown = Optional.of(entry);
        hopeless.set(entry.isHopeless());
        String reason = entry.reason().isEmpty() || entry.reason().equals("None") ? "" : " (" + entry.reason() + ")";
        if (entry.isHeld()) {
            remarks.show(facts + " is held" + reason + " until somebody releases it");
            return;
        }
        switch (entry.state().phase()) {
            case WAITING, HELD -> {
                running.set(false);
                withoutGrowth.set(false);
                remarks.show(entry.isHopeless() ? facts + " will not start" + reason : "waits as " + facts + reason);
            }
            case RUNNING -> noticeRunning(entry);
            case SUSPENDED -> {
                suspended = true;
                remarks.show(facts + " is suspended on " + entry.node());
            }
            case UNKNOWN -> remarks.show(facts + " is in a state that is not known here: " + entry.word());
            case ENDED ->
                remarks.log(facts + " ended on " + (entry.node().isEmpty() ? "no node" : entry.node()) + ": "
                        + entry.word() + reason);
        }
    }

    private void noticeRunning(QueueEntry entry) throws IOException {
        if (!running.isRunning() || suspended) {
            suspended = false;
            running.setSince(entry.used());
            withoutGrowth.setSince(Duration.ZERO);
        }
        if (withdrawing) {
            withdrawing = false; // it has started first, and may end by itself
            cluster.watch().cancelNoMore(facts.name());
        }
        remarks.show("runs on " + entry.node() + " as " + facts + ", waited " + waited().toSeconds() + " s");
        hasGrown();
    }

    /** Looks whether its output has another size than at the last look. */
    private boolean hasGrown() throws IOException {
        long size = size(request.output()) + size(request.error());
        boolean grown = size != lastSize;
        if (grown) {
            lastSize = size;
            withoutGrowth.setSince(Duration.ZERO);
        }
        return grown;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Override
    public void close() {
        cluster.watch().cancelNoMore(facts.name());
    }
}
