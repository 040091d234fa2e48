package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of failure that can be provoked in a real NWChem, and its cure where there is one. */
class NwchemFailuresIT {

    private static NwchemProgram program;

    @TempDir
    Path directory;

    @BeforeAll
    static void findsNwchem() throws Exception {
        program = NwchemProgram.detect();
    }

    @Test
    void internalCoordinatesOfALinearMolecule() throws Exception {
        NwchemSettings settings = small().task(Task.OPTIMIZATION).build();

        CalculationFailure failure = failure(run("autoz", settings));

        assertThat(failure.kind()).isEqualTo("internal-coordinates");
        assertThat(failure.evidence().get("telling_lines").toString()).contains("AUTOZ failed");
        CalculationOutcome recovered =
                run("autoz", settings.toBuilder().recover(true).build());
        assertThat(recovered.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(recovered.results()).containsEntry("recovered_by", List.of("optimization: noautoz"));
        assertThat(Json.asArray(recovered.results().get("optimized_geometry"))).hasSize(10);
    }

    @Test
    void tooFewIterationsOfTheScf() throws Exception {
        NwchemSettings settings = small().scfIterations(3).build();

        assertThat(failure(run("ok", settings)).kind()).isEqualTo("scf-not-converged");
        CalculationOutcome recovered =
                run("ok", settings.toBuilder().recover(true).build());
        assertThat(recovered.results()).containsEntry("recovered_by", List.of("more-iterations"));
    }

    /** Water with long bonds: DIIS, three times the iterations and a level shift fail, {@code cgmin} converges. */
    @Test
    void anScfThatNeedsTheQuadraticRung() throws Exception {
        NwchemSettings settings = small().scfIterations(8).recover(true).build();

        CalculationOutcome outcome = run("stretched", "B3LYP", "vacuum", settings, process -> {});

        assertThat(outcome.results())
                .containsEntry("recovered_by", List.of("more-iterations", "level-shift", "quadratic"));
        // With cgmin from the start and 100 iterations NWChem gives the same.
        assertThat((Double) outcome.results().get("total_energy_hartree")).isCloseTo(-74.826753576707, within(1e-6));
    }

    @Test
    void anScfThatNothingCures() throws Exception {
        NwchemSettings settings = small().scfIterations(1).recover(true).build();

        CalculationOutcome outcome = run("ok", settings);

        assertThat(failure(outcome).kind()).isEqualTo("scf-not-converged");
        assertThat(failure(outcome).evidence())
                .containsEntry("recovery_tried", List.of("more-iterations", "level-shift", "quadratic"));
    }

    @Test
    void tooLittleMemory() throws Exception {
        NwchemSettings settings = small().memoryPerProcessMb(8).build();

        CalculationFailure failure = failure(run("ok", settings));

        assertThat(failure.kind()).isEqualTo("out-of-memory");
        assertThat(failure.message()).contains("not enuf mem");
        CalculationOutcome recovered =
                run("ok", settings.toBuilder().recover(true).build());
        assertThat(recovered.results()).containsEntry("recovered_by", List.of("more-memory"));
    }

    /** NWChem's CPHF is given one iteration, unless the integrals are calculated anew. */
    @Test
    void aCphfThatConvergesWithDirectOnly() throws Exception {
        Path impatient = directory.resolve("impatient-nwchem");
        Files.writeString(impatient, """
                #!/bin/sh
                grep -q '^ *direct' "$1" || { sed 's/^task/set cphf:maxiter 1\\n&/' "$1" > ../impatient.nw; set -- ../impatient.nw; }
                exec nwchem "$1"
                """);
        Files.setPosixFilePermissions(impatient, PosixFilePermissions.fromString("rwx------"));
        NwchemProgram program = new NwchemProgram(impatient.toString(), "mpirun", NwchemFailuresIT.program.version());

        CalculationFailure failure = failure(run(program, small().build()));

        assertThat(failure.kind()).isEqualTo("cphf-not-converged");
        assertThat(failure.message()).contains("lkain: not converged");
        CalculationOutcome recovered = run(program, small().recover(true).build());
        assertThat(recovered.results()).containsEntry("recovered_by", List.of("direct"));
    }

    @Test
    void tooFewStepsOfTheOptimisation() throws Exception {
        NwchemSettings settings =
                small().task(Task.OPTIMIZATION).optimizationSteps(2).build();

        assertThat(failure(run("ok", settings)).kind()).isEqualTo("geometry-not-converged");
        CalculationOutcome recovered =
                run("ok", settings.toBuilder().recover(true).build());
        assertThat(recovered.results()).containsEntry("recovered_by", List.of("optimization: more-steps"));
    }

    @Test
    void aFunctionalWithoutSecondDerivatives() throws Exception {
        // Past the check before the run: as a directive that comes after that of B3LYP.
        NwchemSettings settings = small().dftDirectives(List.of("xc m06-2x")).build();

        CalculationFailure failure = failure(run("ok", settings));

        assertThat(failure.kind()).isEqualTo("functional-unknown");
        assertThat(failure.message()).contains("d2 not coded");
        assertThat(failure.evidence()).containsEntry("exit_code", 255L);
    }

    @Test
    void aBasisSetNobodyHas() throws Exception {
        CalculationFailure failure = failure(run("ok", small().basis("6-31Q").build()));

        assertThat(failure.kind()).isEqualTo("basis-missing");
        assertThat(failure.evidence().get("exit_code")).isEqualTo(255L);
    }

    @Test
    void tooLittleTime() throws Exception {
        LocalContext context = new LocalContext(directory, Duration.ofMillis(300), process -> {});

        CalculationOutcome outcome =
                backend(small().build()).calculate(calculation("nitromethane", "B3LYP", "CHCl3"), context);

        assertThat(failure(outcome).kind()).isEqualTo("timeout");
        assertThat(failure(outcome).countsAgainstSubject()).isTrue();
    }

    @Test
    void aKilledProgram() throws Exception {
        CalculationFailure failure = failure(run("nitromethane", "B3LYP", small().build(), Process::destroyForcibly));

        assertThat(failure.kind()).isEqualTo("killed");
        assertThat(failure.countsAgainstSubject()).isFalse();
        assertThat(failure.evidence()).containsEntry("exit_code", 137L);
    }

    @Test
    void aKilledRank() throws Exception {
        CalculationFailure failure =
                failure(run("nitromethane", "B3LYP", small().ranks(2).build(), NwchemFailuresIT::killOneRank));

        assertThat(failure.kind()).isEqualTo("killed");
        assertThat(failure.countsAgainstSubject()).isFalse();
    }

    @Test
    void aTerminatedMpirun() throws Exception {
        CalculationFailure failure =
                failure(run("nitromethane", "B3LYP", small().ranks(2).build(), process -> {
                    awaitRank(process);
                    process.destroy();
                }));

        assertThat(failure.kind()).as("%s", failure.evidence()).isEqualTo("killed");
        assertThat(failure.countsAgainstSubject()).isFalse();
    }

    @Test
    void aFullDisk() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                exitCode("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk.toString()) == 0,
                "a small file system can be mounted here");
        try {
            LocalContext context = new LocalContext(disk.resolve("calculation"));

            CalculationOutcome outcome =
                    backend(small().build()).calculate(calculation("nitromethane", "B3LYP", "CHCl3"), context);

            assertThat(failure(outcome).kind()).isEqualTo("disk-full");
            assertThat(failure(outcome).countsAgainstSubject()).isFalse();
        } finally {
            assertThat(exitCode("umount", "-l", disk.toString())).isZero();
        }
    }

