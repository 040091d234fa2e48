package io.github.qmbench.cli;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.internal.NearestMatch;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.internal.Phrases;
import io.github.qmbench.nmr.report.Dossier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
final class ShowCommand implements Callable<Integer> {

    private static final int TASKS_LISTED = 12;

    private final CommandLineSession session;

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
        this.session = Objects.requireNonNull(session, "session");
    }

    @Override
    public Integer call() throws Refusal, IOException {
        RecordedRun run = results.run();
        RunDirectory directory = run.directory();
        if (!run.isBegun()) {
            if (isShownRunning(run)) {
                return ExitCode.OK;
            }
            throw Refusal.badInput(StatusCommand.noRun(directory) + "; there is no calculation to show");
        }
        Map<Calculation, List<JournalRecord>> attempts = run.attempts(task).stream()
                .collect(Collectors.groupingBy(JournalRecord::calculation, LinkedHashMap::new, Collectors.toList()));
        if (attempts.isEmpty() && isShownRunning(run)) {
            return ExitCode.OK;
        }
        if (attempts.isEmpty()) {
            List<String> tasks = new ArrayList<>();
            run.forEachStanding(record -> tasks.add(record.calculation().taskId()));
            List<String> names = new ArrayList<>(tasks);
            tasks.forEach(id -> names.add(id.substring(0, Math.max(0, id.indexOf('/')))));
            String nearest = NearestMatch.of(task, names)
                    .map(name -> "; did you mean " + name + "? It has ")
                    .orElse("; it has ");
            throw Refusal.badInput("the journal in " + directory + " has no calculation '" + Phrases.clean(task) + "'"
                    + nearest + (tasks.isEmpty() ? "none yet" : Phrases.some(tasks, TASKS_LISTED)));
        }
        List<Object> all = new ArrayList<>();
        for (Map.Entry<Calculation, List<JournalRecord>> entry : attempts.entrySet()) {
            JournalRecord standing = run.standing(entry.getKey()).orElseThrow();
            Dossier dossier = new Dossier(directory, entry.getValue(), standing);
            if (json) {
                all.addAll(dossier.json());
            } else {
                print(dossier.lines(byHand(standing, directory.calculation(standing))));
            }
        }
        if (json) {
            session.console().out().print(Json.writePretty(all));
        }
        return ExitCode.OK;
    }

    private void print(List<String> lines) {
        lines.forEach(session.console().out()::println);
    }

    /** Shows what is known of a calculation that is running for the first time; returns whether there is one. */
    private boolean isShownRunning(RecordedRun run) throws IOException {
        Instant now = session.clock().instant();
        List<RunStatus.TaskUnderWay> running = run.status().stream()
                .filter(status -> !status.isInterrupted(now))
                .flatMap(status -> status.running().stream())
                .filter(one -> one.calculation().taskId().equals(task)
                        || one.calculation().subject().equals(task))
                .toList();
        if (!json) {
            running.forEach(one -> print(Dossier.running(one, run.directory(), now)));
        } else if (!running.isEmpty()) {
            session.console().out().print(Json.writePretty(List.of()));
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
