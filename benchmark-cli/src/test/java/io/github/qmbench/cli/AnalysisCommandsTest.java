package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code analyze} and {@code report} on the run of DELTA50 whose results are in {@code docs/results}. */
class AnalysisCommandsTest {

    private static final Path RECORDED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");

    @TempDir
    Path results;

    private Screen screen;

    @BeforeEach
    void unpacksTheRun() throws IOException {
        CommittedRuns.unpack(RECORDED, results);
        screen = new Screen(new FakeBenchmarks(), results);
    }

    @Test
    void givesBothConventionsAccuracyAndOutliersAndWritesTheFilesThatAreCommitted() throws IOException {
        assertThat(screen.run("analyze", "--compare")).isZero();

        assertThat(screen.out())
                .containsPattern("method +slope +intercept +m +b +RMSD +CV +MAE +largest +at +R2 +n")
                .containsPattern(
                        "WP04/6-31G\\(d,p\\)/CHCl3 +-0\\.9801 +31\\.379 +-1\\.0203 +32\\.015 +0\\.092 +0\\.094 "
                                + "+0\\.073 +-0\\.31 +N,N-Dimethylformamide \\(DMF\\) H6 +0\\.99870 +114")
                .containsPattern("method +n +m +b +RMSD +largest +RMSD difference +lines differ by at most +source")
                .containsPattern(
                        "WP04/6-31G\\(d,p\\)/1H/CHCl3 +114 +-1\\.0203 +32\\.0153 +0\\.092 +0\\.31 +- +- +this run\n")
                .containsPattern(
                        "WP04/6-31G\\(d,p\\)/1H/CHCl3 +114 +- +- +0\\.098 +0\\.37 +-0\\.006 +- +Cohen et al\\.,"
                                + " Molecules 2023, 28, 2449, Table 3")
                .contains(
                        "1H/CHCl3: N,N-Dimethylformamide (DMF) H6: measured 8.02, predicted 7.71 (-3.4 SD)\n",
                        "1H/CHCl3: t-Butylacetylene H7: measured 2.07, predicted 1.78 (-3.1 SD)\n")
                .doesNotContain("would fit", "--");
        assertThat(screen.err()).contains("--remove-outliers leaves them out");
        assertThat(results.resolve("scaling_factors.json"))
                .hasSameTextualContentAs(RECORDED.resolve("scaling_factors.json"));
        assertThat(results.resolve("comparison.json")).hasSameTextualContentAs(RECORDED.resolve("comparison.json"));
        assertThat(results.resolve("residuals.csv")).hasSameTextualContentAs(RECORDED.resolve("residuals.csv"));
        assertThat(results.resolve("SCALING-FACTORS.md"))
                .hasSameTextualContentAs(RECORDED.resolve("SCALING-FACTORS.md"));
    }

    @Test
    void removesOutliersOnlyWhenAskedAndSaysWhich() throws IOException {
        assertThat(screen.run("analyze", "--remove-outliers", "--json")).isZero();

        Map<String, Object> protons =
                Json.asObject(Json.parseObject(screen.out()).get("WP04/6-31G(d,p)/1H/CHCl3"));
        assertThat(protons).containsEntry("outliers_removed", 2L).containsEntry("n_points", 112L);
        assertThat(Json.asArray(protons.get("removed")))
                .extracting(place -> Json.asObject(place).get("molecule_id"))
                .containsExactly("compound_10", "compound_38");
        screen.run("analyze", "--remove-outliers");
        assertThat(screen.out())
                .contains(
                        "1H/CHCl3: N,N-Dimethylformamide (DMF) H6: measured 8.02, predicted 7.70 (-3.7 SD), removed\n",
                        "1H/CHCl3: t-Butylacetylene H7: measured 2.07, predicted 1.78 (-3.4 SD), removed\n");
        assertThat(screen.err()).doesNotContain("--remove-outliers");
    }

    @Test
    void fitsAtomByAtomWhenAskedAndAccusesNobody() {
        assertThat(screen.run("analyze", "--no-average")).isZero();

        assertThat(screen.out())
                .containsPattern(" 342\n")
                .containsPattern(" 221\n")
                .doesNotContain("would fit");
    }

    @Test
    void aPublishedValueOfOtherPointsGetsNoDifference() {
        assertThat(screen.run("analyze", "--compare", "--no-average")).isZero();

        assertThat(screen.out())
                .containsPattern("1H/CHCl3 +114 +- +- +0\\.098 +0\\.37 +- +- +Cohen")
                .contains(
                        "no difference is given: equivalent nuclei are averaged in the published result and not here");
    }

