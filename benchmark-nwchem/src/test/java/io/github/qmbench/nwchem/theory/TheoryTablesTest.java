package io.github.qmbench.nwchem.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables and the messages by which one chooses a level of theory. */
class TheoryTablesTest {

    /** The line of a table that begins with a name, with single blanks. */
    private static String line(List<String> table, String name) {
        return table.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.strip().replaceAll(" +", " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void functionalsAreListedWithTheirNamesAndTheirPapers() {
        List<String> table = TheoryTables.functionals();

        assertThat(table).hasSize(1 + Functional.all().size());
        assertThat(line(table, "NAME")).isEqualTo("NAME BASIS ALIASES SOURCE");
        assertThat(line(table, "PBE0"))
                .isEqualTo("PBE0 6-311+G(2d,p) PBE1PBE, PBEh C. Adamo, V. Barone, J. Chem. Phys. 110 (1999) 6158");
        assertThat(line(table, "TPSSh")).endsWith("J. Chem. Phys. 119 (2003) 12129 (NWChem has no shieldings for it)");
    }

    @Test
    void solventsAreListedWithTheirConstantsAndTheirNames() {
        List<String> table = TheoryTables.solvents();

        assertThat(table).hasSize(1 + Solvent.all().size());
        assertThat(line(table, "NAME")).isEqualTo("NAME DIELECTRIC NWCHEM ALIASES");
        assertThat(line(table, "vacuum")).isEqualTo("vacuum 1.0 - gas, gas phase, none");
        assertThat(line(table, "CHCl3")).isEqualTo("CHCl3 4.7113 chcl3 chloroform, CDCl3, trichloromethane");
        assertThat(line(table, "acetone")).isEqualTo("acetone 20.493 acetone acetone-d6, Me2CO");
    }

    @ParameterizedTest
    @CsvSource({
        "solvent, qmbench list solvents",
        "functional, qmbench list functionals",
        "basis set, qmbench list basis-sets",
    })
    void aNameThatIsNotKnownIsRefusedWithTheCommandThatListsThem(String what, String command) {
        List<String> names =
                IntStream.range(0, 600).mapToObj(n -> "name-" + n * 7).toList();
        UnknownNameException e = UnknownNameException.of(what, "nome", names, Map.of("nom", "name-14"));

        assertThat(e).hasMessage("unknown " + what + " 'nome'; did you mean name-14? All 600: " + command);
        assertThat(e.what()).isEqualTo(what);
        assertThat(e.given()).isEqualTo("nome");
        assertThat(e.valid()).isEqualTo(names);
        assertThat(e.nearest()).contains("name-14");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6-31g* | 6-31G(d) | 6-31g*",
                "6-31++G** | 6-31++G(d,p) | 6-31++g**",
                "6-311+G(d,p) | 6-311+G(d,p) | 6-311+g**",
                "6-311++G(2d,p) | 6-311++G(2d,p) | 6-311+g(2d,p), h 6-311++g**",
                "pcSseg-1 | pcSseg-1 | pcsseg-1",
                "3-21g | 3-21g | 3-21g",
            })
    void tasksNameABasisSetWithBracketsAndFingerprintsAsTheLibrary(String name, String canonical, String expression) {
        assertThat(BasisSet.of(name).canonicalName()).isEqualTo(canonical);
        assertThat(BasisSet.of(name).expression()).isEqualTo(expression);
    }
}
