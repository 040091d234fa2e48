package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.Choices;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.analysis.ShieldingJson;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.ShellWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A dossier on one calculation: its attempts, results, settings and files. Immutable. */
public final class Dossier {

    private final RunDirectory directory;
    private final List<JournalRecord> attempts;
    private final JournalRecord standing;

    private Dossier(RunDirectory directory, List<JournalRecord> attempts, JournalRecord standing) {
        this.directory = directory;
        this.attempts = List.copyOf(attempts);
        this.standing = standing;
    }

    /**
     * {@return the dossier of a calculation, or those of all calculations of a subject; none when the journal has no record}
     *
     * @param run the run as its directory records it
     * @param taskIdOrSubject {@code compound_05/B3LYP_CHCl3} or {@code compound_05}
     * @throws IOException when the journal cannot be read
     */
    public static List<Dossier> of(RecordedRun run, String taskIdOrSubject) throws IOException {
        Map<Calculation, List<JournalRecord>> attempts = run.attempts(taskIdOrSubject).stream()
                .collect(Collectors.groupingBy(JournalRecord::calculation, LinkedHashMap::new, Collectors.toList()));
        List<Dossier> dossiers = new ArrayList<>();
        for (Map.Entry<Calculation, List<JournalRecord>> entry : attempts.entrySet()) {
            JournalRecord standing = run.standing(entry.getKey()).orElseThrow();
            dossiers.add(new Dossier(run.directory(), entry.getValue(), standing));
        }
        return dossiers;
    }

    /**
     * {@return a sentence that says that the journal has no such calculation, and which ones it has}
     *
     * @param run the run as its directory records it
     * @param taskIdOrSubject what it does not have
     * @throws IOException when the journal cannot be read
     */
    public static String missing(RecordedRun run, String taskIdOrSubject) throws IOException {
        List<String> tasks = new ArrayList<>();
        run.forEachStanding(record -> tasks.add(record.calculation().taskId()));
        Map<String, String> subjects = new LinkedHashMap<>();
        tasks.forEach(id -> {
            String subject = id.substring(0, Math.max(0, id.indexOf('/')));
            subjects.put(subject, subject);
        });
        return tasks.isEmpty()
                ? "no calculation has ended in " + run.directory()
                : Choices.unknown("calculation", Phrases.clean(taskIdOrSubject), tasks, subjects, "");
    }

    /**
     * {@return the lines about a calculation that is running, for which there may be no record}
     *
     * @param task the running calculation
     * @param directory of the run
     * @param now the time by the clock
     */
    public static List<String> running(RunStatus.TaskUnderWay task, RunDirectory directory, Instant now) {
        String id = task.calculation().taskId();
        return List.of(
                Phrases.clean(id),
                "  attempt " + task.attempt() + ": running for "
                        + Phrases.duration(Duration.between(task.startedAt(), now)) + ", begun "
                        + Phrases.moment(task.startedAt()),
                "  files in " + Phrases.clean(directory.calculation(id).toString()));
    }

    /** {@return the attempts as JSON values} */
    public List<Map<String, Object>> json() {
        return attempts.stream().map(this::json).toList();
    }

