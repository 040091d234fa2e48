package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The summaries, to the byte, of a journal with everything in it that one may have: what reads them may rely on that. */
class SummaryFormatTest {

    @TempDir
    Path results;

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json", "markdown"})
    void isWrittenAsEver(String format) throws Exception {
        assertWritten("summary", format);
    }

    /** What was used beside what was reserved, adopted results and predicted shifts; no figure is there twice. */
    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json", "markdown"})
    void tellsWhatWasUsedAdoptedAndPredicted(String format) throws Exception {
        assertWritten("summary-usage", format);
    }

    private void assertWritten(String folder, String format) throws Exception {
        Files.writeString(results.resolve("progress.jsonl"), resource(folder + "/progress.jsonl"));
        Screen screen = new Screen(new FakeBenchmarks(), results);

        assertThat(screen.run("summary", "--format", format)).isZero();

        assertThat(screen.out().replace(results.toString(), "DIRECTORY"))
                .isEqualTo(resource(folder + "/summary." + format));
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = SummaryFormatTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
