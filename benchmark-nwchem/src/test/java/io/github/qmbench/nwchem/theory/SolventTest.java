package io.github.qmbench.nwchem.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.nwchem.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolventTest {

    @ParameterizedTest
    @CsvSource({
        "CHCl3, chcl3, 4.7113",
        "chloroform, chcl3, 4.7113",
        "CDCl3, chcl3, 4.7113",
        "DMSO, dmso, 46.826",
        "dmso-d6, dmso, 46.826",
        "Methanol, methanol, 32.613",
        "H2O, h2o, 78.4",
        "water, h2o, 78.4",
        "acetone, acetone, 20.493",
        "benzene, benzene, 2.2706",
        "pyridine, pyridine, 12.978",
        "tetrahydrofuran, thf, 7.4257",
        "TOLUENE, toluene, 2.3741",
        "CH2Cl2, dcm, 8.93",
        "acetonitrile, acetntrl, 35.688",
        "MeCN, acetntrl, 35.688",
        "N;N-dimethylformamide, dmf, 37.219",
    })
    void isFoundByAnyOfItsNames(String name, String keyword, double dielectric) {
        Solvent solvent = Solvent.parse(name.replace(';', ','));

        assertThat(solvent.keyword()).contains(keyword);
        assertThat(solvent.dielectric()).isEqualTo(dielectric);
        assertThat(solvent.model()).isEqualTo("COSMO " + dielectric);
    }

    /** What NWChem 7.0.2 printed for each keyword: {@code solvname_short}, {@code solvname_long}, {@code dielec}. */
    @Test
    void eachHasTheNamesAndTheConstantThatNwchemPrints() {
        List<List<Object>> printed = Samples.lines("solvents-printed.tsv")
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(cells -> List.<Object>of(cells[0], cells[1], Double.parseDouble(cells[2])))
                .toList();

        assertThat(printed).hasSize(179);
        assertThat(Solvent.all().stream()
                        .filter(solvent -> !solvent.isVacuum())
                        .map(solvent -> List.<Object>of(
                                solvent.keyword().orElseThrow(), solvent.longName(), solvent.dielectric())))
                .containsExactlyInAnyOrderElementsOf(printed);
    }

    @Test
    void namesAreDistinctAndLeadToTheirSolvents() {
        assertThat(Solvent.all()).hasSize(180).first().isEqualTo(Solvent.VACUUM);
        assertThat(Solvent.all())
                .extracting(Solvent::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> !name.contains(" "));
        assertThat(Solvent.all()).filteredOn(solvent -> !solvent.isVacuum()).allSatisfy(solvent -> {
            assertThat(solvent.keyword().orElseThrow()).hasSizeLessThanOrEqualTo(8);
            assertThat(Solvent.parse(solvent.name())).isEqualTo(solvent);
            assertThat(Solvent.parse(solvent.longName())).isEqualTo(solvent);
            assertThat(Solvent.parse(solvent.keyword().get())).isEqualTo(solvent);
        });
    }

    /** The spellings that are not NWChem's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "acetacid : AcOH",
                "acetone : acetone-d6, Me2CO",
                "acetonitrile : MeCN, CH3CN, CD3CN, acetonitrile-d3",
                "benzene : C6H6, C6D6, benzene-d6",
                "butanone : MEK, 2-butanone",
                "CCl4 : carbon tet, tetrachloromethane",
                "CHCl3 : CDCl3, trichloromethane",
                "cyclohexane : C6H12, C6D12",
                "DCE : 1.2-DCE, ethylene dichloride",
                "DCM : CH2Cl2, CD2Cl2, methylene chloride",
                "diethylether : Et2O",
                "DMSO : DMSO-d6, dimethyl sulfoxide",
                "dma : DMA, dimethylacetamide",
                "DMF : DMF-d7, dimethylformamide",
                "dioxane : 1.4-dioxane-d8",
                "meg : ethylene glycol, glycol",
                "ethanol : EtOH",
                "etoac : EtOAc",
                "n-heptane : heptane",
                "n-hexane : hexane",
                "methanol : MeOH, CD3OD, methanol-d4",
                "4-methyl-2-pentanone : MIBK",
                "nitrobenzene : PhNO2",
                "nitromethane : MeNO2",
                "2-propanol : iPrOH, isopropanol",
                "pyridine : pyridine-d5, C5H5N",
                "THF : THF-d8, oxolane",
                "sulfolan : sulfolane",
                "toluene : toluene-d8, PhMe",
                "triethylamine : Et3N",
                "tfe222 : TFE, trifluoroethanol",
                "isoctane : isooctane",
                "water : D2O",
                "vacuum : gas, gas phase, none",
            })
    void otherSpellingsAreThoseOfChemists(String name, String aliases) {
        List<String> spellings = Stream.of(aliases.split(", "))
                .map(alias -> alias.replace("1.", "1,"))
                .toList();
        Solvent solvent = Solvent.parse(name);

        assertThat(solvent.name()).isEqualTo(name);
        assertThat(solvent.aliases()).isEqualTo(spellings);
        assertThat(spellings)
                .allSatisfy(alias -> assertThat(Solvent.parse(alias)).isEqualTo(solvent));
    }

    @Test
    void allOthersHaveNoSpellingsButNwchems() {
        assertThat(Solvent.all())
                .filteredOn(solvent -> !solvent.aliases().isEmpty())
                .hasSize(34);
    }

    @Test
    void vacuumHasNoModel() {
        assertThat(Solvent.parse("Vacuum")).isEqualTo(Solvent.VACUUM);
        assertThat(Solvent.VACUUM.model()).isEqualTo("vacuum");
    }

    @Test
    void aBareDielectricConstantWillDo() {
        Solvent solvent = Solvent.parse("dielectric=7.6");
        assertThat(Solvent.parse(" Dielectric= 7.6 ")).isEqualTo(solvent);

        assertThat(solvent.keyword()).isEmpty();
        assertThat(solvent.model()).isEqualTo("COSMO 7.6");
        assertThat(solvent.name()).isEqualTo("dielectric=7.6");
        assertThat(Solvent.parse(solvent.name())).isEqualTo(solvent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dielectric=", "dielectric=x", "dielectric=0.5", "dielectric=NaN", "dielectric=Infinity"})
    void refusesADielectricConstantThatIsNone(String text) {
        assertThatThrownBy(() -> Solvent.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("' is not a valid dielectric constant; use ");
    }

    @ParameterizedTest
    @CsvSource({"clorform, CHCl3", "CHC3, CHCl3", "methnol, methanol", "acetonitril, acetonitrile"})
    void namesTheNearestOfANameNobodyHas(String name, String nearest) {
        assertThatThrownBy(() -> Solvent.parse(name)).isInstanceOfSatisfying(UnknownNameException.class, e -> {
            assertThat(e.nearest()).contains(nearest);
            assertThat(e.what()).isEqualTo("solvent");
            assertThat(e.given()).isEqualTo(name);
            assertThat(e.valid()).contains("CHCl3", "vacuum", "dielectric=X");
        });
    }

    @Test
    void ofAllSolventsThreeAreNamedWithTheCommandThatListsThem() {
        assertThatThrownBy(() -> Solvent.parse("clorform"))
                .hasMessageMatching(
                        "unknown solvent 'clorform'; did you mean CHCl3\\? All 18\\d: qmbench list solvents");
    }

    @Test
    void namesNoneWhenNoneIsNear() {
        assertThatThrownBy(() -> Solvent.parse("xyzzyplughfoo"))
                .isInstanceOfSatisfying(
                        UnknownNameException.class, e -> assertThat(e.nearest()).isEmpty());
    }
}
