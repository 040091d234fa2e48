package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code export} on the run of DELTA50 whose results are in {@code docs/results}. */
class ExportCommandTest {

    private static final Path RECORDED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");

    @TempDir
    Path directory;

    private Path results;
    private Screen screen;

    @BeforeEach
    void unpacksTheRun() throws IOException {
        results = CommittedRuns.unpack(RECORDED, directory.resolve("run"));
        screen = new Screen(new FakeBenchmarks(), results);
    }

    @Test
    void writesATableToStandardOutput() {
        assertThat(screen.run("export")).isZero();

        assertThat(screen.out().lines()).hasSize(51);
        assertThat(screen.out())
                .startsWith("results,task_id,subject,functional,solvent,status,attempt,run_id,started_at,")
                .contains("\n" + results + ",compound_01/WP04_CHCl3,compound_01,WP04,CHCl3,complete,1,");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void namesEachDirectoryAsTheUserDid() {
        assertThat(screen.runAsIs("export", "--results", results.toString(), results + "/.", "--format", "CSV"))
                .isZero();

        assertThat(screen.out().lines()).hasSize(101);
        assertThat(screen.out()).contains("\n" + results + ",", "\n" + results + "/.,");
    }

    @Test
    void writesTheSameTableIntoAFile() throws IOException {
        screen.run("export", "--per-atom");
        String table = screen.out();
        Path file = directory.resolve("nuclei.csv");

        assertThat(screen.run("export", "--per-atom", "-o", file.toString())).isZero();

        assertThat(Files.readString(file)).isEqualTo(table).startsWith("results,task_id,molecule_id,molecule,atom,");
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).isEqualTo("written: " + file + "\n");
    }

    @Test
    void writesACrateAndSaysWhenNoLicenceIsStated() throws IOException {
        screen.setClock(Instant.parse("2026-12-01T00:00:00Z"));
        Path crate = directory.resolve("crate");

        assertThat(screen.run("export", "--format", "ro-crate", "-o", crate.toString()))
                .isZero();

        assertThat(screen.err()).contains("written: " + crate, "--license");
        Map<String, Object> root =
                Json.asObject(Json.asArray(Json.parseObject(Files.readString(crate.resolve("ro-crate-metadata.json")))
                                .get("@graph"))
                        .get(1));
        assertThat(root).containsEntry("datePublished", "2026-12-01T00:00:00.000+00:00");

        Path licensed = directory.resolve("licensed");
        assertThat(screen.run("export", "--format", "ro-crate", "-o", licensed.toString(), "--license", "CC0-1.0"))
                .isZero();
        assertThat(screen.err()).isEqualTo("written: " + licensed + "\n");
        assertThat(licensed.resolve("ro-crate-metadata.json")).content().contains("https://spdx.org/licenses/CC0-1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--format xml                              | 'xml' is not a valid choice; use csv or ro-crate",
                "--format ro-crate                         | --output DIR",
                "--format ro-crate -o x --per-atom         | --per-atom needs --format csv",
                "--format ro-crate -o / --license MIT      | / is not empty",
                "--format ro-crate -o x --license a/b      | --license: 'a/b' is not a valid licence",
                "--license MIT                             | --license needs --format ro-crate",
                "--format ro-crate -o x --dataset none    | --dataset: 'none' is not a data set, and no such file or directory exists",
                "--per-atom --dataset none                 | --dataset: 'none' is not a data set, and no such file or directory exists",
                "-o .                                      | it is a directory"
            })
    void refusesWhatMakesNoSense(String arguments, String said) {
        assertThat(screen.run(("export " + arguments).split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).startsWith("qmbench: ").contains(said).doesNotContain("Exception");
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void refusesADirectoryWithoutARun() {
        assertThat(screen.runAsIs("export", "--results", results.toString(), "nowhere"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("nowhere");
        assertThat(screen.out()).isEmpty();
    }
}
