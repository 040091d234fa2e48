package io.github.qmbench.nmr.export;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.JournalIndex;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A run that goes into a crate: what is checked before, what is copied, and what is told of the copy. */
final class CrateRun {

    private final String prefix;
    private final RecordedRun source;
    private final RunDescription description;
    private final Optional<AnalyzedRun> analyzed;
    private final Set<String> unfinished = new TreeSet<>();
    private @Nullable RecordedRun copy; // kept, for the journal is gone through several times

    /**
     * Reads a run.
     *
     * @param prefix its place in the crate: empty, or a directory with a slash behind it
     * @throws IllegalArgumentException when it cannot be put into a crate
     */
    CrateRun(String prefix, RecordedRun source, Optional<String> dataSet, Instant now) throws IOException {
        this.prefix = prefix;
        this.source = source;
        Optional<RunStatus> status = source.status();
        if (status.isPresent()
                && !status.get().state().isFinal()
                && !status.get().isInterrupted(now)) {
            throw new IllegalArgumentException("the run in " + source.directory()
                    + " is still running; a crate is made of a run that has ended. Wait, or stop it first");
        }
        status.ifPresent(last ->
                last.running().forEach(task -> unfinished.add(task.calculation().taskId())));
        Optional<RunDescription> known = source.description();
        if (known.isEmpty() || !source.isBegun()) {
            throw new IllegalArgumentException("no run in " + source.directory());
        }
        this.description = known.get();
        this.analyzed = NucleiCsv.hasShieldings(source)
                ? Optional.of(AnalyzedRun.of(source, dataSet, AnalysisSettings.defaults()))
                : Optional.empty();
    }

    String prefix() {
        return prefix;
    }

    RecordedRun source() {
        return source;
    }

    /** What it is a run of. */
    RunDescription description() {
        return description;
    }

    /** The run with its fits; empty when it has no shieldings. */
    Optional<AnalyzedRun> analyzed() {
        return analyzed;
    }

    /** Returns the copy in a crate. */
    RunDirectory copyIn(Path crate) {
        return RunDirectory.of(crate.resolve(prefix));
    }

    /**
     * Copies description, journal and the files of the attempts that stand. A calculation's directory holds the files of its
     * last attempt: where another one stands, as after an adoption, the crate has the record alone.
     */
    void copyInto(Path crate, CrateFiles files) throws IOException {
        RunDirectory from = source.directory();
        RunDirectory to = copyIn(crate);
        files.copyJson(RunFiles.description(from), RunFiles.description(to));
        files.copyJournal(RunFiles.journal(from), RunFiles.journal(to));
        JournalIndex index = JournalIndex.ofReader(RunFiles.journal(to));
        int[] place = {0};
        index.forEach((record, offset) -> {
            boolean last = index.attempts(place[0]++) == record.attempt().number();
            String taskId = record.calculation().taskId();
            boolean adopted = record.attempt().origin().isPresent();
            if (last && !adopted && hasEnded(record) && !unfinished.contains(taskId)) {
                files.copyCalculation(from.calculation(taskId), to.calculation(taskId));
            }
        });
    }

    private static boolean hasEnded(JournalRecord record) {
        return record.isComplete() || record.outcome().state().failure().isPresent();
    }

    /** Visits the calculations that have ended in the copy, in the order of its journal. */
    void forEachEnded(Path crate, RecordedRun.Receiver receiver) throws IOException {
        RecordedRun recorded = copy;
        if (recorded == null) {
            recorded = RecordedRun.open(copyIn(crate));
            copy = recorded;
        }
        recorded.forEachStanding(record -> {
            if (hasEnded(record)) {
                receiver.accept(record);
            }
        });
    }

    /** Returns the files of a calculation in the crate, in the order of their names. */
    List<Path> files(Path crate, JournalRecord record) throws IOException {
        return CrateFiles.below(copyIn(crate).calculation(record.calculation().taskId()));
    }
}
