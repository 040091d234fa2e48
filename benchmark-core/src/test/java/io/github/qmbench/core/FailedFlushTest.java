package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.internal.Storage;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a flush that failed the system shows bytes that may not be on the disk, and reports the next flush as done. */
class FailedFlushTest {

    @TempDir
    Path path;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a", "b", "c", "d").build();
    private final List<String> calculated = new ArrayList<>();
    private final List<String> toTheDisk = new ArrayList<>();
    private int flushesUntilFault;

    /** A disk of which one flush of the journal fails. */
    private final Storage disk = new QuickStorage() {
        @Override
        public AppendFile open(Path file) throws IOException {
            AppendFile opened = super.open(file);
            return (AppendFile) java.lang.reflect.Proxy.newProxyInstance(
                    AppendFile.class.getClassLoader(), new Class<?>[] {AppendFile.class}, (proxy, method, args) -> {
                        if (method.getName().equals("force") && flushesUntilFault-- == 0) {
                            throw new IOException("Input/output error");
                        }
                        return method.invoke(opened, args);
                    });
        }

        @Override
        public void writeForced(Path file, Content content) throws IOException {
            super.writeForced(file, content);
            toTheDisk.add(file.getFileName().toString());
        }
    };

    private RunOutcome run() throws IOException {
        return run(true);
    }

    private RunOutcome run(boolean resume) throws IOException {
        return BenchmarkRunner.builder(path, matrix, (calculation, context) -> {
                    calculated.add(calculation.taskId());
                    return CalculationOutcome.complete(Map.of());
                })
                .storage(disk)
                .resume(resume)
                .build()
                .run();
    }

    private List<String> recorded() throws IOException {
        List<String> recorded = new ArrayList<>();
        RunJournal.read(
                RunDirectory.of(path),
                record -> recorded.add(record.calculation().taskId()));
        return recorded;
    }

    @Test
    void recordIsWrittenAgainBeforeItCounts() throws Exception {
        flushesUntilFault = 2; // the first is that of the opening
        RunOutcome first = run();
        assertThat(first.state()).isEqualTo(RunState.FAILED);
        assertThat(first.results().status().progress().completed()).isEqualTo(1);
        assertThat(path.resolve(".progress.jsonl.unsafe")).exists();
        assertThat(toTheDisk).doesNotContain(".progress.jsonl.next");

        RunOutcome second = run();

        assertThat(second.isWhole()).isTrue();
        assertThat(calculated).containsExactly("a", "b", "c", "d");
        assertThat(toTheDisk).containsOnlyOnce(".progress.jsonl.next");
        assertThat(path.resolve(".progress.jsonl.unsafe")).doesNotExist();
        assertThat(recorded()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void runFromScratchLeavesTheJournalWithTheFailedFlushBehind() throws Exception {
        flushesUntilFault = 2;
        assertThat(run().state()).isEqualTo(RunState.FAILED);
        assertThat(path.resolve(".progress.jsonl.unsafe")).exists();

        RunOutcome fresh = run(false);

        assertThat(fresh.isWhole()).isTrue();
        assertThat(path.resolve(".progress.jsonl.unsafe")).doesNotExist();
        assertThat(path.resolve("progress-1.jsonl")).exists();
        assertThat(toTheDisk).doesNotContain(".progress.jsonl.next");
        assertThat(recorded()).containsExactly("a", "b", "c", "d");
        assertThat(run().isWhole()).isTrue();
    }

    @Test
    void flushThatFailsWhenTheRunBeginsIsRememberedAsWell() throws Exception {
        flushesUntilFault = -1;
        run();
        flushesUntilFault = 0;
        assertThatThrownBy(this::run).hasMessageContaining("Input/output error");
        assertThat(path.resolve(".progress.jsonl.unsafe")).exists();

        assertThat(run().isWhole()).isTrue();
        assertThat(toTheDisk).containsOnlyOnce(".progress.jsonl.next");
        assertThat(Files.exists(path.resolve(".progress.jsonl.unsafe"))).isFalse();
    }
}
