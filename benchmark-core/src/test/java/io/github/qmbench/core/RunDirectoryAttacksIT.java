package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.harness.LiveRunner;
import io.github.qmbench.core.harness.Torture;
import io.github.qmbench.core.internal.ProcessTable;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunDirectoryHeldException;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deletes, replaces, copies and moves what a run in another process works with. */
@Timeout(120)
class RunDirectoryAttacksIT {

    @TempDir
    Path path;

    private Path directory;
    private Path release;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void needsProcessTable() {
        assumeThat(ProcessTable.isComplete()).as("there is a /proc").isTrue();
        assumeThat(Path.of("/proc/locks")).isReadable();
        directory = path.resolve("results");
        release = path.resolve("release");
    }

    /** A second runner, in this process, that would be done at once. */
    private RunOutcome second(Path where) throws IOException {
        return BenchmarkRunner.builder(where, LiveRunner.MATRIX, (calculation, context) -> {
                    context.directory();
                    return CalculationOutcome.complete(Map.of());
                })
                .listener(new RunListener() {
                    @Override
                    public void notice(Notice event) {
                        notices.add(event.text());
                    }
                })
                .build()
                .run();
    }

    private void assertSecondIsRefused(LiveRunner first, String after) {
        assertThatThrownBy(() -> second(directory))
                .as(after)
                .isInstanceOf(RunDirectoryHeldException.class)
                .hasMessageContaining("process " + first.pid() + " on ");
        assertThat(first.programs()).as(after).isNotEmpty();
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path one : all.toList()) {
                Torture.delete(one);
            }
        }
    }

    @Test
    void secondRunnerIsRefusedWhicheverSingleFileIsDeletedReplacedOrCopied() throws Exception {
        try (LiveRunner first = LiveRunner.start(directory, release)) {
            List<String> names;
            try (Stream<Path> all = Files.list(directory)) {
                names = all.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals("progress.jsonl") && !name.endsWith(".next"))
                        .toList();
            }
            assertThat(names).contains("run.lock", ".run.lock", "status.json", "attempts.jsonl", ".reserve");
            for (String name : names) {
                Path file = directory.resolve(name);
                Path copy = path.resolve("copy");
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);

                Files.delete(file);
                assertSecondIsRefused(first, name + " deleted");
                awaitLocks(first);

                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
                assertSecondIsRefused(first, name + " replaced");
                awaitLocks(first);

                Files.copy(file, copy);
                Files.write(file, Files.readAllBytes(copy));
                assertSecondIsRefused(first, name + " written over with a copy");
            }
            assertThat(first.release()).startsWith("COMPLETE 3 done, 0 failed");
        }
    }

    /** Waits until the first runner has made a missing lock file again; the time limit of the test ends it otherwise. */
    private void awaitLocks(LiveRunner first) throws Exception {
        for (String name : List.of("run.lock", ".run.lock")) {
            while (!OneRunnerTest.isLocked(directory.resolve(name), first.pid())) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void runnerWhoseDirectoryIsEmptiedEndsAsFailedAndTheNextOneIsNotDisturbed() throws Exception {
        try (LiveRunner first = LiveRunner.start(directory, release)) {
            deleteAll(directory);
            RunOutcome second = null;
            while (second == null) {
                try {
                    second = second(directory);
                } catch (RunDirectoryHeldException stillEnding) {
                    Thread.sleep(10);
                }
            }
            assertThat(first.end()).startsWith("FAILED 0 done").containsAnyOf("deleted, moved or replaced", "removed");
            assertThat(first.programs()).isEmpty();
            assertThat(second.isWhole()).isTrue();
            assertThat(new StatusReader(RunDirectory.of(directory))
                            .read()
                            .orElseThrow()
                            .run()
                            .id())
                    .isEqualTo(second.results().status().run().id());
        }
    }

    @Test
    void bothLocksDeletedIsStillRefusedBecauseTheRunnerLives() throws Exception {
        try (LiveRunner first = LiveRunner.start(directory, release)) {
            Files.delete(directory.resolve("run.lock"));
            Files.delete(directory.resolve(".run.lock"));
            assertSecondIsRefused(first, "both locks deleted");
            assertThat(first.end()).startsWith("FAILED");
        }
    }

    @Test
    void runInCopyOfLiveDirectoryTouchesNothingOfTheOriginal() throws Exception {
        try (LiveRunner first = LiveRunner.start(directory, release)) {
            Path copy = path.resolve("copy");
            assertThat(new ProcessBuilder("cp", "-a", directory.toString(), copy.toString())
                            .start()
                            .waitFor())
                    .isZero();
            List<ProcessTable.Entry> before = first.programs();

            RunOutcome outcome = second(copy);

            assertThat(outcome.isWhole()).isTrue();
            String original = directory.toRealPath().toString();
            assertThat(notices).anyMatch(text -> text.contains("is a copy of " + original));
            assertThat(first.programs()).contains(before.get(0));
            assertThat(first.release()).startsWith("COMPLETE 3 done, 0 failed");
        }
    }

    @Test
    void runInCopyOfDirectoryOfDeadRunnerLeavesItsProgramsToTheOriginal() throws Exception {
        try (LiveRunner first = LiveRunner.start(directory, release)) {
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
            first.end();
            Path copy = path.resolve("copy");
            new ProcessBuilder("cp", "-a", directory.toString(), copy.toString())
                    .start()
                    .waitFor();
            Path moved = Files.move(directory, path.resolve("moved"));

            second(copy);
            assertThat(first.programs()).isNotEmpty();

            second(moved);
            assertThat(first.programs()).as("a moved directory is the same one").isEmpty();
        }
    }

    @Test
    void runnerWhoseDirectoryIsMovedNeverWritesOverTheNextOne() throws Exception {
        try (LiveRunner first = LiveRunner.start(directory, release)) {
            Files.move(directory, path.resolve("moved"));
            RunOutcome second = second(directory);
            byte[] status = Files.readAllBytes(directory.resolve("status.json"));
            Files.createFile(directory.resolve("STOP"));

            assertThat(first.end()).startsWith("FAILED 0 done");
            assertThat(first.programs()).isEmpty();
            assertThat(second.isWhole()).isTrue();
            assertThat(directory.resolve("status.json")).hasBinaryContent(status);
            assertThat(directory.resolve("STOP")).exists();
        }
    }

    @Test
    void everythingSuspendedForLongerThanTheStallLimitGoesOn() throws Exception {
        try (LiveRunner first = LiveRunner.start(directory, release, "1500")) {
            signal("STOP", first);
            Thread.sleep(4000);
            signal("CONT", first);
            Thread.sleep(1000);

            assertThat(first.release()).startsWith("COMPLETE 3 done, 0 failed");
        }
    }

    private static void signal(String name, LiveRunner runner) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(runner.pid())));
        runner.programs().forEach(program -> command.add(Long.toString(program.pid())));
        new ProcessBuilder(command).start().waitFor(); // a sleep of the program may be gone by then
    }
}
