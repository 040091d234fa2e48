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

    /** All that is printed, on standard output for a program that asked for JSON. */
    private String told(boolean debug, Throwable e, String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Console console =
                new Console(LineStream.checked(printed), LineStream.checked(printed), false, false, false, 100);
        CommandLineSession session =
                new CommandLineSession(console, Map.of(), InstantSource.system(), Backends.installed(), false);
        int exitCode = new ErrorReport(session, List.of(arguments), () -> debug).failed(e);
        return printed.toString(StandardCharsets.UTF_8) + exitCode;
    }

    @Test
    void isASentenceAndForAProgramAValue() {
        Refusal refusal = new Refusal(69, "no licence");
        assertThat(told(false, refusal, "run")).isEqualTo("qmbench: no licence.\n69");
        String json = "qmbench: no licence.\n{\n  \"error\": \"no licence\",\n  \"exit_code\": 69\n}\n69";
        assertThat(told(false, refusal, "status", "--json")).isEqualTo(json);
        assertThat(told(false, refusal, "summary", "--format", "JSON")).isEqualTo(json);
        assertThat(told(false, refusal, "summary", "--format=json")).isEqualTo(json);
        assertThat(told(false, refusal, "summary", "--format=csv")).isEqualTo("qmbench: no licence.\n69");
        assertThat(told(false, new Refusal(64, "did you mean a?"))).isEqualTo("qmbench: did you mean a?\n64");
        assertThat(told(false, new Refusal(64, "it is so."))).isEqualTo("qmbench: it is so.\n64");
        assertThat(told(true, refusal, "run"))
                .startsWith("qmbench: no licence.\nio.github.qmbench.cli.Refusal: no licence\n\tat ");
    }

    @Test
    void saysWhatEachErrorMeans() {
        assertThat(told(false, new IllegalStateException("a fault")))
                .isEqualTo("qmbench: a fault of qmbench itself: java.lang.IllegalStateException: a fault (--debug shows"
                        + " where).\n70");
        assertThat(told(false, new OutOfMemoryError("Java heap space")))
                .isEqualTo("qmbench: there is not enough memory (Java heap space); Java may use "
                        + Runtime.getRuntime().maxMemory() / 1_000_000
                        + " MB here, and more with: QMBENCH_JAVA_OPTS=-Xmx4g.\n70");
        assertThat(told(false, new InterruptedException())).isEqualTo("qmbench: interrupted.\n130");
        assertThat(told(false, new BackendUnusableException("no licence"))).isEqualTo("qmbench: no licence.\n69");
        assertThat(told(false, new IOException("disk error"))).isEqualTo("qmbench: disk error.\n74");
    }

    @Test
    void theExitCodesAreThoseOfTheManual() {
        assertThat(List.of(
                        ExitCode.OK,
                        ExitCode.FAILURES,
                        ExitCode.PAUSED,
                        ExitCode.USAGE,
                        ExitCode.UNAVAILABLE,
                        ExitCode.SOFTWARE,
                        ExitCode.CANNOT_CREATE,
                        ExitCode.IO_ERROR,
                        ExitCode.HELD,
                        ExitCode.SIGNAL_BASE,
                        ExitCode.CLOSED_PIPE))
                .containsExactly(0, 1, 2, 64, 69, 70, 73, 74, 75, 128, 141);
    }
}
