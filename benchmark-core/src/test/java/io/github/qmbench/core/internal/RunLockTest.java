package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.RunnerIdentity;
import io.github.qmbench.core.harness.QuickStorage;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import io.github.qmbench.core.store.RunDirectoryUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    private static final Instant THEN = Instant.parse("2026-11-30T08:00:00Z");

    @TempDir
    Path path;

    private RunLock take() throws IOException {
        return take(RunDirectory.of(path));
    }

    private static RunLock take(RunDirectory directory) throws IOException {
        return RunLock.take(directory, RunnerIdentity.ofThisProcess(), THEN);
    }

    private List<Path> files() {
        RunDirectory directory = RunDirectory.of(path);
        return List.of(RunFiles.lock(directory), RunFiles.secondLock(directory));
    }

    @Test
    void eitherFileIsMadeAgainWithTheHolderWhileTheOtherIsThere() throws IOException {
        try (RunLock lock = take()) {
            String text = Files.readString(files().get(0));
            for (Path file : files()) {
                assertThat(file).content().contains("\"pid\"").isEqualTo(text);
                Files.delete(file);
                assertThat(lock.isHeld()).isTrue();
                lock.keep();
                assertThat(file).hasContent(text);
            }
            for (Path file : files()) {
                Files.delete(file);
                Files.writeString(file, "somebody else's");
                lock.keep();
                assertThat(file).hasContent(text);
            }
            lock.keep();
            lock.requireHeld();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLockFileThatWasDeletedIsNotHeldOpen() throws IOException {
        try (RunLock lock = take()) {
            for (Path file : files()) {
                Files.delete(file);
                lock.keep();
            }

            assertThat(OpenFiles.in(path))
                    .containsExactlyInAnyOrderElementsOf(
                            files().stream().map(Path::toString).toList());
        }
        assertThat(OpenFiles.in(path)).isEmpty();
    }

    /** Another directory has the same lock files by hard links, so that this process itself is the other runner. */
    @Test
    void whoHoldsADirectoryIsNamedByTheFirstTextThatCanBeRead() throws IOException {
        RunDirectory linked = RunDirectory.of(Files.createDirectory(path.resolve("linked")));
        try (RunLock lock = take()) {
            Files.createLink(RunFiles.secondLock(linked), files().get(1));
            String process = "process " + lock.holder().runner().pid() + " on ";
            assertThatThrownBy(() -> take(linked))
                    .isInstanceOf(RunDirectoryHeldException.class)
                    .hasMessageContaining(process)
                    .hasMessageContaining(", since 2026-11-30T08:00:00Z");

            Files.writeString(files().get(1), "");
            assertThatThrownBy(() -> take(linked))
                    .isInstanceOf(RunDirectoryHeldException.class)
                    .hasMessageContaining("another process");

            Files.writeString(RunFiles.attempts(linked), runnerLine(lock.holder()));
            assertThatThrownBy(() -> take(linked))
                    .isInstanceOf(RunDirectoryHeldException.class)
                    .hasMessageContaining(lock.holder().toString());

            Files.delete(RunFiles.attempts(linked));
            Files.createDirectory(RunFiles.attempts(linked));
            assertThatThrownBy(() -> take(linked))
                    .isInstanceOf(RunDirectoryHeldException.class)
                    .hasMessageContaining("another process");
        }
    }

    @Test
    void withoutBothFilesItIsLostAndNothingIsWrittenThroughItsGuard() throws IOException {
        try (RunLock lock = take()) {
            Storage guarded = lock.guard(new QuickStorage());
            guarded.writeForced(path.resolve("before"), out -> out.write('x'));
            guarded.open(path.resolve("journal")).close();
            guarded.rename(path.resolve("before"), path.resolve("moved"));
            assertThat(path.resolve("moved")).hasContent("x");
            for (Path file : files()) {
                Files.delete(file);
            }

            assertThat(lock.isHeld()).isFalse();
            assertThatThrownBy(lock::requireHeld)
                    .isInstanceOf(RunDirectoryUnusableException.class)
                    .hasMessageContaining(path.toString());
            assertThatThrownBy(lock::keep).isInstanceOf(RunDirectoryUnusableException.class);
            assertThatThrownBy(() -> guarded.writeForced(path.resolve("after"), out -> {}))
                    .isInstanceOf(RunDirectoryUnusableException.class);
            assertThatThrownBy(() -> guarded.open(path.resolve("after")))
                    .isInstanceOf(RunDirectoryUnusableException.class);
            assertThatThrownBy(() -> guarded.rename(path.resolve("moved"), path.resolve("after")))
                    .isInstanceOf(RunDirectoryUnusableException.class);
            assertThat(path.resolve("after")).doesNotExist();
            assertThat(files()).allSatisfy(file -> assertThat(file).doesNotExist());
        }
    }

    @Test
    void aRefusedLockLeavesTheDirectoryFreeAfterwards() throws IOException {
        Path target = Files.writeString(path.resolve("precious"), "text");
        Path second = files().get(1);
        Files.createSymbolicLink(second, target);
        assertThatThrownBy(this::take).hasMessageContaining("symbolic link");
        Files.delete(second);

        take().close();
        take().close();
        assertThat(target).hasContent("text");
    }

    /** The runner before has lost its lock files, but lives: its log of attempts says so. */
    @Test
    void aRunnerThatLivesKeepsItsDirectoryWithoutItsLockFiles() throws IOException, InterruptedException {
        RunDirectory directory = RunDirectory.of(path);
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            RunnerIdentity living = RunnerIdentity.ofProcess(other.pid());
            LockHolder holder = LockHolder.of(directory, living, THEN);
            Files.writeString(RunFiles.attempts(directory), runnerLine(holder));
            assertThatThrownBy(this::take)
                    .isInstanceOf(RunDirectoryHeldException.class)
                    .hasMessageContaining("process " + other.pid() + " on ");
        } finally {
            other.destroyForcibly().waitFor();
        }

        take().close();
    }

    private static String runnerLine(LockHolder holder) throws IOException {
        String fields = Json.write(holder.toJson());
        return "{\"event\":\"runner\"," + fields.substring(1) + "\n";
    }
}
