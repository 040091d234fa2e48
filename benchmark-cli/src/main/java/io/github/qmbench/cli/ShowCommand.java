package io.github.qmbench.cli;

import io.github.qmbench.cli.text.ShellWord;
import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.internal.NearestMatch;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.UsageTotals;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qmbench show}: all that is known of one calculation. */
@Command(
        name = "show",
        sortOptions = false,
        description = "Show the dossier of one calculation: attempts, times, failures with their evidence, files,"
                + " and how to repeat it by hand.")
final class ShowCommand implements Callable<Integer> {

    private static final int TASKS_LISTED = 12;

    private final CommandLineSession session;

    @Parameters(
            paramLabel = "TASK",
            description = "The calculation, as status and failures name it:"
                    + " compound_12/WP04_CHCl3; or a molecule, for all of its calculations")
    private String task;

    @Mixin
    private ResultsOption results;

    @Option(names = "--json", description = "Print the attempts as a JSON array")
    private boolean json;

    ShowCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException {
        RecordedRun run = results.run();
        RunDirectory directory = run.directory();
        if (!run.isBegun()) {
            if (isShownRunning(run)) {
                return ExitCode.OK;
            }
            throw Refusal.badInput(StatusCommand.noRun(directory) + ", so there is no calculation to show");
        }
        Map<Calculation, List<JournalRecord>> attempts = run.attempts(task).stream()
                .collect(Collectors.groupingBy(JournalRecord::calculation, LinkedHashMap::new, Collectors.toList()));
        if (attempts.isEmpty() && isShownRunning(run)) {
            return ExitCode.OK;
        }
        if (attempts.isEmpty()) {
            List<String> tasks = new ArrayList<>();
            run.forEachStanding(record -> tasks.add(record.calculation().taskId()));
            List<String> names = new ArrayList<>(tasks);
            tasks.forEach(id -> names.add(id.substring(0, Math.max(0, id.indexOf('/')))));
            String nearest = NearestMatch.of(task, names)
                    .map(name -> "; did you mean " + name + "? It has ")
                    .orElse("; it has ");
            throw Refusal.badInput("the journal in " + directory + " has no calculation '" + Phrases.clean(task) + "'"
                    + nearest + (tasks.isEmpty() ? "none yet" : Phrases.some(tasks, TASKS_LISTED)));
        }
        PrintStream out = session.console().out();
        List<Object> all = new ArrayList<>();
        for (Map.Entry<Calculation, List<JournalRecord>> entry : attempts.entrySet()) {
            JournalRecord standing = run.standing(entry.getKey()).orElseThrow();
            if (json) {
                entry.getValue().forEach(record -> all.add(toJson(directory, record, record.equals(standing))));
            } else {
                print(out, directory, entry.getValue(), standing);
            }
        }
        if (json) {
            out.print(Json.writePretty(all));
        }
        return ExitCode.OK;
    }

    /** Shows what is known of a calculation that is running for the first time; returns whether there is one. */
    private boolean isShownRunning(RecordedRun run) throws IOException {
        Instant now = session.clock().instant();
        List<RunStatus.TaskUnderWay> running = run.status().stream()
                .filter(status -> !status.isInterrupted(now))
                .flatMap(status -> status.running().stream())
                .filter(one -> one.calculation().taskId().equals(task)
                        || one.calculation().subject().equals(task))
                .toList();
        PrintStream out = session.console().out();
        if (json) {
            if (!running.isEmpty()) {
                out.print(Json.writePretty(List.of()));
            }
            return !running.isEmpty();
        }
        for (RunStatus.TaskUnderWay one : running) {
            String id = one.calculation().taskId();
            out.println(Phrases.clean(id));
            out.println("  attempt " + one.attempt() + ": running for "
                    + Phrases.duration(Duration.between(one.startedAt(), now)) + ", begun "
                    + Phrases.moment(one.startedAt()));
            out.println("  files in "
                    + Phrases.clean(run.directory().calculation(id).toString()));
        }
        return !running.isEmpty();
    }

    private static Map<String, Object> toJson(Attempt.Origin origin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attempt", origin.attempt());
        json.put("run_id", origin.runId());
        return json;
    }

