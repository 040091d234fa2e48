package io.github.qmbench.nwchem.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.nwchem.Samples;
import java.util.List;
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

    @Test
    void vacuumHasNoModel() {
        assertThat(Solvent.parse("Vacuum")).isEqualTo(Solvent.VACUUM);
        assertThat(Solvent.VACUUM.model()).isEqualTo("vacuum");
    }

    @Test
    void aBareDielectricConstantWillDo() {
        Solvent solvent = Solvent.parse("dielectric=7.6");

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
