package io.github.qmbench.nmr.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.ResourceUsage;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.internal.Csv;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.TerminalText;
import io.github.qmbench.nmr.internal.TextTable;
import io.github.qmbench.nmr.report.RunTotals.Group;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a summary of a run, also while it is running. Memory grows with methods and failures, not with
 * calculations.
 */
public enum OverviewFormat {
    /** A table for a terminal. */
    TABLE {
        @Override
        void write(RunTotals summary, Instant now, Writer out) throws IOException {
            List<String> lines = new ArrayList<>(heading(summary, now));
            lines.add("");
            lines.addAll(methods(summary).lines());
            TextTable nuclei = nuclei(summary);
            if (nuclei.lines().size() > 1) {
                lines.add("");
                lines.addAll(nuclei.lines());
            }
            if (!summary.figureNames().isEmpty()) {
                lines.add("");
                lines.addAll(figures(summary).lines());
            }
            if (!summary.failures().isEmpty()) {
                lines.add("");
                lines.addAll(summary.failures().lines());
            }
            writeLines(lines, out);
        }
    },

    /**
     * A table with one line for each calculation, RFC 4180 except for line ends of one character; no text is a formula
     * for a spreadsheet.
     */
    CSV {
        @Override
        void write(RunTotals summary, Instant now, Writer out) throws IOException {
            List<String> columns = new ArrayList<>(List.of("molecule_id"));
            columns.addAll(summary.parameterNames());
            boolean basisIsAxis = summary.parameterNames().contains("basis");
            if (!basisIsAxis) {
                columns.add("basis");
            }
            columns.addAll(List.of(
                    "status",
                    "num_h1",
                    "num_c13",
                    "duration_seconds",
                    "attempts",
                    "recovered_by",
                    "failure_kind",
                    "error"));
            columns.addAll(summary.figureNames());
            boolean cluster = summary.usedCluster();
            if (cluster) {
                columns.addAll(List.of("where", "waited_seconds", "ran_seconds"));
            }
            boolean adopted = !summary.adopted().isEmpty();
            if (adopted) {
                columns.add("adopted_from");
            }
            boolean measured = !summary.usage().isEmpty();
            if (measured) {
                columns.addAll(USAGE_COLUMNS);
            }
            out.write(String.join(",", columns.stream().map(Csv::text).toList()) + "\n");
            summary.forEachRow(row -> {
                List<String> cells = new ArrayList<>(List.of(Csv.text(row.moleculeId())));
                summary.parameterNames()
                        .forEach(name -> cells.add(Csv.text(row.conditions()
                                .getOrDefault(name, name.equals("basis") ? summary.basisName(row) : ""))));
                if (!basisIsAxis) {
                    cells.add(Csv.text(summary.basisName(row)));
                }
                cells.add(Csv.text(row.recorded()));
                cells.add(String.valueOf(row.count(Nucleus.H1)));
                cells.add(String.valueOf(row.count(Nucleus.C13)));
                cells.add(String.valueOf(row.seconds().orElse(0)));
                cells.add(String.valueOf(row.attempts()));
                cells.add(Csv.text(String.join("; ", row.recoveredBy())));
                cells.add(Csv.text(row.failure().map(failure -> failure.kind()).orElse("")));
                cells.add(Csv.text(row.failure()
                        .map(failure -> Phrases.clean(failure.message()))
                        .orElse("")));
                summary.figureNames()
                        .forEach(name -> cells.add(
                                row.figures().containsKey(name)
                                        ? number(row.figures().get(name))
                                        : ""));
                if (cluster) {
                    cells.add(Csv.text(row.where()));
                    cells.add(String.valueOf(row.waitedSeconds()));
                    cells.add(String.valueOf(row.ranSeconds()));
                }
                if (adopted) {
                    cells.add(Csv.text(row.origin().map(summary::directory).orElse("")));
                }
                if (measured) {
                    Map<String, Object> usage =
                            row.usage().map(OverviewFormat::toJson).orElse(Map.of());
                    USAGE_COLUMNS.forEach(name -> cells.add(String.valueOf(usage.getOrDefault(name, ""))));
                }
                out.write(String.join(",", cells) + "\n");
            });
        }
    },

