package io.github.qmbench.cli;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.WholeScreen;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.report.StatusReport;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qmbench watch}: the status, over and over, until the run has ended. */
@Command(
        name = "watch",
        description = {
            "Show the status and keep it up to date until the run has ended.",
            "Ctrl-C ends the watching, not the run."
        })
final class WatchCommand implements Callable<Integer> {

    private static final long REFRESH_MILLIS = 1000;

    private final CommandLineSession session;

    @Mixin
    private ResultsOption results;

    WatchCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        Console console = session.console();
        RunDirectory directory = results.directory();
        Optional<RunStatus> status = RecordedRun.open(directory).status();
        if (console.outIsTerminal() && console.errIsTerminal() && goesOn(status)) {
            try (WholeScreen screen = new WholeScreen(console.out())) {
                while (goesOn(status)) {
                    screen.show(lines(directory, status));
                    Thread.sleep(REFRESH_MILLIS);
                    status = RecordedRun.open(directory).status();
                }
            }
        }
        String shown = "";
        while (goesOn(status)) {
            String progress = report(directory, status.get()).brief();
            if (!progress.equals(shown)) {
                console.out().println(progress);
                console.out().flush();
                shown = progress;
            }
            Thread.sleep(REFRESH_MILLIS);
            status = RecordedRun.open(directory).status();
        }
        lines(directory, status).forEach(console.out()::println);
        console.out().flush();
        return ExitCode.OK;
    }

    private boolean goesOn(Optional<RunStatus> status) {
        return status.isPresent()
                && !status.get().state().isFinal()
                && !status.get().isInterrupted(session.clock().instant());
    }

    private StatusReport report(RunDirectory directory, RunStatus status) {
        return new StatusReport(directory, status, session.clock().instant());
    }

    private List<String> lines(RunDirectory directory, Optional<RunStatus> status) throws IOException {
        return status.isEmpty()
                ? List.of(StatusCommand.noRun(directory))
                : report(directory, status.get()).lines();
    }
}
