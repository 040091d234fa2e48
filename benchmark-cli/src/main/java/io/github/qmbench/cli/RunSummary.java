package io.github.qmbench.cli;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.core.RunJournal;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.StatusReader;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands in the journal of a run directory: for each calculation its last result, or why there is none, and for each
 * method the counts, shieldings and times.
 *
 * <p>The last completed record of a calculation counts; a failed one counts when nothing was completed with the same
 * settings. The journal is read as a stream; what is kept of a record is one {@link Row}.
 */
final class RunSummary {

    private final RunDirectory directory;
    private final Optional<RunStatus> status;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, String> basisNames = new HashMap<>();
    private final FailureReport failures = new FailureReport();

    private RunSummary(RunDirectory directory, Optional<RunStatus> status) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.status = Objects.requireNonNull(status, "status");
    }

    /** Reads the journal and the status of a directory. */
    static RunSummary read(RunDirectory directory) throws IOException {
        RunSummary summary = new RunSummary(directory, new StatusReader(directory).read());
        RunJournal.read(directory.journal(), summary::add);
        return summary;
    }

    private void add(JournalRecord record) {
        failures.add(record);
        String task = record.calculation().taskId();
        Row before = rows.get(task);
        boolean standing = before != null
                && before.isComplete()
                && before.fingerprint().equals(record.fingerprint().digest());
        if (record.isComplete() || !standing) {
            rows.put(task, Row.of(record));
        }
        if (record.outcome().results().get("basis") instanceof String name) {
            basisNames.put(Row.basis(record), name);
        }
    }

    /**
     * One calculation.
     *
     * @param subject the molecule
     * @param parameters its conditions
     * @param basis the basis set as the program has it, which for people has a {@link #basisName}; empty when there is none
     * @param state {@code complete}, {@code failed}, {@code cancelled}, {@code interrupted}
     * @param failure why it failed, if it did
     * @param seconds how long the attempt took
     * @param attempts how many there were
     * @param shieldings isotropic, in ppm
     * @param figures the numbers among the results of a calculation that gave no shieldings, by name
     * @param recoveredBy the measures that saved the calculation, empty when it went well at once
     * @param launches what ran for the attempt on a cluster
     * @param fingerprint digest of the settings
     */
    record Row(
            String subject,
            Map<String, String> parameters,
            String basis,
            String state,
            Optional<CalculationFailure> failure,
            double seconds,
            int attempts,
            Map<Nucleus, double[]> shieldings,
            Map<String, Double> figures,
            List<String> recoveredBy,
            List<Attempt.Launch> launches,
            String fingerprint) {

        static Row of(JournalRecord record) {
            return new Row(
                    record.calculation().subject(),
                    record.calculation().parameters(),
                    basis(record),
                    record.outcome().state().word(),
                    record.outcome().state().failure().map(failure -> failure.withEvidence(Map.of())),
                    record.attempt().duration().toMillis() / 1000.0,
                    record.attempt().number(),
                    record.isComplete() ? shieldings(record.outcome().results()) : Map.of(),
                    record.isComplete() ? figures(record.outcome().results()) : Map.of(),
                    record.outcome().results().get("recovered_by") instanceof List<?> measures
                            ? measures.stream().map(String::valueOf).toList()
                            : List.of(),
                    record.attempt().launches(),
                    record.fingerprint().digest());
        }

        boolean isComplete() {
            return state.equals("complete");
        }

        /** Nodes and jobs, if it ran on a cluster. */
        String where() {
            return launches.stream().map(Attempt.Launch::where).collect(Collectors.joining("; "));
        }

        double waitedSeconds() {
            return launches.stream()
                    .mapToDouble(launch -> launch.waited().toMillis() / 1000.0)
                    .sum();
        }

        double ranSeconds() {
            return launches.stream()
                    .mapToDouble(launch -> launch.ran().toMillis() / 1000.0)
                    .sum();
        }

        int count(Nucleus nucleus) {
            return shieldings.getOrDefault(nucleus, new double[0]).length;
        }

        private static Map<String, Double> figures(Map<String, Object> results) {
            Map<String, Double> figures = new LinkedHashMap<>();
            if (!results.containsKey("shielding_data")) {
                results.forEach((name, value) -> {
                    if (value instanceof Number number) {
                        figures.put(name, number.doubleValue());
                    }
                });
            }
            return figures;
        }

        private static String basis(JournalRecord record) {
            return record.fingerprint().fields().getOrDefault("basis", "");
        }

        private static Map<Nucleus, double[]> shieldings(Map<String, Object> results) {
            Map<Nucleus, List<Double>> found = new EnumMap<>(Nucleus.class);
            if (results.get("shielding_data") instanceof List<?> atoms) {
                for (Object entry : atoms) {
                    if (entry instanceof Map<?, ?> atom
                            && atom.get("atom") instanceof String symbol
                            && atom.get("shielding") instanceof Number shielding) {
                        Nucleus.ofLabel(symbol)
                                .ifPresent(nucleus -> found.computeIfAbsent(nucleus, first -> new ArrayList<>())
                                        .add(shielding.doubleValue()));
                    }
                }
            }
            Map<Nucleus, double[]> shieldings = new EnumMap<>(Nucleus.class);
            found.forEach((nucleus, values) -> shieldings.put(
                    nucleus, values.stream().mapToDouble(Double::doubleValue).toArray()));
            return shieldings;
        }
    }

    /**
     * All calculations with the same conditions.
     *
     * @param conditions the parameters and the basis set, by name
     * @param completed how many are complete
     * @param recovered how many of the complete ones needed a recovery
     * @param failed how many are not
     * @param seconds times of the complete ones
     * @param shieldings isotropic, in ppm
     * @param shifts in ppm, of the nuclei for which a published scaling factor holds
     * @param figures the rows' figures, by name
     */
    record Group(
            Map<String, String> conditions,
            int completed,
            int recovered,
            int failed,
            DoubleSummaryStatistics seconds,
            Map<Nucleus, DoubleSummaryStatistics> shieldings,
            Map<Nucleus, DoubleSummaryStatistics> shifts,
            Map<String, DoubleSummaryStatistics> figures) {}

    RunDirectory directory() {
        return directory;
    }

    /** The status of the run, if there is one. */
    Optional<RunStatus> status() {
        return status;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    FailureReport failures() {
        return failures;
    }

    /** The basis set of a calculation by the name that the user gave, which completed calculations tell. */
    String basisName(Row row) {
        return basisNames.getOrDefault(row.basis(), row.basis());
    }

    /** How many calculations are complete. */
    int completed() {
        return (int) rows.values().stream().filter(Row::isComplete).count();
    }

    /** How many calculations have failed and were not completed since. */
    int failed() {
        return (int)
                rows.values().stream().filter(row -> row.failure().isPresent()).count();
    }

    /** The wall times of all complete calculations, added. */
    double seconds() {
        return rows.values().stream()
                .filter(Row::isComplete)
                .mapToDouble(Row::seconds)
                .sum();
    }

    /** Whether any of it ran on a cluster. */
    boolean usedCluster() {
        return rows.values().stream().anyMatch(row -> !row.launches().isEmpty());
    }

    /** The names of all parameters, in the order of their appearance. */
    Set<String> parameterNames() {
        Set<String> names = new LinkedHashSet<>();
        rows.values().forEach(row -> names.addAll(row.parameters().keySet()));
        return names;
    }

    /** The names of all figures, in the order of their appearance. */
    Set<String> figureNames() {
        Set<String> names = new LinkedHashSet<>();
        rows.values().forEach(row -> names.addAll(row.figures().keySet()));
        return names;
    }

    /** The groups in the order of their appearance. */
    List<Group> groups() {
        Map<Map<String, String>, List<Row>> byConditions = new LinkedHashMap<>();
        for (Row row : rows.values()) {
            Map<String, String> conditions = new LinkedHashMap<>(row.parameters());
            if (!row.basis().isEmpty()) {
                conditions.put("basis", basisName(row));
            }
            byConditions.computeIfAbsent(conditions, first -> new ArrayList<>()).add(row);
        }
        List<Group> groups = new ArrayList<>();
        byConditions.forEach((conditions, members) -> groups.add(group(conditions, members)));
        return groups;
    }

    private static Group group(Map<String, String> conditions, List<Row> members) {
        DoubleSummaryStatistics seconds = new DoubleSummaryStatistics();
        Map<Nucleus, DoubleSummaryStatistics> shieldings = new EnumMap<>(Nucleus.class);
        Map<Nucleus, DoubleSummaryStatistics> shifts = new EnumMap<>(Nucleus.class);
        Map<String, DoubleSummaryStatistics> figures = new LinkedHashMap<>();
        for (Row row : members) {
            row.figures()
                    .forEach((name, value) -> figures.computeIfAbsent(name, first -> new DoubleSummaryStatistics())
                            .accept(value));
            if (row.isComplete()) {
                seconds.accept(row.seconds());
            }
            row.shieldings().forEach((nucleus, values) -> {
                Optional<ScalingFactor> factor = factor(conditions, nucleus);
                for (double value : values) {
                    shieldings
                            .computeIfAbsent(nucleus, first -> new DoubleSummaryStatistics())
                            .accept(value);
                    factor.ifPresent(line -> shifts.computeIfAbsent(nucleus, first -> new DoubleSummaryStatistics())
                            .accept(line.shift(value)));
                }
            });
        }
        int failed =
                (int) members.stream().filter(row -> row.failure().isPresent()).count();
        int recovered = (int) members.stream()
                .filter(row -> row.isComplete() && !row.recoveredBy().isEmpty())
                .count();
        return new Group(conditions, (int) seconds.getCount(), recovered, failed, seconds, shieldings, shifts, figures);
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
        return directory.path();
    }
}