    /** A JSON object; {@code docs/file-formats.md} lists its fields. */
    JSON {
        @Override
        void write(RunTotals summary, Instant now, Writer out) throws IOException {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("schema_version", 1);
            json.put("directory", summary.path().toString());
            json.put(
                    "state",
                    summary.status()
                            .map(status -> RunOverview.word(status, status.isInterrupted(now)))
                            .orElse(null));
            json.put(
                    "total_tasks",
                    summary.status().map(status -> status.progress().total()).orElse(null));
            json.put("completed", summary.completed());
            json.put("failed", summary.failed());
            if (!summary.adopted().isEmpty()) {
                json.put("adopted", summary.adopted());
            }
            json.put("calculation_seconds", rounded(summary.seconds()));
            json.put(
                    "methods",
                    summary.groups().stream().map(OverviewFormat::toJson).toList());
            try (JsonGenerator generator = Json.prettyGenerator(out)) {
                generator.writeStartObject();
                for (Map.Entry<String, Object> field : json.entrySet()) {
                    generator.writeFieldName(field.getKey());
                    Json.write(generator, field.getValue());
                }
                generator.writeArrayFieldStart("calculations");
                summary.forEachRow(row -> Json.write(generator, toJson(summary, row)));
                generator.writeEndArray();
                generator.writeEndObject();
                generator.writeRaw('\n');
            }
        }
    },

    /** The report BENCHMARK-RESULTS. */
    MARKDOWN {
        @Override
        void write(RunTotals summary, Instant now, Writer out) throws IOException {
            List<String> lines = new ArrayList<>(List.of("# BENCHMARK-RESULTS", ""));
            heading(summary, now).forEach(line -> lines.add("- " + line));
            lines.addAll(List.of("", "## Calculations by method", ""));
            lines.addAll(methods(summary).markdown());
            TextTable nuclei = nuclei(summary);
            if (nuclei.lines().size() > 1) {
                lines.addAll(List.of("", "## Shieldings and shifts", ""));
                lines.add("All in ppm. Shifts are given where a published scaling factor holds.");
                lines.add("");
                lines.addAll(nuclei.markdown());
            }
            if (!summary.figureNames().isEmpty()) {
                lines.addAll(List.of("", "## Results", ""));
                lines.addAll(figures(summary).markdown());
            }
            lines.addAll(List.of("", "## Failures", ""));
            if (summary.failures().isEmpty()) {
                lines.add("None.");
            } else {
                lines.add("```");
                lines.addAll(summary.failures().lines());
                lines.add("```");
            }
            lines.addAll(List.of("", "## Times", ""));
            lines.addAll(times(summary).markdown());
            writeLines(lines, out);
        }
    };

    /**
     * Writes the summary of a run, with a final newline; does not close the writer.
     *
     * @param run the run to summarise
     * @param now the present time, which decides whether a silent run counts as interrupted
     * @param out for UTF-8; not closed
     * @throws IOException when the run cannot be read or the summary cannot be written
     */
    public void write(RecordedRun run, Instant now, Writer out) throws IOException {
        write(RunTotals.of(run), now, out);
    }

    abstract void write(RunTotals summary, Instant now, Writer out) throws IOException;

