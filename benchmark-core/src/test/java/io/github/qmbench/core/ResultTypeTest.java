package io.github.qmbench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultTypeTest {

    @TempDir
    Path directory;

    private enum Quality {
        GOOD,
        POOR
    }

    private record Tree(String name, List<Tree> branches) {}

    private record Level(int number, double energy) {}

    private record Everything(
            boolean yes,
            byte tiny,
            short small,
            int whole,
            long large,
            float single,
            double fraction,
            String text,
            Integer boxed,
            Quality quality,
            double[] vector,
            int[][] table,
            List<String> words,
            List<List<Level>> levels,
            Level lowest,
            Level[] all) {}

    private static final Everything VALUE = new Everything(
            true,
            (byte) 1,
            (short) -2,
            3,
            1L << 60,
            0.1f,
            -1.2,
            "a \"word\"",
            null,
            Quality.POOR,
            new double[] {1, 2.5},
            new int[][] {{1}, {}},
            List.of("x", "y"),
            List.of(List.of(new Level(1, -0.5)), List.of()),
            new Level(0, -1),
            new Level[] {new Level(7, 1e-300)});

    @Test
    void aRecordComesBackFromTheJournalAsItWas() throws Exception {
        RunOutcome outcome = BenchmarkRunner.builder(
                        directory,
                        CalculationMatrix.builder().subjects("a").build(),
                        (calculation, context) -> CalculationOutcome.complete(VALUE))
                .resultType(Everything.class)
                .build()
                .run();

        Everything read = outcome.results()
                .of(Calculation.of("a", Map.of()))
                .orElseThrow()
                .results(Everything.class);
        assertThat(read).usingRecursiveComparison().isEqualTo(VALUE);
    }

    @Test
    void aRecordMayHoldRecordsOfItsOwnType() {
        Tree tree = new Tree("root", List.of(new Tree("leaf", List.of())));

        assertThat(CalculationOutcome.complete(tree).results(Tree.class)).isEqualTo(tree);
    }

    private record Dated(int x, Instant when) {}

    private record Outer(List<Inner> inner) {}

    private record Inner(Optional<String> maybe) {}

    private record Raw(@SuppressWarnings("rawtypes") List list) {}

    private record Wild(List<? extends Number> numbers) {}

    private record Letter(char c) {}

    @Test
    void anythingElseIsRefusedByTheNameOfItsComponentBeforeTheFirstCalculation() {
        BenchmarkRunner.Builder builder = BenchmarkRunner.builder(
                directory,
                CalculationMatrix.builder().subjects("a").build(),
                (calculation, context) -> CalculationOutcome.cancelled());

        assertThatThrownBy(() -> builder.resultType(Dated.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'when'")
                .hasMessageContaining("java.time.Instant")
                .hasMessageContaining("use a primitive");
        assertThatThrownBy(() -> builder.resultType(Outer.class)).hasMessageContaining("component 'inner.maybe'");
        assertThatThrownBy(() -> builder.resultType(Raw.class)).hasMessageContaining("component 'list'");
        assertThatThrownBy(() -> builder.resultType(Wild.class)).hasMessageContaining("component 'numbers'");
        assertThatThrownBy(() -> builder.resultType(Letter.class)).hasMessageContaining("component 'c'");
    }

    @Test
    void aResultThatIsNoNumberIsRefusedByItsPlace() {
        assertThatThrownBy(() -> CalculationOutcome.complete(new Level(1, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("energy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'energy': 1}",
                "{'number': 1.5, 'energy': 1}",
                "{'number': 3000000000, 'energy': 1}",
                "{'number': 'one', 'energy': 1}",
                "{'number': [1], 'energy': 1}",
                "{'number': null, 'energy': 1}"
            })
    void whatIsNotOfTheTypeIsRefusedByTheNameOfItsComponent(String json) throws Exception {
        CalculationOutcome outcome =
                CalculationOutcome.complete(io.github.qmbench.core.json.Json.parseObject(json.replace('\'', '"')));

        assertThatThrownBy(() -> outcome.results(Level.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'number'");
    }

    @Test
    void moreResultsThanComponentsDoNoHarmAndWholeNumbersAreFractions() {
        assertThat(CalculationOutcome.complete(Map.of("number", 2, "energy", 3, "more", "x"))
                        .results(Level.class))
                .isEqualTo(new Level(2, 3.0));
    }

    @Test
    void theMapFormHasTypedGetters() {
        CalculationOutcome outcome = CalculationOutcome.complete(Map.of("x", 1.5, "n", 3, "s", "t"));

        assertThat(outcome.decimal("x")).isEqualTo(1.5);
        assertThat(outcome.decimal("n")).isEqualTo(3);
        assertThat(outcome.wholeNumber("n")).isEqualTo(3);
        assertThat(outcome.text("s")).isEqualTo("t");
        assertThatThrownBy(() -> outcome.wholeNumber("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no result 'x' that is a whole number");
        assertThatThrownBy(() -> outcome.decimal("y")).hasMessageContaining("no result 'y'");
    }

    @Test
    void parametersAreReadAsWhatTheyAre() {
        Calculation calculation = Calculation.of("a", Map.of("points", "20", "step", "0.5", "shape", "ring"));

        assertThat(calculation.parameterAsInt("points")).isEqualTo(20);
        assertThat(calculation.parameterAsDouble("step")).isEqualTo(0.5);
        assertThat(calculation.parameter("shape", String::length)).isEqualTo(4);
        assertThatThrownBy(() -> calculation.parameterAsInt("shape"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter 'shape' of ")
                .hasMessageContaining("is 'ring', which is not a whole number");
        assertThatThrownBy(() -> calculation.parameterAsInt("colour")).hasMessageContaining("no parameter colour");
    }
}
