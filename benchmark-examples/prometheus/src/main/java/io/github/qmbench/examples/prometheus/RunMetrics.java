package io.github.qmbench.examples.prometheus;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A status in the text format of Prometheus. */
final class RunMetrics {

    private final StringBuilder text = new StringBuilder();

    private RunMetrics() {}

    /** Returns the metrics of a run at this moment. */
    static String of(RunStatus status, Instant now) {
        RunMetrics metrics = new RunMetrics();
        RunStatus.Progress progress = status.progress();
        metrics.head("qmbench_calculations", "Calculations of the run by where they are.");
        metrics.line("qmbench_calculations{where=\"completed\"}", progress.completed());
        metrics.line("qmbench_calculations{where=\"failed\"}", progress.failed());
        metrics.line("qmbench_calculations{where=\"running\"}", progress.running());
        metrics.line("qmbench_calculations{where=\"remaining\"}", progress.remaining());
        metrics.head("qmbench_run_state", "1 for the state the run is in.");
        for (RunState state : RunState.values()) {
            metrics.line("qmbench_run_state{state=\"" + state.word() + "\"}", state == status.state() ? 1 : 0);
        }
        metrics.head("qmbench_run_interrupted", "1 when the status says running but the runner is gone.");
        metrics.line("qmbench_run_interrupted", status.isInterrupted(now) ? 1 : 0);
        metrics.head("qmbench_failed_subjects", "Subjects with a failure that is their own fault.");
        metrics.line("qmbench_failed_subjects", progress.failedSubjects());
        status.timeLeft().remaining().ifPresent(left -> metrics.seconds("qmbench_remaining_seconds", left));
        status.timeLeft().averageCalculation().ifPresent(mean -> metrics.seconds("qmbench_calculation_seconds", mean));
        metrics.head("qmbench_updated_timestamp_seconds", "When the status was written.");
        metrics.line(
                "qmbench_updated_timestamp_seconds", status.run().updatedAt().getEpochSecond());
        return metrics.text.toString();
    }

    private void seconds(String name, Duration value) {
        head(name, "As the run estimates it.");
        text.append(String.format(Locale.ROOT, "%s %.3f%n", name, value.toMillis() / 1000.0));
    }

    private void head(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private void line(String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
