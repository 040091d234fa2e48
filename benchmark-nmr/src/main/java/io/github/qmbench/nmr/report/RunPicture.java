package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RecordedRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
     * Returns the picture of a run in its directory. Where no status is left, as in an archive of results, the run is
     * complete when every calculation has ended, else incomplete.
     *
     * @param now the time it is
     * @param calculations all calculations of the run, in order
     * @throws IllegalArgumentException when the directory has neither status nor records
     * @throws IOException when they cannot be read
     */
    public static RunPicture of(String title, RecordedRun run, Instant now, Iterable<Calculation> calculations)
            throws IOException {
        Optional<RunStatus> status = run.status(); // first: what it counts as completed is in the journal
        Map<String, TaskPicture> pictures = new LinkedHashMap<>();
        Instant[] last = {Instant.MIN};
        run.forEachStanding(record -> {
            pictures.put(record.calculation().taskId(), TaskPicture.of(record));
            Instant ended = record.attempt().finishedAt();
            last[0] = ended.isAfter(last[0]) ? ended : last[0];
        });
        if (status.isPresent()) {
            return of(title, status.get(), now, calculations, pictures);
        }
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("no run in " + run.directory());
        }
        List<TaskPicture> tasks = tasks(calculations, pictures);
        boolean complete = tasks.stream().noneMatch(task -> task.state() == TaskPicture.State.WAITING);
        return new RunPicture(title, complete ? "complete" : "incomplete", "", last[0], Optional.empty(), tasks);
    }

    private static RunPicture of(
            String title,
            RunStatus status,
            Instant now,
            Iterable<Calculation> calculations,
            Map<String, TaskPicture> pictures) {
        boolean interrupted = status.isInterrupted(now);
        if (!interrupted) {
            status.running()
                    .forEach(task -> pictures.put(
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
                tasks(calculations, pictures));
    }

    private static List<TaskPicture> tasks(Iterable<Calculation> calculations, Map<String, TaskPicture> pictures) {
        List<TaskPicture> tasks = new ArrayList<>();
        for (Calculation calculation : calculations) {
            TaskPicture picture = pictures.get(calculation.taskId());
            tasks.add(picture == null ? TaskPicture.waiting(calculation) : picture);
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
