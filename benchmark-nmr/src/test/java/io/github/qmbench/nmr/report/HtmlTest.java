package io.github.qmbench.nmr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.Nucleus;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "9.94, 9.9 s",
        "9.96, 10 s",
        "61, 61 s",
        "119, 119 s",
        "120, 2 min",
        "7140, 119 min",
        "7200, 2.0 h",
        "99000, 27.5 h"
    })
    void aDurationHasTheUnitThatSuitsIt(double seconds, String words) {
        assertThat(Html.duration(seconds)).isEqualTo(words);
    }

    @Test
    void escapesWhatWouldEndATextOrAnAttribute() {
        assertThat(Html.escape("a & b < c > \"d\" 'e'")).isEqualTo("a &amp; b &lt; c &gt; &quot;d&quot; &#39;e&#39;");
    }

    @Test
    void numbersHaveARealMinusSign() {
        assertThat(Html.number(-1.256, 2)).isEqualTo("−1.26");
        assertThat(Html.number(OptionalDouble.of(2.04), 1)).isEqualTo("2.0");
        assertThat(Html.number(OptionalDouble.empty(), 1)).isEqualTo("–");
        assertThat(Html.signed(0.5, 2)).isEqualTo("+0.50");
        assertThat(Html.signed(-0.25, 2)).isEqualTo("−0.25");
        assertThat(Html.signed(0, 1)).isEqualTo("0.0");
    }

    @Test
    void protonsHaveADecimalMore() {
        assertThat(Html.decimals(Nucleus.H1)).isEqualTo(3);
        assertThat(Html.decimals(Nucleus.C13)).isEqualTo(2);
        assertThat(Html.isotope(Nucleus.C13)).isEqualTo("<sup>13</sup>C");
    }

    @Test
    void threeAtomsInARowAreARangeAndTwoAreNot() {
        assertThat(ReportData.atoms("H", List.of(5, 6, 7, 9, 11, 12, 20, 21, 22, 23)))
                .isEqualTo("H5–H7 H9 H11 H12 H20–H23");
        assertThat(ReportData.atoms("C", List.of(3))).isEqualTo("C3");
    }
}
