package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.FailureOverview;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The counts, shieldings, times and failures of a run, by method, as a summary shows them.
 *
 * <p>{@link RecordedRun} says which record of a calculation stands. What is kept grows with the methods and the failures,
 * not with the calculations: {@link #forEachRow} reads them from the journal again.
 */
final class RunTotals {

    private static final int DIRECTORIES_NAMED = 5;

    private final RecordedRun run;
    private final Optional<RunStatus> status;
    private final Map<String, String> basisNames = new LinkedHashMap<>();
    private final FailureReport failures;
    private final Map<Map<String, String>, Group> groups = new LinkedHashMap<>();
    private final Set<String> parameterNames = new LinkedHashSet<>();
    private final Set<String> figureNames = new LinkedHashSet<>();
    private final DoubleSummaryStatistics seconds = new DoubleSummaryStatistics();
    private final Map<String, Integer> adopted = new TreeMap<>(); // by directory
    private double failedSeconds;
    private final Optional<Instant> firstStart;
    private final DoubleSummaryStatistics waitedSeconds = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics ranSeconds = new DoubleSummaryStatistics();

    private RunTotals(RecordedRun run) throws IOException {
        this.run = run;
        this.status = run.status();
        List<FailureOverview.Failed> failed = new ArrayList<>();
        run.forEachStanding(record -> {
            FailureOverview.Failed.of(record).ifPresent(failed::add);
            ShieldingJson.basis(record.outcome().results())
                    .ifPresent(name -> basisNames.put(TaskRow.basis(record), name));
        });
        this.firstStart = run.firstStart();
        this.failures = new FailureReport(FailureOverview.of(failed));
        forEachRow(this::add);
    }

    /** Reads the records that stand in a run directory, and its status. */
    static RunTotals of(RecordedRun run) throws IOException {
        return new RunTotals(run);
    }

    private void add(TaskRow row) {
        parameterNames.addAll(row.conditions().keySet());
        figureNames.addAll(row.figures().keySet());
        if (row.isComplete()) {
            seconds.accept(row.seconds().orElse(0));
        } else {
            failedSeconds += row.seconds().orElse(0);
        }
        row.origin().ifPresent(origin -> adopted.merge(directory(origin), 1, Integer::sum));
        if (row.usedCluster()) {
            waitedSeconds.accept(row.waitedSeconds());
            ranSeconds.accept(row.ranSeconds());
        }
        Map<String, String> conditions = row.conditions();
        if (!row.basis().isEmpty()) {
            conditions = new LinkedHashMap<>(conditions);
            conditions.put("basis", basisName(row));
        }
        groups.computeIfAbsent(conditions, Group::new).add(row);
    }

    /** Receives a row, and may fail to write it. */
    @FunctionalInterface
    interface RowReceiver {
        void accept(TaskRow row) throws IOException;
    }

    /** Reads all calculations from the journal, in the order in which they first appear in it. */
    void forEachRow(RowReceiver receiver) throws IOException {
        run.forEachStanding(record -> receiver.accept(TaskRow.of(record)));
    }

    /** All calculations with the same conditions. */
    static final class Group {
        private final Map<String, String> conditions;
        private final DoubleSummaryStatistics seconds = new DoubleSummaryStatistics();
        private final Map<Nucleus, DoubleSummaryStatistics> shieldings = new EnumMap<>(Nucleus.class);
        private final Map<Nucleus, DoubleSummaryStatistics> shifts = new EnumMap<>(Nucleus.class);
        private final Map<String, DoubleSummaryStatistics> figures = new LinkedHashMap<>();
        private int recovered;
        private int failed;

        private Group(Map<String, String> conditions) {
            this.conditions = conditions;
        }

        private void add(TaskRow row) {
            row.figures().forEach((name, value) -> statistics(figures, name).accept(value));
            if (row.isComplete()) {
                seconds.accept(row.seconds().orElse(0));
                recovered += row.recoveredBy().isEmpty() ? 0 : 1;
            }
            failed += row.failure().isPresent() ? 1 : 0;
            row.shieldings().forEach((nucleus, values) -> {
                Optional<ScalingFactor> factor = factor(conditions, nucleus);
                for (double value : values) {
                    statistics(shieldings, nucleus).accept(value);
                    factor.ifPresent(line -> statistics(shifts, nucleus).accept(line.shift(value)));
                }
            });
        }

        private static <K> DoubleSummaryStatistics statistics(Map<K, DoubleSummaryStatistics> all, K key) {
            return all.computeIfAbsent(key, first -> new DoubleSummaryStatistics());
        }

        /** The parameters and the basis set, by name. */
        Map<String, String> conditions() {
            return conditions;
        }

        /** How many are complete. */
        int completed() {
            return (int) seconds.getCount();
        }

        /** How many of the complete ones needed a recovery. */
        int recovered() {
            return recovered;
        }

        /** How many failed. */
        int failed() {
            return failed;
        }

        /** Times of the complete ones. */
        DoubleSummaryStatistics seconds() {
            return seconds;
        }

        /** Isotropic, in ppm. */
        Map<Nucleus, DoubleSummaryStatistics> shieldings() {
            return shieldings;
        }

        /** In ppm, of the nuclei for which a published scaling factor holds. */
        Map<Nucleus, DoubleSummaryStatistics> shifts() {
            return shifts;
        }

        /** The rows' figures, by name. */
        Map<String, DoubleSummaryStatistics> figures() {
            return figures;
        }
    }

    /** The status of the run, if there is one. */
    Optional<RunStatus> status() {
        return status;
    }

    FailureReport failures() {
        return failures;
    }

    /** The basis set of a calculation by the name that the user gave, which completed calculations tell. */
    String basisName(TaskRow row) {
        return basisNames.getOrDefault(row.basis(), row.basis());
    }

    /** How many calculations are complete. */
    int completed() {
        return (int) seconds.getCount();
    }

    /** How many calculations have failed. */
    int failed() {
        return groups.values().stream().mapToInt(Group::failed).sum();
    }

    /** The wall times of all complete calculations, added. */
    double seconds() {
        return seconds.getSum();
    }

    /** The wall times of all calculations that failed, added. */
    double failedSeconds() {
        return failedSeconds;
    }

    /** How many of the complete ones were adopted, by the run directory in which they were calculated. */
    Map<String, Integer> adopted() {
        return adopted;
    }

    /** The same as a phrase for people: {@code 40 results of /data/shard-1, 38 of /data/shard-2}. */
    String adoptedPhrase() {
        List<String> phrases = new ArrayList<>();
        adopted.forEach((directory, count) -> phrases.add(
                (phrases.isEmpty() ? Phrases.count(count, "result") : count) + " of " + Phrases.clean(directory)));
        return Phrases.some(phrases, DIRECTORIES_NAMED);
    }

    /** The attempt that calculated an adopted result, as JSON. */
    Map<String, Object> toJson(Attempt.Origin origin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attempt", origin.attempt());
        json.put("run_id", origin.runId());
        json.put("directory", directory(origin));
        return json;
    }

    /** The run directory in which an adopted result was calculated, which may be this one. */
    String directory(Attempt.Origin origin) {
        return origin.directory().orElseGet(() -> path().toString());
    }

    /** When the first attempt of all sessions started. */
    Optional<Instant> firstStart() {
        return firstStart;
    }

    /** Whether any of it ran on a cluster. */
    boolean usedCluster() {
        return ranSeconds.getCount() > 0;
    }

    /** How long all launches on a cluster waited. */
    double waitedSeconds() {
        return waitedSeconds.getSum();
    }

    /** How long all launches on a cluster ran. */
    double ranSeconds() {
        return ranSeconds.getSum();
    }

    /** The names of all parameters, in the order of their appearance. */
    Set<String> parameterNames() {
        return parameterNames;
    }

    /** The names of all figures, in the order of their appearance. */
    Set<String> figureNames() {
        return figureNames;
    }

    /** The groups in the order of their appearance. */
    Collection<Group> groups() {
        return groups.values();
    }

    private static Optional<ScalingFactor> factor(Map<String, String> conditions, Nucleus nucleus) {
        String functional = conditions.get("functional");
        String basis = conditions.get("basis");
        String solvent = conditions.get("solvent");
        if (functional == null || basis == null || solvent == null || (functional + basis + solvent).contains("/")) {
            return Optional.empty();
        }
        return ScalingFactors.published().find(new ScalingFactor.Key(functional, basis, nucleus, solvent));
    }

    /** The directory, for headings. */
    Path path() {
        return run.directory().path();
    }
}
