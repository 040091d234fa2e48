package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.internal.RunFiles;
import io.github.qmbench.core.internal.SharedTraits;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.store.RecordedRun;
import io.github.qmbench.core.store.RunDescription;
import io.github.qmbench.core.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters that vary together: rows in the place of a product, of which some may leave a parameter out. */
class CombinationsTest {

    @TempDir
    Path directory;

    private static CalculationMatrix pairs() {
        return CalculationMatrix.builder()
                .subjects("m1", "m2")
                .combinations(List.of(row("WP04", "6-31G(d,p)"), Map.of("functional", "WP04"), row("PBE0", "def2-SVP")))
                .axis("solvent", "CHCl3", "DMSO")
                .build();
    }

    private static Map<String, String> row(String functional, String basis) {
        Map<String, String> row = new java.util.LinkedHashMap<>();
        row.put("functional", functional);
        row.put("basis", basis);
        return row;
    }

    @Test
    void everyRowMeetsEveryValueOfTheOtherAxes() {
        CalculationMatrix matrix = pairs();

        assertThat(matrix.size()).isEqualTo(12);
        assertThat(matrix)
                .extracting(Calculation::taskId)
                .startsWith(
                        "m1/WP04_6-31G(d,p)_CHCl3",
                        "m1/WP04_6-31G(d,p)_DMSO",
                        "m1/WP04_CHCl3",
                        "m1/WP04_DMSO",
                        "m1/PBE0_def2-SVP_CHCl3")
                .doesNotHaveDuplicates();
        assertThat(matrix.axes())
                .isEqualTo(Map.of(
                        "functional", List.of("WP04", "PBE0"),
                        "basis", List.of("6-31G(d,p)", "def2-SVP"),
                        "solvent", List.of("CHCl3", "DMSO")));
        assertThat(matrix.indexOf(Calculation.of("m1", row("PBE0", "def2-SVP"))))
                .isEqualTo(-1);
    }

    @Test
    void benchmarkJsonHasTheRowsAndKeepsOlderReadersOut() throws IOException {
        CalculationMatrix matrix = pairs();
        Map<String, Object> json = new RunDescription(Instant.EPOCH, "nwchem", Map.of(), Map.of(), matrix).toJson();
        RunDirectory run = RunDirectory.of(directory);
        Files.writeString(RunFiles.description(run), Json.writePretty(Json.normalise(json)));

        CalculationMatrix read =
                RecordedRun.open(run).description().orElseThrow().matrix();

        assertThat(json).containsEntry("schema_version", 2L).containsKey("combinations");
        assertThat(read).containsExactlyElementsOf(matrix);
        assertThat(read.combinations()).isEqualTo(matrix.combinations());
        CalculationMatrix plain = CalculationMatrix.builder()
                .subjects("m1")
                .axis("solvent", "DMSO")
                .build();
        assertThat(new RunDescription(Instant.EPOCH, "nwchem", Map.of(), Map.of(), plain).toJson())
                .containsEntry("schema_version", 1L)
                .doesNotContainKey("combinations");
    }

    @Test
    void whatSomeCalculationsLackCountsAsSharedByThoseThatHaveIt() {
        SharedTraits shared = SharedTraits.of(CalculationMatrix.builder()
                .subjects("m1", "m2")
                .combinations(List.of(Map.of("functional", "HF"), row("HF", "3-21G")))
                .build());

        shared.add(Calculation.of("m1", row("HF", "3-21G")));
        shared.add(Calculation.of("m2", row("HF", "3-21G")));

        assertThat(shared.values()).isEqualTo(Map.of("basis", "3-21G"));
    }

    @Test
    void rowsThatMakeNoSenseAreRefused() {
        CalculationMatrix.Builder matrix =
                CalculationMatrix.builder().subjects("m1").axis("solvent", "DMSO");

        assertThatThrownBy(() -> matrix.combinations(List.of())).hasMessageContaining("rows must have a parameter");
        assertThatThrownBy(() -> matrix.combinations(List.of(Map.of()))).hasMessageContaining("rows must");
        assertThatThrownBy(() -> matrix.combinations(List.of(Map.of("solvent", "CHCl3"))))
                .hasMessageContaining("'solvent' is not a valid name for an axis");
        assertThatThrownBy(() -> matrix.combinations(List.of(Map.of("temperature", "300"), Map.of("pressure", "300"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "rows {temperature=300} and {pressure=300} have the same values, of which task ids are made;"
                                + " give them different ones");
        matrix.combinations(List.of(Map.of("functional", "HF")));
        assertThatThrownBy(() -> matrix.combinations(List.of(Map.of("basis", "3-21G"))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> matrix.axis("functional", "HF")).hasMessageContaining("'functional'");
    }

    /** The order of {@link Map#of} is another one in each process. */
    @Test
    void theIdDoesNotDependOnAMapWithoutAnOrder() {
        Map<String, String> row = Map.of("e", "5", "c", "3", "a", "1", "d", "4", "b", "2");
        for (Map<String, String> unordered : List.of(row, new HashMap<>(row))) {
            assertThat(CalculationMatrix.builder()
                            .subjects("m1")
                            .combinations(List.of(unordered))
                            .build())
                    .extracting(Calculation::taskId)
                    .containsExactly("m1/1_2_3_4_5");
        }
    }

    @Property
    void eachCalculationHasOnePlaceAndOneId(@ForAll("rows") List<Map<String, String>> rows) {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("m_1", "m/2")
                .axis("c", "x", "y_z")
                .combinations(rows)
                .build();
        Set<String> ids = new LinkedHashSet<>();
        for (int index = 0; index < matrix.size(); index++) {
            Calculation calculation = matrix.get(index);
            assertThat(matrix.indexOf(calculation)).isEqualTo(index);
            ids.add(calculation.taskId());
        }
        assertThat(ids).hasSize(matrix.size()).hasSize(4 * new LinkedHashSet<>(rows).size());
    }

    private static List<Map<String, String>> withoutOtherNamesForTheSameValues(List<Map<String, String>> rows) {
        Map<List<String>, Map<String, String>> kept = new HashMap<>();
        rows.forEach(row -> kept.putIfAbsent(List.copyOf(row.values()), row));
        return rows.stream().filter(kept::containsValue).toList();
    }

    @Provide
    Arbitrary<List<Map<String, String>>> rows() {
        Arbitrary<String> values = Arbitraries.of("1", "2", "a_b", "%5F");
        return Arbitraries.maps(Arbitraries.of("p", "q"), values)
                .ofMinSize(1)
                .map(row -> (Map<String, String>) new TreeMap<>(row))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(ArrayList::new)
                .map(CombinationsTest::withoutOtherNamesForTheSameValues);
    }
}