    @Test
    void ranksTheMethodsOfSeveralRunDirectoriesTogether() throws IOException {
        Path wp04 = CommittedRuns.unpack(RECORDED, results.resolve("wp04"));
        Path delta50 = CommittedRuns.unpack(RECORDED.resolveSibling("delta50"), results.resolve("delta50"));
        Path output = results.resolve("together");

        assertThat(screen.runAsIs(
                        "analyze", "--results", wp04.toString(), delta50.toString(), "--output", output.toString()))
                .as(screen.err())
                .isZero();

        assertThat(screen.out())
                .containsPattern("(?s)1H, best first.*WP04/6-31G\\(d,p\\)/CHCl3 .*13C, best first")
                .containsPattern("(?s)1H, best first.*B3LYP/6-311\\+G\\(2d,p\\)/CHCl3 .*13C, best first");
        Map<String, Object> alone = Json.parseObject(Files.readString(RECORDED.resolve("scaling_factors.json")));
        assertThat(Json.parseObject(Files.readString(output.resolve("scaling_factors.json"))))
                .containsKey("B3LYP/6-311+G(2d,p)/1H/CHCl3")
                .containsAllEntriesOf(alone);
        assertThat(wp04.resolve("scaling_factors.json")).doesNotExist();

        Path page = output.resolve("page.html");
        assertThat(screen.runAsIs(
                        "report", "--results", wp04.toString(), delta50.toString(), "--output", page.toString()))
                .as(screen.err())
                .isZero();
        assertThat(page)
                .content()
                .contains("<h1>DELTA50: 50 molecules, WP04, B3LYP</h1>")
                .contains("WP04 CHCl3 (wp04)", "B3LYP CHCl3 (delta50)", "WP04 CHCl3 (delta50)")
                .contains("<small> of 150</small>");
    }

    @Test
    void theSameResultsInTwoDirectoriesAreRefused() throws IOException {
        Path one = CommittedRuns.unpack(RECORDED, results.resolve("one"));
        Path copy = CommittedRuns.unpack(RECORDED, results.resolve("copy"));
        Path output = results.resolve("together");

        assertThat(screen.runAsIs(
                        "analyze", "--results", one.toString(), copy.toString(), "--output", output.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .contains(
                        "WP04/6-31G(d,p)/CHCl3 has results of 50 molecules (compound_",
                        "Leave one of the directories out");
        assertThat(output).doesNotExist();
    }

    /** There are results, but one molecule has too few signals for a line. */
    @Test
    void shieldingsThatGiveNoLineAreNoResult() throws IOException {
        Path journal = results.resolve("progress.jsonl");
        Files.write(journal, Files.readAllLines(journal).subList(0, 1));

        assertThat(screen.run("analyze")).isEqualTo(ExitCode.FAILURES);

        assertThat(screen.out()).contains("WP04/6-31G(d,p)/CHCl3");
        assertThat(results.resolve("scaling_factors.json")).hasContent("{ }");
    }

    @Test
    void looksAtResultsOfOneSettingAlone() {
        assertThat(screen.run("analyze", "--only", "program=NWChem 6.8")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .contains("--only: no result was made with program=NWChem 6.8; its values are NWChem 7.0.2");
        assertThat(screen.run("analyze", "--only", "programme=x")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("the fields are basis, basis_type, functional, geometry, grid, ");
        assertThat(screen.run("analyze", "--only", "program=NWChem 7.0.2")).isZero();
    }

    @Test
    void reportsAnArchivedRunThatHasNoStatus() throws IOException {
        assertThat(screen.run("report")).isZero();

        assertThat(results.resolve("report.html"))
                .content()
                .contains("<h1>DELTA50: 50 molecules, WP04</h1>", ">complete<", "50<small> of 50</small>");
    }

    /** A line needs three points, and nitromethane has one of each nucleus. */
    @Test
    void aRunWithTooFewPointsForALineEndsWithOneAndStillWritesItsFiles() throws IOException {
        Path journal = results.resolve("progress.jsonl");
        try (Stream<String> lines = Files.lines(journal)) {
            Files.write(journal, List.of(lines.findFirst().orElseThrow()));
        }

        assertThat(screen.run("analyze", "--json")).isEqualTo(1);

        assertThat(screen.out()).isEqualTo("{ }\n");
        assertThat(screen.err().replace(results.toString(), "RESULTS")).isEqualTo("""
                        written: RESULTS/scaling_factors.json
                        written: RESULTS/comparison.json
                        written: RESULTS/SCALING-FACTORS.md
                        written: RESULTS/residuals.csv
                        """);
    }

    @Test
    void saysThatNothingIsPublishedOnlyWhereThatWasAsked() {
        assertThat(screen.run("analyze")).isZero();
        assertThat(screen.err())
                .startsWith("outliers are part of the fits; --remove-outliers leaves them out\nwritten: ");
    }

    @Test
    void aRunWithoutResultsIsRefused() throws IOException {
        Files.delete(results.resolve("progress.jsonl"));

        assertThat(screen.run("report")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("no run in " + results);
        assertThat(screen.run("analyze")).isEqualTo(ExitCode.USAGE);
        assertThat(results.resolve("report.html")).doesNotExist();
    }

    @Test
    void aJournalWithAnotherDataSetIsRefusedWithTheWayOut() throws IOException {
        Path other = Files.createDirectory(results.resolve("other"));
        Files.writeString(other.resolve("h2.xyz"), "2\nhydrogen\nH 0 0 0\nH 0 0 0.74\n");

        assertThat(screen.run("analyze", "--dataset", other.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("compound_01", "--dataset");
    }
}
