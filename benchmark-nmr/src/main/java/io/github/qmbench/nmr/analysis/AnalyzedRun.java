package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.MoleculeOptions;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A recorded run with its data set, its calculations and the fits of its results. Immutable.
 *
 * @param dataSet the molecules of the run, with measured shifts
 * @param matrix the calculations of the run
 * @param analysis the fits; may be none
 */
public record AnalyzedRun(DataSet dataSet, CalculationMatrix matrix, ShieldingAnalysis analysis) {

    private static final int NAMED_METHODS = 4;

    public AnalyzedRun {
        Objects.requireNonNull(dataSet, "dataSet");
        Objects.requireNonNull(matrix, "matrix");
        Objects.requireNonNull(analysis, "analysis");
    }

    /**
     * Reads a run, also while it goes on.
     *
     * @param dataSet the name, directory or file of the data set; empty for the one that the run was begun with
     * @throws IllegalArgumentException when the directory has no results, when there is no such data set or it is not the
     *     run's, or when no result was made with the settings asked for; the message says so in a sentence
     * @throws IOException when the run or the data set cannot be read
     */
    public static AnalyzedRun of(RecordedRun run, Optional<String> dataSet, AnalysisSettings settings)
            throws IOException {
        Optional<RunDescription> description = run.description();
        if (description.isEmpty() || !run.isBegun()) {
            throw new IllegalArgumentException("no run in " + run.directory() + " has results yet");
        }
        CalculationMatrix matrix = description.get().matrix();
        DataSet molecules = dataSet(dataSet, description.get(), run.directory());
        if (!settings.only().isEmpty()) {
            checkOnly(settings.only(), run, matrix);
        }
        return new AnalyzedRun(
                molecules,
                matrix,
                ShieldingAnalysis.ofRun(molecules, run, calculation -> matrix.indexOf(calculation) >= 0, settings));
    }

    /** Refuses a setting that no result was made with, telling those there are. */
    private static void checkOnly(Map<String, String> only, RecordedRun run, CalculationMatrix matrix)
            throws IOException {
        Set<String> fields = new TreeSet<>();
        Map<String, Set<String>> values = new TreeMap<>();
        run.forEachStanding(record -> {
            if (matrix.indexOf(record.calculation()) >= 0) {
                ShieldingResult.of(record).map(ShieldingResult::fingerprint).ifPresent(fingerprint -> {
                    fields.addAll(fingerprint.keySet());
                    only.keySet()
                            .forEach(field -> values.computeIfAbsent(field, first -> new TreeSet<>())
                                    .add(fingerprint.getOrDefault(field, "(none)")));
                });
            }
        });
        for (Map.Entry<String, String> setting : only.entrySet()) {
            Set<String> there = values.getOrDefault(setting.getKey(), Set.of(setting.getValue()));
            if (!there.contains(setting.getValue())) {
                throw new IllegalArgumentException("--only: no result was made with " + setting
                        + (fields.contains(setting.getKey())
                                ? "; there is " + setting.getKey() + "=" + String.join(", ", there)
                                : "; the fields are " + String.join(", ", fields)));
            }
        }
    }

    private static DataSet dataSet(Optional<String> asked, RunDescription description, RunDirectory directory)
            throws IOException {
        Optional<String> name =
                asked.or(() -> description.detail("data_set_directory")).or(() -> description.detail("data_set"));
        if (name.isEmpty()) {
            return DataSet.of(description.backend(), "", List.of(), List.of());
        }
        DataSet whole = MoleculeOptions.dataSet(name.get());
        try {
            return whole.select(description.matrix().subjects());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the run in " + directory + " is not one of the data set " + whole.name() + ": " + e.getMessage()
                            + ". Name the right one with --dataset",
                    e);
        }
    }

    /** Returns a line about the run: data set, number of molecules, and the methods or their number. */
    public String title() {
        Map<String, List<String>> axes = matrix.axes();
        String first = axes.containsKey("functional")
                ? "functional"
                : axes.keySet().stream().findFirst().orElse("");
        List<String> methods = axes.getOrDefault(first, List.of());
        return dataSet.name() + ": " + Phrases.count(matrix.subjects().size(), "molecule")
                + (methods.isEmpty() ? "" : ", ")
                + (methods.size() > NAMED_METHODS ? Phrases.count(methods.size(), first) : String.join(", ", methods));
    }

    /** Returns published values for the methods of this run. */
    public List<Comparison> comparisons() {
        return Comparison.of(analysis, PublishedResult.all());
    }
}