    @Test
    void moreRanksThanMpiAllows() throws Exception {
        Path mpirun = directory.resolve("mpirun");
        Files.writeString(mpirun, "#!/bin/sh\nexec mpirun -n 900 nwchem ../input.nw\n");
        Files.setPosixFilePermissions(mpirun, PosixFilePermissions.fromString("rwxr-xr-x"));
        NwchemProgram strict = new NwchemProgram("nwchem", mpirun.toString(), program.version());

        CalculationOutcome outcome = backend(strict, small().ranks(2).build())
                .calculate(calculation("ok", "B3LYP", "vacuum"), new LocalContext(directory.resolve("run")));

        assertThat(failure(outcome).kind()).isEqualTo("mpi-refused");
        assertThat(failure(outcome).countsAgainstSubject()).isFalse();
    }

    @Test
    void aProgramThatIsNotThere() throws Exception {
        NwchemProgram absent = new NwchemProgram("no-such-nwchem", "mpirun", program.version());

        CalculationOutcome outcome = backend(absent, small().build())
                .calculate(calculation("ok", "B3LYP", "vacuum"), new LocalContext(directory));

        assertThat(failure(outcome).kind()).isEqualTo("launch-failed");
        assertThat(failure(outcome).countsAgainstSubject()).isFalse();
    }

