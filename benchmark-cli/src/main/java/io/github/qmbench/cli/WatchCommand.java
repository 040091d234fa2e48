package io.github.qmbench.cli;

import io.github.qmbench.cli.text.WholeScreen;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.report.StatusReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qmbench watch}: the status, over and over, until the run has ended. */
@Command(
        name = "watch",
        description = {
            "Show the status and keep it up to date until the run has ended.",
            "Ctrl-C ends the watching, not the run."
        })
final class WatchCommand extends SessionCommand {

    private static final long REFRESH_MILLIS = 1000;

    @Mixin
    private ResultsOption results;

    WatchCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        RecordedRun run = results.run();
        Optional<RunStatus> status = run.status();
        if (session.console().outIsTerminal() && session.console().errIsTerminal() && goesOn(status)) {
            try (WholeScreen screen = new WholeScreen(out())) {
                while (goesOn(status)) {
                    screen.show(lines(run.directory(), status));
                    Thread.sleep(REFRESH_MILLIS);
                    status = run.status();
                }
            }
        }
        String shown = "";
        while (goesOn(status)) {
            String progress = new StatusReport(run.directory(), status.get(), now()).brief();
            if (!progress.equals(shown)) {
                out().println(progress);
                out().flush();
                shown = progress;
            }
            Thread.sleep(REFRESH_MILLIS);
            status = run.status();
        }
        print(lines(run.directory(), status));
        out().flush();
        return ExitCode.OK;
    }

    private boolean goesOn(Optional<RunStatus> status) {
        return status.isPresent()
                && !status.get().state().isFinal()
                && !status.get().isInterrupted(now());
    }

    private List<String> lines(RunDirectory directory, Optional<RunStatus> status) {
        return status.isEmpty()
                ? List.of(StatusCommand.noRun(directory))
                : new StatusReport(directory, status.get(), now()).lines();
    }
}