    private Map<String, Object> json(JournalRecord record) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", record.calculation().taskId());
        json.put("subject", record.calculation().subject());
        json.put("parameters", new LinkedHashMap<>(record.calculation().parameters()));
        json.put("status", record.outcome().state().word());
        failure(record).ifPresent(failure -> {
            json.put("kind", failure.kind());
            json.put("error", failure.message());
            json.put("evidence", failure.evidence());
        });
        json.put("stands", counts(record));
        Attempt attempt = record.attempt();
        json.put("attempt", attempt.number());
        json.put("run_id", attempt.runId());
        attempt.origin().ifPresent(origin -> json.put("adopted_from", JournalFormat.origin(origin)));
        json.put("started_at", attempt.startedAt().toString());
        json.put("finished_at", attempt.finishedAt().toString());
        json.put("duration_seconds", attempt.duration().toMillis() / 1000.0);
        json.put(
                "launches",
                attempt.launches().stream().map(JournalFormat::launch).toList());
        attempt.usage().ifPresent(usage -> json.put("usage", JournalFormat.usage(usage)));
        json.put("directory", directory.calculation(record).toString());
        json.put("fingerprint", new LinkedHashMap<>(record.fingerprint().fields()));
        json.put("results", record.outcome().results());
        return json;
    }

    /**
     * {@return the lines of the dossier for a terminal}
     *
     * @param byHand returns the commands that repeat the calculation of a record
     */
    public List<String> lines(Function<JournalRecord, List<List<String>>> byHand) {
        List<String> lines = new ArrayList<>();
        lines.add(Phrases.clean(standing.calculation().taskId()));
        standing.calculation()
                .parameters()
                .forEach((name, value) -> lines.add("  " + Phrases.clean(name + ": " + value)));
        attempts.forEach(record -> add(lines, record));
        if (standing.isComplete()) {
            addResults(lines, standing.outcome().results());
        }
        lines.add("  settings");
        standing.fingerprint()
                .fields()
                .forEach((name, value) -> lines.add("    " + Phrases.clean(name + ": " + value)));
        Path files = directory.calculation(standing);
        lines.add("  files in " + Phrases.clean(files.toString()));
        List<Path> found = files(files);
        found.forEach(
                file -> lines.add("    " + Phrases.clean(files.relativize(file).toString())));
        if (found.isEmpty()) {
            lines.add("    (there is none)");
        }
        for (List<String> command : byHand.apply(standing)) {
            lines.add("  to repeat it by hand, in an empty directory");
            lines.add("    " + ShellWord.join(command));
        }
        return lines;
    }

    /** Whether it decides about the calculation; while no attempt has ended, none does. */
    private boolean counts(JournalRecord record) {
        return record.equals(standing)
                && (record.isComplete() || record.outcome().state() instanceof CalculationState.Failed);
    }

    private void add(List<String> lines, JournalRecord record) {
        Attempt attempt = record.attempt();
        lines.add("  attempt " + attempt.number() + ": "
                + record.outcome().state().word() + " after " + Phrases.duration(attempt.duration()) + ", begun "
                + Phrases.moment(attempt.startedAt())
                + attempt.origin()
                        .map(origin -> ", adopted from attempt " + origin.attempt()
                                + origin.directory()
                                        .map(other -> " in " + Phrases.clean(other))
                                        .orElse(""))
                        .orElse("")
                + (attempts.size() > 1 && counts(record) ? " (this one counts)" : ""));
        attempt.launches()
                .forEach(launch -> lines.add("    ran for " + Phrases.duration(launch.ran()) + " on "
                        + Phrases.clean(launch.where()) + ", waited " + Phrases.duration(launch.waited())));
        attempt.usage().ifPresent(usage -> lines.add("    " + UsageTotals.of(usage)));
        failure(record).ifPresent(failure -> addFailure(lines, failure));
    }

    /** Why an attempt failed, also where the calculation was tried again. */
    private static Optional<CalculationFailure> failure(JournalRecord record) {
        CalculationState state = record.outcome().state();
        return state instanceof CalculationState.Retrying retrying ? Optional.of(retrying.reason()) : state.failure();
    }

    private static void addFailure(List<String> lines, CalculationFailure failure) {
        lines.add("    " + Phrases.clean(failure.toString()));
        failure.evidence().forEach((name, value) -> {
            String label = name.replace('_', ' ');
            if (value instanceof List<?> list && !name.equals("command")) {
                lines.add("    " + Phrases.clean(label) + ":");
                list.forEach(line -> lines.add("      " + Phrases.clean(String.valueOf(line))));
            } else {
                String text = value instanceof List<?> words
                        ? ShellWord.join(words.stream().map(String::valueOf).toList())
                        : String.valueOf(value);
                lines.add("    " + Phrases.clean(label + ": " + text));
            }
        });
    }

    private static void addResults(List<String> lines, Map<String, Object> results) {
        lines.add("  results");
        addValues(lines, "    ", results);
        if (ShieldingJson.isIn(results)) {
            lines.add("    isotropic shieldings in ppm");
            ShieldingJson.read(results)
                    .forEach(atom -> lines.add(
                            "      " + Phrases.clean(atom.symbol() + " " + atom.index() + "  " + atom.ppm())));
        }
    }

    /** Numbers and words, short lists of them, and groups of those; not arrays of data. */
    private static void addValues(List<String> lines, String indent, Map<String, Object> values) {
        values.forEach((name, value) -> {
            String label = indent + Phrases.clean(name.replace('_', ' '));
            if (value instanceof Map<?, ?> group) {
                lines.add(label);
                addValues(lines, indent + "  ", Json.asObject(group));
            } else if (!(value instanceof List<?> list)) {
                lines.add(label + ": " + Phrases.clean(String.valueOf(value)));
            } else if (!list.isEmpty() && list.stream().allMatch(String.class::isInstance)) {
                lines.add(label + ": "
                        + Phrases.clean(list.stream().map(String::valueOf).collect(Collectors.joining(", "))));
            }
        });
    }

    /** The files of a calculation and of its steps, but not those of their failed tries. */
    private static List<Path> files(Path directory) {
        try (Stream<Path> list = Files.walk(directory, 2)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
