package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run as the report shows it: its title, its state, and all of its calculations. Immutable.
 *
 * @param title the title of the page
 * @param state the run's state in a word: running, complete, stopped, paused, failed, interrupted, incomplete
 * @param reason why it is in this state, empty when the word says it all
 * @param updatedAt when the run last changed
 * @param timeLeft the estimate for the rest, while it runs
 * @param tasks all calculations, including those that have not started, in the order of the run
 */
public record RunOverview(
        String title,
        String state,
        String reason,
        Instant updatedAt,
        Optional<Duration> timeLeft,
        List<TaskRow> tasks) {

    /**
     * Checks the components.
     *
     * @param title the title of the page
     * @param state the run's state in a word: running, complete, stopped, paused, failed, interrupted, incomplete
     * @param reason why it is in this state, empty when the word says it all
     * @param updatedAt when the run last changed
     * @param timeLeft the estimate for the rest, while it runs
     * @param tasks all calculations, including those that have not started, in the order of the run
     */
    public RunOverview {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(timeLeft, "timeLeft");
        tasks = List.copyOf(tasks);
    }

    /**
     * {@return the overview of a run in its directory} Where no status is left, as in an archive of results, the run is
     * complete when every calculation has ended, else incomplete.
     *
     * @param title the title of the page
     * @param run the run as its directory records it
     * @param now the present time, which decides whether a silent run counts as interrupted
     * @param calculations all calculations of the run, in order
     * @throws IllegalArgumentException when the directory has neither status nor records
     * @throws IOException when they cannot be read
     */
    public static RunOverview of(String title, RecordedRun run, Instant now, Iterable<Calculation> calculations)
            throws IOException {
        Optional<RunStatus> status = run.status(); // first: what it counts as completed is in the journal
        Map<String, TaskRow> rows = new LinkedHashMap<>();
        Instant[] last = {Instant.MIN};
        run.forEachStanding(record -> {
            rows.put(record.calculation().taskId(), TaskRow.withoutResults(record));
            Instant ended = record.attempt().finishedAt();
            last[0] = ended.isAfter(last[0]) ? ended : last[0];
        });
        if (status.isPresent()) {
            return of(title, status.get(), now, calculations, rows);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no run in " + run.directory());
        }
        List<TaskRow> tasks = tasks(calculations, rows);
        boolean complete = tasks.stream().noneMatch(task -> task.state() == TaskRow.State.WAITING);
        return new RunOverview(title, complete ? "complete" : "incomplete", "", last[0], Optional.empty(), tasks);
    }

    private static RunOverview of(
            String title,
            RunStatus status,
            Instant now,
            Iterable<Calculation> calculations,
            Map<String, TaskRow> rows) {
        boolean interrupted = status.isInterrupted(now);
        if (!interrupted) {
            status.running()
                    .forEach(task -> rows.put(
                            task.calculation().taskId(), TaskRow.running(task.calculation(), task.startedAt())));
        }
        return new RunOverview(
                title,
                word(status, interrupted),
                status.run().reason().orElse(""),
                status.run().updatedAt(),
                status.state().isFinal() || interrupted
                        ? Optional.empty()
                        : status.timeLeft().remaining(),
                tasks(calculations, rows));
    }

    /** From the state that asks for most attention to the one that asks for none; the others are in between. */
    private static final List<String> STATES =
            List.of("running", "failed", "paused", "interrupted", "stopped", "incomplete", "complete");

    /**
     * {@return the overview of recorded runs on one page} Each is called by the last part of its path, or by the whole path
     * where that is not unique.
     *
     * @param analyzed the analysis of these runs together
     * @param runs the runs as their directories record them, in the order of the analysis
     * @param now the present time, which decides whether a silent run counts as interrupted
     * @throws IllegalArgumentException when a directory has neither status nor records
     * @throws IOException when they cannot be read
     */
    public static RunOverview of(AnalyzedRun analyzed, List<RecordedRun> runs, Instant now) throws IOException {
        List<String> names = runs.stream()
                .map(run -> String.valueOf(run.directory().path().getFileName()))
                .toList();
        Map<String, RunOverview> overviews = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            RecordedRun run = runs.get(i);
            boolean unique = Collections.frequency(names, names.get(i)) == 1;
            overviews.put(
                    unique ? names.get(i) : run.directory().toString(),
                    of(analyzed.title(), run, now, analyzed.matrices().get(i)));
        }
        return together(analyzed.title(), overviews);
    }

    /**
     * {@return the overview of several runs on one page} It has all their calculations, each with the name of its
     * directory, the latest change and the longest time left. Its state is the first of these that one of the runs has:
     * running, failed, paused, interrupted, stopped, incomplete, complete.
     *
     * @param title the title of the page
     * @param runs the runs by the names of their directories, at least one; one alone is returned with the title
     */
    static RunOverview together(String title, Map<String, RunOverview> runs) {
        Objects.requireNonNull(title, "title");
        if (Objects.requireNonNull(runs, "runs").isEmpty()) {
            throw new IllegalArgumentException("runs must not be empty");
        }
        boolean alone = runs.size() == 1;
        List<TaskRow> tasks = new ArrayList<>();
        runs.forEach((name, run) -> run.tasks.forEach(task -> tasks.add(alone ? task : task.in(name))));
        return new RunOverview(
                title,
                runs.values().stream()
                        .map(RunOverview::state)
                        .min(Comparator.comparingInt(STATES::indexOf))
                        .orElseThrow(),
                runs.entrySet().stream()
                        .filter(run -> !run.getValue().reason.isEmpty())
                        .map(run -> (alone ? "" : run.getKey() + ": ") + run.getValue().reason)
                        .collect(Collectors.joining("; ")),
                runs.values().stream()
                        .map(RunOverview::updatedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                runs.values().stream().flatMap(run -> run.timeLeft.stream()).max(Comparator.naturalOrder()),
                tasks);
    }

    /** The state of a run in a word. */
    static String word(RunStatus status, boolean interrupted) {
        return interrupted ? "interrupted" : status.state().word();
    }

    private static List<TaskRow> tasks(Iterable<Calculation> calculations, Map<String, TaskRow> rows) {
        List<TaskRow> tasks = new ArrayList<>();
        for (Calculation calculation : calculations) {
            TaskRow row = rows.get(calculation.taskId());
            tasks.add(row == null ? TaskRow.waiting(calculation) : row);
        }
        return tasks;
    }

    /** How many calculations are in a state. */
    int count(TaskRow.State state) {
        return (int) tasks.stream().filter(task -> task.state() == state).count();
    }

    /** How many calculations are complete, recovered ones included. */
    int completed() {
        return (int) tasks.stream().filter(task -> task.isComplete()).count();
    }

    /** The times of complete calculations, ascending. */
    double[] secondsOfCompleted() {
        return tasks.stream()
                .filter(task -> task.isComplete() && task.seconds().isPresent())
                .mapToDouble(task -> task.seconds().getAsDouble())
                .sorted()
                .toArray();
    }
}
