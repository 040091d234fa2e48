package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole output of the commands that analyse, on the runs in {@code docs/results}: each number, column and sentence, as it
 * stands in the files beside this test. {@code -Dexpected.write=true} writes these files again; read the difference before you
 * commit it.
 */
class AnalysisOutputTest {

    private static final Path EXPECTED = Path.of("src/test/resources/io/github/qmbench/cli/expected");
    private static final Path RECORDED = Path.of("../docs/results");

    /** The first records of delta50; those with WP04 follow. */
    private static final int RECORDS_WITH_B3LYP = 52;

    @TempDir
    Path directory;

    private Screen screen;

    @BeforeEach
    void unpacksTheRuns() throws IOException {
        unpack("delta50-wp04-6-31gdp-chcl3", "wp04", Integer.MAX_VALUE);
        unpack("delta50", "b3lyp", RECORDS_WITH_B3LYP);
        unpack("delta50-wp04-6-31gdp-chcl3", "begun-wp04", 5);
        unpack("delta50", "begun-b3lyp", 7);
        unpack("delta50-wp04-6-31gdp-chcl3", "cured-wp04", 8);
        marksTheFirstResultAsRecovered(directory.resolve("cured-wp04/progress.jsonl"));
        screen = new Screen(new RecordedNwchem(), directory.resolve("predictions"));
        screen.setClock(Instant.parse("2026-12-01T00:00:00Z"));
    }

    /** Unpacks the first records of a run. */
    private void unpack(String run, String name, int records) throws IOException {
        Path journal = CommittedRuns.unpack(RECORDED.resolve(run), directory.resolve(name))
                .resolve("progress.jsonl");
        Files.write(journal, Files.readAllLines(journal).stream().limit(records).toList());
    }

    private static void marksTheFirstResultAsRecovered(Path journal) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        String marked = lines.get(0)
                .replaceFirst("\"results\":\\{", "\"results\":{\"recovered_by\":[\"direct\"],")
                .replaceFirst(",\"crc\":.*", "");
        CRC32C checksum = new CRC32C();
        checksum.update(marked.getBytes(StandardCharsets.UTF_8));
        lines.set(0, String.format(Locale.ROOT, "%s,\"crc\":\"%08x\"}", marked, checksum.getValue()));
        Files.write(journal, lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "analyze          | analyze --compare --results RUNS/wp04",
                "analyze-outliers | analyze --remove-outliers --results RUNS/b3lyp",
                "analyze-atoms    | analyze --no-average --compare --results RUNS/wp04",
                "analyze-json     | analyze --json --remove-outliers --results RUNS/wp04",
                "analyze-together | analyze --results RUNS/wp04 RUNS/b3lyp --output RUNS/together",
                "export           | export --results RUNS/begun-b3lyp RUNS/begun-wp04",
                "analyze-begun    | analyze --compare --results RUNS/begun-wp04 RUNS/begun-b3lyp --output RUNS/begun",
                "analyze-cured    | analyze --results RUNS/cured-wp04",
                "analyze-uncured  | analyze --exclude-recovered --results RUNS/cured-wp04",
                "export-atoms     | export --per-atom --results RUNS/begun-b3lyp",
            })
    void printsWhatIsExpected(String name, String command) throws IOException {
        assertThat(screen.runAsIs(command.replace("RUNS", directory.toString()).split(" ")))
                .as(screen.err())
                .isZero();

        assertExpected(name, screen.out() + "--- standard error\n" + screen.err());
    }

    @Test
    void theCrateIsTheExpectedOne() throws IOException {
        Path crate = directory.resolve("crate");
        assertThat(screen.runAsIs(
                        "export",
                        "--format",
                        "ro-crate",
                        "--license",
                        "CC-BY-4.0",
                        "--output",
                        crate.toString(),
                        "--results",
                        directory.resolve("begun-wp04").toString()))
                .as(screen.err())
                .isZero();

        assertExpected("crate", Files.readString(crate.resolve("ro-crate-metadata.json")));
    }

    /** Without the program of the page. */
    @Test
    void thePageIsTheExpectedOne() throws IOException {
        Path page = directory.resolve("page.html");
        assertThat(screen.runAsIs(
                        "report",
                        "--results",
                        directory.resolve("wp04").toString(),
                        directory.resolve("b3lyp").toString(),
                        "--output",
                        page.toString()))
                .as(screen.err())
                .isZero();

        String text = Files.readString(page);
        assertExpected("page", text.replaceAll("(?s)<script>.*?</script>|<style>.*?</style>", ""));
    }

    @ParameterizedTest
    @CsvSource({"table", "csv", "json"})
    void aPredictionIsTheExpectedOne(String format) throws IOException {
        StringBuilder text = new StringBuilder();
        List<Atom> atoms =
                DataSet.delta50().molecule("compound_03").orElseThrow().atoms();
        text.append(atoms.size()).append("\nacetaldehyde\n");
        for (Atom atom : atoms) {
            text.append(String.format(
                    Locale.ROOT, "%s %.4f %.4f %.4f\n", atom.element().symbol(), atom.x(), atom.y(), atom.z()));
        }
        Path molecule = Files.writeString(directory.resolve("acetaldehyde.xyz"), text);

        assertThat(screen.run("predict", molecule.toString(), "--min-free", "1M", "--format", format))
                .as(screen.err())
                .isZero();

        assertExpected("predict-" + format, screen.out() + "--- standard error\n" + screen.err());
    }

    private void assertExpected(String name, String text) throws IOException {
        Path file = EXPECTED.resolve(name + ".txt");
        String here = text.replace(directory.toString(), "RUNS")
                .replace(System.getProperty("java.version"), "JAVA")
                .replace(Version.number(), "VERSION")
                .replaceAll("complete in \\d\\.\\d s", "complete in SECONDS");
        if (Boolean.getBoolean("expected.write")) {
            Files.createDirectories(EXPECTED);
            Files.writeString(file, here);
        }
        assertThat(here.lines())
                .containsExactlyElementsOf(Files.readString(file).lines().toList());
    }
}