    private static Map<String, Object> toJson(RunDirectory directory, JournalRecord record, boolean stands) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", record.calculation().taskId());
        json.put("subject", record.calculation().subject());
        json.put("parameters", new LinkedHashMap<>(record.calculation().parameters()));
        json.put("status", record.outcome().state().word());
        record.outcome().state().failure().ifPresent(failure -> {
            json.put("kind", failure.kind());
            json.put("error", failure.message());
            json.put("evidence", failure.evidence());
        });
        json.put("stands", stands);
        json.put("attempt", record.attempt().number());
        json.put("run_id", record.attempt().runId());
        record.attempt().origin().ifPresent(origin -> json.put("adopted_from", toJson(origin)));
        json.put("started_at", record.attempt().startedAt().toString());
        json.put("finished_at", record.attempt().finishedAt().toString());
        json.put("duration_seconds", record.attempt().duration().toMillis() / 1000.0);
        json.put(
                "launches",
                record.attempt().launches().stream().map(ShowCommand::json).toList());
        record.attempt().usage().ifPresent(usage -> json.put("usage", JournalFormat.usage(usage)));
        json.put(
                "directory",
                directory.calculation(record.calculation().taskId()).toString());
        json.put("fingerprint", new LinkedHashMap<>(record.fingerprint().fields()));
        json.put("results", record.outcome().results());
        return json;
    }

    private static Map<String, Object> json(Attempt.Launch launch) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("where", launch.where());
        json.put("waited_seconds", launch.waited().toMillis() / 1000.0);
        json.put("ran_seconds", launch.ran().toMillis() / 1000.0);
        return json;
    }

    private void print(PrintStream out, RunDirectory directory, List<JournalRecord> records, JournalRecord standing) {
        String id = standing.calculation().taskId();
        out.println(Phrases.clean(id));
        standing.calculation()
                .parameters()
                .forEach((name, value) -> out.println("  " + Phrases.clean(name + ": " + value)));
        for (JournalRecord record : records) {
            out.println("  attempt " + record.attempt().number() + ": "
                    + record.outcome().state().word() + " after "
                    + Phrases.duration(record.attempt().duration()) + ", begun "
                    + Phrases.moment(record.attempt().startedAt())
                    + record.attempt()
                            .origin()
                            .map(origin -> ", adopted from attempt " + origin.attempt())
                            .orElse("")
                    + (records.size() > 1 && record.equals(standing) ? " (this one counts)" : ""));
            record.attempt()
                    .launches()
                    .forEach(launch -> out.println("    ran for " + Phrases.duration(launch.ran()) + " on "
                            + Phrases.clean(launch.where()) + ", waited " + Phrases.duration(launch.waited())));
            record.attempt().usage().ifPresent(usage -> out.println("    " + UsageTotals.of(usage)));
            record.outcome().state().failure().ifPresent(failure -> print(out, failure));
        }
        if (standing.isComplete()) {
            print(out, standing.outcome().results());
        }
        out.println("  settings");
        standing.fingerprint()
                .fields()
                .forEach((name, value) -> out.println("    " + Phrases.clean(name + ": " + value)));
        Path files = directory.calculation(id);
        out.println("  files in " + Phrases.clean(files.toString()));
        List<Path> found = files(files);
        found.forEach(file ->
                out.println("    " + Phrases.clean(files.relativize(file).toString())));
        if (found.isEmpty()) {
            out.println("    (there is none)");
        }
        for (List<String> command : byHand(standing, files)) {
            out.println("  to repeat it by hand, in an empty directory");
            out.println("    " + ShellWord.join(command));
        }
    }

    /** The commands of the backend that knows the files; what was recorded is shown also where no plug-in can be loaded. */
    private List<List<String>> byHand(JournalRecord record, Path files) {
        try {
            return session.backends().all().values().stream()
                    .flatMap(provider -> provider.byHand(record, files).stream())
                    .toList();
        } catch (Refusal e) {
            return List.of();
        }
    }

    /** The files of a calculation and of its steps, but not those of their failed tries. */
    private static List<Path> files(Path directory) {
        try (Stream<Path> list = Files.walk(directory, 2)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static void print(PrintStream out, CalculationFailure failure) {
        out.println("    " + Phrases.clean(failure.kind() + ": " + failure.message()));
        failure.evidence().forEach((name, value) -> {
            String label = name.replace('_', ' ');
            if (value instanceof List<?> lines && !name.equals("command")) {
                out.println("    " + Phrases.clean(label) + ":");
                lines.forEach(line -> out.println("      " + Phrases.clean(String.valueOf(line))));
            } else if (value instanceof List<?> words) {
                out.println("    " + label + ": "
                        + Phrases.clean(ShellWord.join(
                                words.stream().map(String::valueOf).toList())));
            } else {
                out.println("    " + Phrases.clean(label + ": " + value));
            }
        });
    }

    private static void print(PrintStream out, Map<String, Object> results) {
        out.println("  results");
        printValues(out, "    ", results);
        if (ShieldingJson.isIn(results)) {
            out.println("    isotropic shieldings in ppm");
            ShieldingJson.read(results)
                    .forEach(atom -> out.println(
                            "      " + Phrases.clean(atom.symbol() + " " + atom.index() + "  " + atom.ppm())));
        }
    }

    /** Numbers and words, short lists of them, and groups of those; not arrays of data. */
    private static void printValues(PrintStream out, String indent, Map<String, Object> values) {
        values.forEach((name, value) -> {
            String label = indent + Phrases.clean(name.replace('_', ' '));
            if (value instanceof Map<?, ?> group) {
                out.println(label);
                printValues(out, indent + "  ", Json.asObject(group));
            } else if (!(value instanceof List<?> list)) {
                out.println(label + ": " + Phrases.clean(String.valueOf(value)));
            } else if (!list.isEmpty() && list.stream().allMatch(String.class::isInstance)) {
                out.println(label + ": "
                        + Phrases.clean(list.stream().map(String::valueOf).collect(Collectors.joining(", "))));
            }
        });
    }
}
