package io.github.qmbench.nmr.export;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.internal.Csv;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tidy table of calculations, of any backend: a row for each calculation that has a record. Rows are in the order of
 * their run's journal, with the record that {@linkplain io.github.qmbench.core.store.RecordedRun stands}. Holds no
 * state; safe for use by many threads.
 *
 * <p>The columns are {@code results} (the run), {@code task_id}, {@code subject}; each parameter by its name; {@code
 * status}, {@code attempt}, {@code run_id}, times in UTC and seconds, {@code where} with the times in a cluster, {@code
 * recovered_by}, the failure, and the {@code fingerprint}. Then come {@code setting.NAME} for each field of the
 * fingerprint, and {@code result.NAME} for each number and truth value among the results; an inner value has its path,
 * {@code result.parts.nuclear}. Lists are left out. Of several runs the table has the columns of all, and a cell is
 * empty where a run has no such value. Parameters are in the order in which they appear, settings and results in that
 * of their names.
 *
 * <p>RFC 4180, except that lines end in a line feed. A text that a spreadsheet would take for a formula has an
 * apostrophe in front of it.
 */
public final class CalculationsCsv {

    private static final List<Column> FIRST = List.of(
            new Column("task_id", record -> record.calculation().taskId()),
            new Column("subject", record -> record.calculation().subject()));

    /** What every record has. */
    private static final List<Column> FACTS = List.of(
            new Column("status", record -> record.outcome().state().word()),
            new Column("attempt", record -> String.valueOf(record.attempt().number())),
            new Column("run_id", record -> record.attempt().runId()),
            new Column("started_at", record -> IsoMillis.text(record.attempt().startedAt())),
            new Column("finished_at", record -> IsoMillis.text(record.attempt().finishedAt())),
            new Column("duration_seconds", record -> seconds(record.attempt().duration())),
            new Column(
                    "where",
                    record -> record.attempt().launches().stream()
                            .map(Attempt.Launch::where)
                            .collect(Collectors.joining("; "))),
            new Column("waited_seconds", record -> total(record, Attempt.Launch::waited)),
            new Column("ran_seconds", record -> total(record, Attempt.Launch::ran)),
            used("cpu_seconds"),
            used("reserved_core_seconds"),
            used("peak_memory_bytes"),
            used("reserved_memory_bytes"),
            used("read_bytes"),
            used("written_bytes"),
            new Column(
                    "recovered_by",
                    record -> String.join(
                            "; ", ShieldingJson.recoveredBy(record.outcome().results()))),
            new Column("failure_kind", record -> failure(record, CalculationFailure::kind)),
            new Column(
                    "failure_blame",
                    record -> failure(record, failure -> failure.countsAgainstSubject() ? "subject" : "machine")),
            new Column("error", record -> failure(record, failure -> Phrases.clean(failure.message()))),
            new Column(
                    "adopted_from",
                    record -> record.attempt()
                            .origin()
                            .flatMap(Attempt.Origin::directory)
                            .orElse("")),
            new Column("fingerprint", record -> record.fingerprint().digest()));

    private CalculationsCsv() {}

    /** A column by its name, and the text of it for a record. */
    private record Column(String name, Function<JournalRecord, String> text) {}

    /**
     * Writes the table; closes nothing. Memory does not grow with the rows, but for some twenty bytes of each that a {@link
     * io.github.qmbench.core.store.RecordedRun} keeps. Each journal is read twice.
     *
     * @param runs at least one
     * @param out for UTF-8; not closed
     * @throws IllegalArgumentException when there is none
     * @throws io.github.qmbench.core.store.JournalDamagedException when a journal is not what was written
     * @throws IOException when a journal cannot be read, or the table cannot be written
     */
    public static void write(List<ExportedRun> runs, Writer out) throws IOException {
        requireRuns(runs);
        Set<String> parameters = new LinkedHashSet<>();
        Set<String> settings = new TreeSet<>();
        Set<String> results = new TreeSet<>();
        for (ExportedRun run : runs) {
            run.recorded().forEachStanding(record -> {
                parameters.addAll(record.calculation().parameters().keySet());
                settings.addAll(record.fingerprint().fields().keySet());
                results.addAll(numbers(record).keySet());
            });
        }
        Set<String> taken = Stream.of(Stream.of("results"), names(FIRST), names(FACTS))
                .flatMap(Function.identity())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> header = new ArrayList<>(List.of("results"));
        names(FIRST).forEach(header::add);
        parameters.forEach(name -> header.add(taken.contains(name) ? "parameter." + name : name));
        names(FACTS).forEach(header::add);
        settings.forEach(name -> header.add("setting." + name));
        results.forEach(name -> header.add("result." + name));
        Csv.write(header, out);
        for (ExportedRun run : runs) {
            run.recorded().forEachStanding(record -> {
                List<String> cells = new ArrayList<>(List.of(run.name()));
                FIRST.forEach(column -> cells.add(column.text().apply(record)));
                parameters.forEach(
                        name -> cells.add(record.calculation().parameters().getOrDefault(name, "")));
                FACTS.forEach(column -> cells.add(column.text().apply(record)));
                settings.forEach(name -> cells.add(record.fingerprint().fields().getOrDefault(name, "")));
                Map<String, String> numbers = numbers(record);
                results.forEach(name -> cells.add(numbers.getOrDefault(name, "")));
                Csv.write(cells, out);
            });
        }
    }

    /** A column with a resource that was used or reserved, by its name in the journal. */
    private static Column used(String name) {
        return new Column(
                name,
                record -> record.attempt()
                        .usage()
                        .map(usage -> JournalFormat.usage(usage).get(name))
                        .map(String::valueOf)
                        .orElse(""));
    }

    static void requireRuns(List<ExportedRun> runs) {
        if (Objects.requireNonNull(runs, "runs").isEmpty()) {
            throw new IllegalArgumentException("runs must not be empty");
        }
    }

    private static Stream<String> names(List<Column> columns) {
        return columns.stream().map(Column::name);
    }

    private static Map<String, String> numbers(JournalRecord record) {
        Map<String, String> numbers = new LinkedHashMap<>();
        collect("", record.outcome().results(), numbers);
        return numbers;
    }

    private static void collect(String path, Map<String, Object> values, Map<String, String> numbers) {
        values.forEach((name, value) -> {
            if (value instanceof Number || value instanceof Boolean) {
                numbers.put(path + name, value.toString());
            } else if (value instanceof Map<?, ?>) {
                collect(path + name + ".", Json.asObject(value), numbers);
            }
        });
    }

    private static String failure(JournalRecord record, Function<CalculationFailure, String> fact) {
        return record.outcome().state().failure().map(fact).orElse("");
    }

    private static String total(JournalRecord record, Function<Attempt.Launch, Duration> time) {
        List<Attempt.Launch> launches = record.attempt().launches();
        return launches.isEmpty() ? "" : seconds(launches.stream().map(time).reduce(Duration.ZERO, Duration::plus));
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toMillis() / 1000.0);
    }
}
