package io.github.qmbench.nwchem.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.theory.BasisSet.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasisLibraryTest {

    @TempDir
    Path directory;

    private BasisLibrary library;

    @BeforeEach
    void writesALibrary() throws IOException {
        Files.writeString(directory.resolve("6-31gss"), """
                # comment
                basis "H_6-31G**" SPHERICAL
                H    S
                basis "C_6-31G**" SPHERICAL
                """);
        Files.writeString(directory.resolve("def2-svp"), """
                ASSOCIATED_ECP "def2-ecp"
                basis "H_def2-SV(P)" SPHERICAL
                basis "H_def2-SVP" SPHERICAL
                basis "I_def2-SVP" SPHERICAL
                """);
        Files.writeString(directory.resolve("def2-ecp"), """
                ecp "I_def2-ecp"
                """);
        Files.createDirectory(directory.resolve("folder"));
        library = BasisLibrary.in(directory);
    }

    @Test
    void namesTheElementsASetLacks() throws IOException {
        assertThat(library.missing(BasisSet.of("6-31G(d,p)"), List.of(of(Element.H), of(Element.C))))
                .isEmpty();
        assertThat(library.missing(BasisSet.of("6-31g**"), List.of(of(Element.H, Element.U, Element.S))))
                .containsExactly(Element.S, Element.U);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"6-311++G(2d,p) | 6-311++g2d_p", "6-31G** | 6-31gss", "a/b c | a_b_c", "def2-SV(P) | def2-svp"})
    void aFileIsNamedAsNwchemNamesIt(String set, String file) {
        assertThat(BasisLibrary.fileName(set)).isEqualTo(file);
    }

    @Test
    void countsAnElementWithACorePotentialAsMissing() throws IOException {
        assertThat(library.missing(BasisSet.of("def2-SVP"), List.of(of(Element.H, Element.I))))
                .containsExactly(Element.I);
    }

    @Test
    void tellsTwoSetsInOneFileApart() throws IOException {
        assertThat(library.missing(BasisSet.of("def2-SV(P)"), List.of(of(Element.H))))
                .isEmpty();
        assertThat(library.missing(BasisSet.of("def2-SV(P)"), List.of(of(Element.I))))
                .containsExactly(Element.I);
        assertThat(library.all()).containsOnlyKeys("6-31G**", "def2-SV(P)", "def2-SVP");
    }

    @Test
    void namesTheNearestOfASetNobodyHas() {
        assertThatThrownBy(() -> library.missing(BasisSet.of("def2-SVQ"), List.of()))
                .isInstanceOfSatisfying(UnknownNameException.class, e -> {
                    assertThat(e.nearest()).contains("def2-SVP");
                    assertThat(e.valid()).contains("6-31G**");
                });
    }

    @Test
    void ofHundredsOfNamesTheNearestAreListed() {
        List<String> names =
                IntStream.range(0, 600).mapToObj(n -> "set-" + n * 7).toList();

        UnknownNameException e = UnknownNameException.of("basis set", "set-71", names, Map.of());

        assertThat(e.valid()).hasSize(600);
        assertThat(e.getMessage())
                .startsWith("unknown basis set 'set-71'; did you mean set-7, ")
                .endsWith("? All 600: qmbench list basis-sets")
                .hasSizeLessThan(300);
    }

    @Test
    void isLookedForWhereNwchemDoes() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        assertThat(BasisLibrary.find(Map.of("NWCHEM_BASIS_LIBRARY", directory + "/"), home)
                        .orElseThrow()
                        .directory())
                .isEqualTo(directory);
        assertThat(BasisLibrary.find(Map.of("NWCHEM_BASIS_LIBRARY", "/no/such/place"), home))
                .isEmpty();

        Files.writeString(home.resolve(".nwchemrc"), "ffield amber\nnwchem_basis_library " + directory + "/\n");
        assertThat(BasisLibrary.find(Map.of(), home).orElseThrow().directory()).isEqualTo(directory);
        Files.writeString(home.resolve(".nwchemrc"), "NWCHEM_BASIS_LIBRARY /no/such/place\n");
        assertThat(BasisLibrary.find(Map.of(), home)).isEmpty();
        Files.writeString(home.resolve(".nwchemrc"), "ffield amber\nnwchem_basis_library\n");
        Optional<Path> usual = Stream.of(
                        "/usr/share/nwchem/libraries",
                        "/usr/local/share/nwchem/libraries",
                        "/usr/local/NWChem/data/libraries",
                        "/opt/nwchem/share/libraries")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst();
        assertThat(BasisLibrary.find(Map.of(), home).map(BasisLibrary::directory))
                .isEqualTo(usual);
        assertThat(BasisLibrary.find(Map.of(), directory).map(BasisLibrary::directory))
                .isEqualTo(usual);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6-31G(d,p)        | 6-31G**           | CARTESIAN",
                "6-31g(d)          | 6-31g*            | CARTESIAN",
                "6-31++G(d,p)      | 6-31++G**         | CARTESIAN",
                "3-21G             | 3-21G             | CARTESIAN",
                "6-311G(d,p)       | 6-311G**          | SPHERICAL",
                "6-311+G(2d,p)     | 6-311+G(2d,p)     | SPHERICAL",
                "6-311++G(2d,2p)   | 6-311++G(2d,2p)   | SPHERICAL",
                "pcSseg-1          | pcSseg-1          | SPHERICAL",
                "def2-TZVP         | def2-TZVP         | SPHERICAL",
            })
    void aBasisSetHasTheShapeGaussianTakesByDefault(String name, String inLibrary, Type type) {
        BasisSet basis = BasisSet.of(name);

        assertThat(basis.name()).isEqualTo(name);
        assertThat(basis.library()).isEqualTo(inLibrary);
        assertThat(basis.type()).isEqualTo(type);
        assertThat(basis.withType(Type.SPHERICAL).type()).isEqualTo(Type.SPHERICAL);
    }

    /**
     * Gaussian's manual, "Basis Sets": most sets use pure d functions; the exceptions are 3-21G, 6-21G, 4-31G, 6-31G, CEP-31G,
     * D95 and D95V.
     */
    @ParameterizedTest
    @CsvSource({
        "3-21G*, CARTESIAN",
        "6-21G, CARTESIAN",
        "4-31G, CARTESIAN",
        "6-31G, CARTESIAN",
        "6-31+G*, CARTESIAN",
        "6-31G(3df;3pd), CARTESIAN",
        "CEP-31G, CARTESIAN",
        "cep-31g*, CARTESIAN",
        "D95, CARTESIAN",
        "D95V(d), CARTESIAN",
        "STO-3G, SPHERICAL",
        "6-311G, SPHERICAL",
        "6-311++G(d;p), SPHERICAL",
        "6-311G(2d), SPHERICAL",
        "CEP-121G, SPHERICAL",
        "CEP-4G, SPHERICAL",
        "LanL2DZ, SPHERICAL",
        "cc-pVTZ, SPHERICAL",
        "aug-cc-pVDZ, SPHERICAL",
        "TZVP, SPHERICAL",
        "pcS-1, SPHERICAL",
        "16-31G, SPHERICAL",
    })
    void theFamiliesWithSixDFunctionsAreThoseOfGaussiansManual(String name, Type type) {
        assertThat(BasisSet.of(name.replace(';', ',')).type()).isEqualTo(type);
    }

    @Test
    void composesWhatTheLibraryLacks() throws IOException {
        BasisSet basis = BasisSet.of("6-311++G(2d,p)");
        Files.writeString(directory.resolve("6-311+g2d_p"), "basis \"H_6-311+G(2d,p)\"\nbasis \"C_6-311+G(2d,p)\"\n");
        Files.writeString(directory.resolve("6-311++gss"), "basis \"C_6-311++G**\"\n");

        assertThat(basis.library()).isEqualTo("6-311+G(2d,p)");
        assertThat(basis.hydrogen()).contains("6-311++G**");
        assertThat(basis.type()).isEqualTo(Type.SPHERICAL);
        assertThat(basis.expression()).isEqualTo("6-311+g(2d,p), h 6-311++g**");
        assertThat(library.missing(basis, List.of(of(Element.H, Element.C)))).containsExactly(Element.H);
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd", "'6-31g\"'", "''", "'6-31g*\nend'"})
    void aBasisSetHasNoNameThatBreaksOutOfTheInput(String name) {
        assertThatThrownBy(() -> BasisSet.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    static Molecule of(Element... elements) {
        return new Molecule(
                "m",
                "m",
                Arrays.stream(elements).map(e -> new Atom(e, e.ordinal(), 0, 0)).toList(),
                0,
                1);
    }
}
