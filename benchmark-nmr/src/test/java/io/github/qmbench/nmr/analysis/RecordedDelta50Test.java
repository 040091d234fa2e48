package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Nucleus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shieldings of DELTA50 that NWChem gave, as recorded in {@code docs/results}: the analysis must give the same factors as
 * a second way to them, which shares nothing with the first but the files.
 */
class RecordedDelta50Test {

    private static final Path RECORDED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");
    private static final String SHIFTS = "/io/github/qmbench/nmr/delta50.csv";

    private static List<ShieldingResult> results;
    private static Map<String, Object> analysed;
    private static Map<String, Object> committed;
    private static Map<String, List<Pair>> pairs;

    @BeforeAll
    static void reads() throws IOException {
        List<Map<String, Object>> journal = PackedJournal.lines(RECORDED.resolve("progress.jsonl.gz"));
        assertThat(journal).hasSize(50);
        results = PackedJournal.results(RECORDED.resolve("progress.jsonl.gz"));
        analysed = Json.parseObject(Written.factors(
                ShieldingAnalysis.of(DataSet.delta50(), results.stream(), AnalysisSettings.defaults())));
        committed = Json.parseObject(Files.readString(RECORDED.resolve("scaling_factors.json")));
        pairs = pairs(journal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1H", "13C"})
    void theFactorsAreThoseOfAnIndependentFormula(String nucleus) {
        Map<String, Object> factors = factors(analysed, nucleus);
        List<Pair> points = pairs.get(nucleus);
        Line line = Line.through(points);
        assertThat(factors).containsEntry("n_points", (long) points.size());
        isCloseTo(factors, "m", line.m);
        isCloseTo(factors, "b", line.b);
        isCloseTo(factors, "slope", 1 / line.m);
        isCloseTo(factors, "intercept", -line.b / line.m);

        double squares = 0;
        double absolutes = 0;
        double largest = 0;
        double crossValidated = 0;
        for (Pair point : points) {
            double deviation = line.shift(point) - point.measured;
            squares += deviation * deviation;
            absolutes += Math.abs(deviation);
            largest = Math.max(largest, Math.abs(deviation));
            Line others = Line.through(points.stream()
                    .filter(other -> !other.molecule.equals(point.molecule))
                    .toList());
            crossValidated += Math.pow(others.shift(point) - point.measured, 2);
        }
        isCloseTo(factors, "rmsd", Math.sqrt(squares / points.size()));
        isCloseTo(factors, "mae", absolutes / points.size());
        isCloseTo(factors, "max_deviation", largest);
        isCloseTo(factors, "standard_deviation", Math.sqrt(squares / (points.size() - 2)));
        isCloseTo(factors, "cross_validated_rmsd", Math.sqrt(crossValidated / points.size()));
        double mean = points.stream().mapToDouble(Pair::shielding).average().orElseThrow();
        double spread = points.stream()
                .mapToDouble(point -> Math.pow(point.shielding - mean, 2))
                .sum();
        isCloseTo(factors, "r_squared", 1 - squares * line.m * line.m / spread);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1H", "13C"})
    void theFactorsAreThoseThatAreCommitted(String nucleus) {
        Map<String, Object> old = factors(committed, nucleus);
        assertThat(old)
                .containsKeys("slope", "ci_slope", "outliers", "removed", "conditions", "bootstrap", "prediction");
        assertThat(Json.asObject(Json.asObject(old.get("prediction")).get("without")))
                .hasSize(50);
        isTheSame(nucleus, factors(analysed, nucleus), old);
    }

    /** Everything in two values, numbers to nine decimals: Java's own functions differ in the last digit. */
    private static void isTheSame(String where, Object value, Object other) {
        if (value instanceof Map<?, ?> && other instanceof Map<?, ?>) {
            Map<String, Object> fields = Json.asObject(value);
            Map<String, Object> others = Json.asObject(other);
            assertThat(others.keySet()).as(where).containsExactlyElementsOf(fields.keySet());
            fields.forEach((field, inner) -> isTheSame(where + "." + field, inner, others.get(field)));
        } else if (value instanceof List<?> list && other instanceof List<?> others) {
            assertThat(others).as(where).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                isTheSame(where + "." + i, list.get(i), others.get(i));
            }
        } else if (value instanceof Double number) {
            assertThat((Double) other).as(where).isCloseTo(number, within(1e-9));
        } else {
            assertThat(other).as(where).isEqualTo(value);
        }
    }

    /** The figures of {@code docs/data-sets.md}. */
    @Test
    void theShiftOfAnisolesTableIsFoundByTheseShieldings() {
        Map<Integer, Double> printed = Map.of(6, 159.55, 1, 113.90, 2, 129.45, 3, 120.65, 4, 129.45, 5, 113.90);
        DataSet delta50 = DataSet.delta50();
        DataSet asPrinted = Reassigned.delta50("compound_48", Nucleus.C13, printed);
        ShieldingAnalysis analysis = ShieldingAnalysis.of(asPrinted, results.stream(), AnalysisSettings.defaults());
        assertThat(analysis.ranked(Nucleus.C13).get(0).accuracy().rmsd()).isCloseTo(6.06, within(0.005));
        List<AssignmentWarning> warnings = analysis.methods().get(0).warnings();
        assertThat(warnings)
                .extracting(warning -> warning.point().atoms(), warning -> Math.round(warning.standardDeviations()))
                .containsExactlyInAnyOrder(tuple(List.of(6), -15L), tuple(List.of(1, 5), 8L));
        assertThat(warnings.get(0).fitting())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(1, 159.55, 2, 113.90, 3, 129.45, 4, 120.65, 5, 129.45, 6, 113.90));
        assertThat(ShieldingAnalysis.of(delta50, results.stream(), AnalysisSettings.defaults())
                        .methods()
                        .get(0)
                        .warnings())
                .isEmpty();
    }

    private static void isCloseTo(Map<String, Object> factors, String field, double expected) {
        assertThat((Double) factors.get(field)).as(field).isCloseTo(expected, within(1e-9));
    }

    private static Map<String, Object> factors(Map<String, Object> tree, String nucleus) {
        return Json.asObject(tree.get("WP04/6-31G(d,p)/" + nucleus + "/CHCl3"));
    }

    /** Reads the table of shifts and the journal by themselves, and brings them together by molecule and shift. */
    private static Map<String, List<Pair>> pairs(List<Map<String, Object>> journal) throws IOException {
        Map<String, Double> shieldings = new HashMap<>();
        for (Map<String, Object> line : journal) {
            for (Object entry : Json.asArray(Json.asObject(line.get("results")).get("shielding_data"))) {
                Map<String, Object> atom = Json.asObject(entry);
                shieldings.put(line.get("subject") + " " + atom.get("index"), (Double) atom.get("shielding"));
            }
        }
        Map<String, List<Double>> groups = new LinkedHashMap<>();
        try (InputStream table = RecordedDelta50Test.class.getResourceAsStream(SHIFTS)) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().skip(1).toList()) {
                String[] fields = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
                if (!fields[7].isEmpty()) {
                    groups.computeIfAbsent(fields[0] + " " + fields[3] + " " + fields[7], group -> new ArrayList<>())
                            .add(shieldings.get(fields[0] + " " + fields[2]));
                }
            }
        }
        return groups.entrySet().stream()
                .map(group -> {
                    String[] parts = group.getKey().split(" ");
                    double mean = group.getValue().stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow();
                    return new Pair(parts[0], parts[1].equals("H") ? "1H" : "13C", Double.parseDouble(parts[2]), mean);
                })
                .collect(Collectors.groupingBy(Pair::nucleus));
    }

    private record Pair(String molecule, String nucleus, double measured, double shielding) {}

    /** Least squares by deviations from the means. */
    private record Line(double m, double b) {

        static Line through(List<Pair> points) {
            double x = points.stream().mapToDouble(Pair::measured).average().orElseThrow();
            double y = points.stream().mapToDouble(Pair::shielding).average().orElseThrow();
            double products = 0;
            double squares = 0;
            for (Pair point : points) {
                products += (point.measured - x) * (point.shielding - y);
                squares += (point.measured - x) * (point.measured - x);
            }
            return new Line(products / squares, y - products / squares * x);
        }

        double shift(Pair point) {
            return (point.shielding - b) / m;
        }
    }
}
