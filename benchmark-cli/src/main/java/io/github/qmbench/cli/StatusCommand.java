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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
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
public final class StatusCommand implements Callable<Integer> {

    private final CommandLineSession session;

    @Mixin
    private ResultsOption results;

    @Option(names = "--json", description = "Print status.json with the field liveness: alive, dead, unknown or stale")
    private boolean json;

    StatusCommand(CommandLineSession session) {
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException {
        print(session, results, json);
        return ExitCode.OK;
    }

    /** Prints the status of a directory, of the default one if none is named; when this throws, it has printed nothing. */
    public static void print(CommandLineSession session, Optional<String> directory, boolean json)
            throws Refusal, IOException {
        ResultsOption results = new ResultsOption();
        directory.ifPresent(named -> results.directory = named);
        print(session, results, json);
    }

    /** Prints the status of a run, or that there is none; when this throws, it has printed nothing. */
    static void print(CommandLineSession session, ResultsOption results, boolean json) throws Refusal, IOException {
        RecordedRun run = results.run();
        RunDirectory directory = run.directory();
        Instant now = session.clock().instant();
        if (json) {
            session.console().out().print(Json.writePretty(toJson(run, now)));
            return;
        }
        Optional<RunStatus> status = run.status();
        if (status.isPresent()) {
            new StatusReport(directory, status.get(), now)
                    .lines()
                    .forEach(session.console().out()::println);
        } else {
            session.console().out().println(noRun(directory) + "; start one with: " + results.hint(session, "run"));
        }
    }

    /** The words for a directory without a status. */
    static String noRun(RunDirectory directory) {
        return "no run in " + directory;
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
