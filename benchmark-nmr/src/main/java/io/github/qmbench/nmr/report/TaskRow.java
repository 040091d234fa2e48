package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A calculation of a run as summary and report show it: its state and the attempt that stands. Immutable. {@link
 * RunOverview} makes the rows of a run.
 */
public final class TaskRow {

    private final Calculation calculation;
    private final String place; // where several run directories are shown
    private final @Nullable CalculationState ended; // as the record that stands has it
    private final Optional<CalculationFailure> failure;
    private final @Nullable Instant startedAt;
    private final OptionalDouble seconds;
    private final int attempts;
    private final String basis;
    private final List<String> recoveredBy;
    private final List<Attempt.Launch> launches;
    private final Optional<ResourceUsage> usage;
    private final Optional<Attempt.Origin> origin;
    private final Map<Nucleus, double[]> shieldings;
    private final Map<String, Double> figures;

    private TaskRow(Calculation calculation, @Nullable Instant startedAt) {
        this.calculation = calculation;
        this.place = "";
        this.ended = null;
        this.failure = Optional.empty();
        this.startedAt = startedAt;
        this.seconds = OptionalDouble.empty();
        this.attempts = 0;
        this.basis = "";
        this.recoveredBy = List.of();
        this.launches = List.of();
        this.usage = Optional.empty();
        this.origin = Optional.empty();
        this.shieldings = Map.of();
        this.figures = Map.of();
    }

    private TaskRow(JournalRecord record, boolean withResults) {
        Map<String, Object> results = record.outcome().results();
        this.calculation = record.calculation();
        this.place = "";
        this.ended = record.outcome().state();
        this.failure = ended.failure().map(reason -> reason.withEvidence(Map.of()));
        this.startedAt = record.attempt().startedAt();
        this.seconds = OptionalDouble.of(seconds(record.attempt().duration()));
        this.attempts = record.attempt().number();
        this.basis = basis(record);
        this.recoveredBy = ShieldingJson.recoveredBy(results);
        this.launches = record.attempt().launches();
        this.usage = record.attempt().usage();
        this.origin = record.attempt().origin();
        this.shieldings = withResults && record.isComplete() ? shieldings(results) : Map.of();
        this.figures = withResults && record.isComplete() ? figures(results) : Map.of();
    }

    private TaskRow(TaskRow row, String place) {
        this.calculation = row.calculation;
        this.place = Objects.requireNonNull(place, "place");
        this.ended = row.ended;
        this.failure = row.failure;
        this.startedAt = row.startedAt;
        this.seconds = row.seconds;
        this.attempts = row.attempts;
        this.basis = row.basis;
        this.recoveredBy = row.recoveredBy;
        this.launches = row.launches;
        this.usage = row.usage;
        this.origin = row.origin;
        this.shieldings = row.shieldings;
        this.figures = row.figures;
    }

    /** Returns this row with the run directory that it is in, for a page about several. */
    TaskRow in(String directory) {
        return new TaskRow(this, directory);
    }

    /** Returns the row of a calculation that has not begun. */
    static TaskRow waiting(Calculation calculation) {
        return new TaskRow(calculation, null);
    }

    /** Returns the row of a calculation that is running. */
    static TaskRow running(Calculation calculation, Instant startedAt) {
        return new TaskRow(calculation, startedAt);
    }

    /** Returns the row of a calculation of which this record stands, with its results. */
    static TaskRow of(JournalRecord record) {
        return new TaskRow(record, true);
    }

    /** As {@link #of}, without shieldings and figures, which take much memory in many rows. */
    static TaskRow withoutResults(JournalRecord record) {
        return new TaskRow(record, false);
    }

    /** The basis set of a record as the program has it; empty when there is none. */
    static String basis(JournalRecord record) {
        return record.fingerprint().fields().getOrDefault("basis", "");
    }

    private static Map<String, Double> figures(Map<String, Object> results) {
        Map<String, Double> figures = new LinkedHashMap<>();
        if (!ShieldingJson.isIn(results)) {
            results.forEach((name, value) -> {
                if (value instanceof Number number) {
                    figures.put(name, number.doubleValue());
                }
            });
        }
        return figures;
    }

