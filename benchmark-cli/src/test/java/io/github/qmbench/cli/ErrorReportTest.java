package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.text.Console;
import io.github.qmbench.cli.text.LineStream;
import io.github.qmbench.core.BackendUnusableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorReportTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ErrorReport report = new ErrorReport(session(), List.of("repair"), () -> false);

    private CommandLineSession session() {
        Console console = new Console(
                LineStream.checked(new ByteArrayOutputStream()), LineStream.checked(err), false, false, false, 100);
        return new CommandLineSession(console, Map.of(), InstantSource.system(), Backends.installed(), false);
    }

    /** The words of strerror(3) for ENOSPC, EROFS, EDQUOT, EFBIG, EIO and EACCES. */
    @ParameterizedTest
    @CsvSource({
        "No space left on device, 73",
        "Read-only file system, 73",
        "Disk quota exceeded, 73",
        "File too large, 73",
        "Input/output error, 74",
        "Permission denied, 74",
    })
    void whatSystemsSayOfWritingIsToldFromWhatTheySayOfReading(String words, int exitCode) {
        assertThat(report.failed(new FileSystemException("/data/progress.jsonl", null, words)))
                .isEqualTo(exitCode);
        assertThat(report.failed(new IOException(words))).isEqualTo(exitCode);
        assertThat(report.failed(new UncheckedIOException(new IOException(words))))
                .isEqualTo(exitCode);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(words).doesNotContain("Exception");
    }

    @Test
    void everyOtherEndHasTheExitCodeOfTheTable() {
        assertThat(report.failed(new NoSuchFileException("/data/benchmark.json")))
                .isEqualTo(74);
        assertThat(report.failed(new AccessDeniedException("/data/benchmark.json")))
                .isEqualTo(74);
        assertThat(report.failed(new BackendUnusableException("no licence"))).isEqualTo(69);
        assertThat(report.failed(new InterruptedException())).isEqualTo(130);
        assertThat(report.failed(new OutOfMemoryError("Java heap space"))).isEqualTo(70);
        assertThat(report.failed(new IllegalStateException("a fault"))).isEqualTo(70);
    }
}
