package io.github.qmbench.nmr.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A run as the report shows it: what it is, where it is, and all of its calculations. Immutable.
 *
 * @param title what the page is called
 * @param state the run's state in a word: running, complete, stopped, paused, failed, interrupted
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

    /** How many calculations are in a state. */
    int count(TaskPicture.State state) {
        return (int) tasks.stream().filter(task -> task.state() == state).count();
    }

    /** How many calculations are complete, recovered ones included. */
    int completed() {
        return (int) tasks.stream().filter(task -> task.state().isComplete()).count();
    }
}
