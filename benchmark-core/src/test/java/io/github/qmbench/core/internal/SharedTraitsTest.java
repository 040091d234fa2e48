package io.github.qmbench.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedTraitsTest {

    private static final Map<String, String> WP04 = Map.of("functional", "WP04", "basis", "3-21G");
    private static final Map<String, String> M06 = Map.of("functional", "M06");

    private static SharedTraits of(CalculationMatrix matrix, Calculation... calculations) {
        SharedTraits shared = SharedTraits.of(matrix);
        List.of(calculations).forEach(shared::add);
        return shared;
    }

    @Test
    void whatDoesNotVaryIsNotWorthSaying() {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("a")
                .axis("functional", "B3LYP")
                .axis("solvent", "CHCl3", "DMSO")
                .build();

        SharedTraits shared = of(matrix, matrix.get(1), matrix.get(1));

        assertThat(shared.values()).isEqualTo(Map.of("solvent", "DMSO"));
        assertThat(shared.sentence()).hasValue("all 2 failed calculations have solvent DMSO");
        assertThat(of(matrix, matrix.get(1)).sentence()).isEmpty();
        assertThat(of(matrix, matrix.get(0), matrix.get(1)).sentence()).isEmpty();
    }

    @Test
    void aParameterThatSomeAreWithoutVaries() {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("a", "b")
                .combinations(List.of(WP04, M06))
                .build();

        assertThat(of(matrix, Calculation.of("a", WP04), Calculation.of("b", WP04))
                        .values())
                .isEqualTo(WP04);
        assertThat(of(matrix, Calculation.of("a", WP04), Calculation.of("b", M06))
                        .values())
                .isEmpty();
    }

    @Test
    void aParameterWithOneValueThatAllHaveDoesNotVary() {
        CalculationMatrix matrix = CalculationMatrix.builder()
                .subjects("a", "b")
                .combinations(List.of(
                        Map.of("functional", "WP04", "basis", "3-21G"), Map.of("functional", "M06", "basis", "3-21G")))
                .build();

        assertThat(of(matrix, matrix.get(0), matrix.get(0)).values()).containsOnlyKeys("subject", "functional");
    }
}
