package io.github.qmbench.cli;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.RunDirectory;
import io.github.qmbench.core.RunState;
import io.github.qmbench.core.RunStatus;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.StatusWriter;
import io.github.qmbench.core.TimeLeft;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the commonest questions once, about a run that never was: {@code bin/qmbench} lets Java keep the classes that
 * this needs in an archive, from which they load many times quicker.
 */
public final class Training {

    private Training() {}

    /** Answers, prints nothing, and leaves nothing behind. */
    public static void main(String[] args) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Session session = new Session(
                new Console(nowhere, nowhere, false, false, false, 80),
                Map.of(),
                InstantSource.system(),
                Backends.installed(),
                false);
        RunDirectory directory = RunDirectory.of(Files.createTempDirectory("qmbench-training"));
        try {
            new StatusWriter(directory.status()).write(status());
            String place = directory.path().toString();
            for (String[] question : new String[][] {
                {"--help"}, {"status"}, {"status", "--results", place}, {"status", "--json", "--results", place}
            }) {
                Shortcut.answer(session, question);
                Qmbench.execute(session, question);
            }
        } finally {
            Files.deleteIfExists(directory.status());
            Files.delete(directory.path());
        }
    }

    private static RunStatus status() {
        Instant now = Instant.now();
        Calculation calculation = Calculation.of("compound_01", Map.of("functional", "WP04"));
        return new RunStatus(
                new RunStatus.Run(
                        "training",
                        now,
                        now,
                        RunState.RUNNING,
                        Optional.empty(),
                        RunnerIdentity.ofThisProcess(),
                        Duration.ofSeconds(10)),
                new RunStatus.Progress(10, 1, 1, 1, 1),
                List.of(new RunStatus.TaskUnderWay(calculation, 1, now, Optional.of("remark"))),
                List.of(new RunStatus.FailedTask(calculation, "scf", "does not converge", now)),
                new TimeLeft(Optional.of(Duration.ofHours(3)), Optional.of(Duration.ofMinutes(2))));
    }
}
