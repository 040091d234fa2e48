package io.github.qmbench.nwchem.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nwchem.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XcExpressionTest {

    /** Weights end after three decimals, those of a range separation after two. */
    private static final double PRINTED = 0.00051;

    @Test
    void foretellsWhatNwchemPrintedForEveryExpressionItTakes() {
        int taken = 0;
        for (String line : Samples.lines("xc-printed.tsv").toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t");
            Optional<Map<String, Double>> foretold = printed(cells[0]);
            if (foretold.isEmpty()) {
                continue;
            }
            taken++;
            Map<String, Double> real = components(cells[1]);
            assertThat(foretold.get()).as(cells[0]).containsOnlyKeys(real.keySet());
            real.forEach((component, weight) ->
                    assertThat(foretold.get().get(component)).as(cells[0]).isCloseTo(weight, within(PRINTED)));
        }
        assertThat(taken).isGreaterThan(280);
    }

    @Test
    void takesEachWordThatNwchemTakesByItself() {
        List<String> refused = Samples.lines("xc-printed.tsv")
                .filter(line -> !line.startsWith("#"))
                .filter(line -> line.split("\t")[0].split(" ").length == 2)
                .filter(line -> !line.endsWith("\trefused"))
                .map(line -> line.split("\t")[0])
                .filter(expression -> printed(expression).isEmpty())
                .toList();

        // Those with a range separation need a cam line; of double hybrids NWChem's shieldings lack a part.
        assertThat(refused)
                .containsExactlyInAnyOrder(
                        "xc xbnl07",
                        "xc xcamb88",
                        "xc xcampbe96",
                        "xc xcamlsd",
                        "xc xwpbe",
                        "xc srhfexch",
                        "xc mp2",
                        "xc b2plyp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // What NWChem 7.0.2 takes for something else without a word:
                "becke88 0.5 lyp 0.4 becke88 0.25 | 'becke88' twice in one xc expression set the same component",
                "becke88 nonlocal 0.5 becke88 0.5 | 'becke88' twice",
                "b3lyp HFexch 0.3                 | 'b3lyp' and 'HFexch' in one xc expression set the same component",
                "slater nonlocal 0.8              | 'slater' in an xc expression has no nonlocal part in NWChem",
                "perdew86 local 0.8               | 'perdew86' in an xc expression has no local part in NWChem",
                "op 0.5                           | 'op' in an xc expression has no weight; write out its components",
                "xcamb88 1.00 lyp 0.81            | 'xcamb88' needs a range separation",
                // What it refuses:
                "HFexch 0.25 pbe96 nonlocal 0.75  | 'pbe96' in an xc expression has no nonlocal part in NWChem",
                "b3lyp 0.5                        | 'b3lyp' in an xc expression has no weight; write out its components",
                "lyp 0.5 0.5                      | the number '0.5' in an xc expression follows no name",
            })
    void refusesWhatNwchemWouldTakeForAnotherFunctional(String expression, String reason) {
        assertThatThrownBy(() -> Functional.parse("xc=" + expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1013, 1083, 100_000})
    void refusesAnExpressionThatNwchemWouldCut(int length) {
        String tail = " lyp 0.81";
        String expression = "slater 0." + "8".repeat(length - 9 - tail.length()) + tail;
        assertThat(expression).hasSize(length);

        assertThatThrownBy(() -> Functional.parse("xc=" + expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an xc expression must have at most 1000 characters but has " + length
                        + "; NWChem cuts longer lines");
    }

    @Test
    void takesTheLongestExpressionThatIsAllowed() {
        String expression = "slater 0." + "8".repeat(1000 - 9 - 9) + " lyp 0.81";

        assertThat(Functional.parse("xc=" + expression).printed())
                .containsEntry("Lee-Yang-Parr Correlation Functional", 0.81);
        // The longest line of the input: two blanks, "xc ", the expression; NWChem reads 1,024 characters.
        assertThat(("  xc " + expression).length()).isLessThanOrEqualTo(1024);
    }

    @Test
    void aMalformedCamLineIsRefused() {
        assertThatThrownBy(() -> XcExpression.of(List.of("xc xcamb88 HFexch", "cam 0.33 cam_gamma 0.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cam OMEGA cam_alpha ALPHA cam_beta BETA");
    }

    private static Optional<Map<String, Double>> printed(String lines) {
        try {
            return Optional.of(XcExpression.of(Arrays.asList(lines.split("; "))).printed());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Double> components(String text) {
        assertThat(text).as("what NWChem refuses must be refused").isNotEqualTo("refused");
        Map<String, Double> components = new TreeMap<>();
        for (String component : text.split("; ")) {
            String[] sides = component.split(" = ");
            components.put(sides[0], Double.valueOf(sides[1]));
        }
        return components;
    }
}
