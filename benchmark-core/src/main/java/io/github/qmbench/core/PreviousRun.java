package io.github.qmbench.core;

import io.github.qmbench.core.internal.AttemptLog;
import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.RunStore;
import io.github.qmbench.core.store.JournalDamagedException;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier runs left in the directory, and what becomes of it: results stay, attempts that were cut short are recorded
 * as interrupted, and their programs are ended or resumed. Used by one thread, which holds the directory.
 */
final class PreviousRun {

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkRunner.class);

    private final RunSettings settings;
    private final JournalIndex point;
    private final Collection<AttemptLog.Begun> begun;

    private PreviousRun(RunSettings settings, JournalIndex point, Collection<AttemptLog.Begun> begun) {
        this.settings = settings;
        this.point = point;
        this.begun = begun;
    }

    /**
     * Reads what is there, and changes nothing.
     *
     * @throws JournalDamagedException when the journal is not what was written
     * @throws StaleResultsException when results of other settings are there and are not to be calculated again
     */
    static PreviousRun read(RunSettings settings, OrderedListeners listener) throws IOException {
        JournalIndex point = index(
                settings,
                (calculation, attempt) -> {
                    settings.estimator.completedEarlier(calculation, attempt.duration());
                    RunSettings.learn(settings.memory, calculation, attempt);
                },
                listener::notice);
        Optional<JournalIndex.Stale> example = point.firstStale(settings.backend::fingerprint);
        if (example.isPresent() && !settings.rerunStale) {
            throw new StaleResultsException(
                    settings.directory, point.count(JournalIndex.Standing.STALE), example.get());
        }
        return new PreviousRun(settings, point, RunStore.begun(settings.directory, listener::notice));
    }

    /**
     * Reads what stands in the journal, and what other directories have for this run. The first source that has a result
     * counts.
     *
     * @param completed receives the attempt of each result with the present settings that was calculated here
     * @param notices receives sentences about the other directories
     */
    static JournalIndex index(
            RunSettings settings, BiConsumer<Calculation, Attempt> completed, Consumer<String> notices)
            throws IOException {
        JournalIndex point = own(settings, completed);
        for (int i = 0; i < settings.reuseFrom.size(); i++) {
            settings.reuseFrom.get(i).offerTo(point, i + 1, settings, notices);
        }
        return point;
    }

    /** Reads what stands in the journal of the run itself. */
    static JournalIndex own(RunSettings settings, BiConsumer<Calculation, Attempt> completed) throws IOException {
        return JournalIndex.ofRun(
                RunFiles.journal(settings.directory), settings.matrix, settings.backend::fingerprint, completed);
    }

    /** The calculations that are finished, and those that are not. */
    JournalIndex point() {
        return point;
    }

    /** The attempts of which no end is known. */
    Collection<AttemptLog.Begun> begun() {
        return begun;
    }

    /** Ends and records what was cut short, but for what this run resumes, and adopts older results. */
    void settle(RunStore store, String runId, Instant now, OrderedListeners listener) throws IOException {
        reportJournal(listener);
        warnOfUnknownOrigin(listener);
        List<AttemptLog.Begun> interrupted = new ArrayList<>();
        for (AttemptLog.Begun attempt : begun) {
            if (isTakenUp(attempt)) {
                listener.notice("resuming attempt " + attempt.number() + " at " + attempt.calculation()
                        + " where the runner before left it");
            } else {
                interrupted.add(attempt);
            }
        }
        interrupted.forEach(attempt -> endLeftOvers(attempt, listener));
        for (AttemptLog.Begun attempt : interrupted) {
            recordInterrupted(attempt, store, now, listener);
            store.attemptEnds(attempt.calculation());
        }
        adopt(store, runId, listener);
    }

    private void reportJournal(OrderedListeners listener) {
        if (point.extent().tornBytes() > 0) {
            listener.notice("dropped a torn last line of " + RunFiles.journal(settings.directory) + " ("
                    + point.extent().tornBytes() + " bytes): its calculation was not finished and runs again");
        }
        for (String duplicate : point.duplicates()) {
            listener.notice("the journal has more than one record of " + duplicate + "; the first counts");
        }
    }

    /** Says that results are reused without knowing what they were made with. */
    private void warnOfUnknownOrigin(OrderedListeners listener) {
        for (int index = 0; index < settings.matrix.size(); index++) {
            if (point.standing(index) == JournalIndex.Standing.DONE) {
                if (settings.backend.fingerprint(settings.matrix.get(index)).equals(Fingerprint.EMPTY)) {
                    listener.notice("reusing " + point.count(JournalIndex.Standing.DONE) + " results of backend '"
                            + settings.backend.name()
                            + "', which has no fingerprint: they stay even when its code or settings"
                            + " have changed; declare a version(...) when building the runner");
                }
                return; // one tells for all
            }
        }
    }

    /** Whether the programs of an attempt outlive their runner, and this run continues it. */
    private boolean isTakenUp(AttemptLog.Begun attempt) {
        int index = settings.matrix.indexOf(attempt.calculation());
        return settings.launcher.reattaches()
                && settings.resume
                && index >= 0
                && point.isToBeCalculated(index)
                && !attempt.programs().isEmpty()
                && attempt.number() == point.attempts(index) + 1;
    }

    private void endLeftOvers(AttemptLog.Begun attempt, OrderedListeners listener) {
        for (AttemptLog.Program program : attempt.programs()) {
            if (program.ended()) {
                continue;
            }
            if (settings.launcher.endLeftOver(program.process())) {
                listener.notice("ended programs that a dead runner had left running for " + attempt.calculation());
            } else if (!settings.launcher.reattaches() && !ProcessTable.isComplete()) {
                listener.notice(
                        "programs of " + attempt.calculation()
                                + " may still run: this system does not show which run a process belongs to. Look for them with: ps aux");
            } else if (!settings.launcher.reattaches()
                    && !program.process().facts().containsKey("boot_id")) { // every process of this machine has it
                listener.notice("programs of " + attempt.calculation() + " may still run: an earlier run had another"
                        + " launcher, such as Slurm. A run with that launcher resumes or ends them");
            }
        }
    }

    private void recordInterrupted(AttemptLog.Begun attempt, RunStore store, Instant now, OrderedListeners listener)
            throws IOException {
        int index = settings.matrix.indexOf(attempt.calculation());
        if (index < 0 || attempt.number() <= point.attempts(index)) {
            return;
        }
        Instant end = lastSignOf(attempt, now);
        store.record(JournalRecord.of(
                attempt.calculation(),
                Attempt.of(
                        attempt.number(),
                        attempt.runId(),
                        attempt.startedAt(),
                        end,
                        Duration.between(attempt.startedAt(), end)),
                new CalculationOutcome(Map.of(), CalculationState.INTERRUPTED),
                settings.backend.fingerprint(attempt.calculation())));
        point.setAttempts(index, attempt.number());
        listener.notice(attempt.calculation() + " was interrupted in attempt " + attempt.number()
                + (point.isToBeCalculated(index) ? " and runs again" : ""));
    }

    /**
     * Records again the results that older attempts with the present settings have, and that do not stand any more, and
     * those that other directories have. In the order of the matrix, so that the order of the sources does not show.
     */
    private void adopt(RunStore store, String runId, OrderedListeners listener) throws IOException {
        if (point.count(JournalIndex.Standing.ADOPT) == 0) {
            return;
        }
        int[] counts = new int[settings.reuseFrom.size() + 1];
        try (AdoptableRecords records = new AdoptableRecords(settings, point)) {
            for (int index = 0; index < settings.matrix.size(); index++) {
                if (point.standing(index) == JournalIndex.Standing.ADOPT) {
                    int number = point.attempts(index) + 1;
                    JournalRecord adopted = records.read(index).adopted(number, runId);
                    point.completedAt(index, store.recordUnflushed(adopted));
                    point.setAttempts(index, number);
                    counts[point.adoptableIn(index)]++;
                }
            }
        }
        store.flush();
        for (int source = 0; source < counts.length; source++) {
            String where = settings.source(source).map(RunDirectory::toString).orElse("earlier attempts");
            if (counts[source] > 0) {
                listener.notice("adopted " + counts[source] + (counts[source] == 1 ? " result" : " results") + " of "
                        + where + " with the present settings; nothing is calculated again for "
                        + (counts[source] == 1 ? "it" : "them"));
            }
        }
    }

    /** When an attempt ended that its runner did not live to see the end of: when that was last heard of, if known. */
    private Instant lastSignOf(AttemptLog.Begun attempt, Instant now) {
        Instant last = now;
        try {
            last = new StatusReader(settings.directory)
                    .read()
                    .map(RunStatus::run)
                    .filter(run -> run.id().equals(attempt.runId()))
                    .map(RunStatus.Run::updatedAt)
                    .orElse(now);
        } catch (IOException e) {
            LOG.info("the status does not tell when {} was interrupted: {}", attempt.calculation(), e.getMessage());
        }
        return last.isBefore(attempt.startedAt()) ? attempt.startedAt() : last;
    }
}
