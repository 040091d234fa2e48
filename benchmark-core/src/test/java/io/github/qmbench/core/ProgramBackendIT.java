package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs as a backend meets them: standard input, exit codes, signals, and the way they are told to end. */
@Timeout(60)
class ProgramBackendIT {

    @TempDir
    Path directory;

    private CalculationOutcome outcomeOf(String input, String... command) throws IOException {
        BenchmarkRunner.builder(
                        directory, CalculationMatrix.builder().subjects(input).build(), new ProgramBackend(command))
                .version("1")
                .resultType(ProgramBackend.Printed.class)
                .retryPolicy(RetryPolicy.never())
                .build()
                .run();
        List<CalculationOutcome> outcomes = new ArrayList<>();
        RunJournal.read(RunDirectory.of(directory), record -> outcomes.add(record.outcome()));
        return outcomes.get(0);
    }

    @Test
    void aProgramReadsItsStandardInput() throws IOException {
        CalculationOutcome outcome = outcomeOf("6 7", "awk", "{ print $1 * $2 }");

        assertThat(outcome.results(ProgramBackend.Printed.class).value()).isEqualTo(42);
    }

    @Test
    void anotherExitCodeIsAFailureWithTheEndOfTheOutput() throws IOException {
        CalculationOutcome outcome = outcomeOf("x", "sh", "-c", "seq 1 30; echo 'no basis set' >&2; exit 3");

        CalculationFailure failure = outcome.state().failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo("exit-code");
        assertThat(failure.message()).isEqualTo("the program ended with exit code 3");
        assertThat(failure.countsAgainstSubject()).isTrue();
        assertThat(failure.evidence())
                .containsEntry("exit_code", 3L)
                .containsEntry("end_of_stderr", List.of("no basis set"));
        assertThat((List<?>) failure.evidence().get("end_of_stdout"))
                .hasSize(20)
                .last()
                .isEqualTo("30");
    }

    @Test
    void aSignalFromOutsideIsTheMachinesFaultAndACrashIsNot() throws IOException {
        CalculationFailure killed =
                outcomeOf("x", "sh", "-c", "kill -KILL $$").state().failure().orElseThrow();

        assertThat(killed.kind()).isEqualTo("killed");
        assertThat(killed.countsAgainstSubject()).isFalse();
        assertThat(killed.evidence()).containsEntry("exit_code", 137L);
    }

    @Test
    void theWholeGroupIsToldToEndAndHasItsGrace() throws Exception {
        Path log = directory.resolve("log");
        // The shell waits for a child of its own; only a signal to the group reaches the child, which needs two
        // seconds.
        String child = "trap 'sleep 2; echo ended >> " + log + "; exit' TERM; echo began >> " + log
                + "; while :; do sleep 0.1; done";
        RunHandle run = BenchmarkRunner.builder(
                        directory.resolve("run"),
                        CalculationMatrix.builder().subjects("x").build(),
                        (calculation, context) -> {
                            context.launch(ProcessRequest.builder(
                                            context.directory(), List.of("sh", "-c", "sh -c \"" + child + "\"; true"))
                                    .grace(Duration.ofSeconds(20))
                                    .build());
                            return CalculationOutcome.complete(Map.of());
                        })
                .build()
                .start();
        while (!Files.exists(log)) {
            Thread.sleep(20);
        }

        run.requestStop(StopRequest.NOW);
        assertThat(run.join().state()).isEqualTo(RunState.STOPPED);

        assertThat(Files.readAllLines(log)).containsExactly("began", "ended");
    }
}
