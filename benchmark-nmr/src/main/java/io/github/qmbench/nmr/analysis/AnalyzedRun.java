package io.github.qmbench.nmr.analysis;

import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.MoleculeOptions;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A recorded run, or several together, with the data set, the calculations and the fits of the results. Immutable.
 *
 * @param dataSet the molecules of all runs, with measured shifts
 * @param matrices the calculations of each run, in the order of the runs
 * @param analysis the fits; may be none
 */
public record AnalyzedRun(DataSet dataSet, List<CalculationMatrix> matrices, ShieldingAnalysis analysis) {

    private static final int NAMED_METHODS = 4;

    /**
     * Checks the components.
     *
     * @param dataSet the molecules of all runs, with measured shifts
     * @param matrices the calculations of each run, in the order of the runs
     * @param analysis the fits
     */
    public AnalyzedRun {
        Objects.requireNonNull(dataSet, "dataSet");
        matrices = List.copyOf(matrices);
        Objects.requireNonNull(analysis, "analysis");
    }

    /**
     * Reads a run, also while it is running.
     *
     * @param run the run to read
     * @param dataSet the name, directory or file of the data set; empty for the one that the run was begun with
     * @param settings of the fit
     * @return the run with its fits
     * @throws IllegalArgumentException when the directory has no results, when there is no such data set or it is not
     *     the run's, or when no result has the settings asked for; the message says so in a sentence
     * @throws IOException when the run or the data set cannot be read
     */
    public static AnalyzedRun of(RecordedRun run, Optional<String> dataSet, AnalysisSettings settings)
            throws IOException {
        return of(List.of(Objects.requireNonNull(run, "run")), dataSet, settings);
    }

    /**
     * Reads several runs as if their results were in one directory. They must be of one data set, and all results must
     * have been made with the same settings: program, grid, convergence, level of the geometries. A method may be
     * spread over directories if each has other molecules.
     *
     * @param runs at least one, each directory once
     * @param dataSet the name, directory or file of the data set; empty for the one that the runs were begun with
     * @param settings of the fit
     * @return the runs together, with their fits
     * @throws IllegalArgumentException as for one run, and when the runs do not belong together; the message says why and names the
     *     directories
     * @throws IOException when a run or the data set cannot be read
     */
    public static AnalyzedRun of(List<RecordedRun> runs, Optional<String> dataSet, AnalysisSettings settings)
            throws IOException {
        Map<RunDirectory, RunDescription> descriptions = descriptions(runs);
        DataSet molecules = dataSet(Objects.requireNonNull(dataSet, "dataSet"), descriptions);
        List<JournalResults.Part> parts = new ArrayList<>();
        List<CalculationMatrix> matrices = new ArrayList<>();
        for (RecordedRun run : runs) {
            CalculationMatrix matrix =
                    Objects.requireNonNull(descriptions.get(run.directory())).matrix();
            matrices.add(matrix);
            parts.add(new JournalResults.Part(run, calculation -> matrix.indexOf(calculation) >= 0));
        }
        if (!settings.only().isEmpty()) {
            checkOnly(settings.only(), parts);
        }
        return new AnalyzedRun(molecules, matrices, ShieldingAnalysis.ofRuns(molecules, parts, settings));
    }

    private static Map<RunDirectory, RunDescription> descriptions(List<RecordedRun> runs) throws IOException {
        if (Objects.requireNonNull(runs, "runs").isEmpty()) {
            throw new IllegalArgumentException("runs must not be empty");
        }
        Map<RunDirectory, RunDescription> descriptions = new LinkedHashMap<>();
        for (RecordedRun run : runs) {
            Optional<RunDescription> description = run.description();
            if (description.isEmpty() || !run.isBegun()) {
                throw new IllegalArgumentException("no run in " + run.directory());
            }
            if (descriptions.put(run.directory(), description.get()) != null) {
                throw new IllegalArgumentException("the run directory " + run.directory() + " is given twice");
            }
        }
        return descriptions;
    }

