package io.github.qmbench.cli;

import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run directory with what its results say: the data set it is a run of, its calculations, the fits.
 *
 * @param dataSet the molecules of the run, with measured shifts
 * @param matrix the calculations of the run
 * @param analysis the fits; may be none
 */
record AnalyzedRun(DataSet dataSet, CalculationMatrix matrix, ShieldingAnalysis analysis) {

    AnalyzedRun {
        Objects.requireNonNull(dataSet, "dataSet");
        Objects.requireNonNull(matrix, "matrix");
        Objects.requireNonNull(analysis, "analysis");
    }

    /**
     * Reads a run directory, also while the run goes on.
     *
     * @param dataSetOption the data set as the user names it; empty: the one that the run was begun with
     */
    static AnalyzedRun read(RecordedRun run, Optional<String> dataSetOption, AnalysisSettings settings)
            throws Refusal, IOException {
        Optional<RunDescription> description = run.description();
        if (description.isEmpty() || !run.isBegun()) {
            throw Refusal.badInput(StatusCommand.noRun(run.directory()) + " has results yet");
        }
        CalculationMatrix matrix = description.get().matrix();
        DataSet dataSet = dataSet(dataSetOption, description.get(), run.directory());
        if (!settings.only().isEmpty()) {
            checkOnly(settings.only(), run, matrix);
        }
        return new AnalyzedRun(
                dataSet,
                matrix,
                ShieldingAnalysis.ofRun(dataSet, run, calculation -> matrix.indexOf(calculation) >= 0, settings));
    }

    /** Refuses a setting that no result was made with, telling those there are. */
    private static void checkOnly(Map<String, String> only, RecordedRun run, CalculationMatrix matrix)
            throws Refusal, IOException {
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
                throw Refusal.badInput("--only: no result was made with " + setting
                        + (fields.contains(setting.getKey())
                                ? "; there is " + setting.getKey() + "=" + String.join(", ", there)
                                : "; the fields are " + String.join(", ", fields)));
            }
        }
    }

    private static DataSet dataSet(Optional<String> option, RunDescription description, RunDirectory directory)
            throws Refusal {
        Optional<String> name =
                option.or(() -> description.detail("data_set_directory")).or(() -> description.detail("data_set"));
        return name.isEmpty()
                ? DataSet.of(description.backend(), "", List.of(), List.of())
                : select(DataSetOption.read(name.get()), description.matrix(), directory);
    }

    /** Published values for the methods of this run. */
    List<Comparison> comparisons() {
        return Comparison.of(analysis, PublishedResult.all());
    }

    private static DataSet select(DataSet dataSet, CalculationMatrix matrix, RunDirectory directory) throws Refusal {
        try {
            return dataSet.select(matrix.subjects());
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "the run in " + directory + " is not one of the data set " + dataSet.name() + ": " + e.getMessage()
                            + ". Name the right one with --dataset",
                    e);
        }
    }
}
