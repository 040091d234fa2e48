package io.github.qmbench.nmr.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NucleiCsvTest {

    @TempDir
    static Path directory;

    private static RunFolder committed;
    private static List<Map<String, String>> rows;

    @BeforeAll
    static void writesTheTableOfTheCommittedRun() throws IOException {
        committed = RunFolder.committed(directory.resolve("committed"));
        rows = Table.rows(csv(committed));
    }

    private static String csv(RunFolder folder) throws IOException {
        StringWriter out = new StringWriter();
        NucleiCsv.write(List.of(new ExportedRun("here", folder.recorded())), Optional.empty(), out);
        return out.toString();
    }

    @Test
    void hasARowForEachAtomOfEachMolecule() {
        long atoms = DataSet.delta50().molecules().stream()
                .mapToLong(molecule -> molecule.atoms().size())
                .sum();

        assertThat(rows).hasSize((int) atoms);
        assertThat(rows.get(0))
                .containsEntry("results", "here")
                .containsEntry("task_id", "compound_01/WP04_CHCl3")
                .containsEntry("molecule_id", "compound_01")
                .containsEntry(
                        "molecule",
                        DataSet.delta50().molecule("compound_01").orElseThrow().name())
                .containsEntry("atom", "1")
                .containsEntry("element", "C")
                .containsEntry("nucleus", "13C")
                .containsEntry("group", "1")
                .containsEntry("functional", "WP04")
                .containsEntry("basis", "6-31G(d,p)")
                .containsEntry("solvent", "CHCl3")
                .containsEntry("geometry_level", "B3LYP/6-31G*")
                .containsEntry("shielding_ppm", "122.9219");
    }

    /** The line is that of the committed file of factors. */
    @Test
    void predictsByTheLineOfTheRun() throws IOException {
        Map<String, Object> factors =
                Json.parseObject(Files.readString(RunFolder.committedFile("scaling_factors.json")));
        assertThat(rows)
                .filteredOn(row -> !row.get("predicted_ppm").isEmpty())
                .hasSizeGreaterThan(400)
                .allSatisfy(row -> {
                    Map<String, Object> line =
                            Json.asObject(factors.get("WP04/6-31G(d,p)/" + row.get("nucleus") + "/CHCl3"));
                    double expected = (Double) line.get("slope") * Double.parseDouble(row.get("shielding_ppm"))
                            + (Double) line.get("intercept");
                    assertThat(Double.parseDouble(row.get("predicted_ppm"))).isCloseTo(expected, within(1e-5));
                });
    }

    /** The mean deviation of a group is the residual that the committed table has of it. */
    @Test
    void deviationsOfAGroupAreThoseOfTheFit() throws IOException {
        Map<String, Double> groups = rows.stream()
                .filter(row -> !row.get("deviation_ppm").isEmpty())
                .collect(Collectors.groupingBy(
                        row -> row.get("molecule_id") + " " + row.get("group"),
                        LinkedHashMap::new,
                        Collectors.averagingDouble(row -> Double.parseDouble(row.get("deviation_ppm")))));
        List<Map<String, String>> residuals = Table.rows(Files.readString(RunFolder.committedFile("residuals.csv")));

        assertThat(groups).hasSize(residuals.size());
        assertThat(residuals).allSatisfy(point -> {
            String first = point.get("atoms").split(" ", -1)[0];
            assertThat(groups.get(point.get("molecule_id") + " " + first))
                    .isCloseTo(Double.parseDouble(point.get("residual_ppm")), within(1e-5));
        });
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(rows)
                .filteredOn(row -> row.get("element").equals("O"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("nucleus", "")
                        .containsEntry("group", "")
                        .containsEntry("predicted_ppm", "")
                        .containsEntry("measured_ppm", "")
                        .containsEntry("deviation_ppm", ""));
        assertThat(rows)
                .filteredOn(row -> row.get("measured_ppm").isEmpty())
                .allSatisfy(row -> assertThat(row).containsEntry("deviation_ppm", ""));
    }

    @Test
    void aRunWithoutShieldingsIsRefused() throws IOException {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("water")
                .axis("charge", "0")
                .build();
        RunFolder run = RunFolder.of(directory.resolve("energies"), matrix, Map.of())
                .record(matrix.get(0), Map.of(), CalculationOutcome.complete(Map.of("energy", 1.0)));

        assertThatThrownBy(() -> csv(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no shieldings in " + run.directory());
    }

    @Test
    void aResultOfAnotherGeometryHasNoMeasuredShift() throws IOException {
        RunFolder run = RunFolder.committed(directory.resolve("changed"));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("functional", "WP04");
        parameters.put("solvent", "CHCl3");
        List<Object> shieldings = new ArrayList<>();
        for (Atom atom : DataSet.delta50().molecule("compound_05").orElseThrow().atoms()) {
            shieldings.add(Map.of(
                    "index", shieldings.size() + 1, "atom", atom.element().symbol(), "shielding", 30.0));
        }
        run.again(
                Calculation.of("compound_05", parameters),
                Map.of("program", "NWChem 7.0.2", "geometry", "of other atoms"),
                CalculationOutcome.complete(Map.of("basis", "6-31G(d,p)", "shielding_data", shieldings)));

        assertThat(Table.rows(csv(run)))
                .filteredOn(row -> row.get("molecule_id").equals("compound_05"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("shielding_ppm", "30.0")
                        .containsEntry("predicted_ppm", "")
                        .containsEntry("measured_ppm", ""));
    }

    /** So that a table by method has one group for it. */
    @Test
    void aBasisSetIsSpelledAsItWasFirst() throws IOException {
        RunFolder run = RunFolder.committed(directory.resolve("spelled"));
        JournalRecord[] known = new JournalRecord[1];
        run.recorded().forEachStanding(record -> known[0] = record);
        Map<String, Object> results = new LinkedHashMap<>(known[0].outcome().results());
        results.put("basis", "6-31g**");
        run.again(known[0].calculation(), known[0].fingerprint().fields(), CalculationOutcome.complete(results));

        assertThat(Table.rows(csv(run))).extracting(row -> row.get("basis")).containsOnly("6-31G(d,p)");
    }

    @Test
    void aResultThatIsNotTheMoleculesPredictsNothing() throws IOException {
        RunFolder run = RunFolder.committed(directory.resolve("other"));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("functional", "WP04");
        parameters.put("solvent", "CHCl3");
        Calculation known = Calculation.of("compound_05", parameters);
        run.again(
                known,
                Map.of("program", "NWChem 7.0.2"),
                CalculationOutcome.complete(Map.of(
                        "basis",
                        "6-31G(d,p)",
                        "shielding_data",
                        List.of(Map.of("index", 1L, "atom", "H", "shielding", 30.0)))));

        assertThat(Table.rows(csv(run)))
                .filteredOn(row -> row.get("molecule_id").equals("compound_05"))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("shielding_ppm", "30.0")
                        .containsEntry("predicted_ppm", "")
                        .containsEntry("measured_ppm", ""));
    }
}
