package io.github.qmbench.nwchem.theory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasisSizeTest {

    private final Molecule nitromethane =
            DataSet.delta50().molecule("compound_01").orElseThrow();

    @TempDir
    Path directory;

    @Test
    void countsContractionsOfEveryShell() throws Exception {
        Files.writeString(directory.resolve("tiny"), """
                basis "H_tiny" SPHERICAL
                H    S
                  18.7  0.03  0.1
                   2.8  0.23  0.2
                H    P
                   1.1  1.0
                end
                basis "C_tiny" SPHERICAL
                C    SP
                   7.8  -0.1  0.07
                C    D
                   0.8   1.0
                end
                """);
        BasisLibrary library = BasisLibrary.in(directory);

        assertThat(library.functions("tiny", BasisSet.Type.SPHERICAL)).hasToString("{H=5, C=9}");
        assertThat(library.functions("tiny", BasisSet.Type.CARTESIAN)).hasToString("{H=5, C=10}");
        assertThat(library.functions("none", BasisSet.Type.CARTESIAN)).isEmpty();
    }

    @Test
    void hydrogenOfAComposedSetHasItsOwnFunctions() throws Exception {
        Files.writeString(directory.resolve("6-311+g2d_p"), """
                basis "H_6-311+G(2d,p)"
                H    S
                  1.0  1.0
                basis "C_6-311+G(2d,p)"
                C    S
                  1.0  1.0
                """);
        Files.writeString(directory.resolve("6-311++gss"), """
                basis "H_6-311++G**"
                H    S
                  1.0  1.0
                H    P
                  1.0  1.0
                basis "C_6-311++G**"
                C    D
                  1.0  1.0
                """);
        BasisSize size = new BasisSize(Optional.of(BasisLibrary.in(directory)));
        BasisSet composed = BasisSet.of("6-311++G(2d,p)");

        assertThat(size.exactly(composed, BasisLibraryTest.of(Element.H, Element.C)))
                .hasValue(4 + 1);
        assertThat(size.exactly(composed, BasisLibraryTest.of(Element.H, Element.O)))
                .as("the library lacks oxygen")
                .isEmpty();
        assertThat(new BasisSize(Optional.empty()).exactly(composed, nitromethane))
                .isEmpty();
    }

    @Test
    void withoutALibraryItTakesASplitValenceSet() {
        // As many as NWChem prints for 6-31G(d,p), Cartesian: 15 for C, N and O, 5 for H.
        assertThat(new BasisSize(Optional.empty()).functions(BasisSet.of("6-31G(d,p)"), nitromethane))
                .isEqualTo(75);
    }

    @ParameterizedTest
    @CsvSource({"H, 5", "C, 15", "Ne, 15", "Na, 19", "Cl, 19", "Br, 30"})
    void anElementIsGuessedByItsRow(Element element, int functions) {
        Molecule atom = new Molecule("m", "m", List.of(new Atom(element, 0, 0, 0)), 0, 1);

        assertThat(new BasisSize(Optional.empty()).functions(BasisSet.of("6-31G"), atom))
                .isEqualTo(functions);
    }
}
