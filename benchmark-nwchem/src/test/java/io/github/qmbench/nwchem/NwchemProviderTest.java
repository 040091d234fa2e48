package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.core.Attempt;
import io.github.qmbench.core.BackendUnusableException;
import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.plugin.BackendOption;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.plugin.PreparedBenchmark;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.ScalingFactor;
import io.github.qmbench.nmr.ScalingFactors;
import io.github.qmbench.nwchem.theory.BasisLibrary;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NwchemProviderTest {

    private static final NwchemProgram PROGRAM = new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2");

    private final Map<String, List<String>> given = new HashMap<>();

    private BackendOptions options() {
        return BackendOptions.of(NwchemOptions.all(), given);
    }

    private CalculationMatrix matrix() throws IOException {
        return NwchemOptions.matrix(options(), NwchemOptions.molecules(options()));
    }

    @Test
    void withoutASelectionItIsTheWholeBenchmarkOfTwoHundred() throws IOException {
        CalculationMatrix matrix = matrix();

        assertThat(matrix.size()).isEqualTo(200);
        assertThat(List.of(matrix.get(0), matrix.get(1), matrix.get(2), matrix.get(3), matrix.get(4)))
                .extracting(Calculation::taskId)
                .containsExactly(
                        "compound_01/B3LYP_CHCl3",
                        "compound_01/B3LYP_DMSO",
                        "compound_01/WP04_CHCl3",
                        "compound_01/WP04_DMSO",
                        "compound_02/B3LYP_CHCl3");
    }

    @Test
    void thePilotIsTheFiveSmallestMoleculesInChloroform() throws IOException {
        given.put("pilot", List.of());

        DataSet dataSet = NwchemOptions.molecules(options());

        assertThat(dataSet.molecules())
                .extracting(molecule -> molecule.name().toLowerCase(java.util.Locale.ROOT))
                .hasSize(5)
                .anyMatch(name -> name.contains("acetonitrile"));
        assertThat(matrix().axes())
                .isEqualTo(Map.of("functional", List.of("B3LYP", "WP04"), "solvent", List.of("CHCl3")));
        assertThat(NwchemOptions.settings(options()).basis()).contains("6-31G(d,p)");
        assertThat(NwchemOptions.methods(options(), RecordedBasisSets.none()).unnamed())
                .isEqualTo(Map.of("B3LYP", "6-31G(d,p)", "WP04", "6-31G(d,p)"));
    }

    @Test
    void otherOptionsOverrideThePilot() throws IOException {
        given.put("pilot", List.of());
        given.put("molecules", List.of("compound_01"));
        given.put("solvents", List.of("DMSO"));

        assertThat(matrix().get(1).taskId()).isEqualTo("compound_01/WP04_DMSO");
    }

    @Test
    void namesInAnySpellingBecomeTheOnesOfTheTasksAndCountOnce() throws IOException {
        given.put("molecules", List.of("Compound_05,nitromethane", "COMPOUND_05"));
        given.put("functionals", List.of("b3lyp", "wp04,B3LYP"));
        given.put("solvents", List.of("chloroform", "gas,CHCl3"));

        assertThat(matrix().subjects()).containsExactly("compound_05", "compound_01");
        assertThat(matrix().axes())
                .isEqualTo(Map.of("functional", List.of("B3LYP", "WP04"), "solvent", List.of("CHCl3", "vacuum")));
    }

    @Test
    void warnsOfOpenShellsBeforeTheirShieldingsAreCalculated(@TempDir Path molecules) throws IOException {
        Files.writeString(molecules.resolve("h2.xyz"), "2\nx\nH 0 0 0\nH 0 0 0.74\n");
        DataSet closed = DataSet.ofDirectory(molecules);
        assertThat(NwchemProvider.openShells(closed, NwchemSettings.defaults())).isEmpty();
        Files.writeString(molecules.resolve("o2.xyz"), "2\nx mult=3\nO 0 0 0\nO 0 0 1.2\n");
        DataSet open = DataSet.ofDirectory(molecules);
        assertThat(NwchemProvider.openShells(open, NwchemSettings.defaults()))
                .hasValue(
                        "warning: open shells: o2: their shieldings lack the contact term; the results are marked, and no"
                                + " fit uses them");
        assertThat(NwchemProvider.openShells(
                        open, NwchemSettings.builder().task(Task.OPTIMIZATION).build()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "molecules,compund_05,compound_05",
        "molecules,../../evil,All 50: qmbench list molecules",
        "functionals,B3LPY,did you mean B3LYP?",
        "functionals,M06-L,no shieldings",
        "functionals,xc=slater 0.5 xtpss03 0.5 ctpss03,no shieldings",
        "functionals,xc=slater 0.5 slater 0.5,twice",
        "solvents,chlorform,did you mean CHCl3?",
        "solvents,dielectric=0.5,0.5"
    })
    void whatThereIsNotIsRefusedWithTheNearest(String option, String value, String hint) {
        given.put(option, List.of(value));

        assertThatThrownBy(this::matrix)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + ": ")
                .hasMessageContaining(hint);
    }

    @Test
    void anExpressionThatNwchemWouldCutIsRefusedWithTheLimit() {
        given.put("functionals", List.of("xc=slater 0." + "8".repeat(1001)));

        assertThatThrownBy(this::matrix)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("functionals: ")
                .hasMessageContaining("at most 1000 characters");
    }

    @Test
    void withoutNwchemOnThePathTheProgramIsUnusable(@TempDir Path empty) {
        NwchemProvider provider = new NwchemProvider(Map.of("PATH", empty.toString()), () -> PROGRAM);

        assertThatThrownBy(() -> provider.prepare(options(), RunDirectory.of(empty)))
                .isInstanceOf(BackendUnusableException.class)
                .hasMessage(
                        "the program nwchem is not on the PATH; on Debian and Ubuntu, install it with: sudo apt-get install"
                                + " nwchem libopenblas0-serial");
    }

    private PreparedBenchmark prepare(Path directory) throws Exception {
        return new NwchemProvider(Map.of("PATH", directory.toString()), () -> PROGRAM)
                .prepare(options(), RunDirectory.of(directory));
    }

    private static void install(Path directory, String program) throws IOException {
        Files.setPosixFilePermissions(
                Files.createFile(directory.resolve(program)), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aBenchmarkSaysWhatItNeedsAndWhatItIs(@TempDir Path directory) throws Exception {
        install(directory, "nwchem");
        given.put("molecules", List.of("compound_01,compound_05"));
        given.put("functionals", List.of("B3LYP"));

        PreparedBenchmark benchmark = prepare(directory);

        assertThat(benchmark.matrix().size()).isEqualTo(4);
        assertThat(benchmark.coresEach()).isEqualTo(1);
        assertThat(benchmark.memoryBytesEach()).isEqualTo(1_500_000_000L);
        assertThat(benchmark.diskBytesEach()).isEqualTo(500_000);
        assertThat(benchmark.description()).doesNotContainKeys("basis", "basis_without_name");
        assertThat(benchmark.backend().description())
                .isEqualTo(NwchemBackend.builder(PROGRAM)
                        .molecules(Map.of())
                        .build()
                        .description());
        assertThat(benchmark.remarks(0)).containsExactly("NWChem 7.0.2, 1 process each");
    }

    @Test
    void severalProcessesNeedSeveralCoresAndSharesOfTheMemory(@TempDir Path directory) throws Exception {
        install(directory, "nwchem");
        given.put("molecules", List.of("compound_01"));
        given.put("processes", List.of("3"));
        given.put("memory", List.of("2G"));
        given.put("basis", List.of("sto-3g"));
        assertThatThrownBy(() -> prepare(directory))
                .isInstanceOf(BackendUnusableException.class)
                .hasMessageStartingWith("the program mpirun is not on the PATH; ");
        install(directory, "mpirun");

        PreparedBenchmark benchmark = prepare(directory);

        assertThat(benchmark.coresEach()).isEqualTo(3);
        assertThat(benchmark.memoryBytesEach()).isEqualTo(3 * (2000L << 20));
        assertThat(benchmark.description()).containsEntry("basis", "sto-3g");
        assertThat(benchmark.remarks(0)).containsExactly("NWChem 7.0.2, 3 processes each");
        assertThat(benchmark.remarks(2))
                .first()
                .isEqualTo("NWChem 7.0.2, 2 calculations in parallel, 3 processes each");
        assertThat(benchmark.remarks(1)).first().isEqualTo("NWChem 7.0.2, one calculation at a time, 3 processes each");
    }

    @Test
    void openShellsAreAmongTheRemarksOfARun(@TempDir Path directory) throws Exception {
        install(directory, "nwchem");
        Path molecules = Files.createDirectory(directory.resolve("molecules"));
        Files.writeString(molecules.resolve("o2.xyz"), "2\nx mult=3\nO 0 0 0\nO 0 0 1.2\n");
        given.put("dataset", List.of(molecules.toString()));

        assertThat(prepare(directory).remarks(0)).hasSize(2).last().asString().startsWith("warning: open shells: o2: ");
    }

    @Test
    void geometriesInBohrAreAmongTheRemarksOfARun(@TempDir Path directory) throws Exception {
        install(directory, "nwchem");
        Path molecules = Files.createDirectory(directory.resolve("molecules"));
        Files.writeString(molecules.resolve("bohr1.xyz"), "2\nx\nH 0 0 0\nH 0 0 1.40\n");
        Files.writeString(molecules.resolve("bohr2.xyz"), "2\nx\nN 0 0 0\nN 0 0 2.08\n");
        Files.writeString(molecules.resolve("good.xyz"), "2\nx\nH 0 0 0\nH 0 0 0.74\n");
        given.put("dataset", List.of(molecules.toString()));

        assertThat(prepare(directory).remarks(0))
                .hasSize(2)
                .last()
                .isEqualTo(
                        "warning: doubtful geometries (2 of 3): H1, H2 of bohr1 have no neighbour at bonding distance:"
                                + " the nearest atom to H1 is 1.40 angstrom away. The coordinates look like bohr; convert them"
                                + " to angstrom (multiply by 0.529177)");
    }

    @Test
    void theGeometriesOfDelta50AreNotDoubtful() {
        assertThat(NwchemProvider.doubtfulGeometries(DataSet.delta50())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"basis, STO-4G", "methods, B3LYP/STO-4G"})
    void aBasisSetThatTheLibraryLacksIsRefusedByItsOption(String option, String value, @TempDir Path directory)
            throws Exception {
        assumeThat(BasisLibrary.find()).isPresent();
        install(directory, "nwchem");
        given.put("molecules", List.of("compound_01"));
        given.put(option, List.of(value));

        assertThatThrownBy(() -> prepare(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--" + option + ": unknown basis set 'STO-4G'; did you mean ");
    }

    @Test
    void theBasisSetsOfTaskIdsWithoutOneAreDescribed(@TempDir Path directory) throws Exception {
        install(directory, "nwchem");
        given.put("molecules", List.of("compound_01"));
        given.put("methods", List.of("B3LYP/STO-3G,WP04/3-21G"));

        PreparedBenchmark benchmark = prepare(directory);

        assertThat(benchmark.description()).containsEntry("basis_without_name", Map.of());
        assertThat(benchmark.matrix().get(0).taskId()).isEqualTo("compound_01/B3LYP_STO-3G_CHCl3");
    }

    @Test
    void checksEachMethodOfARun() throws IOException {
        given.put("functionals", List.of("B3LYP,WP04"));
        given.put("solvents", List.of("DMSO,vacuum"));
        given.put("basis-type", List.of("cartesian"));

        assertThat(NwchemProvider.methods(options()))
                .extracting(Method::toString)
                .containsExactly(
                        "B3LYP/6-311+G(2d,p) in DMSO",
                        "B3LYP/6-311+G(2d,p) in vacuum",
                        "WP04/6-311++G(2d,p) in DMSO",
                        "WP04/6-311++G(2d,p) in vacuum");
        assertThat(NwchemProvider.methods(options()))
                .extracting(method -> method.basis().type())
                .containsOnly(BasisSet.Type.CARTESIAN);
    }

    @Test
    void shiftsAreScaledByThePublishedFactorsOfTheMethod() {
        ScalingFactor factor = ScalingFactors.published().all().stream()
                .filter(one -> one.key().nucleus() == Nucleus.H1)
                .findFirst()
                .orElseThrow();
        Method method = new Method(
                Functional.parse(factor.key().method()),
                BasisSet.of(factor.key().basis()),
                Solvent.parse(factor.key().solvent()));
        ShiftScale scale = NwchemProvider.publishedFactors();

        assertThat(scale.shift(method, Element.H, 25)).hasValue(factor.shift(25));
        assertThat(scale.reference(method, Element.H)).hasValue(factor.reference());
        assertThat(scale.shift(method, Element.S, 25)).as("no factor").isEmpty();
        assertThat(scale.reference(method, Element.C)).as("no factor").isEmpty();
        assertThat(scale.shift(
                        new Method(Functional.parse("xc=slater 0.5"), method.basis(), method.solvent()), Element.H, 25))
                .isEmpty();
    }

    @Test
    void isTheDefaultByItsName() {
        assertThat(new NwchemProvider().name()).isEqualTo("nwchem");
        assertThat(new NwchemProvider().summary())
                .isEqualTo("NMR shieldings, and geometries, by density functional theory with NWChem");
        assertThat(new NwchemProvider().options())
                .extracting(BackendOption::name)
                .containsExactly(
                        "molecules",
                        "functionals",
                        "solvents",
                        "basis",
                        "methods",
                        "basis-type",
                        "dataset",
                        "pilot",
                        "processes",
                        "memory",
                        "recover",
                        "grid",
                        "scf-convergence",
                        "scf-iterations",
                        "optimize",
                        "optimize-only",
                        "optimize-functional",
                        "optimize-basis",
                        "optimize-solvent");
    }

    @Test
    void ofManyOpenShellsFiveAreNamed(@TempDir Path molecules) throws IOException {
        for (int i = 1; i <= 7; i++) {
            Files.writeString(molecules.resolve("o" + i + ".xyz"), "2\nx mult=3\nO 0 0 0\nO 0 0 1.2\n");
            if (i == 5) {
                assertThat(NwchemProvider.openShells(DataSet.ofDirectory(molecules), NwchemSettings.defaults()))
                        .hasValueSatisfying(warning ->
                                assertThat(warning).startsWith("warning: open shells: o1, o2, o3, o4, o5: their"));
            }
        }
        assertThat(NwchemProvider.openShells(DataSet.ofDirectory(molecules), NwchemSettings.defaults()))
                .hasValueSatisfying(warning ->
                        assertThat(warning).startsWith("warning: open shells: o1, o2, o3, o4, o5 and 2 more: their"));
    }

    @Test
    void aCalculationOfOneProcessIsRepeatedWithoutMpirun(@TempDir Path files) throws IOException {
        Path input = Files.writeString(files.resolve("input.nw"), "task dft property");

        assertThat(new NwchemProvider().byHand(record(CalculationOutcome.complete(Map.of("ranks", 1))), files))
                .containsExactly(List.of("OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "nwchem", input.toString()));
    }

    private NwchemSettings settings() {
        return NwchemOptions.settings(options());
    }

    @Test
    void withoutOptionsTheSettingsAreTheDefaults() {
        NwchemSettings settings = settings();

        assertThat(settings.task()).isEqualTo(Task.SHIELDING);
        assertThat(settings.optimization()).isEmpty();
        assertThat(settings.ranks()).isEqualTo(1);
        assertThat(settings.memoryPerProcessMb()).isEmpty();
        assertThat(settings.direct()).isFalse();
        assertThat(settings.grid()).isEmpty();
        assertThat(settings.scfConvergence()).isEqualTo(ScfConvergence.TIGHT);
        assertThat(settings.scfIterations()).isEqualTo(100);
        assertThat(settings.optimizationSteps()).isEqualTo(100);
        assertThat(settings.dftDirectives()).isEmpty();
        assertThat(settings.propertyDirectives()).isEmpty();
        assertThat(settings.recover()).isFalse();
        assertThat(settings.basis()).isEmpty();
        assertThat(settings.basisType()).isEmpty();
    }

    @Test
    void eachOptionSetsItsSetting() {
        given.put("processes", List.of("3"));
        given.put("memory", List.of("1234567890"));
        given.put("recover", List.of());
        given.put("grid", List.of("XFine"));
        given.put("scf-convergence", List.of("NWChem"));
        given.put("scf-iterations", List.of("77"));
        given.put("basis", List.of("3-21g"));
        given.put("basis-type", List.of("spherical"));
        given.put("optimize", List.of());
        given.put("optimize-functional", List.of("PBE0"));

        NwchemSettings settings = settings();

        assertThat(settings.ranks()).isEqualTo(3);
        assertThat(settings.memoryPerProcessMb()).hasValue(1234);
        assertThat(settings.recover()).isTrue();
        assertThat(settings.grid()).contains("xfine");
        assertThat(settings.scfConvergence()).isEqualTo(ScfConvergence.NWCHEM);
        assertThat(settings.scfIterations()).isEqualTo(77);
        assertThat(settings.basis()).contains("3-21g");
        assertThat(settings.basisType()).contains(BasisSet.Type.SPHERICAL);
        assertThat(settings.task()).isEqualTo(Task.OPTIMIZATION_AND_SHIELDING);
        assertThat(settings.optimization().orElseThrow()).hasToString("PBE0/6-31G(d) in vacuum");
    }

    @ParameterizedTest
    @CsvSource({
        "optimize-basis, 3-21G, B3LYP/3-21G in vacuum",
        "optimize-solvent, DMSO, B3LYP/6-31G(d) in DMSO",
        "optimize-functional, WP04, WP04/6-31G(d) in vacuum",
    })
    void whatIsLeftOpenOfTheOptimisationIsThatOfTheBenchmark(String option, String value, String method) {
        given.put("optimize-only", List.of());
        given.put(option, List.of(value));

        assertThat(settings().task()).isEqualTo(Task.OPTIMIZATION);
        assertThat(settings().optimization().orElseThrow()).hasToString(method);
    }

    @Test
    void anOptimisationAloneNeedsNoShieldingsOfItsFunctional() {
        given.put("optimize-only", List.of());
        given.put("functionals", List.of("m06-2x"));

        assertThat(NwchemOptions.methods(options(), RecordedBasisSets.none()).pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.functional()).isEqualTo("M06-2X"));
    }

    @Test
    void aMegabyteIsTheLeastMemory() {
        given.put("memory", List.of("1M"));

        assertThat(settings().memoryPerProcessMb()).hasValue(1);
    }

    @Test
    void severalBasisSetsOrPairsAreNoneOfTheSettings() {
        given.put("basis", List.of("3-21G,STO-3G"));
        assertThat(settings().basis()).isEmpty();
        given.put("pilot", List.of());
        assertThat(settings().basis()).isEmpty();
        given.remove("basis");
        given.put("methods", List.of("B3LYP/3-21G"));
        assertThat(settings().basis()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optimize-basis | 3-21G | --optimize-functional, --optimize-basis and --optimize-solvent need --optimize or"
                        + " --optimize-only",
                "memory | 999999 | --memory: '999999' is not a valid size; use at least 1M",
                "grid | rough | --grid: 'rough' is not a valid grid; use xcoarse, coarse, medium, fine, xfine, huge or 'lebedev N"
                        + " M' with M from 1 to 29",
                "grid | lebedev 75 30 | --grid: 'lebedev 75 30' is not a valid grid; use xcoarse, coarse, medium, fine, xfine,"
                        + " huge or 'lebedev N M' with M from 1 to 29",
            })
    void settingsThatCannotBeAreRefused(String option, String value, String message) {
        given.put(option, List.of(value));

        assertThatThrownBy(this::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void anotherWordForTheConvergenceIsRefused() {
        given.put("scf-convergence", List.of("loose"));

        assertThatThrownBy(this::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("'loose' is not a valid choice; use tight or nwchem");
    }

    @Test
    void repeatsTheStepsOfACalculationByHandAsTheyWereStarted(@TempDir Path files) throws IOException {
        NwchemProvider nwchem = new NwchemProvider();
        JournalRecord complete = record(CalculationOutcome.complete(Map.of("ranks", 2)));
        assertThat(nwchem.byHand(complete, files)).as("no input was kept").isEmpty();
        Path input = Files.writeString(files.resolve("input.nw"), "task dft property");
        Path optimization = Files.createDirectory(files.resolve("optimization")).resolve("input.nw");
        Files.writeString(optimization, "task dft optimize");

        assertThat(nwchem.byHand(complete, files))
                .map(words -> String.join(" ", words))
                .containsExactly(
                        "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 mpirun -n 2 --bind-to none nwchem " + optimization,
                        "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 mpirun -n 2 --bind-to none nwchem " + input);
    }

    @Test
    void repeatsAFailureByTheCommandOfItsEvidence(@TempDir Path files) throws IOException {
        Path input = Files.writeString(files.resolve("input.nw"), "task dft property");
        CalculationOutcome failed = CalculationOutcome.failed(CalculationFailure.of("scf")
                .because("does not converge")
                .withEvidence(Map.of("command", List.of("mpirun", "-n", "4", "nwchem", "../input.nw"))));

        assertThat(new NwchemProvider().byHand(record(failed), files))
                .containsExactly(List.of(
                        "OMP_NUM_THREADS=1",
                        "OPENBLAS_NUM_THREADS=1",
                        "mpirun",
                        "-n",
                        "4",
                        "nwchem",
                        input.toString()));
    }

    private static JournalRecord record(CalculationOutcome outcome) {
        return JournalRecord.of(
                Calculation.of("h2", Map.of("functional", "HF")),
                Attempt.of(1, "run", Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                outcome,
                Fingerprint.of(Map.of("basis", "3-21G")));
    }
}
