package io.github.qmbench.cli;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.core.RunJournal;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.ShieldingResult;
import io.github.qmbench.nmr.internal.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
    static AnalyzedRun read(RunDirectory directory, Optional<String> dataSetOption, AnalysisSettings settings)
            throws Refusal, IOException {
        Map<String, Object> description = description(directory);
        CalculationMatrix matrix = matrix(directory, description);
        DataSet dataSet = dataSet(dataSetOption, description, matrix, directory);
        if (!settings.only().isEmpty()) {
            checkOnly(settings.only(), directory, matrix);
        }
        return new AnalyzedRun(
                dataSet,
                matrix,
                ShieldingAnalysis.ofJournal(
                        dataSet, directory.journal(), calculation -> matrix.indexOf(calculation) >= 0, settings));
    }

    /** Refuses a setting that no result was made with, telling those there are. */
    private static void checkOnly(Map<String, String> only, RunDirectory directory, CalculationMatrix matrix)
            throws Refusal, IOException {
        Set<String> fields = new TreeSet<>();
        Map<String, Set<String>> values = new TreeMap<>();
        RunJournal.read(directory.journal(), record -> {
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

    private static DataSet dataSet(
            Optional<String> option, Map<String, Object> description, CalculationMatrix matrix, RunDirectory directory)
            throws Refusal {
        if (option.isEmpty() && description.get("data_set") == null) {
            return DataSet.of(String.valueOf(description.get("backend")), "", List.of(), List.of());
        }
        String name = option.orElseGet(() ->
                (String) description.getOrDefault("data_set_directory", String.valueOf(description.get("data_set"))));
        return select(DataSetOption.read(name), matrix, directory);
    }

    /** Published values for the methods of this run. */
    List<Comparison> comparisons() {
        return Comparison.of(analysis, PublishedResult.all());
    }

    private static Map<String, Object> description(RunDirectory directory) throws Refusal, IOException {
        if (Files.notExists(directory.description()) || Files.notExists(directory.journal())) {
            throw Refusal.badInput(StatusCommand.noRun(directory) + " has results yet");
        }
        try {
            return Json.parseObject(InputFile.text(directory.description()));
        } catch (JsonParseException e) {
            throw new Refusal(
                    ExitCode.IO_ERROR,
                    directory.description() + " is no whole JSON object: " + e.getOriginalMessage()
                            + "; the next run with the same options writes it anew",
                    e);
        }
    }

    private static CalculationMatrix matrix(RunDirectory directory, Map<String, Object> description) throws Refusal {
        try {
            CalculationMatrix.Builder builder =
                    CalculationMatrix.builder().subjects(texts(description.get("subjects")));
            Json.asObject(description.get("axes")).forEach((axis, values) -> builder.axis(axis, texts(values)));
            return builder.build();
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new Refusal(
                    ExitCode.IO_ERROR, directory.description() + " does not say which calculations the run has", e);
        }
    }

    private static List<String> texts(@Nullable Object list) {
        return Json.asArray(list).stream().map(String.class::cast).toList();
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
