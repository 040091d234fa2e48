package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.core.store.RunJournal;
import io.github.qmbench.core.store.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links, pipes, devices and damaged notes in a run directory. */
@Timeout(60)
class HostileFilesTest {

    @TempDir
    Path path;

    private Path results;
    private Path precious;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void makesFileThatMustNotChange() throws IOException {
        results = Files.createDirectory(path.resolve("results"));
        precious = Files.createDirectory(path.resolve("precious"));
        Files.writeString(precious.resolve("file"), "text");
    }

    private RunOutcome run() throws IOException {
        return BenchmarkRunner.builder(
                        results,
                        CalculationMatrix.builder()
                                .subjects("a")
                                .axis("solvent", "CHCl3")
                                .build(),
                        (calculation, context) -> {
                            Files.writeString(context.directory().resolve("output"), "much");
                            return CalculationOutcome.complete(Map.of());
                        })
                .retryPolicy(RetryPolicy.never())
                .listener(new RunListener() {
                    @Override
                    public void notice(Notice event) {
                        notices.add(event.text());
                    }
                })
                .build()
                .run();
    }

    private void assertNothingElsewhereHasChanged() throws IOException {
        assertThat(precious.resolve("file")).hasContent("text");
        assertThat(precious).isDirectoryNotContaining(file -> !file.endsWith("file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".reserve", ".status.json.next", ".benchmark.json.next", ".attempts.jsonl.next"})
    void linkInThePlaceOfFileToBeMadeIsNotFollowed(String name) throws Exception {
        Files.createSymbolicLink(results.resolve(name), precious.resolve("file"));

        assertThat(run().isWhole()).isTrue();

        assertNothingElsewhereHasChanged();
        assertThat(Files.exists(results.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.lock", ".run.lock", "progress.jsonl"})
    void linkInThePlaceOfFileThatStaysIsRefused(String name) throws Exception {
        Files.createSymbolicLink(results.resolve(name), precious.resolve("file"));

        assertThatThrownBy(this::run).isInstanceOf(IOException.class);

        assertNothingElsewhereHasChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/CHCl3"})
    void linkInThePlaceOfCalculationsDirectoryIsRefusedAsTheMachinesFault(String name) throws Exception {
        Files.createDirectories(results.resolve(name).getParent());
        Files.createSymbolicLink(results.resolve(name), precious);

        RunStatus status = run().results().status();

        assertNothingElsewhereHasChanged();
        assertThat(status.failures()).singleElement().satisfies(failed -> {
            assertThat(failed.kind()).isEqualTo("machine-fault");
            assertThat(failed.error()).contains("is a symbolic link");
        });
        assertThat(status.progress().failedSubjects()).isZero();
    }

    private static void makePipe(Path file) throws Exception {
        assumeThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void statusThatIsPipeOrDeviceIsRefusedAtOnce() throws Exception {
        RunDirectory directory = RunDirectory.of(results);
        makePipe(RunFiles.status(directory));
        assertThatThrownBy(() -> new StatusReader(directory).read())
                .hasMessageContaining("status.json: it is a device or a named pipe, not a regular file");

        Files.delete(RunFiles.status(directory));
        Files.createSymbolicLink(RunFiles.status(directory), Path.of("/dev/zero"));
        assertThatThrownBy(() -> new StatusReader(directory).read()).hasMessageContaining("not a regular file");
    }

    @Test
    void statusLargerThanAnyIsRefused() throws Exception {
        RunDirectory directory = RunDirectory.of(results);
        try (java.io.RandomAccessFile file =
                new java.io.RandomAccessFile(RunFiles.status(directory).toFile(), "rw")) {
            file.setLength(1L << 40); // zeros, which take no room on the disk
        }
        assertThatThrownBy(() -> new StatusReader(directory).read()).hasMessageContaining("larger than 64.0 MB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"progress.jsonl", "attempts.jsonl"})
    void runRefusesPipeThatItShouldRead(String name) throws Exception {
        makePipe(results.resolve(name));
        assertThatThrownBy(this::run).hasMessageContaining(name).hasMessageContaining("not a regular file");
    }

    @Test
    void stopThatIsDirectoryWithFilesIsRefusedInSentence() throws Exception {
        Files.createDirectories(results.resolve("STOP/sub"));
        assertThatThrownBy(this::run).hasMessageContaining("it is a directory with files in it");
    }

    @Test
    void stopThatIsPipeIsRequestLikeAnyOther() throws Exception {
        makePipe(results.resolve("STOP"));
        StopMarker marker = StopSignal.marker(results.resolve("STOP"));
        assertThat(marker.request()).isEqualTo(StopRequest.DRAIN);
        assertThatThrownBy(() -> marker.set(StopRequest.NOW)).hasMessageContaining("not a regular file");
        assertThat(marker.clear()).isTrue();
    }

    @Test
    void stopThatIsLinkIsNotWrittenThrough() throws Exception {
        Files.createSymbolicLink(results.resolve("STOP"), precious.resolve("file"));
        StopMarker marker = StopSignal.marker(results.resolve("STOP"));
        assertThatThrownBy(() -> marker.set(StopRequest.NOW)).hasMessageContaining("symbolic link");
        assertNothingElsewhereHasChanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"begin\",\"task_id\":\"a/CHCl3\",\"subject\":\"a\",\"parameters\":{\"solvent\":\"CHCl3\"},"
                        + "\"attempt\":2147483647,\"run_id\":\"r\",\"started_at\":\"2026-11-24T04:00:00Z\"}",
                "{\"event\":\"begin\",\"task_id\":\"a/CHCl3\",\"subject\":\"a\",\"parameters\":{\"solvent\":\"CHCl3\"},"
                        + "\"attempt\":1,\"run_id\":\"r\",\"started_at\":\"+1000000000-12-31T23:59:59Z\"}",
                "{\"event\":\"begin\",\"task_id\":\"a/CHCl3\",\"subject\":\"a\",\"parameters\":{\"solvent\":\"CHCl3\"},"
                        + "\"attempt\":1,\"run_id\":\"r\",\"started_at\":\"yesterday\"}",
                "{\"event\":\"runner\",\"pid\":\"many\"}",
                "no JSON"
            })
    void damagedLineOfTheAttemptsIsSkippedWithWarning(String line) throws Exception {
        Files.writeString(results.resolve("attempts.jsonl"), line + "\n");

        RunOutcome outcome = run();

        assertThat(outcome.isWhole()).isTrue();
        assertThat(notices).anyMatch(text -> text.startsWith("skipped 1 of the lines of ") && text.contains("line 1"));
        RunJournal.read(
                results.resolve("progress.jsonl"),
                record -> assertThat(record.attempt().number()).isEqualTo(1));
    }

    @Test
    void processNumberThatIsNoneIsNotLookedFor() throws Exception {
        String boot = RunnerIdentity.ofThisProcess().bootId();
        Files.writeString(
                results.resolve("attempts.jsonl"),
                "{\"event\":\"begin\",\"task_id\":\"a/CHCl3\",\"subject\":\"a\",\"parameters\":{\"solvent\":\"CHCl3\"},"
                        + "\"attempt\":1,\"run_id\":\"r\",\"started_at\":\"2026-11-24T04:00:00Z\"}\n"
                        + "{\"event\":\"process\",\"task_id\":\"a/CHCl3\",\"mark\":\"m\",\"facts\":{\"boot_id\":\""
                        + boot
                        + "\",\"pid\":\"99999999999999999999\"},\"request\":\"r\"}\n");

        assertThat(run().isWhole()).isTrue();
    }
}
