package io.github.qmbench.cli;

import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.analysis.AnalyzedRun;
import io.github.qmbench.nmr.report.ReportWriter;
import io.github.qmbench.nmr.report.RunOverview;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
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
        description = "Write the run and what came of it as one HTML page that needs no network.")
final class ReportCommand implements Callable<Integer> {

    private static final String FILE = "report.html";

    private final CommandLineSession session;

    @Mixin
    private AnalysisOptions options;

    @Mixin
    private ResultsOption results;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The page; default: " + FILE + " in the run directory")
    private @Nullable String output;

    @Option(names = "--watch", description = "Write the page anew every few seconds until the run has ended")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How often with --watch; default: ${DEFAULT-VALUE}")
    private int every = 10;

    ReportCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException, InterruptedException {
        if (every < 1) {
            throw Refusal.badInput("--every must be at least 1 second but was " + every);
        }
        RunDirectory directory = results.directory();
        Path file = output(directory);
        boolean running = write(session, RecordedRun.open(directory), file);
        session.console().err().println("written: " + file);
        while (watch && running) {
            TimeUnit.SECONDS.sleep(every);
            running = write(session, RecordedRun.open(directory), file);
        }
        return ExitCode.OK;
    }

    /** Writes the page, and returns whether the run goes on. */
    private boolean write(CommandLineSession session, RecordedRun recorded, Path file) throws Refusal, IOException {
        Optional<RunStatus> status = recorded.status();
        AnalyzedRun run = options.analyze(recorded);
        if (status.isEmpty() && recorded.size() == 0) {
            throw Refusal.badInput(StatusCommand.noRun(recorded.directory()));
        }
        Instant now = session.clock().instant();
        RunOverview overview = RunOverview.of(run.title(), recorded, now, run.matrix());
        ReportWriter.write(file, overview, run.analysis(), run.comparisons());
        return status.isPresent()
                && !status.get().state().isFinal()
                && !status.get().isInterrupted(now);
    }

    private Path output(RunDirectory directory) throws Refusal {
        try {
            return output == null ? directory.path().resolve(FILE) : Path.of(output);
        } catch (InvalidPathException e) {
            throw Refusal.badInput("--output: '" + output + "' is no path");
        }
    }
}
