package io.github.qmbench.cli.start;

import io.github.qmbench.cli.CommandLineSession;
import io.github.qmbench.cli.Qmbench;
import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.TimeLeft;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.StatusWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A training run for class archives: it answers the most frequent questions once, about a made-up run. {@code
 * bin/qmbench} lets Java keep the classes that this needs in an archive, from which they load many times faster. It
 * avoids what the answers themselves do not need, for each class in an archive takes its time at every start.
 */
public final class ClassArchiveTraining {

    private ClassArchiveTraining() {}

    /**
     * Gives the answers without printing them, and leaves a status in a directory.
     *
     * @param args the directory, and which archive this is for: {@code short} or {@code long}, with what other commands need
     */
    public static void main(String[] args) throws IOException {
        String place = args[0];
        Objects.requireNonNull(Main.class); // the entry point, which no answer needs, belongs in the archive as well
        new StatusWriter(RunFiles.status(RunDirectory.of(Path.of(place)))).write(status());
        Console console = Console.ofProcess(System.getenv());
        CommandLineSession silent = CommandLineSession.ofProcess(new Console(
                LineStream.checked(OutputStream.nullOutputStream()), console.err(), false, false, false, 80));
        for (String[] question : new String[][] {
            {"--help"},
            {"status", "--results", place + "/none"},
            {"status", "--results", place},
            {"status", "--json", "--results", place}
        }) {
            QuickAnswers.answer(silent, question);
            if (args[1].equals("long")) {
                Qmbench.execute(silent, question);
            }
        }
    }

    private static RunStatus status() {
        Instant now = Instant.now();
        Calculation calculation = Calculation.of("compound_01", Map.of("functional", "WP04"));
        return RunStatus.of(
                RunStatus.Run.of(
                        "training",
                        now,
                        now,
                        RunState.RUNNING,
                        Optional.empty(),
                        RunnerIdentity.ofThisProcess(),
                        Duration.ofSeconds(10)),
                RunStatus.Progress.of(10, 1, 1, 1, 1),
                List.of(RunStatus.TaskUnderWay.of(calculation, 1, now, Optional.of("remark"))),
                List.of(RunStatus.FailedTask.of(calculation, "scf", "does not converge", now)),
                TimeLeft.of(Duration.ofHours(3)).withAverageCalculation(Duration.ofMinutes(2)));
    }
}
