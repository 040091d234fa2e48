package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Durability;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import io.github.qmbench.core.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStoreTest {

    private static final Instant THEN = Instant.parse("2026-11-30T08:00:00Z");
    private static final RunJournal.Extent EMPTY = new RunJournal.Extent(0, 0, 0);

    @TempDir
    Path path;

    private RunDirectory directory;
    private RunLock lock;
    private String fault = "";

    /** A disk that takes nothing for the journal while it has a fault. */
    private final Storage disk = new QuickStorage() {
        @Override
        public AppendFile open(Path file) throws IOException {
            AppendFile opened = OpenFile.open(file);
            return (AppendFile) java.lang.reflect.Proxy.newProxyInstance(
                    AppendFile.class.getClassLoader(), new Class<?>[] {AppendFile.class}, (proxy, method, args) -> {
                        boolean isFull = fault.contains("space") && Files.exists(RunFiles.reserve(directory));
                        if (method.getName().equals("append")
                                && (isFull || !fault.isEmpty() && !fault.contains("space"))) {
                            throw new IOException(fault);
                        }
                        try {
                            return method.invoke(opened, args);
                        } catch (java.lang.reflect.InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    };

    @BeforeEach
    void lock() throws IOException {
        directory = RunDirectory.of(path);
        lock = RunLock.take(directory, RunnerIdentity.ofThisProcess(), THEN);
    }

    @AfterEach
    void unlock() throws IOException {
        lock.close();
    }

    private RunStore open() throws IOException {
        return RunStore.open(
                directory, lock, new RunStore.Options(disk, Durability.FORCED, false, 0), EMPTY, List.of());
    }

    /** A directory stands where the log of attempts or the reserve should be. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreThatCannotBeOpenedHoldsNoFileOpen(boolean attempts) throws IOException {
        Path inTheWay = attempts ? RunFiles.attempts(directory) : RunFiles.reserve(directory);
        Files.createDirectories(inTheWay.resolve("full"));

        assertThatThrownBy(this::open).isInstanceOf(IOException.class);

        if (OS.LINUX.isCurrentOs()) {
            assertThat(OpenFiles.in(path)).allMatch(name -> name.endsWith(".lock"), "the lock");
        }
        assertThat(inTheWay).isNotEmptyDirectory();
    }

    private static JournalRecord record(String subject) {
        return JournalRecord.of(
                Calculation.of(subject, Map.of()),
                Attempt.of(1, "run", THEN, THEN, Duration.ZERO),
                CalculationOutcome.complete(Map.of()),
                Fingerprint.EMPTY);
    }

    @Test
    void theLastRecordGoesIntoTheReserveOfAFullDiskAndTheNextOneIsRefused() throws IOException {
        try (RunStore store = open()) {
            RunStore.Recorded first = store.record(record("a"));
            assertThat(first.intoReserve()).isFalse();
            Path other = Files.writeString(path.resolve("other"), "of another run"); // whose key is never that of ours
            fault = "No space left on device";
            RunStore.Recorded second = store.record(record("b"));

            assertThat(second.intoReserve()).isTrue();
            assertThat(second.offset()).isGreaterThan(first.offset());
            assertThat(RunFiles.reserve(directory)).doesNotExist();
            assertThat(RecordedRun.open(directory).size()).isEqualTo(2);

            Files.move(other, RunFiles.reserve(directory));
            assertThatThrownBy(() -> store.record(record("c"))).hasMessage(fault);
            assertThat(RunFiles.reserve(directory)).hasContent("of another run");
        }
    }

    @Test
    void anotherFaultLeavesTheReserveAlone() throws IOException {
        try (RunStore store = open()) {
            fault = "Input/output error";
            assertThatThrownBy(() -> store.record(record("a"))).hasMessage(fault);
            assertThat(RunFiles.reserve(directory)).exists();
        }
        assertThat(RunFiles.reserve(directory)).doesNotExist();
    }

    @Test
    void aDescriptionIsWhatAReaderReads() throws IOException {
        CalculationMatrix matrix =
                CalculationMatrix.builder().subjects("a", "b").build();
        try (RunStore store = open()) {
            store.describe(new RunDescription(THEN, "nwchem", Map.of(), Map.of("basis", "3-21G"), matrix));
        }
        RunDescription read = RecordedRun.open(directory).description().orElseThrow();
        assertThat(read.settings()).isEqualTo(Map.of("basis", "3-21G"));
        assertThat(read.matrix().subjects()).containsExactly("a", "b");
    }

    @Test
    void aJournalThatSomebodyWroteIntoIsFoundAtTheNextLook() throws IOException {
        try (RunStore store = open()) {
            store.record(record("a"));
            store.keep();
            Files.writeString(RunFiles.journal(directory), Files.readString(RunFiles.journal(directory)) + "{}\n");
            assertThatThrownBy(store::keep).hasMessageContaining("another program wrote into it");
            assertThatThrownBy(() -> store.record(record("b"))).hasMessageContaining("is not trusted");
        }
    }

    @Test
    void aLookMakesALockFileAgainAndADirectoryThatIsLostTakesNothing() throws IOException {
        try (RunStore store = open()) {
            store.requireHeld();
            Files.delete(RunFiles.lock(directory));
            store.keep();
            assertThat(RunFiles.lock(directory)).exists();

            Files.delete(RunFiles.lock(directory));
            Files.delete(RunFiles.secondLock(directory));
            assertThatThrownBy(store::requireHeld).isInstanceOf(RunDirectoryUnusableException.class);
            assertThatThrownBy(store::keep).isInstanceOf(RunDirectoryUnusableException.class);
        }
    }
}
