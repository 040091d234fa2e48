package io.github.qmbench.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.harness.FakeControl;
import io.github.qmbench.core.internal.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are to be ended while something else goes wrong: each is cancelled as soon as it has started. */
@Timeout(60)
class LocalProcessLauncherTest {

    @TempDir
    Path path;

    private final String tag = UUID.randomUUID().toString();

    private final FakeControl cancelled = new FakeControl();

    @BeforeEach
    void cancels() {
        cancelled.cancellation().cancel();
    }

    @BeforeEach
    void needsProcessTable() {
        assumeThat(ProcessTable.isComplete()).as("there is a /proc").isTrue();
    }

    private List<ProcessTable.Entry> left() {
        return ProcessTable.find(entry -> ProcessTable.environmentHolds(entry.pid(), "QMBENCH_TEST_TAG=" + tag));
    }

    @AfterEach
    void endWhatIsLeft() {
        left().forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** A program that SIGTERM does not end. */
    private ProcessRequest program() {
        return ProcessRequest.builder(path, List.of("sh", "-c", "trap '' TERM; exec sleep 300"))
                .environment("QMBENCH_TEST_TAG", tag)
                .grace(Duration.ofMillis(100))
                .build();
    }

    @Test
    void programThatCannotBeMeasuredIsEnded() throws IOException {
        Path proc = Files.createDirectories(path.resolve("proc"));
        Files.writeString(Files.createDirectory(proc.resolve("17")).resolve("stat"), "17 (damaged) ?");
        UsageWatch watch = new UsageWatch(proc, path.resolve("cgroups"), () -> 0, new ProcUnits(100, 1000));
        ProcessLauncher launcher = new LocalProcessLauncher(
                process -> Optional.of(watch.begin(process.pid(), () -> !process.isAlive())), ProcessTable::find);

        assertThatThrownBy(() -> launcher.launch(program(), cancelled)).isInstanceOf(RuntimeException.class);
        assertThat(left()).isEmpty();
    }

    @Test
    void programOfWhichTheMeasuringCannotBeginIsEnded() {
        ProcessLauncher launcher = new LocalProcessLauncher(
                process -> {
                    throw new OutOfMemoryError("while it looked");
                },
                ProcessTable::find);

        assertThatThrownBy(() -> launcher.launch(program(), cancelled)).hasMessage("while it looked");
        assertThat(left()).isEmpty();
    }

    @Test
    void firstProcessIsEndedWhenTheOthersCannotBeListed() {
        ProcessLauncher launcher = new LocalProcessLauncher(process -> Optional.empty(), test -> {
            throw new IllegalStateException("cannot list /proc");
        });

        assertThatThrownBy(() -> launcher.launch(program(), cancelled)).hasMessage("cannot list /proc");
        while (!left().isEmpty()) {
            Thread.onSpinWait(); // until it has ended; the time limit of the test ends it otherwise
        }
    }

    @Test
    void listThatFailsForAMomentIsAskedForAgain() {
        AtomicInteger looks = new AtomicInteger();
        ProcessLauncher launcher = new LocalProcessLauncher(process -> Optional.empty(), test -> {
            if (looks.incrementAndGet() <= 2) {
                throw new IllegalStateException("cannot list /proc");
            }
            return ProcessTable.find(test);
        });

        assertThatThrownBy(() -> launcher.launch(program(), cancelled)).isInstanceOf(InterruptedException.class);
        assertThat(left()).isEmpty();
    }
}
