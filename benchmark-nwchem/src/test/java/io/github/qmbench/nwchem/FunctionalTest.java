package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionalTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HF",
                "SVWN",
                "BLYP",
                "B3LYP",
                "PBE",
                "PBE0",
                "BP86",
                "B97-D",
                "BHLYP",
                "M06-2X",
                "M06-L",
                "TPSS",
                "TPSSh",
                "CAM-B3LYP",
                "mPW1PW91",
                "WP04"
            })
    void theUsualOnesAreThere(String name) {
        Functional functional = Functional.parse(name);

        assertThat(functional.name()).isEqualTo(name);
        assertThat(functional.citation()).matches(".*\\(\\d{4}\\).*");
        assertThat(functional.printed()).isNotEmpty();
        assertThat(functional.aliases())
                .allSatisfy(alias -> assertThat(Functional.parse(alias)).isEqualTo(functional));
    }

    @Test
    void presetsAreThoseOfTheBenchmark() {
        assertThat(Functional.parse("B3LYP").basis()).isEqualTo("6-311+G(2d,p)");
        assertThat(Functional.parse("wp04").basis()).isEqualTo("6-311++G(2d,p)");
        assertThat(Functional.parse("WP04").directives())
                .containsExactly("xc HFexch 0.1189 slater 0.9999 becke88 nonlocal 0.9614 vwn_1_rpa 0.9998 lyp 0.0001");
        assertThat(Functional.parse("cam-b3lyp").directives()).hasSize(2);
    }

    @Test
    void metaGgasHaveNoShieldings() {
        assertThat(Functional.all())
                .filteredOn(functional -> !functional.shieldings())
                .extracting(Functional::name)
                .containsExactly("M06-2X", "M06-L", "TPSS", "TPSSh", "B1B95");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wb97xd", "wB97X-D", "wB97M-V", "WB97"})
    void ofTheWb97FamilyItIsSaidThatThisNwchemHasNone(String name) {
        assertThatThrownBy(() -> Functional.parse(name))
                .hasMessage("NWChem 7.0.2 has no \"" + name + "\": the wB97 family came with 7.2.0. The range-separated"
                        + " functional here is CAM-B3LYP");
    }

    @ParameterizedTest
    @CsvSource({
        "xc=kt2, xc kt2",
        "XC=becke88 lyp, xc becke88 lyp",
        "HFexch 0.5   becke88 nonlocal 0.5 lyp, xc HFexch 0.5 becke88 nonlocal 0.5 lyp",
    })
    void anExpressionOfNwchemWillDo(String text, String directive) {
        Functional functional = Functional.parse(text);

        assertThat(functional.directives()).containsExactly(directive);
        assertThat(functional.basis()).isEqualTo(Functional.DEFAULT_BASIS);
        assertThat(Functional.parse(functional.name())).isEqualTo(functional);
    }

    @ParameterizedTest
    @CsvSource({
        "B3LIP, B3LYP",
        "WPO4, WP04",
        "pbe-0x, PBE0",
        "HFexch 0.5 beck88 0.5, becke88",
        "xc=wp04, ''",
    })
    void namesTheNearestOfANameNobodyHas(String text, String nearest) {
        assertThatThrownBy(() -> Functional.parse(text)).isInstanceOfSatisfying(UnknownNameException.class, e -> {
            if (!nearest.isEmpty()) {
                assertThat(e.nearest()).contains(nearest);
            }
            assertThat(e.valid()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"xc=0.5 lyp", "xc=lyp\nend", "xc="})
    void refusesAMalformedExpression(String text) {
        assertThatThrownBy(() -> Functional.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
