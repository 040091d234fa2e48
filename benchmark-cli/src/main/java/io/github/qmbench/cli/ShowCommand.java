package io.github.qmbench.cli;

import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.nmr.report.Dossier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qmbench show}: all that is known of one calculation. */
@Command(
        name = "show",
        sortOptions = false,
        description = "Show the dossier of one calculation: attempts, times, failures with their evidence, files,"
                + " and how to repeat it by hand.")
final class ShowCommand extends SessionCommand {

    @Parameters(
            paramLabel = "TASK",
            description = "The calculation, as status and failures name it:"
                    + " compound_12/WP04_CHCl3; or a molecule, for all of its calculations")
    private String task;

    @Mixin
    private ResultsOption results;

    @Option(names = "--json", description = "Print the attempts as a JSON array")
    private boolean json;

    ShowCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException {
        RecordedRun run = results.run();
        List<Dossier> dossiers = run.isBegun() ? Dossier.of(run, task) : List.of();
        if (dossiers.isEmpty()) {
            if (isShownRunning(run)) {
                return ExitCode.OK;
            }
            throw Refusal.badInput(
                    run.isBegun()
                            ? Dossier.missing(run, task)
                            : StatusCommand.noRun(run.directory()) + "; there is no calculation to show");
        }
        if (json) {
            out().print(Json.writePretty(dossiers.stream()
                    .flatMap(dossier -> dossier.json().stream())
                    .toList()));
        } else {
            dossiers.forEach(dossier ->
                    print(dossier.lines(record -> byHand(record, run.directory().calculation(record)))));
        }
        return ExitCode.OK;
    }

    /** Shows what is known of a calculation that is running for the first time; returns whether there is one. */
    private boolean isShownRunning(RecordedRun run) throws IOException {
        Instant now = now();
        List<RunStatus.TaskUnderWay> running = run.status().stream()
                .filter(status -> !status.isInterrupted(now))
                .flatMap(status -> status.running().stream())
                .filter(one -> one.calculation().taskId().equals(task)
                        || one.calculation().subject().equals(task))
                .toList();
        if (!json) {
            running.forEach(one -> print(Dossier.running(one, run.directory(), now)));
        } else if (!running.isEmpty()) {
            out().print(Json.writePretty(List.of()));
        }
        return !running.isEmpty();
    }

    /** The commands of the backend that knows the files; what was recorded is shown also where no plug-in can be loaded. */
    private List<List<String>> byHand(JournalRecord record, Path files) {
        try {
            return session.backends().all().values().stream()
                    .flatMap(provider -> provider.byHand(record, files).stream())
                    .toList();
        } catch (Refusal e) {
            return List.of();
        }
    }
}
