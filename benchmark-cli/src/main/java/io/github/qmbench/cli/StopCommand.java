package io.github.qmbench.cli;

import io.github.qmbench.core.Liveness;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.StopRequest;
import io.github.qmbench.core.StopSignal;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.OutputFailedException;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.StatusReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench stop}: asks a run to end. */
@Command(
        name = "stop",
        sortOptions = false,
        description = {
            "Ask the run to stop: running calculations finish, and no new ones start.",
            "Asking again changes nothing. To resume, repeat the run command."
        })
final class StopCommand extends SessionCommand {

    private static final long POLL_MILLIS = 200;

    @Mixin
    private ResultsOption results;

    @Option(names = "--now", description = "End running calculations as well; the next run calculates them again")
    private boolean now;

    @Option(names = "--wait", description = "Wait until the run has ended")
    private boolean wait;

    StopCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        RecordedRun run = results.run();
        RunDirectory directory = run.directory();
        PrintStream out = out();
        Optional<RunStatus> read = run.status();
        Instant time = now();
        if (read.isEmpty()) {
            out.println("nothing to stop: " + StatusCommand.noRun(directory));
            return ExitCode.OK;
        }
        RunStatus status = read.get();
        if (status.state().isFinal()) {
            out.println("nothing to stop: the run in " + directory + " has ended, "
                    + status.state().word());
            return ExitCode.OK;
        }
        if (status.liveness(time) == Liveness.DEAD) {
            out.println("nothing to stop: the run in " + directory + " was interrupted: its process is gone");
            return ExitCode.OK;
        }
        boolean changed = ask(directory);
        boolean endNow = now || StopSignal.marker(directory).request() == StopRequest.NOW; // an earlier one still holds
        out.println((changed ? "" : "already asked: ") + new StatusReport(directory, status, time).stopping(endNow));
        if (status.liveness(time) == Liveness.STALE) {
            out.println(
                    "but nothing was heard of process " + status.run().runner().pid() + " on "
                            + status.run().runner().host() + " since "
                            + Phrases.moment(status.run().updatedAt()));
            return ExitCode.OK;
        }
        out.flush();
        if (wait) {
            awaitEnd(run, status.run().id());
        }
        return ExitCode.OK;
    }

    private boolean ask(RunDirectory directory) throws IOException {
        try {
            return StopSignal.marker(directory).set(now ? StopRequest.NOW : StopRequest.DRAIN);
        } catch (IOException e) {
            throw new OutputFailedException(RunFiles.stopMarker(directory), e);
        }
    }

    private void awaitEnd(RecordedRun run, String runId) throws IOException, InterruptedException {
        while (true) {
            Optional<RunStatus> status = run.status();
            Instant time = now();
            if (status.isEmpty()
                    || !status.get().run().id().equals(runId)
                    || status.get().state().isFinal()
                    || status.get().isInterrupted(time)) {
                out().println(status.map(last -> last.isInterrupted(time)
                                ? "the run was interrupted"
                                : "the run has ended: " + last.state().word())
                        .orElse("the run has ended"));
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
