package io.github.qmbench.nwchem.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
        assertThat(functional.aliases())
                .allSatisfy(alias -> assertThat(Functional.parse(alias)).isEqualTo(functional));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HF | Hartree-Fock | C. C. J. Roothaan, Rev. Mod. Phys. 23 (1951) 69",
                "SVWN | LDA, LSDA, SVWN3 | J. C. Slater, Phys. Rev. 81 (1951) 385; S. H. Vosko, L. Wilk, M. Nusair, Can. J. Phys."
                        + " 58 (1980) 1200 (the RPA fit, as SVWN in Gaussian)",
                "PBE | PBEPBE, PBE96 | J. P. Perdew, K. Burke, M. Ernzerhof, Phys. Rev. Lett. 77 (1996) 3865",
                "PBE0 | PBE1PBE, PBEh | C. Adamo, V. Barone, J. Chem. Phys. 110 (1999) 6158",
                "B97-D | B97D | S. Grimme, J. Comput. Chem. 27 (2006) 1787 (with its own dispersion term)",
                "BHLYP | BHandHLYP | A. D. Becke, J. Chem. Phys. 98 (1993) 1372; C. Lee, W. Yang, R. G. Parr, Phys. Rev. B 37"
                        + " (1988) 785",
                "M06-2X | M062X | Y. Zhao, D. G. Truhlar, Theor. Chem. Acc. 120 (2008) 215",
                "M06-L | M06L | Y. Zhao, D. G. Truhlar, J. Chem. Phys. 125 (2006) 194101",
                "TPSS | TPSSTPSS | J. Tao, J. P. Perdew, V. N. Staroverov, G. E. Scuseria, Phys. Rev. Lett. 91 (2003) 146401",
                "CAM-B3LYP | CAMB3LYP | T. Yanai, D. P. Tew, N. C. Handy, Chem. Phys. Lett. 393 (2004) 51",
                "mPW1PW91 | mPW1PW | C. Adamo, V. Barone, J. Chem. Phys. 108 (1998) 664",
                "WP04 | '' | K. W. Wiitala, T. R. Hoye, C. J. Cramer, J. Chem. Theory Comput. 2 (2006) 1085",
                "B97-1 | B971 | F. A. Hamprecht, A. J. Cohen, D. J. Tozer, N. C. Handy, J. Chem. Phys. 109 (1998) 6264",
                "B97-2 | B972 | P. J. Wilson, T. J. Bradley, D. J. Tozer, J. Chem. Phys. 115 (2001) 9233",
                "B1B95 | '' | A. D. Becke, J. Chem. Phys. 104 (1996) 1040",
            })
    void otherNamesAndThePaperAreThoseOfTheLiterature(String name, String aliases, String citation) {
        Functional functional = Functional.parse(name);

        assertThat(String.join(", ", functional.aliases())).isEqualTo(aliases);
        assertThat(functional.citation()).isEqualTo(citation);
        assertThat(Functional.all()).filteredOn(one -> !one.aliases().isEmpty()).hasSize(13);
    }

    @Test
    void allButWp04ComeWithOneBasisSet() {
        assertThat(Functional.all())
                .filteredOn(functional -> !functional.basis().equals("6-311+G(2d,p)"))
                .extracting(Functional::name)
                .containsExactly("WP04");
    }

    @Test
    void presetsAreThoseOfTheBenchmark() {
        assertThat(Functional.parse("B3LYP").basis()).isEqualTo("6-311+G(2d,p)");
        assertThat(Functional.parse("wp04").basis()).isEqualTo("6-311++G(2d,p)");
        assertThat(Functional.parse("WP04").directives())
                .containsExactly("xc HFexch 0.1189 slater 0.9999 becke88 nonlocal 0.9614 vwn_1_rpa 0.9998 lyp 0.0001");
        assertThat(Functional.parse("cam-b3lyp").directives()).hasSize(2);
        assertThat(Functional.parse(" CAM_b3 lyp ")).isEqualTo(Functional.parse("CAM-B3LYP"));
    }

    /**
     * Weights from the papers: B3LYP 0.20, 0.72, 0.81 (Becke 1993, Stephens 1994); CAM-B3LYP 0.19, 0.46, 0.33 (Yanai 2004);
     * WP04 (Wiitala 2006); PBE0 1/4 (Adamo 1999); mPW1PW91 1/4 (Adamo 1998); B97-1 and B97-2 0.21 (Hamprecht 1998, Wilson
     * 2001); KT2 1.07173 and 0.576727 (Keal 2003); M06-2X 0.54 (Zhao 2008); TPSSh 0.10 (Staroverov 2003); B1B95 0.28 (Becke
     * 1996). x, c: exchange and correlation; nl: the non-local part alone.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HF        | HF 1",
                "SVWN      | Slater Exchange local 1; VWN I RPA local 1",
                "SVWN5     | Slater Exchange local 1; VWN V local 1",
                "BLYP      | Becke 1988 1; Lee-Yang-Parr 1",
                "B3LYP     | HF 0.20; Slater Exchange local 0.80; Becke 1988 nl 0.72; Lee-Yang-Parr 0.81; VWN I RPA local 0.19",
                "PBE       | PerdewBurkeErnzerhof Exchange 1; PerdewBurkeErnz. nl 1; Perdew 1991 LDA local 1",
                "PBE0      | HF 0.25; PerdewBurkeErnzerhof Exchange 0.75; PerdewBurkeErnz. nl 1; Perdew 1991 LDA local 1",
                "BP86      | Becke 1988 1; Perdew 1986 nl 1; Perdew 1981 local 1",
                "B97-D     | Becke 1997-D Exchange 1; Becke 1997-D Correlation 1",
                "BHLYP     | HF 0.5; Slater Exchange local 0.5; Becke 1988 nl 0.5; Lee-Yang-Parr 1",
                "M06-2X    | HF 0.54; M06-2X Exchange 1; M06-2X Correlation 1",
                "M06-L     | M06-L Exchange 1; M06-L Correlation 1",
                "TPSS      | TPSS metaGGA 1; TPSS03 metaGGA 1",
                "TPSSh     | HF 0.1; TPSS metaGGA 0.9; TPSS03 metaGGA 1",
                "CAM-B3LYP | HF 1; CAM-Becke88 1; VWN V local 0.19; Lee-Yang-Parr 0.81; Alpha 0.19; Beta 0.46; Gamma 0.33;"
                        + " Short-Range HF 0",
                "mPW1PW91  | HF 0.25; mPW91 0.75; Perdew 1991 nl 1; Perdew 1991 LDA local 1",
                "WP04      | HF 0.1189; Slater Exchange local 0.9999; Becke 1988 nl 0.9614; VWN I RPA local 0.9998;"
                        + " Lee-Yang-Parr 0.0001",
                "B3PW91    | HF 0.2; Slater Exchange local 0.8; Becke 1988 nl 0.72; Perdew 1991 nl 0.81; Perdew 1991 LDA local 1",
                "B97-1     | HF 0.21; Becke 1997-1 Exchange 1; Becke 1997-1 Correlation 1",
                "B97-2     | HF 0.21; Becke 1997-2 Exchange 1; Becke 1997-2 Correlation 1",
                "KT2       | Slater Exchange local 1.07173; KT1 nl 1; Perdew 1991 LDA local 0.576727",
                "B1B95     | HF 0.28; Becke 1988 0.72; B95 1",
            })
    void hasTheWeightsOfItsPaper(String name, String paper) {
        Map<String, Double> shortened = new TreeMap<>();
        Functional.parse(name).printed().forEach((component, weight) -> shortened.put(shorten(component), weight));
        Map<String, Double> expected = new TreeMap<>();
        for (String component : paper.split("; *")) {
            int last = component.lastIndexOf(' ');
            expected.put(component.substring(0, last), Double.valueOf(component.substring(last + 1)));
        }

        assertThat(shortened.keySet()).isEqualTo(expected.keySet());
        expected.forEach((component, weight) ->
                assertThat(shortened.get(component)).as(component).isCloseTo(weight, within(0.0005)));
    }

    private static String shorten(String component) {
        return component
                .replace("Hartree-Fock (Exact) Exchange", "HF")
                .replaceAll(" (Functional|Potential|gradient correction)", "")
                .replace("non-local", "nl")
                .replaceAll("^(Becke 1988|mPW91|CAM-Becke88|TPSS metaGGA) Exchange", "$1")
                .replaceAll(
                        "^(Lee-Yang-Parr|VWN .*|Perdew 19.*|PerdewBurkeErnz\\.|TPSS03 metaGGA|B95) Correlation", "$1");
    }

    @Test
    void allOfTheBuiltInOnesAreHeldToTheirPapers() throws Exception {
        CsvSource papers = FunctionalTest.class
                .getDeclaredMethod("hasTheWeightsOfItsPaper", String.class, String.class)
                .getAnnotation(CsvSource.class);

        assertThat(Functional.all())
                .extracting(Functional::name)
                .containsExactlyElementsOf(Stream.of(papers.value())
                        .map(row -> row.split("\\|")[0].trim())
                        .toList());
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
                .hasMessage("NWChem 7.0.2 has no '" + name + "': the wB97 family came with 7.2.0. Use CAM-B3LYP for a"
                        + " range-separated functional");
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
        "hartree-fok, HF",
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
    @CsvSource({
        "xc=m06-2x, m06-2x",
        "xc=HFexch 0.25 xtpss03 0.75 ctpss03, xtpss03",
        "xc=slater CM06-l, cm06-L",
        "xc=becke88 bc95, bc95",
    })
    void namesTheWordOfAnExpressionThatHasNoShieldings(String text, String word) {
        Functional functional = Functional.parse(text);

        assertThat(functional.shieldings()).isFalse();
        assertThat(functional.whyNoShieldings())
                .contains("NWChem has no shieldings for '" + text + "': it lacks the second derivatives of '" + word
                        + "'");
    }

    @Test
    void anExpressionHasExactExchangeOrNot() {
        assertThat(Functional.parse("xc=pbe0").isHybrid()).isTrue();
        assertThat(Functional.parse("xc=hfexch 0.2 slater 0.8").isHybrid()).isTrue();
        assertThat(Functional.parse("xc=becke88 lyp").isHybrid()).isFalse();
    }

    @Test
    void kt2SaysThatNwchemTakesAnotherCorrelation() {
        assertThat(Functional.parse("KT2").citation()).contains("PW92", "VWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xc=0.5 lyp", "xc=lyp\nend", "xc="})
    void refusesAMalformedExpression(String text) {
        assertThatThrownBy(() -> Functional.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
