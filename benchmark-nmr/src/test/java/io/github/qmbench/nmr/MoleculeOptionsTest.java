package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.qmbench.core.plugin.BackendOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoleculeOptionsTest {

    @TempDir
    Path directory;

    @BeforeEach
    void aDataSet() throws IOException {
        for (String id : List.of("b", "a", "c")) {
            Files.writeString(directory.resolve(id + ".xyz"), "1\nname of " + id + "\nAr 0 0 0\n");
        }
        Files.writeString(
                directory.resolve("shifts.csv"),
                "molecule,atom,nucleus,ppm\n# solvent: DMSO\n# geometry: PBE0/def2-SVP\n");
    }

    @Test
    void aDescriptionHasTheDirectoryTheGeometryAndTheSolvent() throws IOException {
        BackendOptions options = options(Map.of("dataset", List.of(directory + "/.")));

        assertThat(MoleculeOptions.description(options, MoleculeOptions.select(options)))
                .containsExactly(
                        entry("data_set", directory.getFileName().toString()),
                        entry("data_set_directory", directory.toString()),
                        entry("citation", ""),
                        entry("geometry_level", "PBE0/def2-SVP"),
                        entry("measured_in", "DMSO"));
    }

    @Test
    void theDescriptionOfDelta50HasNoDirectory() throws IOException {
        assertThat(MoleculeOptions.description(options(Map.of("dataset", List.of("Delta50"))), DataSet.delta50()))
                .containsEntry("data_set", "DELTA50")
                .doesNotContainKey("data_set_directory");
        assertThat(MoleculeOptions.dataSet(options(Map.of())).name()).isEqualTo("DELTA50");
    }

    @Test
    void selectsMoleculesByIdOrName() throws IOException {
        BackendOptions named =
                options(Map.of("dataset", List.of(directory.toString()), "molecules", List.of("name of c,a")));

        assertThat(MoleculeOptions.select(named).ids()).containsExactlyInAnyOrder("a", "c");
        assertThat(MoleculeOptions.select(options(Map.of("dataset", List.of(directory.toString()))))
                        .ids())
                .containsExactly("a", "b", "c");
    }

    @Test
    void aNameOfTwoMoleculesIsRefused() throws IOException {
        Files.writeString(directory.resolve("d.xyz"), "1\nname of a\nAr 0 0 0\n");
        BackendOptions named =
                options(Map.of("dataset", List.of(directory.toString()), "molecules", List.of("name of a")));

        assertThatThrownBy(() -> MoleculeOptions.select(named))
                .hasMessageContaining("molecules: 'name of a' is the name of a and d; use the id");
    }

    @Test
    void aFileAloneIsADataSet() throws IOException {
        DataSet set = MoleculeOptions.dataSet(directory.resolve("c.xyz").toString());

        assertThat(set.name()).isEqualTo("c");
        assertThat(set.ids()).containsExactly("c");
    }

    @Test
    void refusesOtherNames() {
        String gone = directory.resolve("gone").toString();
        assertThatThrownBy(() -> MoleculeOptions.dataSet(gone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--dataset: '" + gone + "' is not a data set, and no such file or directory exists; use"
                        + " DELTA50, a directory of *.xyz, *.mol or *.sdf files, or one such file");
        String shifts = directory.resolve("shifts.csv").toString();
        assertThatThrownBy(() -> MoleculeOptions.dataSet(shifts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--dataset: '" + shifts + "' is not a data set; use DELTA50, a directory of *.xyz, *.mol or"
                        + " *.sdf files, or one such file");
        assertThatThrownBy(() -> MoleculeOptions.dataSet("a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--dataset: 'a\0b' is not a valid path");
    }

    @Test
    void aDirectoryThatIsAFileIsSaidToBeOne() {
        Path file = directory.resolve("a.xyz");
        assertThatThrownBy(() -> DataSet.ofDirectory(file))
                .isInstanceOf(InvalidDataSetException.class)
                .hasMessageContaining("it is a file, not a directory");
    }

    private static BackendOptions options(Map<String, List<String>> given) {
        return BackendOptions.of(MoleculeOptions.all(), given);
    }
}
