package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes the journal while a run writes it: the run ends as failed, says why, and counts nothing more. */
@Timeout(60)
class JournalAttacksTest {

    @TempDir
    Path path;

    private final CalculationMatrix matrix = CalculationMatrix.builder()
            .subjects("a", "b", "c", "d", "e", "f", "g", "h")
            .build();

    /** What is done to the journal between the third record and the fourth. */
    interface Attack {
        void on(Path journal) throws IOException;
    }

    private void assertRunFails(Attack attack, String reason) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        RunOutcome outcome = BenchmarkRunner.builder(path, matrix, (calculation, context) -> {
                    if (calls.incrementAndGet() == 4) {
                        attack.on(path.resolve("progress.jsonl"));
                    }
                    return CalculationOutcome.complete(Map.of());
                })
                .build()
                .run();

        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome.results().status().run().reason().orElseThrow()).contains(reason);
        assertThat(outcome.results().status().progress().completed()).isEqualTo(3);
        assertThat(calls).hasValue(4);
    }

    @Test
    void emptied() throws Exception {
        assertRunFails(journal -> Files.write(journal, new byte[0]), "another program cut it");
    }

    @Test
    void replacedByCopyOfItself() throws Exception {
        assertRunFails(
                journal ->
                        Files.move(Files.copy(journal, path.resolve("copy")), journal, StandardCopyOption.ATOMIC_MOVE),
                "was replaced by another file");
    }

    @Test
    void writtenByAnotherProgram() throws Exception {
        assertRunFails(
                journal -> Files.writeString(journal, "x", StandardOpenOption.APPEND), "another program wrote into it");
    }

    @Test
    void deleted() throws Exception {
        assertRunFails(Files::delete, "was removed");
    }
}
