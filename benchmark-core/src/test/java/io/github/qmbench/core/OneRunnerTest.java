package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.internal.LockHolder;
import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.RunLock;
import io.github.qmbench.core.store.JournalRepair;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneRunnerTest {

    @TempDir
    Path path;

    private final CalculationMatrix matrix =
            CalculationMatrix.builder().subjects("a", "b").build();

    @Test
    void secondRunInOneProcessIsRefusedAndChangesNothing() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Path link = Files.createSymbolicLink(path.resolve("link"), Files.createDirectory(path.resolve("results")));
        CalculationBackend backend = (calculation, context) -> {
            if (calls.incrementAndGet() == 1) {
                StopSignal.marker(path.resolve("results/STOP")).set(StopRequest.DRAIN);
                for (Path same : new Path[] {path.resolve("results"), link}) {
                    assertThatThrownBy(() -> BenchmarkRunner.builder(same, matrix, (c, x) -> null)
                                    .resume(false)
                                    .build()
                                    .run())
                            .isInstanceOf(RunDirectoryHeldException.class)
                            .hasMessageContaining(
                                    "process " + ProcessHandle.current().pid() + " on ");
                }
                assertThat(path.resolve("results/STOP")).exists();
            }
            return CalculationOutcome.complete(Map.of());
        };

        RunOutcome first = BenchmarkRunner.builder(path.resolve("results"), matrix, backend)
                .build()
                .run();

        assertThat(first.results().status().progress().failed())
                .as(() -> first.results().status().failures().toString())
                .isZero();
        assertThat(first.state()).isEqualTo(RunState.STOPPED);
        assertThat(calls).hasValue(1);
    }

    @Test
    void refusedRunInOneProcessDoesNotUnlockTheDirectoryForOthers() throws Exception {
        assumeThat(Path.of("/proc/locks")).isReadable();
        RunDirectory directory = RunDirectory.of(path);
        RunnerIdentity self = RunnerIdentity.ofThisProcess();
        try (RunLock lock = RunLock.take(directory, self, Instant.EPOCH)) {
            assertThat(isLockedInTheSystem(RunFiles.lock(directory))).isTrue();
            assertThatThrownBy(() -> RunLock.take(directory, self, Instant.EPOCH))
                    .isInstanceOf(RunDirectoryHeldException.class);
            assertThat(isLockedInTheSystem(RunFiles.lock(directory))).isTrue();
        }
        assertThat(isLockedInTheSystem(RunFiles.lock(directory))).isFalse();
        RunLock.take(directory, self, Instant.EPOCH).close();
    }

    private static boolean isLockedInTheSystem(Path file) throws IOException {
        return isLocked(file, ProcessHandle.current().pid());
    }

    /** Whether a process holds the lock of the operating system on a file; false when there is no such file. */
    static boolean isLocked(Path file, long pid) throws IOException {
        if (Files.notExists(file)) {
            return false;
        }
        String inode = Files.getAttribute(file, "unix:ino").toString();
        return Files.readString(Path.of("/proc/locks"))
                .lines()
                .anyMatch(line -> line.contains(" " + pid + " ") && line.contains(":" + inode + " "));
    }

    @Test
    void lockFileThatIsSymbolicLinkIsRefusedAndItsTargetKept() throws Exception {
        RunDirectory directory = RunDirectory.of(Files.createDirectory(path.resolve("results")));
        Path precious = Files.writeString(path.resolve("precious"), "text");
        Files.createSymbolicLink(RunFiles.lock(directory), precious);

        assertThatThrownBy(() -> RunLock.take(directory, RunnerIdentity.ofThisProcess(), Instant.EPOCH))
                .hasMessageContaining("run.lock: it is a symbolic link, not a regular file");

        assertThat(precious).hasContent("text");
    }

    @Test
    void repairIsRefusedWhileRunGoesOn() throws Exception {
        RunDirectory directory = RunDirectory.of(path);
        try (RunLock lock = RunLock.take(directory, RunnerIdentity.ofThisProcess(), Instant.EPOCH)) {
            assertThatThrownBy(() -> JournalRepair.repair(directory)).isInstanceOf(RunDirectoryHeldException.class);
        }
    }

    @Test
    void directoryIsToldFromItsCopiesAndFromWhatTookItsPlace() throws Exception {
        RunDirectory directory = RunDirectory.of(path);
        RunnerIdentity self = RunnerIdentity.ofThisProcess();
        RunnerIdentity earlier = new RunnerIdentity(1, "0", self.host(), "earlier boot");
        String inode = Files.getAttribute(path, "unix:ino").toString();
        String key = LockHolder.keyOf(path).toString();
        String here = path.toRealPath().toString();

        assertThat(holder(self, key, "/moved").isAt(directory)).isTrue();
        assertThat(holder(self, "(dev=ffff,ino=" + inode + ")", here).isAt(directory))
                .as("mounted again")
                .isTrue();
        assertThat(holder(earlier, "(dev=ffff,ino=1)", here).isAt(directory))
                .as("after a reboot")
                .isTrue();
        assertThat(holder(self, "(dev=ffff,ino=1)", here).isAt(directory))
                .as("another one took its place")
                .isFalse();
        assertThat(holder(self, "(dev=ffff,ino=" + inode + ")", "/original").isAt(directory))
                .as("a copy on another disk")
                .isFalse();
        assertThat(holder(earlier, "(dev=ffff,ino=1)", "/original").isAt(directory))
                .as("a copy, after a reboot")
                .isFalse();
    }

    private static LockHolder holder(RunnerIdentity runner, String key, String path) {
        return new LockHolder(runner, Instant.EPOCH, key, path);
    }
}
