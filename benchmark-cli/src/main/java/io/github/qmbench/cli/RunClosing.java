package io.github.qmbench.cli;

import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;

/** What {@code run} prints when the run has ended: how, the failures, and what can be done next. */
final class RunClosing {

    private final Session session;
    private final ResultsOption results;
    private final RunDirectory directory;
    private final String again;

    /**
     * Begins.
     *
     * @param again the command that goes on with the run
     */
    RunClosing(Session session, ResultsOption results, RunDirectory directory, String again) {
        this.session = Objects.requireNonNull(session, "session");
        this.results = Objects.requireNonNull(results, "results");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.again = Objects.requireNonNull(again, "again");
    }

    void print(RunStatus status, FailureReport failures) {
        PrintStream out = session.console().out();
        RunStatus.Progress progress = status.progress();
        failures.lines().forEach(out::println);
        out.println(status.state().word() + ": " + progress.completed() + " of " + progress.total() + " done"
                + (progress.failed() > 0 ? ", " + progress.failed() + " failed" : "")
                + (progress.remaining() > 0 ? ", " + progress.remaining() + " left" : "")
                + ", after "
                + Words.duration(
                        Duration.between(status.run().startedAt(), status.run().updatedAt())));
        status.run().reason().ifPresent(reason -> out.println("reason: " + Words.clean(reason)));
        out.println("results: " + directory);
        if (!failures.isEmpty()) {
            out.println("look into a failure with: "
                    + results.hint(session, "show " + ShellWord.quote(failures.example())));
        }
        if (status.state() == RunState.COMPLETE && progress.failed() == 0) {
            out.println("see them with: " + results.hint(session, "summary"));
        } else {
            out.println("go on with what is not done: " + again);
        }
        out.flush();
    }
}