    private static Map<Nucleus, double[]> shieldings(Map<String, Object> results) {
        Map<Nucleus, List<Double>> found = new EnumMap<>(Nucleus.class);
        for (ShieldingJson.Entry entry : ShieldingJson.read(results)) {
            Nucleus.ofLabel(entry.symbol())
                    .ifPresent(nucleus -> found.computeIfAbsent(nucleus, first -> new ArrayList<>())
                            .add(entry.ppm()));
        }
        Map<Nucleus, double[]> shieldings = new EnumMap<>(Nucleus.class);
        found.forEach((nucleus, values) -> shieldings.put(
                nucleus, values.stream().mapToDouble(Double::doubleValue).toArray()));
        return shieldings;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** {@return the id of the molecule} */
    public String moleculeId() {
        return calculation.subject();
    }

    /** {@return the parameters by name, in order: functional, solvent} */
    public Map<String, String> conditions() {
        return calculation.parameters();
    }

    /** The conditions in one text: {@code WP04 CHCl3}, and the run directory behind them where there are several. */
    String condition() {
        return String.join(" ", conditions().values()) + (place.isEmpty() ? "" : " (" + place + ")");
    }

    /** {@return the state of the calculation} After a cancelled or interrupted attempt it waits. */
    public State state() {
        if (failure.isPresent()) {
            return State.FAILED;
        }
        if (isComplete()) {
            return recoveredBy.isEmpty() ? State.DONE : State.RECOVERED;
        }
        return ended == null && startedAt != null ? State.RUNNING : State.WAITING;
    }

    /** The state of the record that stands, as the journal has it; empty when none stands. */
    String recorded() {
        return ended == null ? "" : ended.word();
    }

    boolean isComplete() {
        return ended instanceof CalculationState.Complete;
    }

    /** {@return why it failed, without evidence; empty when it did not} */
    public Optional<CalculationFailure> failure() {
        return failure;
    }

    /** The failure's message, the recoveries that the result needed, or empty. */
    String remark() {
        return failure.map(CalculationFailure::message).orElse(recoveredBy.isEmpty() ? "" : recoveredBy.toString());
    }

    /** {@return the start of the attempt that stands or runs; empty when there is none} */
    public Optional<Instant> startedAt() {
        return state() == State.WAITING ? Optional.empty() : Optional.ofNullable(startedAt);
    }

    /** {@return the duration of the attempt that stands, in seconds; empty when there is none} */
    public OptionalDouble seconds() {
        return seconds;
    }

    /** {@return the number of attempts up to the one that stands; 0 when none stands} */
    public int attempts() {
        return attempts;
    }

    /** The basis set as the program has it, which has a name for people in {@link RunTotals}; empty when there is none. */
    String basis() {
        return basis;
    }

    /** {@return the recoveries that the result needed; empty when it needed none} */
    public List<String> recoveredBy() {
        return recoveredBy;
    }

    /** {@return the usage of its programs; empty when that was not measured} */
    public Optional<ResourceUsage> usage() {
        return usage;
    }

    /** The isotropic shieldings in ppm. */
    Map<Nucleus, double[]> shieldings() {
        return shieldings;
    }

    int count(Nucleus nucleus) {
        return shieldings.getOrDefault(nucleus, new double[0]).length;
    }

    /** The numbers among the results of a calculation without shieldings, by name. */
    Map<String, Double> figures() {
        return figures;
    }

    /** Of an adopted result: the attempt that calculated it. */
    Optional<Attempt.Origin> origin() {
        return origin;
    }

    /** Whether it ran as jobs of a cluster. */
    boolean usedCluster() {
        return !launches.isEmpty();
    }

    /** Nodes and jobs, if it ran on a cluster. */
    String where() {
        return launches.stream().map(Attempt.Launch::where).collect(Collectors.joining("; "));
    }

    double waitedSeconds() {
        return launches.stream().mapToDouble(launch -> seconds(launch.waited())).sum();
    }

    double ranSeconds() {
        return launches.stream().mapToDouble(launch -> seconds(launch.ran())).sum();
    }

    /** The state of a calculation in a table. */
    public enum State {
        /** Not started. */
        WAITING("waiting"),
        /** Running. */
        RUNNING("running"),
        /** Complete without a recovery. */
        DONE("done"),
        /** Complete after a recovery. */
        RECOVERED("recovered"),
        /** Failed. */
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The state in a word. */
        String word() {
            return word;
        }
    }
}
