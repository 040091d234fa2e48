package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.text.LineStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RunLogTest {

    private static final Logger LOG = LoggerFactory.getLogger("a logger");

    @TempDir
    Path directory;

    private static String withoutTimes(String text) {
        return text.replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[0-9.]+Z ", "WHEN ");
    }

    @Test
    void addsToAFileWhatIsAtLeastOfInterestWithTheTraceOfAnError() throws Exception {
        Path file = directory.resolve("benchmark.log");
        Files.writeString(file, "of an earlier run\n");

        try (RunLog log = RunLog.toFile(file)) {
            LOG.debug("a detail");
            LOG.info("a fact\u001b[31m");
            LOG.warn("a warning about {}", "something");
            log.say(List.of("one", "two"));
            LOG.error("an error", new IllegalStateException("its cause"));
        }
        LOG.error("after the end");

        String text = withoutTimes(Files.readString(file));
        assertThat(text).startsWith("""
                        of an earlier run
                        WHEN INFO a fact [31m
                        WHEN WARN a warning about something
                        WHEN INFO one
                        WHEN INFO two
                        WHEN ERROR an error
                        java.lang.IllegalStateException: its cause
                        \tat \
                        """).doesNotContain("after the end");
    }

    @Test
    void makesNoFileBeforeThereIsSomethingToSay() {
        Path file = directory.resolve("benchmark.log");
        try (RunLog log = RunLog.toFile(file)) {
            LOG.debug("a detail");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void onATerminalOnlyErrorsAreShownAndTheClosingLinesAreNot() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        LineStream stream = LineStream.unchecked(shown, StandardCharsets.UTF_8);

        try (RunLog log = RunLog.errorsTo(stream)) {
            LOG.warn("a warning");
            LOG.error("an error");
            log.say(List.of("one", "two"));
        }
        LOG.error("after the end");
        stream.println("open");

        assertThat(withoutTimes(shown.toString(StandardCharsets.UTF_8))).isEqualTo("WHEN ERROR an error\nopen\n");
    }

    /** A run does not end for want of a log. */
    @Test
    void aFileThatCannotBeWrittenIsNoError() {
        try (RunLog log = RunLog.toFile(directory)) {
            LOG.info("a fact");
        }
        assertThat(directory).isEmptyDirectory();
    }
}