    /**
     * {@return the form for the ending of a file's name, such as {@code csv}; empty for another one}
     *
     * @param ending without the dot
     */
    public static Optional<OverviewFormat> ofFileEnding(String ending) {
        return switch (ending.toLowerCase(Locale.ROOT)) {
            case "csv" -> Optional.of(CSV);
            case "json" -> Optional.of(JSON);
            case "md", "markdown" -> Optional.of(MARKDOWN);
            case "txt" -> Optional.of(TABLE);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void writeLines(List<String> lines, Writer out) throws IOException {
        for (String line : lines) {
            out.write(TerminalText.line(line) + "\n");
        }
    }

    private static final List<String> USAGE_COLUMNS = List.of(
            "cpu_seconds",
            "reserved_core_seconds",
            "cpu_efficiency",
            "peak_memory_bytes",
            "reserved_memory_bytes",
            "read_bytes",
            "written_bytes");

    private static List<String> heading(RunTotals summary, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("run directory: " + Phrases.clean(summary.path().toString()));
        summary.status().ifPresent(status -> {
            lines.add("state: " + RunOverview.word(status, status.isInterrupted(now))
                    + status.run()
                            .reason()
                            .map(reason -> " (" + Phrases.clean(reason) + ")")
                            .orElse(""));
            Instant started = summary.firstStart()
                    .filter(first -> first.isBefore(status.run().startedAt()))
                    .orElse(status.run().startedAt());
            lines.add("started: " + Phrases.moment(started) + ", last change "
                    + Phrases.moment(status.run().updatedAt()));
        });
        lines.add("calculations: " + summary.completed() + " completed"
                + summary.status()
                        .map(status -> " of " + status.progress().total())
                        .orElse("")
                + ", " + summary.failed() + " failed; "
                + Phrases.duration(Duration.ofMillis(
                        Math.round((summary.completed() == 0 ? summary.failedSeconds() : summary.seconds()) * 1000)))
                + " of calculation time");
        if (!summary.adopted().isEmpty()) {
            lines.add("adopted: " + summary.adoptedPhrase());
        }
        if (summary.usedCluster()) {
            lines.add("of that in the cluster: ran "
                    + Phrases.duration(Duration.ofMillis(Math.round(summary.ranSeconds() * 1000)))
                    + ", waited for nodes "
                    + Phrases.duration(Duration.ofMillis(Math.round(summary.waitedSeconds() * 1000))));
        }
        summary.usage().sentence().ifPresent(used -> lines.add("used: " + used));
        return lines;
    }

    private static List<String> conditionNames(RunTotals summary) {
        Set<String> names = new LinkedHashSet<>();
        summary.groups().forEach(group -> names.addAll(group.conditions().keySet()));
        return List.copyOf(names);
    }

    private static List<String> conditions(Group group, List<String> names) {
        return new ArrayList<>(names.stream()
                .map(name -> Phrases.clean(group.conditions().getOrDefault(name, "-")))
                .toList());
    }

    private static TextTable methods(RunTotals summary) {
        List<String> names = conditionNames(summary);
        List<String> headings = new ArrayList<>(names);
        boolean anyRecovered = summary.groups().stream().anyMatch(group -> group.recovered() > 0);
        headings.add("completed");
        if (anyRecovered) {
            headings.add("of them recovered");
        }
        headings.addAll(List.of("failed", "mean time"));
        TextTable table = new TextTable(headings);
        for (Group group : summary.groups()) {
            List<String> cells = conditions(group, names);
            cells.add(String.valueOf(group.completed()));
            if (anyRecovered) {
                cells.add(String.valueOf(group.recovered()));
            }
            cells.add(String.valueOf(group.failed()));
            cells.add(group.completed() == 0 ? "-" : seconds(group.seconds().getAverage()));
            table.add(cells);
        }
        return table;
    }

    private static TextTable nuclei(RunTotals summary) {
        List<String> names = conditionNames(summary);
        List<String> headings = new ArrayList<>(names);
        headings.addAll(List.of("nucleus", "atoms", "shielding min", "mean", "max"));
        boolean anyShifts =
                summary.groups().stream().anyMatch(group -> !group.shifts().isEmpty());
        if (anyShifts) {
            headings.addAll(List.of("shift min", "mean", "max"));
        }
        TextTable table = new TextTable(headings);
        for (Group group : summary.groups()) {
            group.shieldings().forEach((nucleus, shieldings) -> {
                List<String> cells = conditions(group, names);
                cells.add(nucleus.label());
                cells.add(String.valueOf(shieldings.getCount()));
                addRange(cells, shieldings);
                if (anyShifts) {
                    addRange(cells, group.shifts().get(nucleus));
                }
                table.add(cells);
            });
        }
        return table;
    }

    private static TextTable figures(RunTotals summary) {
        List<String> names = conditionNames(summary);
        List<String> headings = new ArrayList<>(names);
        headings.addAll(List.of("result", "min", "mean", "max"));
        TextTable table = new TextTable(headings);
        for (Group group : summary.groups()) {
            group.figures().forEach((name, values) -> {
                List<String> cells = conditions(group, names);
                cells.addAll(List.of(
                        Phrases.clean(name),
                        String.format(Locale.ROOT, "%.6g", values.getMin()),
                        String.format(Locale.ROOT, "%.6g", values.getAverage()),
                        String.format(Locale.ROOT, "%.6g", values.getMax())));
                table.add(cells);
            });
        }
        return table;
    }

    private static void addRange(List<String> cells, @Nullable DoubleSummaryStatistics statistics) {
        if (statistics == null) {
            cells.addAll(List.of("-", "-", "-"));
        } else {
            cells.add(ppm(statistics.getMin()));
            cells.add(ppm(statistics.getAverage()));
            cells.add(ppm(statistics.getMax()));
        }
    }

    private static TextTable times(RunTotals summary) {
        List<String> names = conditionNames(summary);
        List<String> headings = new ArrayList<>(names);
        headings.addAll(List.of("shortest", "mean", "longest", "all"));
        boolean measured = !summary.usage().isEmpty();
        if (measured) {
            headings.addAll(List.of("CPU time", "CPU efficiency", "peak memory"));
        }
        TextTable table = new TextTable(headings);
        for (Group group : summary.groups()) {
            List<String> cells = conditions(group, names);
            DoubleSummaryStatistics seconds = group.seconds();
            boolean none = seconds.getCount() == 0;
            cells.add(none ? "-" : seconds(seconds.getMin()));
            cells.add(none ? "-" : seconds(seconds.getAverage()));
            cells.add(none ? "-" : seconds(seconds.getMax()));
            cells.add(none ? "-" : seconds(seconds.getSum()));
            if (measured) {
                UsageTotals usage = group.usage();
                cells.add(usage.isEmpty() ? "-" : seconds(usage.cpu().toMillis() / 1000.0));
                cells.add(usage.efficiency());
                cells.add(usage.memory());
            }
            table.add(cells);
        }
        return table;
    }

    private static Map<String, Object> toJson(Group group) {
        Map<String, Object> json = new LinkedHashMap<>(group.conditions());
        json.put("completed", group.completed());
        json.put("recovered", group.recovered());
        json.put("failed", group.failed());
        json.put(
                "mean_seconds",
                group.completed() == 0 ? null : rounded(group.seconds().getAverage()));
        if (!group.usage().isEmpty()) {
            json.put("cpu_seconds", rounded(group.usage().cpu().toMillis() / 1000.0));
            json.put("peak_memory_bytes", group.usage().peakMemory());
        }
        Map<String, Object> nuclei = new LinkedHashMap<>();
        group.shieldings().forEach((nucleus, shieldings) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("atoms", shieldings.getCount());
            one.put("shielding_min", rounded(shieldings.getMin()));
            one.put("shielding_mean", rounded(shieldings.getAverage()));
            one.put("shielding_max", rounded(shieldings.getMax()));
            DoubleSummaryStatistics shifts = group.shifts().get(nucleus);
            if (shifts != null) {
                one.put("shift_min", rounded(shifts.getMin()));
                one.put("shift_mean", rounded(shifts.getAverage()));
                one.put("shift_max", rounded(shifts.getMax()));
            }
            nuclei.put(nucleus.label(), one);
        });
        json.put("nuclei", nuclei);
        Map<String, Object> figures = new LinkedHashMap<>();
        group.figures().forEach((name, values) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("min", values.getMin());
            one.put("mean", values.getAverage());
            one.put("max", values.getMax());
            figures.put(name, one);
        });
        json.put("figures", figures);
        return json;
    }

