package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.BackendUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How NWChem is found and started, with a script in its place. */
class NwchemProgramTest {

    @TempDir
    Path directory;

    private String script(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("nwchem"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"))
                .toString();
    }

    @Test
    void theVersionIsWhatItSaysOfAnEmptyInput() throws Exception {
        String nwchem = script(
                "[ \"$*\" = empty.nw ] && [ -f empty.nw ] && [ ! -s empty.nw ]"
                        + " && [ \"$OMP_NUM_THREADS\" = 1 ] && echo ' Northwest Computational Chemistry Package (NWChem) 7.2.3' >&2");

        assertThat(NwchemProgram.detect(nwchem, "mpirun.openmpi"))
                .isEqualTo(new NwchemProgram(nwchem, "mpirun.openmpi", "NWChem 7.2.3"));
    }

    @Test
    void aProgramThatDoesNotSayItsVersionIsNotNwchem() throws Exception {
        String nwchem = script("echo hello; exit 3");

        assertThatThrownBy(() -> NwchemProgram.detect(nwchem, "mpirun"))
                .isInstanceOf(BackendUnusableException.class)
                .hasMessage(nwchem + " ended with exit code 3 and did not say which version it is");
    }

    @Test
    void aProgramThatIsNotThereCannotBeRun() {
        assertThatThrownBy(() -> NwchemProgram.detect("/no/such/nwchem", "mpirun"))
                .isInstanceOf(BackendUnusableException.class)
                .hasMessageStartingWith("NWChem cannot be run: ");
    }

    @Test
    void oneProcessNeedsNoMpirunAndSeveralNeedTheirNumber() {
        NwchemProgram program = new NwchemProgram("/opt/nwchem", "/opt/mpirun", "NWChem 7.0.2");
        int cores = Runtime.getRuntime().availableProcessors();

        assertThat(program.command(1, "a.nw")).isEqualTo(List.of("/opt/nwchem", "a.nw"));
        assertThat(program.command(cores + 1, "a.nw"))
                .isEqualTo(List.of(
                        "/opt/mpirun",
                        "-n",
                        Integer.toString(cores + 1),
                        "--bind-to",
                        "none",
                        "--oversubscribe",
                        "/opt/nwchem",
                        "a.nw"));
        if (cores > 1) {
            assertThat(program.command(cores, "a.nw"))
                    .isEqualTo(List.of(
                            "/opt/mpirun", "-n", Integer.toString(cores), "--bind-to", "none", "/opt/nwchem", "a.nw"));
        }
    }

    @Test
    void itsEnvironmentIsThatOfOneThread() {
        Map<String, String> several = Map.of(
                "OMP_NUM_THREADS", "1",
                "OPENBLAS_NUM_THREADS", "1",
                "OMPI_ALLOW_RUN_AS_ROOT", "1",
                "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
        assertThat(NwchemProgram.environment(2)).isEqualTo(several);
        assertThat(NwchemProgram.environment(1))
                .containsAllEntriesOf(several)
                .containsEntry("ARMCI_EXPLICIT_NB_PROGRESS", "0")
                .containsEntry("ARMCI_RMA_ATOMICITY", "0")
                .containsEntry("OMPI_MCA_ess_singleton_isolated", "1")
                .containsEntry("OMPI_MCA_orte_tmpdir_base", ".")
                .hasSize(8);
    }
}
