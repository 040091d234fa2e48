package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CostHint;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.core.process.LaunchFailedException;
import io.github.qmbench.core.process.ProcessRequest;
import io.github.qmbench.core.process.ProcessResult.Ending;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.output.NwchemOutput;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What journal and files keep of a calculation, each as a whole: no field too many, too few or under another name. */
class KeptResultsTest {

    private static final NwchemSettings SETTINGS =
            Samples.settings().basis("6-31G*").basisType(Type.SPHERICAL).build();

    private static final NwchemSettings OPTIMIZE = NwchemSettings.builder()
            .grid("fine")
            .scfConvergence(new ScfConvergence(1e-6, 1e-5, 5e-4)) // with which the sample was calculated
            .dftDirectives(List.of("tolerances tol_rho 1d-10"))
            .basis("6-31G*")
            .basisType(Type.CARTESIAN)
            .task(Task.OPTIMIZATION_AND_SHIELDING)
            .build();

    @TempDir
    Path directory;

    private ReplayingContext context() {
        return new ReplayingContext(directory);
    }

    private static double scaled(Element element, double shielding) {
        return (element == Element.H ? 32 : 190) - shielding;
    }

    private static final ShiftScale SCALE = (method, element, shielding) -> element == Element.H || element == Element.C
            ? OptionalDouble.of(scaled(element, shielding))
            : OptionalDouble.empty();

    private static String expected(String file) {
        return Samples.lines("expected/" + file).collect(Collectors.joining("\n"));
    }

    @Test
    void theJournalAndTheFilesOfWater() throws Exception {
        CalculationOutcome outcome = NwchemBackendTest.backend(SETTINGS)
                .scale(SCALE)
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context().thenSample("ok", 0));

