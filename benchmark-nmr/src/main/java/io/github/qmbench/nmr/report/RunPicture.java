package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run as the report shows it: what it is, where it is, and all of its calculations. Immutable.
 *
 * @param title what the page is called
 * @param state the run's state in a word: running, complete, stopped, paused, failed, interrupted, incomplete
 * @param reason why it is in this state, empty when the word says it all
 * @param updatedAt when this picture was taken
 * @param timeLeft estimate for the rest, while it runs
 * @param tasks all calculations, those not begun among them, in the order of the run
 */
public record RunPicture(
        String title,
        String state,
        String reason,
        Instant updatedAt,
        Optional<Duration> timeLeft,
        List<TaskPicture> tasks) {

    public RunPicture {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(timeLeft, "timeLeft");
        tasks = List.copyOf(tasks);
    }

    /**
     * Returns the picture of a run in its directory.
     *
     * @param status the run's status
     * @param now the time it is
     * @param calculations all calculations of the run, in order
     * @param journal all lines of the journal, in order. Read once, and not closed
     */
    public static RunPicture of(
            String title,
            RunStatus status,
            Instant now,
            Iterable<Calculation> calculations,
            Stream<JournalRecord> journal) {
        boolean interrupted = status.isInterrupted(now);
        Map<String, TaskPicture> running = new LinkedHashMap<>();
        if (!interrupted) {
            status.running()
                    .forEach(task -> running.put(
                            task.calculation().taskId(), TaskPicture.running(task.calculation(), task.startedAt())));
        }
        return new RunPicture(
                title,
                interrupted ? "interrupted" : status.state().word(),
                status.run().reason().orElse(""),
                status.run().updatedAt(),
                status.state().isFinal() || interrupted
                        ? Optional.empty()
                        : status.timeLeft().remaining(),
                tasks(calculations, journal, running));
    }

    /**
     * Returns the picture of a run of which no status is left, as in an archive of its results: complete when every
     * calculation has ended, else incomplete.
     *
     * @param calculations all calculations of the run, in order
     * @param journal all lines of the journal, in order, at least one
     */
    public static RunPicture ofJournal(String title, Iterable<Calculation> calculations, List<JournalRecord> journal) {
        if (journal.isEmpty()) {
            throw new IllegalArgumentException("a journal without lines does not tell when its run was");
        }
        List<TaskPicture> tasks = tasks(calculations, journal.stream(), Map.of());
        boolean complete = tasks.stream().noneMatch(task -> task.state() == TaskPicture.State.WAITING);
        Instant last = journal.stream()
                .map(line -> line.attempt().finishedAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new RunPicture(title, complete ? "complete" : "incomplete", "", last, Optional.empty(), tasks);
    }

    private static List<TaskPicture> tasks(
            Iterable<Calculation> calculations, Stream<JournalRecord> journal, Map<String, TaskPicture> running) {
        Map<String, TaskPicture> ended = new LinkedHashMap<>();
        journal.forEach(line -> ended.merge(line.calculation().taskId(), TaskPicture.of(line), TaskPicture::later));
        List<TaskPicture> tasks = new ArrayList<>();
        for (Calculation calculation : calculations) {
            TaskPicture waiting = TaskPicture.waiting(calculation);
            TaskPicture last = ended.getOrDefault(calculation.taskId(), waiting);
            tasks.add(running.getOrDefault(calculation.taskId(), last));
        }
        return tasks;
    }

    /** How many calculations are in a state. */
    int count(TaskPicture.State state) {
        return (int) tasks.stream().filter(task -> task.state() == state).count();
    }

    /** How many calculations are complete, recovered ones included. */
    int completed() {
        return (int) tasks.stream().filter(task -> task.state().isComplete()).count();
    }

    /** The times of complete calculations, ascending. */
    double[] secondsOfCompleted() {
        return tasks.stream()
                .filter(task -> task.state().isComplete() && task.seconds().isPresent())
                .mapToDouble(task -> task.seconds().getAsDouble())
                .sorted()
                .toArray();
    }
}