    private static NwchemSettings.Builder small() {
        return NwchemSettings.builder().basis("STO-3G").memoryPerProcessMb(400);
    }

    private static NwchemBackend backend(NwchemSettings settings) {
        return backend(program, settings);
    }

    private static NwchemBackend backend(NwchemProgram which, NwchemSettings settings) {
        Molecule water = new Molecule(
                "ok",
                "water",
                List.of(
                        new Atom(Element.O, 0, 0, 0),
                        new Atom(Element.H, 0.757, 0.586, 0),
                        new Atom(Element.H, -0.757, 0.586, 0)),
                0,
                1);
        Molecule stretched = new Molecule(
                "stretched",
                "water with long bonds",
                List.of(
                        new Atom(Element.O, 0, 0, 0),
                        new Atom(Element.H, 1.757, 1.586, 0),
                        new Atom(Element.H, -1.757, 1.586, 0)),
                0,
                1);
        return NwchemBackend.builder(which)
                .molecules(Map.of(
                        "ok",
                        water,
                        "stretched",
                        stretched,
                        "autoz",
                        Samples.molecule("autoz"),
                        "nitromethane",
                        Samples.molecule("nitromethane")))
                .basisLibrary(Optional.empty())
                .settings(settings)
                .build();
    }

    private CalculationOutcome run(NwchemProgram which, NwchemSettings settings) throws Exception {
        return backend(which, settings)
                .calculate(
                        calculation("ok", "B3LYP", "CHCl3"),
                        new LocalContext(Files.createTempDirectory(directory, "calculation")));
    }

    private CalculationOutcome run(String molecule, NwchemSettings settings) throws Exception {
        return run(molecule, "B3LYP", settings, process -> {});
    }

    private CalculationOutcome run(
            String molecule, String functional, NwchemSettings settings, Consumer<Process> onStart) throws Exception {
        return run(molecule, functional, "CHCl3", settings, onStart);
    }

    private CalculationOutcome run(
            String molecule, String functional, String solvent, NwchemSettings settings, Consumer<Process> onStart)
            throws Exception {
        Path own = Files.createTempDirectory(directory, "calculation");
        return backend(settings)
                .calculate(
                        calculation(molecule, functional, solvent),
                        new LocalContext(own, Duration.ofMinutes(2), onStart));
    }

    private static CalculationFailure failure(CalculationOutcome outcome) {
        assertThat(outcome.state()).isInstanceOf(CalculationState.Failed.class);
        return outcome.state().failure().orElseThrow();
    }

    private static void killOneRank(Process mpirun) {
        awaitRank(mpirun).destroyForcibly();
    }

    private static ProcessHandle awaitRank(Process mpirun) {
        while (mpirun.isAlive()) {
            Optional<ProcessHandle> rank = mpirun.descendants()
                    .filter(handle -> handle.info().command().orElse("").contains("nwchem"))
                    .findAny();
            if (rank.isPresent()) {
                return rank.get();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("mpirun ended before it had started a rank");
    }

    private static int exitCode(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .inheritIO()
                .start()
                .waitFor();
    }
}