    /** As the journal has it, with the CPU efficiency. */
    private static Map<String, Object> toJson(ResourceUsage usage) {
        Map<String, Object> json = JournalFormat.usage(usage);
        usage.cpuEfficiency().ifPresent(share -> json.put("cpu_efficiency", rounded(share)));
        return json;
    }

    private static Map<String, Object> toJson(RunTotals summary, TaskRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("molecule_id", row.moleculeId());
        json.putAll(row.conditions());
        json.putIfAbsent("basis", row.basis().isEmpty() ? null : summary.basisName(row));
        json.put("status", row.recorded());
        json.put("num_h1", row.count(Nucleus.H1));
        json.put("num_c13", row.count(Nucleus.C13));
        json.put("duration_seconds", row.seconds().orElse(0));
        json.put("attempts", row.attempts());
        json.put("recovered_by", row.recoveredBy());
        json.put("failure_kind", row.failure().map(failure -> failure.kind()).orElse(null));
        json.put("error", row.failure().map(failure -> failure.message()).orElse(null));
        json.put("figures", row.figures());
        if (row.usedCluster()) {
            json.put("where", row.where());
            json.put("waited_seconds", row.waitedSeconds());
            json.put("ran_seconds", row.ranSeconds());
        }
        row.usage().ifPresent(usage -> json.put("usage", toJson(usage)));
        row.origin().ifPresent(origin -> json.put("adopted_from", summary.toJson(origin)));
        return json;
    }

    /** As it stands in the journal, without the ".0" of a whole number. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }

    private static String ppm(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static Double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
