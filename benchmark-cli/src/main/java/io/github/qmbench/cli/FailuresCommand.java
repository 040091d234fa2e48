package io.github.qmbench.cli;

import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.internal.ShellWord;
import io.github.qmbench.nmr.report.FailureReport;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qmbench failures}: what failed, grouped, and what it shares. */
@Command(
        name = "failures",
        description = "Show the calculations whose last attempt failed, grouped by kind, and what they have in common.")
final class FailuresCommand extends SessionCommand {

    @Mixin
    private ResultsOption results;

    FailuresCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException {
        PrintStream out = out();
        RecordedRun run = results.run();
        if (!run.isBegun()) {
            out.println(StatusCommand.noRun(run.directory()));
            return ExitCode.OK;
        }
        FailureReport report = new FailureReport(run.failures());
        if (report.isEmpty()) {
            out.println("nothing failed in " + run.directory());
        } else {
            report.lines().forEach(out::println);
            out.println("inspect one with: " + results.hint(session, "show " + ShellWord.quote(report.example())));
        }
        return ExitCode.OK;
    }
}
