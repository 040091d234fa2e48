package io.github.qmbench.nmr.report;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.ShellWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The last lines of a run that has ended: how it ended, its failures, and the next commands. Immutable. */
public final class ClosingReport {

    private final RunDirectory directory;
    private final String again;
    private final UnaryOperator<String> command;

    /**
     * Creates a report on a run.
     *
     * @param directory of the run
     * @param again the command that resumes the run
     * @param command completes words such as {@code summary} to a command about this run that a user can copy
     */
    public ClosingReport(RunDirectory directory, String again, UnaryOperator<String> command) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.again = Objects.requireNonNull(again, "again");
        this.command = Objects.requireNonNull(command, "command");
    }

    /**
     * Returns the lines of the report.
     *
     * @param status the last one of the run
     * @param failures of all runs in the directory
     * @param usage of the calculations of this run
     * @return the lines, made safe for a terminal
     */
    public List<String> lines(RunStatus status, FailureReport failures, UsageTotals usage) {
        RunStatus.Progress progress = status.progress();
        List<String> lines = new ArrayList<>(failures.lines());
        lines.add(status.state().word() + ": " + progress.completed() + " of " + progress.total() + " done"
                + (progress.failed() > 0 ? ", " + progress.failed() + " failed" : "")
                + (progress.remaining() > 0 ? ", " + progress.remaining() + " left" : "")
                + ", after "
                + Phrases.duration(
                        Duration.between(status.run().startedAt(), status.run().updatedAt())));
        status.run().reason().ifPresent(reason -> lines.add("reason: " + Phrases.clean(reason)));
        usage.excess().ifPresent(lines::add);
        lines.add("results: " + directory);
        if (!failures.isEmpty()) {
            lines.add("inspect a failure with: " + command.apply("show " + ShellWord.quote(failures.example())));
        }
        if (status.state() == RunState.COMPLETE && progress.failed() == 0) {
            lines.add("show them with: " + command.apply("summary"));
        } else {
            lines.add("resume with: " + again);
        }
        return lines;
    }
}
