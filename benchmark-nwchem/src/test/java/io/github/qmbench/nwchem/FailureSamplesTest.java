package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationFailure.Blame;
import io.github.qmbench.nwchem.theory.BasisSet;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every failure among the samples is told apart, with the line that tells. */
class FailureSamplesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "autoz, 120, internal-coordinates, SUBJECT, AUTOZ failed",
                "badbasis, 255, basis-missing, SUBJECT, bas_tag_lib: failed opening basis file",
                "badelement, 255, input, SUBJECT, geom_tag_to_element failed",
                "badsolv, 0, inconsistent-output, SUBJECT, the solvent is klingon",
                "badxc, 255, functional-unknown, SUBJECT, xc_input: invalid format",
                "close, 0, inconsistent-output, SUBJECT, 3 shieldings",
                "cphf, 255, cphf-not-converged, SUBJECT, lkain: not converged",
                "diskfull, 255, disk-full, MACHINE, write_file_entry: failed to write value",
                "killed, 137, killed, MACHINE, \"\"",
                "mem, 8, out-of-memory, SUBJECT, not enuf mem",
                "missingbasis, 255, basis-missing, SUBJECT, failed to locate basis",
                "optiter, 255, geometry-not-converged, SUBJECT, Failed to converge in maximum number of steps",
                "radical, 9, input, SUBJECT, Odd number of electrons",
                "scf, 43, scf-not-converged, SUBJECT, Calculation failed to converge",
                "solvempty, 255, input, SUBJECT, input error at line   17",
            })
    void isToldApart(String sample, int exitCode, String kind, Blame blame, String tellingLine) throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample(sample, exitCode);
        NwchemProgram program = new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2");
        ResultGate gate = ResultGate.forShieldings(
                Samples.molecule(sample),
                Samples.b3lyp("6-31G*", BasisSet.Type.SPHERICAL, "CHCl3"),
                Samples.settings().build(),
                OptionalInt.empty());

        NwchemRun.Ended ended =
                new NwchemRun(program, 1, context, directory).run("the input", gate, OptionalLong.empty());

        CalculationFailure failure = ended.failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.blame()).isEqualTo(blame);
        assertThat(String.join("\n", lines(failure))).contains(tellingLine);
        assertThat(failure.evidence())
                .containsEntry("exit_code", (long) exitCode)
                .containsEntry("duration_seconds", 1.5)
                .containsEntry("command", List.of("nwchem", "../input.nw"))
                .containsEntry("output", directory.resolve("output.out").toString());
        assertThat(directory.resolve("scratch/molecule.db")).exists();
        assertThat(directory.resolve("input.nw")).hasContent("the input");
    }

    @SuppressWarnings("unchecked")
    private static List<String> lines(CalculationFailure failure) {
        return (List<String>) (List<?>) failure.evidence().get("telling_lines");
    }
}
