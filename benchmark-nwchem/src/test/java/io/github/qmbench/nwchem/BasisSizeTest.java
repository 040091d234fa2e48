package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void withoutALibraryItTakesASplitValenceSet() {
        // As many as NWChem prints for 6-31G(d,p), Cartesian: 15 for C, N and O, 5 for H.
        assertThat(new BasisSize(Optional.empty()).functions(BasisSet.of("6-31G(d,p)"), nitromethane))
                .isEqualTo(75);
    }
}