    /** Refuses a setting that no result was made with, telling those there are. */
    private static void checkOnly(Map<String, String> only, List<JournalResults.Part> parts) throws IOException {
        Set<String> fields = new TreeSet<>();
        Map<String, Set<String>> values = new TreeMap<>();
        for (JournalResults.Part part : parts) {
            part.run().forEachStanding(record -> {
                if (part.which().test(record.calculation())) {
                    ShieldingResult.of(record).map(ShieldingResult::fingerprint).ifPresent(fingerprint -> {
                        fields.addAll(fingerprint.keySet());
                        only.keySet()
                                .forEach(field -> values.computeIfAbsent(field, first -> new TreeSet<>())
                                        .add(fingerprint.getOrDefault(field, "(none)")));
                    });
                }
            });
        }
        for (Map.Entry<String, String> setting : only.entrySet()) {
            Set<String> there = values.getOrDefault(setting.getKey(), Set.of(setting.getValue()));
            if (there.stream().noneMatch(value -> Spellings.same(setting.getKey(), value, setting.getValue()))) {
                throw new IllegalArgumentException("--only: no result was made with " + setting
                        + (fields.contains(setting.getKey())
                                ? "; its values are " + String.join(", ", there)
                                : "; the fields are " + String.join(", ", fields)));
            }
        }
    }

    private static DataSet dataSet(Optional<String> asked, Map<RunDirectory, RunDescription> runs) throws IOException {
        Map<String, RunDirectory> names = new LinkedHashMap<>();
        runs.forEach((directory, description) -> names.putIfAbsent(
                asked.or(() -> description.detail("data_set_directory"))
                        .or(() -> description.detail("data_set"))
                        .orElse(""),
                directory));
        if (names.size() > 1) {
            throw new IllegalArgumentException("the runs are not of one data set: "
                    + names.entrySet().stream()
                            .map(name ->
                                    name.getValue() + " is of " + (name.getKey().isEmpty() ? "none" : name.getKey()))
                            .collect(Collectors.joining(", "))
                    + ". If it is the same, name it with --dataset");
        }
        String name = names.keySet().iterator().next();
        if (name.isEmpty()) {
            String backend = runs.values().iterator().next().backend();
            return DataSet.of(backend, "", List.of(), List.of());
        }
        DataSet whole = MoleculeOptions.dataSet(name);
        Set<String> subjects = new LinkedHashSet<>();
        runs.forEach((directory, description) ->
                subjects.addAll(select(whole, description, directory).ids()));
        return whole.select(List.copyOf(subjects));
    }

    private static DataSet select(DataSet whole, RunDescription description, RunDirectory directory) {
        try {
            return whole.select(description.matrix().subjects());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the run in " + directory + " is not one of the data set " + whole.name()
                            + "; name the right one with --dataset. The first difference: " + e.getMessage(),
                    e);
        }
    }

    /** {@return a line about the runs: data set, number of molecules, and the methods or their number} */
    public String title() {
        String first = values(matrix -> matrix.axes().keySet()).contains("functional")
                ? "functional"
                : values(matrix -> matrix.axes().keySet()).stream().findFirst().orElse("");
        Set<String> methods = values(matrix -> matrix.axes().getOrDefault(first, List.of()));
        return dataSet.name() + ": "
                + Phrases.count(values(CalculationMatrix::subjects).size(), "molecule")
                + (methods.isEmpty() ? "" : ", ")
                + (methods.size() > NAMED_METHODS ? Phrases.count(methods.size(), first) : String.join(", ", methods));
    }

    private Set<String> values(Function<CalculationMatrix, Collection<String>> ofMatrix) {
        Set<String> values = new LinkedHashSet<>();
        matrices.forEach(matrix -> values.addAll(ofMatrix.apply(matrix)));
        return values;
    }

    /** {@return published values for the methods of these runs} */
    public List<Comparison> comparisons() {
        return Comparison.of(analysis, PublishedResult.all());
    }
}
