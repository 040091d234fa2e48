package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInFactorsTest {

    private static final Path RESOURCES = Path.of("src/main/resources/io/github/qmbench/nmr/factors");
    private static final Path RESULTS = Path.of("../docs/results");

    @Test
    void areThoseOfTheCommittedRuns() throws IOException {
        List<String> names = Files.readAllLines(RESOURCES.resolve("index.txt"));
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(RESOURCES.resolve(name + ".json"))
                        .hasSameTextualContentAs(RESULTS.resolve(name).resolve("scaling_factors.json")));
        try (Stream<Path> files = Files.list(RESOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .as("every file of factors is in index.txt")
                    .containsExactlyInAnyOrderElementsOf(
                            names.stream().map(name -> name + ".json").toList());
        }
    }

    /** What a prediction says beside the shift: its range, its errors, and the elements that it holds for. */
    @ParameterizedTest
    @ValueSource(strings = {"delta50", "delta50-wp04-3-21g", "delta50-wp04-cc-pvdz", "delta50-wp04-6-31gdp-chcl3"})
    void saysOfPredictionsWhatTheRecordedRunGives(String run) throws IOException {
        ShieldingAnalysis analysis = ShieldingAnalysis.of(
                DataSet.delta50(),
                PackedJournal.results(RESULTS.resolve(run).resolve("progress.jsonl.gz")).stream(),
                AnalysisSettings.defaults());
        assertThat(analysis.methods()).isNotEmpty().allSatisfy(method -> isBuiltIn(analysis, method));
    }

    private static void isBuiltIn(ShieldingAnalysis analysis, MethodAnalysis method) {
        List<PredictionBasis> predictions = analysis.predictions(method);

        assertThat(predictions).hasSize(2);
        for (int i = 0; i < predictions.size(); i++) {
            ScalingFactor.Key key = method.fits().get(i).key();
            Nucleus nucleus = key.nucleus();
            PredictionBasis expected = BuiltInFactors.all().stream()
                    .filter(factor -> factor.line().key().matches(key))
                    .findFirst()
                    .flatMap(PredictionFactor::basis)
                    .orElseThrow();
            PredictionBasis basis = predictions.get(i);
            assertThat(basis.bondedTo())
                    .isEqualTo(expected.bondedTo())
                    .contains(nucleus == Nucleus.H1 ? Element.C : Element.N)
                    .doesNotContain(Element.P);
            assertThat(basis.lowestShift()).isEqualTo(expected.lowestShift());
            assertThat(basis.highestShift()).isEqualTo(expected.highestShift());
            assertThat(basis.without()).containsOnlyKeys(expected.without().keySet());
            assertThat(basis.interval().orElseThrow().error68())
                    .isCloseTo(expected.interval().orElseThrow().error68(), within(1e-3));
        }
    }

    @Test
    void tellWhatTheyWereMadeOf() {
        assertThat(BuiltInFactors.all()).isNotEmpty().allSatisfy(factor -> {
            assertThat(factor.dataSet()).isEqualTo("DELTA50");
            assertThat(factor.geometryLevel()).hasValue("B3LYP/6-31G*");
            assertThat(factor.molecules()).isEqualTo(50);
            assertThat(factor.points()).isEqualTo(factor.nucleus() == Nucleus.H1 ? 114 : 143);
            assertThat(factor.conditions()).containsKeys("program", "grid", "basis_type");
            assertThat(factor.basis().orElseThrow().without()).hasSize(50);
        });
    }

    @Test
    void thereIsOneForProtonsAndOneForCarbonsInChloroform() {
        Map<Nucleus, PredictionFactor> recommended = BuiltInFactors.recommended();
        assertThat(recommended).containsOnlyKeys(Nucleus.H1, Nucleus.C13);
        assertThat(recommended.get(Nucleus.H1).method()).isEqualTo("WP04/6-311++G(2d,p)/CHCl3");
        assertThat(recommended.get(Nucleus.C13).method()).isEqualTo("B3LYP/6-311+G(2d,p)/CHCl3");
    }

    @Test
    void prefersWp04ForProtonsB3lypForCarbonsAndChloroformAlways() {
        List<PredictionFactor> factors = new ArrayList<>();
        factors.add(factor("WP04/jul-cc-pVDZ/1H/DMSO", "B3LYP/6-31G*"));
        factors.add(factor("B3LYP/6-311+G(2d,p)/13C/DMSO", "B3LYP/6-31G*"));
        assertThat(BuiltInFactors.recommended(factors)).isEmpty();

        factors.add(factor("PBE0/cc-pVDZ/1H/CHCl3", "B3LYP/6-31G*"));
        factors.add(factor("PBE0/cc-pVDZ/13C/CHCl3", "B3LYP/6-31G*"));
        assertThat(BuiltInFactors.recommended(factors).values())
                .as("where there is none of those preferred")
                .extracting(PredictionFactor::method)
                .containsExactly("PBE0/cc-pVDZ/CHCl3", "PBE0/cc-pVDZ/CHCl3");

        for (String nucleus : List.of("1H", "13C")) {
            factors.add(factor("B3LYP/cc-pVTZ/" + nucleus + "/CHCl3", "B3LYP/6-31G*"));
            factors.add(factor("WP04/cc-pVTZ/" + nucleus + "/CHCl3", "B3LYP/6-31G*"));
        }
        Map<Nucleus, PredictionFactor> recommended = BuiltInFactors.recommended(factors);
        assertThat(recommended.get(Nucleus.H1).method()).isEqualTo("WP04/cc-pVTZ/CHCl3");
        assertThat(recommended.get(Nucleus.C13).method()).isEqualTo("B3LYP/cc-pVTZ/CHCl3");

        factors.addAll(BuiltInFactors.all());
        assertThat(BuiltInFactors.recommended(factors))
                .as("of several the one with the smallest error")
                .isEqualTo(BuiltInFactors.recommended());
    }

    @Test
    void theLevelOfTheGeometryIsInKeysThatWouldBeTheSame() {
        List<PredictionFactor> factors = BuiltInFactors.distinct(List.of(
                factor("WP04/6-31G(d,p)/1H/CHCl3", "B3LYP/6-31G*"),
                factor("WP04/6-31G**/1H/CHCl3", "B3LYP/6-311G(d,p)/CHCl3"),
                factor("WP04/6-31G(d,p)/13C/CHCl3", "B3LYP/6-31G*")));
        assertThat(factors)
                .extracting(PredictionFactor::method)
                .containsExactly(
                        "WP04/6-31G(d,p)/CHCl3//B3LYP/6-31G*",
                        "WP04/6-31G**/CHCl3//B3LYP/6-311G(d,p)/CHCl3",
                        "WP04/6-31G(d,p)/CHCl3");
        ScalingFactor.Key key = factors.get(0).line().key();
        assertThat(ScalingFactor.Key.parse(key.toString())).isEqualTo(key);
        assertThat(key).hasToString("WP04/6-31G(d,p)/1H/CHCl3//B3LYP/6-31G*");
        assertThat(key.matches(ScalingFactor.Key.parse("wp04/6-31G**/1H/chcl3//b3lyp/6-31G(d)")))
                .isTrue();
        assertThat(key.matches(factors.get(1).line().key())).isFalse();
    }

    private static PredictionFactor factor(String key, String geometry) {
        return new PredictionFactor(
                new ScalingFactor(ScalingFactor.Key.parse(key), -1, 31, "test"),
                "test",
                100,
                40,
                Map.of("geometry_level", geometry),
                Optional.empty());
    }
}
