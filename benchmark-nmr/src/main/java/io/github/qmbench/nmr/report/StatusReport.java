package io.github.qmbench.nmr.report;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.Liveness;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.StopRequest;
import io.github.qmbench.core.StopSignal;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A status in words, one line for each fact. Immutable. */
public final class StatusReport {

    private static final int FAILURES_SHOWN = 3;
    private static final int RUNNING_SHOWN = 8;

    private final RunDirectory directory;
    private final RunStatus status;
    private final Instant now;

    /**
     * Creates a report on the status of a directory at a time.
     *
     * @param directory of the run
     * @param status as it was written
     * @param now the time by the clock, which decides whether a silent run counts as interrupted
     */
    public StatusReport(RunDirectory directory, RunStatus status, Instant now) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.status = Objects.requireNonNull(status, "status");
        this.now = Objects.requireNonNull(now, "now");
    }

    /** {@return the progress and the time left in one line} */
    public String brief() {
        RunStatus.Progress progress = status.progress();
        return progress.completed() + " of " + progress.total() + " done"
                + (progress.failed() > 0 ? ", " + progress.failed() + " failed" : "")
                + status.timeLeft()
                        .remaining()
                        .map(left -> ", " + Phrases.about(left) + " left")
                        .orElse("");
    }

    /**
     * Returns what a stop will do.
     *
     * @param endNow whether running calculations are ended as well
     * @return a sentence without a full stop
     */
    public String stopping(boolean endNow) {
        int running = status.running().size();
        int left = status.progress().remaining();
        String rest = left == 0
                ? "; none is left after that, so the run will be complete"
                : "; " + Phrases.count(left, "calculation") + " left for another time";
        if (endNow) {
            return "stopping now: " + Phrases.count(running, "running calculation") + " will be ended, and calculated"
                    + " again next time; " + Phrases.count(left, "other calculation") + " left";
        }
        return running == 0
                ? "stopping" + rest
                : "stopping when " + Phrases.count(running, "running calculation") + " "
                        + (running == 1 ? "has" : "have") + " ended (" + currentTasks() + ")" + rest;
    }

    private String currentTasks() {
        return Phrases.clean(Phrases.some(
                status.running().stream()
                        .map(task -> task.calculation().taskId())
                        .toList(),
                3));
    }

    /** {@return the lines of the report} */
    public List<String> lines() {
        boolean interrupted = status.isInterrupted(now);
        List<String> lines = new ArrayList<>();
        add(lines, "run", status.run().id() + " in " + directory);
        add(lines, "state", state(interrupted));
        status.run().reason().filter(why -> status.state().isFinal()).ifPresent(reason -> add(lines, "reason", reason));
        add(lines, "progress", progress(interrupted));
        String label = interrupted ? "cut short" : "current";
        for (RunStatus.TaskUnderWay task :
                status.running().stream().limit(RUNNING_SHOWN).toList()) {
            add(lines, label, underWay(task, interrupted));
            label = "";
        }
        if (status.running().size() > RUNNING_SHOWN) {
            add(lines, "", "and " + (status.running().size() - RUNNING_SHOWN) + " more");
        }
        if (status.state() == RunState.RUNNING && !interrupted) {
            add(lines, "time left", timeLeft());
        }
        add(lines, "started", moment(status.run().startedAt()));
        add(
                lines,
                status.state().isFinal() ? "ended" : "updated",
                moment(status.run().updatedAt()));
        addFailures(lines);
        return lines;
    }

    private static void add(List<String> lines, String label, String text) {
        lines.add(String.format("%-10s %s", label, Phrases.clean(text)));
    }

    private String state(boolean interrupted) {
        if (interrupted) {
            String runner = "process " + status.run().runner().pid() + " on "
                    + status.run().runner().host();
            return status.liveness(now) == Liveness.STALE
                    ? "interrupted, it seems: nothing was heard of " + runner + " since "
                            + Phrases.moment(status.run().updatedAt()) + "; repeat the run command to resume"
                    : "interrupted after " + Phrases.moment(status.run().updatedAt()) + ": " + runner
                            + " is gone; repeat the run command to resume";
        }
        StopRequest stop = StopSignal.marker(directory).request();
        if (status.state() == RunState.RUNNING && stop != StopRequest.NONE) {
            return stop == StopRequest.NOW
                    ? "stopping now: running calculations are ended, and no new ones start"
                    : "stopping: running calculations finish, and no new ones start";
        }
        if (status.liveness(now) == Liveness.UNKNOWN) {
            return "running, according to process " + status.run().runner().pid() + " on "
                    + status.run().runner().host();
        }
        return status.state().word()
                + status.run()
                        .reason()
                        .filter(why -> status.state() == RunState.RUNNING)
                        .map(why -> ", " + why)
                        .orElse("");
    }

    private String progress(boolean interrupted) {
        RunStatus.Progress progress = status.progress();
        int percent = progress.total() == 0 ? 100 : (int) (100L * progress.completed() / progress.total());
        StringBuilder text = new StringBuilder();
        text.append(progress.completed()).append(" of ").append(progress.total());
        text.append(" done (").append(percent).append(" %)");
        if (progress.failed() > 0) {
            text.append(", ").append(progress.failed()).append(" failed");
        }
        if (progress.running() > 0 && !interrupted) {
            text.append(", ").append(progress.running()).append(" running");
        }
        int left = progress.remaining() + (interrupted ? progress.running() : 0);
        if (left > 0) {
            text.append(", ").append(left).append(" left");
        }
        return text.toString();
    }

    private String underWay(RunStatus.TaskUnderWay task, boolean interrupted) {
        String since = interrupted
                ? "since " + Phrases.moment(task.startedAt())
                : "for " + Phrases.duration(Duration.between(task.startedAt(), now));
        return describe(task.calculation()) + ", " + since
                + (task.attempt() > 1 ? ", attempt " + task.attempt() : "")
                + task.remark().map(remark -> ": " + remark).orElse("");
    }

    private static String describe(Calculation calculation) {
        return calculation.subject() + " "
                + String.join(" ", calculation.parameters().values());
    }

    private String timeLeft() {
        return status.timeLeft()
                .remaining()
                .map(left -> Phrases.about(left)
                        + status.timeLeft()
                                .range()
                                .filter(range -> range.to().compareTo(Duration.ofMinutes(2)) > 0)
                                .map(range -> ", 8 times in 10 between " + Phrases.duration(range.from()) + " and "
                                        + Phrases.duration(range.to()))
                                .orElse("")
                        + status.timeLeft()
                                .averageCalculation()
                                .map(mean -> " (" + Phrases.duration(mean) + " a calculation on average)")
                                .orElse(""))
                .orElse("not known before the first calculation is done");
    }

    private String moment(Instant instant) {
        return Phrases.moment(instant) + " (" + Phrases.duration(Duration.between(instant, now)) + " ago)";
    }

    private void addFailures(List<String> lines) {
        List<RunStatus.FailedTask> failures = status.failures();
        if (failures.isEmpty()) {
            return;
        }
        List<RunStatus.FailedTask> last =
                failures.subList(Math.max(0, failures.size() - FAILURES_SHOWN), failures.size());
        lines.add(status.progress().failed() > last.size() ? "last failures:" : "failures:");
        last.forEach(failure -> lines.add(
                "  " + Phrases.clean(failure.calculation() + "  " + failure.kind() + ": " + failure.error())));
    }
}
