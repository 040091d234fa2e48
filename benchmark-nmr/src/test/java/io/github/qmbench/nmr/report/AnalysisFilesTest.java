package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.analysis.AnalysisSettings;
import io.github.qmbench.nmr.analysis.Comparison;
import io.github.qmbench.nmr.analysis.MethodComparison;
import io.github.qmbench.nmr.analysis.MethodComparisonFile;
import io.github.qmbench.nmr.analysis.MethodDifference;
import io.github.qmbench.nmr.analysis.PackedJournal;
import io.github.qmbench.nmr.analysis.PublishedResult;
import io.github.qmbench.nmr.analysis.RankedMethod;
import io.github.qmbench.nmr.analysis.ScalingFactorsFile;
import io.github.qmbench.nmr.analysis.ScalingFit;
import io.github.qmbench.nmr.analysis.ShieldingAnalysis;
import io.github.qmbench.nmr.analysis.SyntheticRun;
import io.github.qmbench.nmr.analysis.Written;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnalysisFilesTest {

    private static final String KEY = "WP04/6-31G(d,p)/1H/CHCl3";

    @TempDir
    Path directory;

    private final ShieldingAnalysis analysis = ShieldingAnalysis.of(
            DataSet.delta50(),
            Stream.concat(
                    new SyntheticRun(DataSet.delta50()).results(),
                    new SyntheticRun(DataSet.delta50())
                            .with("basis", "6-311++G(2d,p)")
                            .results()
                            .skip(1)),
            AnalysisSettings.defaults());

    @Test
    void scalingFactorsHaveWhatTheFormatPromises() throws IOException {
        Map<String, Object> tree = Json.parseObject(Written.factors(analysis));
        assertThat(tree)
                .containsOnlyKeys(
                        KEY,
                        "WP04/6-31G(d,p)/13C/CHCl3",
                        "WP04/6-311++G(2d,p)/1H/CHCl3",
                        "WP04/6-311++G(2d,p)/13C/CHCl3");
        Map<String, Object> entry = Json.asObject(tree.get(KEY));
        ScalingFit fit = analysis.methods().get(0).fit(Nucleus.H1).orElseThrow();
        assertThat(entry)
                .containsEntry("slope", fit.shiftLine().slope())
                .containsEntry("intercept", fit.shiftLine().intercept())
                .containsEntry("m", fit.shieldingLine().m())
                .containsEntry("b", fit.shieldingLine().b())
                .containsEntry("rmsd", fit.accuracy().rmsd())
                .containsEntry("mae", fit.accuracy().mae())
                .containsEntry("r_squared", fit.accuracy().rSquared())
                .containsEntry("n_points", 114L)
                .containsEntry("outliers_removed", 0L)
                .containsEntry("missing", List.of());
        assertThat(Json.asArray(entry.get("ci_slope"))).hasSize(2);
        assertThat(Json.asObject(Json.asObject(tree.get("WP04/6-311++G(2d,p)/1H/CHCl3")))
                        .get("missing"))
                .isEqualTo(List.of("compound_01"));
    }

    @Test
    void scalingFactorsAreReadAsTheyWereWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("scaling_factors.json"), Written.factors(analysis));
        ScalingFactor read =
                ScalingFactorsFile.read(file).find(ScalingFactor.Key.parse(KEY)).orElseThrow();
        ScalingFactor written =
                analysis.scalingFactors().find(ScalingFactor.Key.parse(KEY)).orElseThrow();
        assertThat(read.slope()).isEqualTo(written.slope());
        assertThat(read.intercept()).isEqualTo(written.intercept());
        assertThat(read.rmsd()).isEqualTo(written.rmsd());
        assertThat(ScalingFactorsFile.read(file).all()).hasSize(4);
    }

    @Test
    void aDamagedFileOfScalingFactorsIsRefusedWithItsPlace() throws IOException {
        Path file = directory.resolve("factors.json");
        Files.writeString(file, "{ torn");
        assertThatThrownBy(() -> ScalingFactorsFile.read(file)).hasMessageContaining(file + ": it is not valid JSON");
        Files.writeString(file, "{\"B3LYP\": {\"slope\": -1, \"intercept\": 31}}");
        assertThatThrownBy(() -> ScalingFactorsFile.read(file)).hasMessageContaining("method/basis/nucleus/solvent");
        Files.writeString(file, "{\"" + KEY + "\": {\"slope\": 0, \"intercept\": 31}}");
        assertThatThrownBy(() -> ScalingFactorsFile.read(file)).hasMessageContaining(KEY + ": slope must be finite");
        Files.writeString(file, "{\"" + KEY + "\": {\"slope\": -1}}");
        assertThatThrownBy(() -> ScalingFactorsFile.read(file)).hasMessageContaining("slope and intercept");
    }

    @Test
    void residualsHaveALineForEachPointOfEachFit() throws IOException {
        StringWriter written = new StringWriter();
        ResidualsCsv.write(analysis, written);
        List<String> lines = written.toString().lines().toList();
        int points =
                analysis.fits().stream().mapToInt(fit -> fit.support().points()).sum();
        assertThat(lines).hasSize(1 + points);
        assertThat(lines.get(0)).startsWith("functional,basis,nucleus,solvent,molecule_id,molecule,atoms");
        assertThat(lines.get(1)).startsWith("WP04,\"6-31G(d,p)\",1H,CHCl3,compound_01,Nitromethane,5 6 7,");
        assertThat(lines).anyMatch(line -> line.contains(",\"N,N-Dimethylformamide (DMF)\","));
    }

    @Test
    void theComparisonHasWhatTheFormatPromises() throws IOException {
        StringWriter written = new StringWriter();
        MethodComparisonFile.write(analysis, written);
        Map<String, Object> tree = Json.parseObject(written.toString());
        assertThat(tree).containsEntry("data_set", "DELTA50").containsEntry("draws", 10_000L);
        Map<String, Object> nuclei = Json.asObject(tree.get("nuclei"));
        assertThat(nuclei).containsOnlyKeys("1H", "13C");
        Map<String, Object> protons = Json.asObject(nuclei.get("1H"));
        MethodComparison comparison = analysis.comparison(Nucleus.H1);
        RankedMethod best = comparison.ranking().get(0);
        assertThat(Json.asObject(Json.asArray(protons.get("ranking")).get(0)))
                .containsEntry("key", best.fit().key().toString())
                .containsEntry("rank", 1L)
                .containsEntry("like_the_best", true)
                .containsEntry("cross_validated_rmsd", best.rmsd());
        MethodDifference difference = comparison.differences().get(0);
        assertThat(Json.asObject(Json.asArray(protons.get("pairs")).get(0)))
                .containsEntry("rmsd_difference", difference.rmsd())
                .containsEntry("inversion_probability", difference.inversion())
                .containsEntry(
                        "ci_rmsd_difference",
                        List.of(
                                difference.rmsdInterval().low(),
                                difference.rmsdInterval().high()));
        Map<String, Object> bootstrap = Json.asObject(
                Json.asObject(Json.parseObject(Written.factors(analysis)).get(KEY))
                        .get("bootstrap"));
        assertThat(bootstrap)
                .containsOnlyKeys("n_molecules", "rmsd", "mae", "cross_validated_rmsd", "slope", "intercept", "m", "b");
    }

    @Test
    void theRecordedRunsComparedAreThoseThatAreCommitted() throws IOException {
        AnalysisFiles.write(directory, ComparedRuns.analysis(), List.of());
        for (String file : List.of(AnalysisFiles.COMPARISON, AnalysisFiles.TEXT)) {
            assertThat(directory.resolve(file))
                    .hasSameTextualContentAs(Path.of("../docs/results/compared").resolve(file));
        }
    }

    /** To the last digit. */
    @ParameterizedTest
    @MethodSource("io.github.qmbench.nmr.analysis.RecordedRuns#directories")
    void theAnalysisOfACommittedRunIsTheOneBesideIt(String run) throws IOException {
        Path committed = Path.of("../docs/results").resolve(run);
        ShieldingAnalysis again = ShieldingAnalysis.of(
                DataSet.delta50(),
                PackedJournal.results(committed.resolve("progress.jsonl.gz")).stream(),
                AnalysisSettings.defaults());

        for (Path file : AnalysisFiles.write(directory, again, Comparison.of(again, PublishedResult.all()))) {
            assertThat(file).hasSameTextualContentAs(committed.resolve(file.getFileName()));
        }
    }

    @Test
    void markdownTellsFitsComparisonsAndMolecules() throws IOException {
        List<Comparison> comparisons = Comparison.of(analysis, PublishedResult.all());
        String text = Written.markdown(analysis, comparisons);
        assertThat(text)
                .contains("# Scaling factors from DELTA50", "Molecules 2023", "## 1H, best first", "## 13C, best first")
                .contains("| - | -1.0311 | 32.2654 |", "Table 7", "| 114 | - | - | 0.098 | 0.37 |", "Table 3")
                .contains(
                        "- **WP04/6-311++G(2d,p)/1H/CHCl3**: no difference is given: the number of published values is not"
                                + " known\n")
                .contains(
                        "- **WP04/6-311++G(2d,p)/CHCl3**: 49 of 50 molecules; without a result: Nitromethane (compound_01)\n");
    }

    @Test
    void comparesWithPublishedLinesOfTheSameMethodAndBasisOnly() {
        List<Comparison> comparisons = Comparison.of(analysis, PublishedResult.all());
        assertThat(comparisons)
                .extracting(comparison -> comparison.fit().key().toString())
                .containsExactly("WP04/6-31G(d,p)/1H/CHCl3", "WP04/6-311++G(2d,p)/1H/CHCl3");
        assertThat(comparisons.get(0).rmsdDifference()).isPresent();
        assertThat(comparisons.get(1).largestDifference())
                .as("how many values the published line stands on is not known")
                .isEmpty();
    }

    @Test
    void writesFourFilesAndNothingElse() throws IOException {
        Path results = directory.resolve("new/results");
        List<Path> files = AnalysisFiles.write(results, analysis, List.of());
        try (Stream<Path> written = Files.list(results)) {
            assertThat(written).containsExactlyInAnyOrderElementsOf(files);
        }
        assertThat(results.resolve("scaling_factors.json")).hasContent(Written.factors(analysis));
    }

    @Test
    void starsInTheNameOfABasisSetAreWrittenOut() {
        ShieldingAnalysis stars = ShieldingAnalysis.of(
                DataSet.delta50(),
                new SyntheticRun(DataSet.delta50()).with("basis", "6-31G**").results(),
                AnalysisSettings.defaults());
        assertThat(stars.fits()).extracting(fit -> fit.key().toString()).contains(KEY);
    }
}
