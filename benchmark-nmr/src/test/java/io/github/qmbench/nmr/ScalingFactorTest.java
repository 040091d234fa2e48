package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nmr.ScalingFactor.Key;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingFactorTest {

    private static final Key KEY = Key.parse("B3LYP/6-311+G(2d,p)/1H/CHCl3");

    @Test
    void keysAreReadAndWritten() {
        assertThat(KEY).isEqualTo(new Key("B3LYP", "6-311+G(2d,p)", Nucleus.H1, "CHCl3"));
        assertThat(KEY).hasToString("B3LYP/6-311+G(2d,p)/1H/CHCl3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B3LYP", "B3LYP/6-31G/1H", "B3LYP/6-31G/17O/CHCl3", "/6-31G/1H/CHCl3", "a/b/1H/c/d"})
    void keysOfAnotherFormAreRefused(String text) {
        assertThatThrownBy(() -> Key.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysMatchWhateverTheSpelling() {
        assertThat(Key.parse("wp04/6-31G**/1H/chcl3").matches(Key.parse("WP04/6-31g(d,p)/1H/CHCl3")))
                .isTrue();
        assertThat(Key.parse("B3LYP/6-31G*/1H/CHCl3").matches(Key.parse("B3LYP/6-31G(d)/1H/CHCl3")))
                .isTrue();
        assertThat(Key.parse("WP04/6-31G*/1H/CHCl3").matches(Key.parse("WP04/6-31G**/1H/CHCl3")))
                .isFalse();
        assertThat(Key.parse("WP04/6-31G*/1H/CHCl3").matches(Key.parse("WP04/6-31G*/13C/CHCl3")))
                .isFalse();
    }

    @Property
    void bothConventionsAreTheSameLine(
            @ForAll @DoubleRange(min = -1.5, max = -0.5) double m,
            @ForAll @DoubleRange(min = 10, max = 250) double b,
            @ForAll @DoubleRange(min = -20, max = 250) double shift) {
        ScalingFactor factor = ScalingFactor.ofShieldingLine(KEY, m, b, "");
        assertThat(factor.m()).isCloseTo(m, within(1e-12));
        assertThat(factor.b()).isCloseTo(b, within(1e-10));
        assertThat(factor.shielding(shift)).isCloseTo(m * shift + b, within(1e-9));
        assertThat(factor.shift(factor.shielding(shift))).isCloseTo(shift, within(1e-9));
    }

    @Test
    void refusesALineThatPredictsNothing() {
        assertThatThrownBy(() -> new ScalingFactor(KEY, 0, 31, "")).hasMessageContaining("slope");
        assertThatThrownBy(() -> ScalingFactor.ofShieldingLine(KEY, 0, 31, "")).hasMessageContaining("m must be");
        assertThatThrownBy(() -> new ScalingFactor(KEY, -1, Double.NaN, "")).hasMessageContaining("NaN");
    }

    @Test
    void findsThePublishedLinesWithTheirSource() {
        ScalingFactor factor = ScalingFactors.published()
                .find(Key.parse("wp04/6-311++G(2d,p)/1H/CHCl3"))
                .orElseThrow();
        assertThat(factor.m()).isCloseTo(-1.0311, within(1e-12));
        assertThat(factor.b()).isCloseTo(32.2654, within(1e-12));
        assertThat(factor.reference()).contains("Table 7");
        assertThat(factor.shift(32.2654)).isCloseTo(0, within(1e-12));
        assertThat(ScalingFactors.published().find(KEY)).isEmpty();
    }

    @Test
    void refusesTwoLinesForOneKey() {
        ScalingFactor one = new ScalingFactor(KEY, -1, 31, "");
        ScalingFactor other = new ScalingFactor(Key.parse("b3lyp/6-311+g(2d,p)/1H/chcl3"), -0.9, 30, "");
        assertThatThrownBy(() -> ScalingFactors.of(List.of(one, other))).hasMessageContaining("two scaling factors");
    }
}
