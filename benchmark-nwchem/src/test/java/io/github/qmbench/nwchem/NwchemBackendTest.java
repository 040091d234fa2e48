package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessResult.Ending;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.output.GridSection;
import io.github.qmbench.nwchem.theory.BasisLibrary;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.BasisSet.Type;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NwchemBackendTest {

    private static final NwchemProgram PROGRAM = new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2");
    private static final NwchemSettings SETTINGS = NwchemSettings.builder()
            .basis("6-31G*")
            .basisType(Type.SPHERICAL)
            .grid("fine")
            .scfConvergence(ScfConvergence.NWCHEM)
            .build();

    @TempDir
    Path directory;

    @Test
    void keepsEverythingWorthKeepingOfAGoodOutput() throws Exception {
        CalculationOutcome outcome = backend(SETTINGS)
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), new ReplayingContext(directory).thenSample("ok", 0));

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results())
                .containsEntry("total_energy_hartree", -76.415861386281)
                .containsEntry("cosmo_energy_hartree", 0.055360312923)
                .containsEntry("dielectric", 4.7113)
                .containsEntry("basis_functions", 18L)
                .containsEntry("program_version", "NWChem 7.0.2")
                .containsEntry("ranks", 1L)
                .containsEntry("cpu_seconds", 0.8)
                .containsEntry("wall_seconds", 6.0)
                .containsEntry("dipole_au", List.of(0.0, 0.904042, 0.0))
                .containsEntry("warnings", List.of())
                .doesNotContainKey("recovered_by");
        // 1 atomic unit is 2.541746 debye.
        assertThat((Double) outcome.results().get("dipole_debye")).isCloseTo(2.297845, within(1e-6));
        assertThat(Json.asObject(outcome.results().get("energy_parts_hartree")))
                .as("with the COSMO energy they add up to the total one")
                .isEqualTo(Map.of(
                        "one_electron",
                        -123.263588810018,
                        "coulomb",
                        46.965553635177,
                        "exchange_correlation",
                        -9.367100346582,
                        "nuclear_repulsion",
                        9.193913822219));
        assertThat(Json.asObject(
                        Json.asArray(outcome.results().get("shielding_data")).get(1)))
                .containsEntry("index", 2L)
                .containsEntry("atom", "H")
                .containsEntry("shielding", 31.6667)
                .containsEntry("anisotropy", 19.1076)
                .containsEntry("principal_components", List.of(44.4051, 25.9249, 24.6702))
                .containsKeys("tensor", "diamagnetic", "paramagnetic");
    }

    @Test
    void writesShiftsWhereAFactorIsKnownAndRemovesTheScratch() throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample("ok", 0);
        ShiftScale scale = new ShiftScale() {
            @Override
            public OptionalDouble shift(Method method, Element element, double shielding) {
                return element == Element.H ? OptionalDouble.of(32 - shielding) : OptionalDouble.empty();
            }

            @Override
            public Optional<String> reference(Method method, Element element) {
                return Optional.of("Table 7 for " + element);
            }
        };

        backend(SETTINGS).scale(scale).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        Map<String, Object> shifts = Json.parseObject(Files.readString(directory.resolve("shifts.json")));
        assertThat(shifts)
                .containsEntry("molecule_id", "ok")
                .containsEntry("functional", "B3LYP")
                .containsEntry("solvent", "CHCl3")
                .containsEntry("shifts_by", Map.of("1H", "Table 7 for H"))
                .doesNotContainKey("c13_shifts");
        assertThat(Json.asArray(shifts.get("h1_shifts"))).hasSize(2);
        assertThat(Json.asObject(Json.asArray(shifts.get("h1_shifts")).get(0)))
                .containsEntry("index", 2L)
                .containsEntry("atom", "H");
        assertThat(directory.resolve("scratch")).doesNotExist();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "input.nw", "output.out", "output.err", "shifts.json", "shifts.qcschema.json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, nwchem ../input.nw",
        "2, mpirun -n 2 --bind-to none nwchem ../input.nw",
    })
    void startsSeveralRanksThroughMpirun(int ranks, String command) throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenSample("ok", 0);

        backend(SETTINGS.toBuilder().ranks(ranks).build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(String.join(" ", context.requests.get(0).command()).replace(" --oversubscribe", ""))
                .isEqualTo(command);
        assertThat(context.requests.get(0).cores()).isEqualTo(ranks);
        assertThat(context.requests.get(0).environment())
                .containsEntry("OMP_NUM_THREADS", "1")
                .containsEntry("OPENBLAS_NUM_THREADS", "1")
                .containsEntry("OMPI_ALLOW_RUN_AS_ROOT", "1");
        // alone, a process keeps the files of Open MPI where no other removes them
        assertThat(Optional.ofNullable(context.requests.get(0).environment().get("OMPI_MCA_orte_tmpdir_base")))
                .isEqualTo(ranks == 1 ? Optional.of(".") : Optional.empty());
    }

    @Test
    void asksForMoreRanksThanCoresWithOversubscribe() {
        assertThat(PROGRAM.command(100_000, "i.nw")).contains("--oversubscribe");
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, 143, timeout, SUBJECT",
        "STALLED, 143, stalled, SUBJECT",
        "OUT_OF_MEMORY, 137, out-of-memory, SUBJECT",
        "LOST, -1, lost, MACHINE",
        "EXITED, 137, killed, MACHINE",
        "EXITED, 143, killed, MACHINE",
        "EXITED, 139, program-error, SUBJECT",
        "EXITED, 1, program-error, SUBJECT",
        "EXITED, 0, incomplete-output, SUBJECT",
    })
    void tellsHowTheProgramEnded(Ending ending, int exitCode, String kind, CalculationFailure.Blame blame)
            throws Exception {
        ReplayingContext context = new ReplayingContext(directory).then(request -> {
            Files.writeString(request.output(), "");
            return ReplayingContext.ended(ending, exitCode);
        });

        CalculationOutcome outcome = backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure().orElseThrow().kind()).isEqualTo(kind);
        assertThat(outcome.state().failure().orElseThrow().blame()).isEqualTo(blame);
    }

    /** Of several symptoms the gravest is the cause, wherever it stands. */
    @ParameterizedTest
    @CsvSource({
        "Calculation failed to converge, No space left on device, disk-full",
        "No space left on device, Calculation failed to converge, disk-full",
        "lkain: not converged, ga_create failed, out-of-memory",
        "ga_create failed, lkain: not converged, out-of-memory",
        "There is an error in the input file, bas_tag_lib: failed opening basis file, basis-missing",
        "bas_tag_lib: failed opening basis file, There is an error in the input file, basis-missing",
        "lkain: not converged, '', cphf-not-converged",
        "'', lkain: not converged, cphf-not-converged",
    })
    void theGravestSymptomOfOutputAndErrorOutputNamesTheFailure(String output, String error, String kind)
            throws Exception {
        ReplayingContext context = new ReplayingContext(directory).thenOutput(output + "\n", error + "\n", 1);

        CalculationOutcome outcome = backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        CalculationFailure failure = outcome.state().failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(Json.asArray(failure.evidence().get("telling_lines")))
                .isEqualTo(List.of(output, error).stream()
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    @Test
    void aLineOfOutputAndErrorOutputIsSaidOnce() throws Exception {
        ReplayingContext context = new ReplayingContext(directory)
                .thenOutput("lkain: not converged\n", "ga_create failed\nlkain: not converged\n", 1);

        CalculationOutcome outcome = backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure().orElseThrow().evidence())
                .containsEntry("telling_lines", List.of("lkain: not converged", "ga_create failed"));
    }

    @Test
    void saysOnceThatALimitWasReached() throws Exception {
        ReplayingContext context = new ReplayingContext(directory).then(request -> {
            Files.writeString(request.output(), "");
            return ReplayingContext.ended(Ending.TIMED_OUT, 137)
                    .forRequest(
                            request.toBuilder().timeout(Duration.ofSeconds(2)).build());
        });

        CalculationOutcome outcome = backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure().orElseThrow().message())
                .isEqualTo("it ran longer than its limit of 2 s (exit code 137)");
    }

    @Test
    void blamesTheMachineForAProgramThatCannotBeStartedAndForAFullDisk() throws Exception {
        ReplayingContext context = new ReplayingContext(directory)
                .then(request -> {
                    throw new LaunchFailedException(request.command(), "no such file", new IOException());
                })
                .then(request -> {
                    throw new IOException("write failed: No space left on device");
                });

        CalculationOutcome first = backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);
        CalculationOutcome second = backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(first.state().failure().orElseThrow().kind()).isEqualTo("launch-failed");
        assertThat(first.state().failure().orElseThrow().countsAgainstSubject()).isFalse();
        assertThat(second.state().failure().orElseThrow().kind()).isEqualTo("disk-full");
        assertThat(second.state().failure().orElseThrow().countsAgainstSubject())
                .isFalse();
    }

    @Test
    void refusesToMixResultsOfTwoVersions() {
        ReplayingContext context = new ReplayingContext(directory)
                .thenOutput(Samples.output("ok").replace("(NWChem) 7.0.2", "(NWChem) 7.2.0"), "", 0);

        assertThatThrownBy(() -> backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context))
                .isInstanceOf(BackendUnusableException.class)
                .hasMessageContaining("7.0.2")
                .hasMessageContaining("7.2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "ok, B3LIP, CHCl3, functional-unknown, did you mean B3LYP?",
        "ok, M06-2X, CHCl3, functional-unknown, second derivatives",
        "ok, xc=m06-2x, CHCl3, functional-unknown, second derivatives",
        "ok, B3LYP, clorform, input, did you mean CHCl3?",
        "nobody, B3LYP, CHCl3, input, unknown molecule",
        "radical, B3LYP, CHCl3, input, 9 electrons",
        "close, B3LYP, CHCl3, input, 11 electrons",
    })
    void refusesNonsenseBeforeAnythingStarts(
            String molecule, String functional, String solvent, String kind, String message) throws Exception {
        ReplayingContext context = new ReplayingContext(directory);
        NwchemBackend backend = backend(SETTINGS).build();
        Calculation calculation = calculation(molecule, functional, solvent);

        CalculationOutcome outcome = backend.calculate(calculation, context);

        assertThat(outcome.state().failure().orElseThrow().kind()).isEqualTo(kind);
        assertThat(outcome.state().failure().orElseThrow().message()).contains(message);
        assertThat(context.requests).isEmpty();
        assertThatThrownBy(() -> backend.check(calculation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesTwoAtomsInOnePlace() {
        assertThatThrownBy(() -> MoleculeCheck.check(threeAtoms(0.125)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("atoms 2 and 3 of molecule m are only 0.125 angstrom apart");
        assertThatCode(() -> MoleculeCheck.check(threeAtoms(0.25))).doesNotThrowAnyException();
    }

    private static Molecule threeAtoms(double distance) {
        return new Molecule(
                "m",
                "name",
                List.of(
                        new Atom(Element.H, 0, 0, 9),
                        new Atom(Element.H, 0, 0, 0),
                        new Atom(Element.O, 0, 0, distance)),
                0,
                1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, true",
        "0, 2, false",
        "0, 3, true",
        "1, 2, true",
        "1, 1, false",
        "8, 3, true",
        "8, 5, false",
        "10, 1, false"
    })
    void theElectronsMustMakeTheMultiplicity(int charge, int multiplicity, boolean accepted) {
        Molecule water = Samples.molecule("ok");
        Molecule molecule = new Molecule("ok", "ok", water.atoms(), charge, multiplicity);

        if (accepted) {
            assertThatCode(() -> MoleculeCheck.check(molecule)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> MoleculeCheck.check(molecule))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("molecule ok with charge " + charge + " has " + (10 - charge)
                            + " electrons, which do not make a multiplicity of " + multiplicity);
        }
    }

    /** Of the angular grids for spherical harmonics up to degree L = 35, 41, ... Lebedev's have (L + 1)^2 / 3 + 2 points. */
    @Test
    void anAngularGridIsCheckedByItsPoints() throws IOException {
        List<Integer> points = new ArrayList<>(List.of(38, 50, 74, 86, 110, 146, 170, 194, 230, 266, 302, 350));
        for (int degree = 35; degree <= 131; degree += 6) {
            points.add((degree + 1) * (degree + 1) / 3 + 2);
        }
        assertThat(points).hasSize(29);
        String output = Samples.output("ok")
                .replaceAll("Grid used for XC integration: +fine", "Grid used for XC integration:  lebedev");
        for (int number = 1; number <= 29; number++) {
            GridSection grid = Samples.parse(
                            output.replaceAll("\\b(60|70)( +\\d\\.\\d +)590\\b", "75$2" + points.get(number - 1)))
                    .grid;
            assertThat(Grid.isUsed("lebedev 75 " + number, grid))
                    .as("%d", number)
                    .isTrue();
            assertThat(Grid.isUsed("lebedev 75 " + (number % 29 + 1), grid)).isFalse();
            assertThat(Grid.isUsed("lebedev 76 " + number, grid)).isFalse();
        }
    }

    @Test
    void writesTheInputOfAnOptimisation() {
        Method method = new Method(Functional.parse("CAM-B3LYP"), BasisSet.of("def2-SVP"), Solvent.parse("CHCl3"));
        NwchemSettings settings = NwchemSettings.builder()
                .direct(true)
                .optimizationSteps(33)
                .scfIterations(44)
                .dftDirectives(List.of("own dft"))
                .propertyDirectives(List.of("own property"))
                .build();

        String input = NwchemInput.optimization(
                Samples.molecule("ok"), method, settings, Tuning.NONE.withScfDirective("cgmin"), 987);

        assertThat(input).isEqualTo("""
                        start molecule
                        memory total 987 mb
                        geometry units angstrom noautosym
                        O        0.0000000000       0.0000000000       0.0000000000
                        H        0.7570000000       0.5860000000       0.0000000000
                        H       -0.7570000000       0.5860000000       0.0000000000
                        end
                        basis spherical
                          * library "def2-SVP"
                        end
                        dft
                          xc xcamb88 1.00 lyp 0.81 vwn_5 0.19 HFexch 1.00
                          cam 0.33 cam_alpha 0.19 cam_beta 0.46
                          grid fine
                          tolerances tol_rho 1d-11
                          convergence energy 1d-8 density 1d-6 gradient 1d-5
                          iterations 44
                          direct
                          cgmin
                          own dft
                        end
                        cosmo
                          do_gasphase False
                          solvent chcl3
                        end
                        driver
                          maxiter 33
                        end
                        task dft optimize
                        """);
        assertThat(NwchemInput.shielding(Samples.molecule("ok"), method, settings, Tuning.NONE, 987))
                .endsWith("property\n  shielding\n  own property\nend\ntask dft property\n");
    }

    @Test
    void refusesAnElementTheBasisSetLacksBeforeAnythingStarts() throws Exception {
        Files.writeString(directory.resolve("6-31gs"), "basis \"H_6-31G*\" SPHERICAL\n");
        NwchemBackend backend = backend(SETTINGS)
                .basisLibrary(Optional.of(BasisLibrary.in(directory)))
                .build();

        assertThatThrownBy(() -> backend.check(calculation("ok", "B3LYP", "CHCl3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6-31G*")
                .hasMessageContaining("[O] of ok");
    }

    @Test
    void takesTheHydrogensOfAComposedBasisSetFromTheirOwnEntryOfTheLibrary() {
        Method method = new Method(Functional.parse("WP04"), BasisSet.of("6-311++G(2d,p)"), Solvent.VACUUM);

        String input =
                NwchemInput.shielding(Samples.molecule("ok"), method, NwchemSettings.defaults(), Tuning.NONE, 500);

        assertThat(input)
                .contains("basis spherical\n  * library \"6-311+G(2d,p)\" except H\n  H library \"6-311++G**\"\nend\n");
    }

    @Test
    void fingerprintsAllThatChangesNumbersAndNothingElse() {
        Calculation calculation = calculation("ok", "B3LYP", "CHCl3");
        Fingerprint plain = backend(SETTINGS).build().fingerprint(calculation);

        assertThat(plain.fields())
                .containsEntry("functional", "xc b3lyp")
                .containsEntry("basis", "6-31g*")
                .containsEntry("basis_type", "spherical")
                .containsEntry("solvent", "COSMO 4.7113")
                .containsEntry("grid", "fine")
                .containsEntry("program", "NWChem 7.0.2")
                .containsKey("geometry");
        assertThat(fingerprint(SETTINGS.toBuilder()
                        .ranks(2)
                        .memoryPerProcessMb(500)
                        .direct(true)
                        .build()))
                .isEqualTo(plain);
        assertThat(backend(SETTINGS).build().fingerprint(calculation("ok", "b3lyp", "chloroform")))
                .isEqualTo(plain);
        assertThat(plain.differences(
                        fingerprint(SETTINGS.toBuilder().grid("xfine").build())))
                .containsExactly("grid");
        assertThat(plain.differences(
                        fingerprint(SETTINGS.toBuilder().basis("STO-3G").build())))
                .containsExactly("basis");
        assertThat(plain.differences(fingerprint(SETTINGS.toBuilder()
                        .dftDirectives(List.of("tolerances tol_rho 1d-9"))
                        .build())))
                .containsExactly("dft_directives");
        assertThat(plain.differences(
                        backend(SETTINGS).build().fingerprint(calculation("nitromethane", "B3LYP", "DMSO"))))
                .containsExactlyInAnyOrder("geometry", "solvent");
    }

    private static Fingerprint fingerprint(NwchemSettings settings) {
        return backend(settings).build().fingerprint(calculation("ok", "B3LYP", "CHCl3"));
    }

    static NwchemBackend.Builder backend(NwchemSettings settings) {
        return NwchemBackend.builder(PROGRAM)
                .molecules(id -> id.equals("nobody") ? null : Samples.molecule(id))
                .basisLibrary(Optional.empty())
                .settings(settings);
    }

    @Test
    void takesOneGridForAllMoleculesOfATask() {
        NwchemSettings plain = NwchemSettings.defaults();
        assertThat(Grid.ofShieldings(plain)).isEqualTo("medium");
        assertThat(Grid.ofOptimization(plain)).isEqualTo("fine");
        NwchemSettings chosen = NwchemSettings.builder().grid("xfine").build();
        assertThat(Grid.ofShieldings(chosen)).isEqualTo("xfine");
        assertThat(Grid.ofOptimization(chosen)).isEqualTo("xfine");
    }

    @Test
    void writesAnInputWithoutAnyPath() {
        Molecule water = Samples.molecule("ok");
        Molecule cation = new Molecule("ok", "ok", water.atoms(), 1, 2);
        Method method =
                new Method(Functional.parse("WP04"), BasisSet.of("6-31G(d,p)"), Solvent.parse("dielectric=7.6"));

        String input = NwchemInput.shielding(cation, method, NwchemSettings.defaults(), Tuning.NONE, 1234);

        assertThat(input).isEqualTo("""
                        start molecule
                        memory total 1234 mb
                        charge 1
                        geometry units angstrom noautosym noautoz
                        O        0.0000000000       0.0000000000       0.0000000000
                        H        0.7570000000       0.5860000000       0.0000000000
                        H       -0.7570000000       0.5860000000       0.0000000000
                        end
                        basis cartesian
                          * library "6-31G**"
                        end
                        dft
                          xc HFexch 0.1189 slater 0.9999 becke88 nonlocal 0.9614 vwn_1_rpa 0.9998 lyp 0.0001
                          grid medium
                          tolerances tol_rho 1d-11
                          convergence energy 1d-8 density 1d-6 gradient 1d-5
                          iterations 100
                          mult 2
                        end
                        cosmo
                          do_gasphase False
                          dielec 7.6
                        end
                        set prop:nocheck .true.
                        property
                          shielding
                        end
                        task dft property
                        """);
    }
}
