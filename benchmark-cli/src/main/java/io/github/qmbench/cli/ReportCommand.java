package io.github.qmbench.cli;

import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import io.github.qmbench.nmr.report.ReportWriter;
import io.github.qmbench.nmr.report.RunOverview;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench report}: the run and its results as one HTML page. */
@Command(
        name = "report",
        sortOptions = false,
        description = "Write the run and its results as one HTML page that needs no network.")
final class ReportCommand implements Callable<Integer> {

    private static final String FILE = "report.html";

    private final CommandLineSession session;

    @Mixin
    private AnalysisOptions options;

    @Mixin
    private RunDirectoriesOption results;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The page; default: " + FILE + " in the run directory; required with several")
    private @Nullable String output;

    @Option(names = "--watch", description = "Write the page again every few seconds until the run has ended")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Seconds from one page to the next with --watch; default: ${DEFAULT-VALUE}")
    private int every = 10;

    ReportCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        if (every < 1) {
            throw Refusal.badInput("--every: '" + every + "' is not a valid number; use a whole number of at least 1");
        }
        Path file = results.output(output, FILE);
        boolean running = write(session, results.runs(), file);
        session.console().err().println("written: " + file);
        while (watch && running) {
            TimeUnit.SECONDS.sleep(every);
            running = write(session, results.runs(), file);
        }
        return ExitCode.OK;
    }

    /** Writes the page, and returns whether one of the runs goes on. */
    private boolean write(CommandLineSession session, List<RecordedRun> recorded, Path file)
            throws Refusal, IOException {
        AnalyzedRun analyzed = options.analyze(recorded);
        Instant now = session.clock().instant();
        boolean running = false;
        Map<String, RunOverview> overviews = new LinkedHashMap<>();
        Map<RecordedRun, String> names = RunDirectoriesOption.shortNames(recorded);
        for (int i = 0; i < recorded.size(); i++) {
            RecordedRun run = recorded.get(i);
            Optional<RunStatus> status = run.status();
            if (status.isEmpty() && run.size() == 0) {
                throw Refusal.badInput(StatusCommand.noRun(run.directory()));
            }
            overviews.put(
                    names.get(run),
                    RunOverview.of(
                            analyzed.title(), run, now, analyzed.matrices().get(i)));
            running |= status.isPresent()
                    && !status.get().state().isFinal()
                    && !status.get().isInterrupted(now);
        }
        ReportWriter.write(
                file, RunOverview.together(analyzed.title(), overviews), analyzed.analysis(), analyzed.comparisons());
        return running;
    }
}
