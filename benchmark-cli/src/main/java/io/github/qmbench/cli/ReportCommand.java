package io.github.qmbench.cli;

import io.github.qmbench.core.RunState;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import io.github.qmbench.nmr.report.ReportWriter;
import io.github.qmbench.nmr.report.RunOverview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
final class ReportCommand extends SessionCommand {

    private static final String FILE = "report.html";

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
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        if (every < 1) {
            throw Refusal.badInput("--every: '" + every + "' is not a valid number; use a whole number of at least 1");
        }
        Path file = results.output(output, FILE);
        boolean running = write(file);
        written(file);
        while (watch && running) {
            TimeUnit.SECONDS.sleep(every);
            running = write(file);
        }
        return ExitCode.OK;
    }

    /** Writes the page, and returns whether one of the runs is running. */
    private boolean write(Path file) throws Refusal, IOException {
        List<RecordedRun> recorded = results.runs();
        AnalyzedRun analyzed = options.analyze(recorded);
        RunOverview overview;
        try {
            overview = RunOverview.of(analyzed, recorded, now());
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(e);
        }
        ReportWriter.write(file, overview, analyzed.analysis(), analyzed.comparisons());
        return overview.state().equals(RunState.RUNNING.word());
    }
}