        assertThat(Json.writePretty(outcome.results()).strip()).isEqualTo(expected("ok-results.json"));
        assertThat(directory.resolve("shifts.json")).hasContent(expected("ok-shifts.json"));
        assertThat(directory.resolve("shifts.qcschema.json")).hasContent(expected("ok-qcschema.json"));
    }

    @Test
    void theShiftsOfCarbonStandBesideThoseOfHydrogen() throws Exception {
        NwchemBackendTest.backend(Samples.settings().basis("6-311+G(2d,p)").build())
                .scale(SCALE)
                .build()
                .calculate(
                        calculation("nitromethane", "B3LYP", "CHCl3"), context().thenSample("nitromethane", 0));

        assertThat(directory.resolve("shifts.json")).hasContent(expected("nitromethane-shifts.json"));
    }

    @Test
    void aRadicalIsMarkedAndHasNoShifts() throws Exception {
        Molecule water = Samples.molecule("ok");
        Molecule cation = new Molecule("ok", "ok", water.atoms(), 1, 2);
        NwchemOutput output = Samples.parse(Samples.output("ok"));
        Method method = Samples.b3lyp("6-31G*", Type.SPHERICAL, "CHCl3");

        assertThat(ShieldingResults.of(cation, output, method)).containsEntry("open_shell", true);
        assertThat(ShieldingResults.shifts(cation, method, output, SCALE).keySet())
                .containsExactly(
                        "molecule_id",
                        "functional",
                        "basis",
                        "solvent",
                        "shielding_data",
                        "open_shell",
                        "program_version");
    }

    @Test
    void whatIsOptimisedIsKeptAndTheShieldingsAreThoseOfItsGeometry() throws Exception {
        Path geometries = directory.resolve("geometries");
        ReplayingContext context = new ReplayingContext(directory.resolve("own"))
                .thenSample("opt", 0)
                .thenOutput("", "", 1);
        NwchemBackendTest.backend(OPTIMIZE)
                .geometries(geometries)
                .build()
                .calculate(calculation("opt", "B3LYP", "vacuum"), context);

        assertThat(context.remarks).containsExactly("optimizing the geometry");
        assertThat(directory.resolve("own/optimization/output.out")).exists();
        assertThat(Files.readString(directory.resolve("own/input.nw")))
                .contains("C        0.2805685300       0.0000055400       0.0000113800\n"
                        + "C       -1.1808122200      -0.0000057400      -0.0000127600\n"
                        + "N        1.4408233100       0.0000042200       0.0000119600\n");
        try (var files = Files.list(geometries)) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName().toString()).matches("opt-[0-9a-f]{16}\\.json");
            assertThat(Files.readString(file).replaceAll("\\s+", " ").strip())
                    .isEqualTo("{ \"molecule_id\": \"opt\", \"geometry\": ["
                            + " { \"atom\": \"C\", \"x\": 0.28056853, \"y\": 5.54E-6, \"z\": 1.138E-5 },"
                            + " { \"atom\": \"C\", \"x\": -1.18081222, \"y\": -5.74E-6, \"z\": -1.276E-5 },"
                            + " { \"atom\": \"N\", \"x\": 1.44082331, \"y\": 4.22E-6, \"z\": 1.196E-5 },"
                            + " { \"atom\": \"H\", \"x\": -1.56097676, \"y\": -0.95058835, \"z\": 0.38717019 },"
                            + " { \"atom\": \"H\", \"x\": -1.56100168, \"y\": 0.81059679, \"z\": 0.62960721 },"
                            + " { \"atom\": \"H\", \"x\": -1.56095645, \"y\": 0.13996109, \"z\": -1.0168429 } ],"
                            + " \"optimization\": { \"functional\": \"B3LYP\", \"basis\": \"6-31G*\", \"solvent\": \"vacuum\","
                            + " \"total_energy_hartree\": -132.754929129042, \"steps\": 3, \"cpu_seconds\": 6.1,"
                            + " \"wall_seconds\": 7.0 } }");
        }
    }

    @Test
    void whatCuredAnOptimisationIsSaidInItsFactsAndInTheResult() throws Exception {
        NwchemSettings settings = OPTIMIZE.toBuilder()
                .task(Task.OPTIMIZATION)
                .recover(true)
                .memoryPerProcessMb(300)
                .build();
        ReplayingContext context = context().thenSample("optiter", 255).thenSample("opt", 0);

        CalculationOutcome outcome =
                NwchemBackendTest.backend(settings).build().calculate(calculation("opt", "B3LYP", "vacuum"), context);

        assertThat(outcome.results().keySet())
                .containsExactlyInAnyOrder("optimized_geometry", "optimization", "recovered_by");
        assertThat(outcome.results()).containsEntry("recovered_by", List.of("optimization: more-steps"));
        assertThat(Json.asObject(outcome.results().get("optimization")))
                .containsEntry("recovered_by", List.of("more-steps"));
    }

    /** One more setting that changes the numbers of an optimisation is another geometry. */
    @Test
    void eachGeometryIsKeptUnderAllThatChangesIt() throws Exception {
        Path geometries = directory.resolve("geometries");
        NwchemSettings.Builder settings = OPTIMIZE.toBuilder().task(Task.OPTIMIZATION);
        for (NwchemSettings one : List.of(
                settings.build(),
                settings.scfIterations(50).build(), // changes no number
                settings.dftDirectives(List.of("tolerances tol_rho 1d-10 ")).build(),
                settings.optimization(Samples.b3lyp("6-31G*", Type.CARTESIAN, "vacuum"))
                        .build())) {
            NwchemBackendTest.backend(one)
                    .geometries(geometries)
                    .build()
                    .calculate(calculation("opt", "B3LYP", "vacuum"), context().thenSample("opt", 0));
        }
        NwchemBackendTest.backend(settings.optimization(new Method(
                                Functional.parse("xc=b3lyp "), // the same by another name
                                BasisSet.of("6-31G*").withType(Type.CARTESIAN),
                                Solvent.VACUUM))
                        .build())
                .geometries(geometries)
                .build()
                .calculate(calculation("opt", "B3LYP", "vacuum"), context().thenSample("opt", 0));
        try (var files = Files.list(geometries)) {
            assertThat(files).hasSize(2);
        }
        NwchemBackendTest.backend(settings.optimization(new Method(
                                Functional.parse("xc=B3LYP"), // another text
                                BasisSet.of("6-31G*").withType(Type.CARTESIAN),
                                Solvent.VACUUM))
                        .build())
                .geometries(geometries)
                .build()
                .calculate(calculation("opt", "B3LYP", "vacuum"), context().thenSample("opt", 0));
        try (var files = Files.list(geometries)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void aGeometryOfAnotherMoleculeIsRefused() throws Exception {
        SharedGeometries shared = new SharedGeometries(Optional.of(directory));
        Molecule molecule = Samples.molecule("opt");
        OptimizedGeometry geometry = new OptimizedGeometry(molecule, Map.of("steps", 3));
        Path file = Files.writeString(directory.resolve("key.json"), geometry.text());

        assertThat(shared.get("key", molecule, () -> null).geometry()).contains(geometry);
        assertThatThrownBy(() ->
                        new SharedGeometries(Optional.of(directory)).get("key", Samples.molecule("ok"), () -> null))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not a valid geometry: it is the geometry of another molecule than ok");
    }

    @Test
    void anOptimisationThatFailedIsNotKept() throws Exception {
        Path geometries = directory.resolve("geometries");
        SharedGeometries.Answer failed = new SharedGeometries.Answer(
                Optional.empty(),
                Optional.of(CalculationFailure.of("scf-not-converged").because("")));

        assertThat(new SharedGeometries(Optional.of(geometries)).get("key", Samples.molecule("opt"), () -> failed))
                .isEqualTo(failed);
        assertThat(geometries).doesNotExist();
    }

    /** The message of each sample of a failure, as a run shows it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "badsolv | 0 | the output is not what was asked for: the solvent is klingon of dielectric constant 78.4 where"
                        + " CHCl3 of 4.7113 was asked for",
                "cphf | 255 | the CPHF equations did not converge: lkain: not converged                   0 (exit code 255)",
                "killed | 137 | a signal from outside ended NWChem (exit code 137)",
                "mem | 8 | the memory was too small: hndcosset: not enuf mem                   8 (exit code 8)",
                "scf | 43 | the SCF did not converge: Calculation failed to converge (exit code 43)",
            })
    void aFailureSaysItsKindTheFirstTellingLineAndTheExitCode(String sample, int exitCode, String message)
            throws Exception {
        CalculationOutcome outcome = NwchemBackendTest.backend(SETTINGS)
                .build()
                .calculate(calculation(sample, "B3LYP", "CHCl3"), context().thenSample(sample, exitCode));

        assertThat(outcome.state().failure().orElseThrow().message()).isEqualTo(message);
    }

    @Test
    void theEvidenceOfAFailureIsAllThatOneLooksFor() throws Exception {
        CalculationOutcome outcome = NwchemBackendTest.backend(
                        SETTINGS.toBuilder().ranks(2).build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context().thenSample("badbasis", 255));

        CalculationFailure failure = outcome.state().failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo("basis-missing");
        List<String> command = new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2").command(2, "../input.nw");
        assertThat(failure.evidence())
                .isEqualTo(Map.of(
                        "telling_lines",
                        List.of(
                                "bas_tag_lib: failed opening basis file                   0",
                                "[0] ARMCI Error: 0:bas_tag_lib: failed opening basis file:"),
                        "command",
                        command,
                        "directory",
                        directory.resolve("scratch").toString(),
                        "output",
                        directory.resolve("output.out").toString(),
                        "exit_code",
                        255L,
                        "duration_seconds",
                        1.5,
                        "where",
                        "test"));
    }

    private CalculationFailure failureOf(int ranks, ReplayingContext.Script script) throws Exception {
        return NwchemBackendTest.backend(SETTINGS.toBuilder().ranks(ranks).build())
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context().then(script))
                .state()
                .failure()
                .orElseThrow();
    }

    /** A terminated mpirun ends its ranks, says nothing and exits with 1. */
    @ParameterizedTest
    @CsvSource({"1, 1, program-error", "2, 1, killed", "2, 2, program-error", "1, 143, killed"})
    void aSilentEndWithSeveralRanksIsAKill(int ranks, int exitCode, String kind) throws Exception {
        assertThat(failureOf(ranks, request -> {
                            Files.writeString(request.output(), "");
                            return ReplayingContext.ended(Ending.EXITED, exitCode);
                        })
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void anOutputThatCannotBeReadIsSaidWithItsLineAndItsSymptoms() throws Exception {
        String output = Samples.output("ok")
                .replace("    364.8297     -0.0000     -0.0000", "************     -0.0000     -0.0000");

        CalculationFailure whole = failureOf(1, request -> {
            Files.writeString(request.output(), output);
            return ReplayingContext.ended(Ending.EXITED, 0);
        });
        assertThat(whole.kind()).isEqualTo("inconsistent-output");
        CalculationFailure broken = failureOf(1, request -> {
            Files.writeString(request.output(), output + "\nlkain: not converged\n");
            return ReplayingContext.ended(Ending.STALLED, 143)
                    .forRequest(request.toBuilder().stall(Duration.ofMinutes(5)).build());
        });
        assertThat(broken.kind()).isEqualTo("stalled");
        assertThat(broken.message())
                .isEqualTo(
                        "its output stopped growing: its output did not grow for 5 min, which is its limit; it was ended"
                                + " after 1 s (exit code 143)");
        List<Object> lines = Json.asArray(broken.evidence().get("telling_lines"));
        assertThat(lines).hasSize(3).last().isEqualTo("lkain: not converged");
        assertThat(lines.get(1).toString()).contains("a number for '************'");
    }

    @Test
    void aProgramThatCannotBeStartedSaysWhy() throws Exception {
        CalculationFailure failure = failureOf(1, request -> {
            throw new LaunchFailedException(request.command(), "no such file", null);
        });

        assertThat(failure.message()).isEqualTo("NWChem could not be started: cannot start nwchem: no such file");
        assertThat(failure.evidence().keySet())
                .containsExactlyInAnyOrder("telling_lines", "command", "directory", "output");
    }

    @Test
    void aFaultOfTheFilesThatIsNoFullDiskEndsTheCalculation() {
        assertThatThrownBy(() -> failureOf(1, request -> {
                    throw new IOException("Input/output error");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("Input/output error");
    }

    @Test
    void resultsOfTwoVersionsAreNotMixed() {
        ReplayingContext context =
                context().thenOutput(Samples.output("ok").replace("(NWChem) 7.0.2", "(NWChem) 7.2.0"), "", 0);

        assertThatThrownBy(() -> NwchemBackendTest.backend(SETTINGS)
                        .build()
                        .calculate(calculation("ok", "B3LYP", "CHCl3"), context))
                .isInstanceOf(BackendUnusableException.class)
                .hasMessage(
                        "the program was NWChem 7.0.2 when the run began and is NWChem 7.2.0 now; results of both must not"
                                + " be mixed");
    }

    @ParameterizedTest
    @CsvSource({"false, start molecule", "true, of the earlier runner"})
    void onlyAProgramThatStillRunsFindsItsFilesAsTheyWere(boolean stillRuns, String input) throws Exception {
        Path stale = Files.createDirectories(directory.resolve("scratch")).resolve("stale.db");
        Files.writeString(stale, "x");
        Files.writeString(directory.resolve("input.nw"), "of the earlier runner");
        ReplayingContext context = context().then(request -> {
            assertThat(Files.exists(stale)).isEqualTo(stillRuns);
            assertThat(request.directory()).isDirectory();
            assertThat(Files.readString(directory.resolve("input.nw"))).startsWith(input);
            Files.writeString(request.output(), "");
            return ReplayingContext.ended(Ending.LOST, -1);
        });
        context.takesUp = stillRuns;

        CalculationOutcome outcome =
                NwchemBackendTest.backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        assertThat(outcome.state().failure().orElseThrow().kind()).isEqualTo("lost");
    }

    @Test
    void theRequestHasAllThatTheLauncherNeeds() throws Exception {
        ReplayingContext context = context().thenSample("ok", 0);
        NwchemBackendTest.backend(SETTINGS).build().calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        ProcessRequest request = context.requests.get(0);
        assertThat(request.directory()).isEqualTo(directory.resolve("scratch"));
        assertThat(request.output()).isEqualTo(directory.resolve("output.out"));
        assertThat(request.error()).isEqualTo(directory.resolve("output.err"));
        assertThat(request.memoryBytes()).isEmpty();
        assertThat(request.identity())
                .as("of the text of the input")
                .isNotEqualTo(
                        request.toBuilder().purpose("another input").build().identity())
                .isEqualTo(request.toBuilder()
                        .purpose(Files.readString(directory.resolve("input.nw")))
                        .build()
                        .identity());
    }

    @Test
    void theFingerprintHasAllThatChangesNumbers() {
        Method other = Samples.b3lyp("3-21G", Type.CARTESIAN, "DMSO");
        Fingerprint fingerprint = NwchemBackendTest.backend(OPTIMIZE.toBuilder()
                        .optimization(other)
                        .propertyDirectives(List.of("first", "second"))
                        .build())
                .build()
                .fingerprint(calculation("opt", "PBE0", "vacuum"));

        assertThat(fingerprint.fields())
                .isEqualTo(Map.ofEntries(
                        Map.entry("geometry", "c1188d0b2530885c"),
                        Map.entry("functional", "xc pbe0"),
                        Map.entry("basis", "6-31g*"),
                        Map.entry("basis_type", "cartesian"),
                        Map.entry("solvent", "vacuum"),
                        Map.entry("task", "optimization_and_shielding"),
                        Map.entry("optimization_functional", "xc b3lyp"),
                        Map.entry("optimization_basis", "3-21g"),
                        Map.entry("optimization_basis_type", "cartesian"),
                        Map.entry("optimization_solvent", "COSMO 46.826"),
                        Map.entry("optimization_grid", "fine"),
                        Map.entry("grid", "fine"),
                        Map.entry("scf_convergence", "energy 1d-6 density 1d-5 gradient 5d-4"),
                        Map.entry("program", "NWChem 7.0.2"),
                        Map.entry("dft_directives", "tolerances tol_rho 1d-10"),
                        Map.entry("property_directives", "first; second")));
    }

    @Test
    void theCostOfACalculationIsThatOfItsFunctions() {
        NwchemBackend backend = NwchemBackendTest.backend(OPTIMIZE).build();

        assertThat(backend.cost(calculation("opt", "B3LYP", "vacuum")))
                .isEqualTo(new CostHint.Cost(
                        60.0 * 60 * 60,
                        Map.of("basis_functions", 60.0, "electrons", 22.0),
                        Map.of("solvent", "no", "functional", "hybrid")));
        assertThat(backend.cost(calculation("opt", "PBE", "CHCl3")).conditions())
                .isEqualTo(Map.of("solvent", "yes", "functional", "pure"));
    }

    @Test
    void theDescriptionSaysHowNwchemRuns() {
        assertThat(NwchemBackendTest.backend(NwchemSettings.defaults()).build().description())
                .isEqualTo(Map.of(
                        "program",
                        "NWChem 7.0.2",
                        "task",
                        "shielding",
                        "ranks",
                        1,
                        "grid",
                        "automatic",
                        "direct",
                        false,
                        "recover",
                        false));
        assertThat(NwchemBackendTest.backend(OPTIMIZE.toBuilder()
                                .optimization(Samples.b3lyp("3-21G", Type.CARTESIAN, "DMSO"))
                                .ranks(3)
                                .direct(true)
                                .build())
                        .build()
                        .description())
                .isEqualTo(Map.of(
                        "program",
                        "NWChem 7.0.2",
                        "task",
                        "optimization_and_shielding",
                        "optimization",
                        "B3LYP/3-21G in DMSO",
                        "ranks",
                        3,
                        "grid",
                        "fine",
                        "direct",
                        true,
                        "recover",
                        false));
        assertThat(NwchemBackendTest.backend(OPTIMIZE).build().name()).isEqualTo("nwchem");
    }

    @Test
    void theBasisSetOfACalculationIsItsOwnOrThatOfItsFunctionalOrOfTheSettings() throws Exception {
        NwchemBackend backend = NwchemBackendTest.backend(SETTINGS)
                .basisSets(Map.of("WP04", "STO-3G"))
                .build();

        assertThat(backend.check(calculation("ok", "B3LYP", "CHCl3")))
                .isEqualTo(Samples.b3lyp("6-31G*", Type.SPHERICAL, "CHCl3"));
        assertThat(backend.method(calculation("ok", "wp04", "CHCl3")).basis().name())
                .isEqualTo("STO-3G");
        assertThat(backend.method(io.github.qmbench.core.Calculation.of(
                                "ok", Map.of("functional", "WP04", "solvent", "DMSO", "basis", "3-21G")))
                        .toString())
                .isEqualTo("WP04/3-21G in DMSO");
    }

    @Test
    void anOptimisationNeedsNoSecondDerivatives() throws Exception {
        Method m062x = NwchemBackendTest.backend(
                        SETTINGS.toBuilder().task(Task.OPTIMIZATION).build())
                .build()
                .check(calculation("ok", "M06-2X", "CHCl3"));

        assertThat(m062x.functional().name()).isEqualTo("M06-2X");
    }

    @Test
    void aBasisSetThatTheLibraryLacksIsMissing() throws Exception {
        CalculationFailure failure = NwchemBackendTest.backend(SETTINGS)
                .basisLibrary(Optional.of(BasisLibrary.in(directory)))
                .build()
                .calculate(calculation("ok", "B3LYP", "CHCl3"), context())
                .state()
                .failure()
                .orElseThrow();

        assertThat(failure.kind()).isEqualTo("basis-missing");
        assertThat(failure.message()).startsWith("unknown basis set '6-31G*'");
    }

    @Test
    void theBasisSetOfTheOptimisationIsCheckedAsWell() throws Exception {
        Files.writeString(directory.resolve("6-31gs"), "basis \"H_6-31G*\" SPHERICAL\nbasis \"O_6-31G*\" SPHERICAL\n");
        Files.writeString(directory.resolve("sto-3g"), "basis \"H_STO-3G\" SPHERICAL\n");
        NwchemBackend backend = NwchemBackendTest.backend(SETTINGS.toBuilder()
                        .task(Task.OPTIMIZATION_AND_SHIELDING)
                        .optimization(Samples.b3lyp("STO-3G", Type.SPHERICAL, "vacuum"))
                        .build())
                .basisLibrary(Optional.of(BasisLibrary.in(directory)))
                .build();

        CalculationFailure failure = backend.calculate(calculation("ok", "B3LYP", "CHCl3"), context())
                .state()
                .failure()
                .orElseThrow();

        assertThat(failure.kind()).isEqualTo("basis-missing");
        assertThat(failure.message()).isEqualTo("the basis set STO-3G has no all-electron functions for [O] of ok");
    }

    @Test
    void aTryThatFailedIsNotedForTheNextRunner() throws Exception {
        ReplayingContext context = context().thenSample("scf", 43).thenSample("badbasis", 255);
        NwchemBackend backend = NwchemBackendTest.backend(SETTINGS.toBuilder()
                        .recover(true)
                        .memoryPerProcessMb(300)
                        .build())
                .build();
        CalculationOutcome outcome = backend.calculate(calculation("ok", "B3LYP", "CHCl3"), context);

        String scf = "the SCF did not converge: Calculation failed to converge (exit code 43)";
        assertThat(Json.parseObject(Files.readString(directory.resolve("failed-1/failure.json"))))
                .isEqualTo(Map.of(
                        "kind",
                        "scf-not-converged",
                        "message",
                        scf,
                        "input",
                        Fingerprint.digestOf(Files.readString(directory.resolve("failed-1/input.nw")))));
        assertThat(directory.resolve("failed-1/output.out")).hasContent(Samples.output("scf"));
        assertThat(directory.resolve("failed-1/output.err")).exists();
        assertThat(outcome.state().failure().orElseThrow().evidence())
                .containsEntry("first_failure", "scf-not-converged: " + scf);

        ReplayingContext next = context().thenSample("badbasis", 255);
        assertThat(backend.calculate(calculation("ok", "B3LYP", "CHCl3"), next)
                        .state()
                        .failure()
                        .orElseThrow()
                        .evidence())
                .as("a runner that continues reads it")
                .containsEntry("first_failure", "scf-not-converged: " + scf)
                .containsEntry("recovery_tried", List.of("more-iterations"));
    }
}
