package io.github.qmbench.cli;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.internal.ShellWord;
import io.github.qmbench.nmr.report.FailureReport;
import io.github.qmbench.nmr.report.UsageTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code run} says when the run has ended: how, the failures, and what can be done next.
 *
 * @param again the command that resumes the run
 */
record RunClosing(CommandLineSession session, ResultsOption results, RunDirectory directory, String again) {

    /** The lines to be shown. */
    List<String> lines(RunStatus status, FailureReport failures, UsageTotals usage) {
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
            lines.add(
                    "inspect a failure with: " + results.hint(session, "show " + ShellWord.quote(failures.example())));
        }
        if (status.state() == RunState.COMPLETE && progress.failed() == 0) {
            lines.add("show them with: " + results.hint(session, "summary"));
        } else {
            lines.add("resume with: " + again);
        }
        return lines;
    }
}
