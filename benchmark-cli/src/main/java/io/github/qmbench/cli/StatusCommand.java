package io.github.qmbench.cli;

import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.report.StatusReport;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qmbench status}: how far a run is. */
@Command(
        name = "status",
        sortOptions = false,
        description = {
            "Show how far the run is, what is running, how long it will take, and the last failures.",
            "The exit code is 0 in any state, and when there is no run."
        })
public final class StatusCommand extends SessionCommand {

    @Mixin
    private ResultsOption results;

    @Option(names = "--json", description = "Print status.json with the field liveness: alive, dead, unknown or stale")
    private boolean json;

    StatusCommand(CommandLineSession session) {
        super(session);
    }

    @Override
    public Integer call() throws Refusal, IOException {
        RecordedRun run = results.run();
        if (json) {
            out().print(Json.writePretty(toJson(run, now())));
            return ExitCode.OK;
        }
        Optional<RunStatus> status = run.status();
        if (status.isPresent()) {
            print(new StatusReport(run.directory(), status.get(), now()).lines());
        } else {
            String next = run.isBegun() ? "; see them with: " : "; start one with: ";
            out().println(noRun(run.directory()) + next + results.hint(session, run.isBegun() ? "summary" : "run"));
        }
        return ExitCode.OK;
    }

    /** Prints the status of a directory, of the default one if none is named; when this throws, it has printed nothing. */
    public static void print(CommandLineSession session, Optional<String> directory, boolean json)
            throws Refusal, IOException {
        StatusCommand command = new StatusCommand(session);
        command.results = ResultsOption.of(directory.orElse(ResultsOption.DEFAULT));
        command.json = json;
        command.call();
    }

    /** The words for a directory without a status. */
    static String noRun(RunDirectory directory) {
        return RecordedRun.open(directory).isBegun()
                ? "no status.json in " + directory + ", only results"
                : "no run in " + directory;
    }

    private static Map<String, Object> toJson(RecordedRun run, Instant now) throws IOException {
        Optional<Map<String, Object>> status = run.statusFields(now);
        if (status.isPresent()) {
            return status.get();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", null);
        json.put("liveness", null);
        json.put("message", noRun(run.directory()));
        return json;
    }
}
