package io.github.qmbench.cli;

import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.StatusReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code qmbench watch}: the status, over and over, until the run has ended. */
@Command(
        name = "watch",
        description = {
            "Show the status and keep it up to date until the run has ended.",
            "Ctrl-C ends the watching, not the run."
        })
final class WatchCommand implements Callable<Integer> {

    private static final long REFRESH_MILLIS = 1000;
    private static final String ERASE_TO_END = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";

    @ParentCommand
    private Qmbench root;

    @Mixin
    private ResultsOption results;

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        Console console = root.session().console();
        RunDirectory directory = results.directory();
        boolean redraw = console.outIsTerminal() && console.errIsTerminal();
        List<String> shown = List.of();
        String lastProgress = "";
        while (true) {
            Instant now = root.session().clock().instant();
            Optional<RunStatus> status = new StatusReader(directory).read();
            List<String> lines = status.map(present -> new StatusReport(directory, present, now).lines())
                    .orElse(List.of(StatusCommand.noRun(directory)));
            boolean over = status.isEmpty()
                    || status.get().state().isFinal()
                    || status.get().isInterrupted(now);
            if (redraw) {
                redraw(console, shown.size(), lines);
                shown = lines;
            } else {
                String progress = over ? "" : brief(status.get());
                if (over) {
                    lines.forEach(console.out()::println);
                } else if (!progress.equals(lastProgress)) {
                    console.out().println(progress);
                    lastProgress = progress;
                }
                console.out().flush();
            }
            if (over) {
                return ExitCode.OK;
            }
            Thread.sleep(REFRESH_MILLIS);
        }
    }

    /** Writes over the lines of the last time; each is cut to one line of the terminal, or the count would be wrong. */
    private static void redraw(Console console, int linesBefore, List<String> lines) {
        PrintStream out = console.out();
        StringBuilder text = new StringBuilder();
        if (linesBefore > 0) {
            text.append("\u001b[").append(linesBefore).append('A');
        }
        for (String line : cut(lines, console.columns())) {
            text.append('\r').append(line).append(ERASE_TO_END).append('\n');
        }
        out.print(text.append(ERASE_BELOW));
        out.flush();
    }

    private static List<String> cut(List<String> lines, int columns) {
        List<String> cut = new ArrayList<>();
        lines.forEach(line -> cut.add(line.length() < columns ? line : line.substring(0, columns - 1)));
        return cut;
    }

    private static String brief(RunStatus status) {
        RunStatus.Progress progress = status.progress();
        return progress.completed() + " of " + progress.total() + " done"
                + (progress.failed() > 0 ? ", " + progress.failed() + " failed" : "")
                + status.timeLeft()
                        .remaining()
                        .map(left -> ", " + Words.about(left) + " left")
                        .orElse("");
    }
}
