package io.github.qmbench.nwchem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationMatrix;
import io.github.qmbench.core.plugin.BackendOptions;
import io.github.qmbench.core.store.RunDirectory;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pairs of functional and basis set a run has, and the ids of its calculations. */
class MethodChoiceTest {

    private static final List<String> MOLECULES = List.of("m1", "m_2");

    private final Map<String, List<String>> given = new HashMap<>();
    private final RecordedBasisSets recorded = RecordedBasisSets.none();

    private MethodChoice choice() {
        return choice(given, recorded);
    }

    private static MethodChoice choice(Map<String, List<String>> given, RecordedBasisSets recorded) {
        return NwchemOptions.methods(BackendOptions.of(NwchemOptions.all(), given, name -> "--" + name), recorded);
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        choice().matrix(List.of("m1"), List.of("CHCl3")).forEach(calculation -> ids.add(calculation.taskId()));
        return ids;
    }

    @Test
    void severalBasisSetsAreAnAxis() {
        given.put("functionals", List.of("B3LYP", "WP04"));
        given.put("basis", List.of("3-21G", "6-31G(d)"));

        CalculationMatrix matrix = choice().matrix(MOLECULES, List.of("CHCl3", "DMSO"));

        assertThat(matrix.axes().keySet()).containsExactly("functional", "basis", "solvent");
        assertThat(matrix.combinations()).isEmpty();
        assertThat(matrix.size()).isEqualTo(16);
        assertThat(ids())
                .containsExactly(
                        "m1/B3LYP_3-21G_CHCl3",
                        "m1/B3LYP_6-31G(d)_CHCl3",
                        "m1/WP04_3-21G_CHCl3",
                        "m1/WP04_6-31G(d)_CHCl3");
    }

    @Test
    void methodsArePairsWithoutTheProduct() {
        given.put("methods", List.of("wp04/6-31G(d,p)", "PBE0/def2-SVP"));

        assertThat(ids()).containsExactly("m1/WP04_6-31G(d,p)_CHCl3", "m1/PBE0_def2-SVP_CHCl3");
        assertThat(choice().matrix(MOLECULES, List.of("CHCl3")).size()).isEqualTo(4);
    }

    @Test
    void pairsAndBasisSetsMayBeListsWithCommas() {
        given.put("methods", List.of("WP04/6-31G(d,p),PBE0/6-311+G(2d,p)", "xc=HFexch 0.5 becke88 0.5 lyp/3-21G"));
        assertThat(choice().pairs())
                .extracting(pair -> pair.functional() + " " + pair.basis().name())
                .containsExactly("WP04 6-31G(d,p)", "PBE0 6-311+G(2d,p)", "xc=HFexch 0.5 becke88 0.5 lyp 3-21G");
        given.clear();
        given.put("functionals", List.of("HF"));
        given.put("basis", List.of("3-21G,6-31G(d,p)", "6-31G**"));
        assertThat(choice().pairs())
                .extracting(pair -> pair.basis().name())
                .as("6-31G** is 6-31G(d,p)")
                .containsExactly("3-21G", "6-31G(d,p)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "B3LYP|6-31G(d)|",
                "B3LYP,WP04|6-31G(d)|",
                "B3LYP,WP04||",
                "||B3LYP/6-31G*,WP04/6-31G(d)",
                "||B3LYP/6-311+G(2d,p),WP04/6-311++G(2d,p)"
            })
    void withOneBasisSetOrThoseThatFunctionalsComeWithIdsHaveNone(String functionals, String basis, String methods) {
        put("functionals", functionals);
        put("basis", basis);
        put("methods", methods);

        assertThat(ids()).startsWith("m1/B3LYP_CHCl3").noneMatch(id -> id.contains("G"));
        assertThat(choice().matrix(MOLECULES, List.of("CHCl3")).axes().keySet())
                .containsExactly("functional", "solvent");
    }

    private void put(String option, String value) {
        if (value != null) {
            given.put(option, List.of(value));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "methods|PBE0|'PBE0' is not a valid pair of functional and basis set; use one such as 'B3LYP/6-31G(d)'",
                "methods|WP04/6-31G(d,p)/CHCl3|give solvents with --solvents",
                "methods|WQ04/3-21G|did you mean WP04",
                "methods|PBE0/|'PBE0/' is not a valid pair",
                "basis|3-21G 6-31G|'3-21G 6-31G' is not a valid name of a basis set",
                "basis|6-31G(d|'6-31G(d' is not a valid name: its brackets do not match",
                "basis|,|',' is not a valid name; give at least one name"
            })
    void whatIsNoMethodIsRefusedWithTheOption(String option, String value, String words) {
        given.put(option, List.of(value));

        assertThatThrownBy(this::choice)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--" + option)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"functionals,B3LYP", "basis,3-21G"})
    void methodsCannotStandBesideTheAxes(String option, String value) {
        given.put("methods", List.of("PBE0/def2-SVP"));
        given.put(option, List.of(value));

        assertThatThrownBy(this::choice)
                .hasMessageContaining("--methods")
                .hasMessageContaining("cannot be combined with --" + option);
    }

    /** The journal has the names of the library in lower case; a remark has those of the run, the functional or the tasks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3-21g | 3-21G,STO-3G | B3LYP/3-21G",
                "6-311+g(2d,p) | STO-3G | B3LYP/6-311+G(2d,p)",
                "6-31g* | STO-3G | B3LYP/6-31G(d)",
                "6-311+g(2d,p), h 6-311++g** | STO-3G | B3LYP/6-311+g(2d,p), h 6-311++g**",
            })
    void saysWhichCalculationsOfTheDirectoryFurtherBasisSetsJoin(String inJournal, String basis, String joined) {
        recorded.add("B3LYP", inJournal, Optional.empty());
        given.put("functionals", List.of("B3LYP"));
        given.put("basis", List.of(basis));

        assertThat(choice().remark())
                .contains("this directory has " + joined
                        + " under task ids without a basis set; the ids of other basis sets have it in them");
        assertThat(choice().hasNamed()).isTrue();
    }

    @Test
    void aRunThatIsResumedJoinsNothing() {
        recorded.add("B3LYP", "3-21g", Optional.empty());
        given.put("functionals", List.of("B3LYP"));
        given.put("basis", List.of("3-21G"));

        assertThat(choice().remark()).isEmpty();
        assertThat(choice().hasNamed()).isFalse();
    }

    @Test
    void anOlderRunKeepsItsIdsWhenFurtherBasisSetsJoinIt() {
        recorded.add("B3LYP", "6-31g*", Optional.empty());
        given.put("functionals", List.of("B3LYP"));
        given.put("basis", List.of("3-21G", "6-31G(d)"));

        assertThat(ids()).containsExactly("m1/B3LYP_3-21G_CHCl3", "m1/B3LYP_CHCl3");
        assertThat(choice().unnamed()).isEqualTo(Map.of("B3LYP", "6-31G(d)"));
        assertThat(choice().remark().orElseThrow())
                .contains("this directory has B3LYP/6-31G(d) under task ids without a basis set");
        given.put("basis", List.of("3-21G"));
        assertThat(ids()).containsExactly("m1/B3LYP_3-21G_CHCl3");
        given.put("basis", List.of("6-31G*"));
        assertThat(ids()).containsExactly("m1/B3LYP_CHCl3");
        given.remove("basis");
        assertThat(ids()).containsExactly("m1/B3LYP_6-311+G(2d,p)_CHCl3");
    }

    @Test
    void aRunWithThePresetsKeepsThemWithoutNames() {
        recorded.add("B3LYP", "6-311+g(2d,p)", Optional.empty());
        recorded.add("WP04", BasisSet.of("6-311++G(2d,p)").expression(), Optional.empty());
        given.put("functionals", List.of("B3LYP", "WP04"));
        given.put("basis", List.of("6-311+G(2d,p)", "6-311++G(2d,p)"));

        assertThat(ids())
                .containsExactly(
                        "m1/B3LYP_CHCl3",
                        "m1/B3LYP_6-311++G(2d,p)_CHCl3",
                        "m1/WP04_6-311+G(2d,p)_CHCl3",
                        "m1/WP04_CHCl3");
    }

    /** Older versions let runs with different basis sets follow one another in a directory, all with short ids. */
    @Test
    void oldRunsWithOneBasisSetForEachFunctionalAreFoundAgain() {
        recorded.add("WP04", BasisSet.of("6-311++G(2d,p)").expression(), Optional.empty());
        recorded.add("B3LYP", "6-31g*", Optional.empty());
        given.put("methods", List.of("WP04/6-311++G(2d,p)", "B3LYP/6-31G(d)"));

        assertThat(ids()).containsExactly("m1/WP04_CHCl3", "m1/B3LYP_CHCl3");
        assertThat(choice().unnamed()).isEqualTo(Map.of("WP04", "6-311++G(2d,p)", "B3LYP", "6-31G(d)"));
    }

    @Test
    void ofTwoBasisSetsUnderTheSameIdsTheOneWithMoreRecordsKeepsThem() {
        recorded.add("B3LYP", "3-21g", Optional.empty());
        recorded.add("B3LYP", "6-31g*", Optional.empty());
        recorded.add("B3LYP", "6-31g*", Optional.empty());
        given.put("functionals", List.of("B3LYP"));
        given.put("basis", List.of("3-21G", "6-31G(d)"));

        assertThat(ids()).containsExactly("m1/B3LYP_3-21G_CHCl3", "m1/B3LYP_CHCl3");
        given.put("basis", List.of("3-21G"));
        assertThat(ids()).as("as before").containsExactly("m1/B3LYP_CHCl3");
    }

    @Test
    void theSpellingOfTheFirstRunStays() {
        recorded.add("B3LYP", "def2-svp", Optional.of("def2-SVP"));
        given.put("functionals", List.of("B3LYP"));
        given.put("basis", List.of("DEF2-svp"));

        assertThat(ids()).containsExactly("m1/B3LYP_def2-SVP_CHCl3");
    }

    @Test
    void idsAreReadableFolders() {
        given.put("functionals", List.of("B3LYP"));
        given.put("basis", List.of("6-31G*", "6-311+g**", "3-21G*"));
        RunDirectory directory = RunDirectory.of(Path.of("results"));

        assertThat(ids())
                .extracting(id -> directory.calculation(id).getFileName().toString())
                .containsExactly("B3LYP_6-31G(d)_CHCl3", "B3LYP_6-311+G(d,p)_CHCl3", "B3LYP_3-21G%2A_CHCl3");
    }

    /** What a run calculates, by all that tells it from another: the molecule and the method. */
    private record Content(String molecule, String functional, String basis, String solvent) {}

    /**
     * In a directory in which runs follow one another, each with a choice of its own and recording a part of it, a calculation that
     * has a record keeps its id for ever, and no two share one.
     */
    @Property(tries = 400)
    void differentCalculationsNeverShareAnIdAndNoneChangesIt(
            @ForAll("runs") List<Map<String, List<String>>> runs, @ForAll long seed) {
        RecordedBasisSets records = RecordedBasisSets.none();
        Map<String, Content> byId = new HashMap<>();
        Map<Content, String> ids = new HashMap<>();
        Random random = new Random(seed);
        for (Map<String, List<String>> run : runs) {
            MethodChoice choice = choice(run, records);
            CalculationMatrix matrix = choice.matrix(MOLECULES, List.of("CHCl3", "DMSO"));
            Map<String, Content> ofRun = new LinkedHashMap<>();
            for (Calculation calculation : matrix) {
                Content content = content(calculation, choice);
                assertThat(ofRun.put(calculation.taskId(), content)).isNull();
                assertThat(byId.getOrDefault(calculation.taskId(), content)).isEqualTo(content);
                assertThat(ids.getOrDefault(content, calculation.taskId())).isEqualTo(calculation.taskId());
            }
            assertThat(ofRun.values()).doesNotHaveDuplicates();
            assertThat(ofRun.keySet().stream().map(id -> id.toLowerCase(Locale.ROOT)))
                    .doesNotHaveDuplicates();
            for (Calculation calculation : matrix) {
                if (random.nextBoolean()) {
                    Content content = ofRun.get(calculation.taskId());
                    byId.put(calculation.taskId(), content);
                    ids.put(content, calculation.taskId());
                    records.add(
                            content.functional(),
                            content.basis(),
                            Optional.ofNullable(calculation.parameters().get("basis")));
                }
            }
        }
    }

    private static Content content(Calculation calculation, MethodChoice choice) {
        String functional = calculation.parameter("functional");
        String basis =
                calculation.parameters().getOrDefault("basis", choice.unnamed().get(functional));
        return new Content(
                calculation.subject(), functional, BasisSet.of(basis).expression(), calculation.parameter("solvent"));
    }

    @Provide
    Arbitrary<List<Map<String, List<String>>>> runs() {
        Arbitrary<String> functional = Arbitraries.of("B3LYP", "WP04", "PBE0", "xc=HFexch 0.5 becke88 0.5 lyp");
        Arbitrary<String> basis = Arbitraries.of(
                "3-21G", "6-31G*", "6-31g(d)", "6-31G(d,p)", "6-311+G(2d,p)", "6-311++G(2d,p)", "def2-SVP", "Def2-svp");
        Arbitrary<Map<String, List<String>>> product = Combinators.combine(
                        functional.list().ofMinSize(1).ofMaxSize(3),
                        basis.list().ofMaxSize(3))
                .as((functionals, sets) -> {
                    Map<String, List<String>> options = new HashMap<>(Map.of("functionals", functionals));
                    if (!sets.isEmpty()) {
                        options.put("basis", sets);
                    }
                    return options;
                });
        Arbitrary<Map<String, List<String>>> pairs = Combinators.combine(functional, basis)
                .as((one, set) -> one + "/" + set)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(methods -> Map.of("methods", methods));
        return Arbitraries.oneOf(product, pairs).list().ofMinSize(1).ofMaxSize(6);
    }

    /** The level of the geometry is in no id; it is in the fingerprint, which keeps results apart that share an id. */
    @Property(tries = 50)
    void anotherGeometryOrItsLevelIsAnotherFingerprint(@ForAll("levels") List<String> levels) {
        Map<String, Integer> seen = new HashMap<>();
        int place = 0;
        for (String level : levels) {
            for (double distance : new double[] {0.74, 0.75}) {
                Molecule molecule = new Molecule(
                        "h2",
                        "hydrogen",
                        List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, distance)),
                        0,
                        1);
                NwchemSettings.Builder settings = NwchemSettings.builder();
                if (!level.isEmpty()) {
                    settings.task(Task.OPTIMIZATION_AND_SHIELDING)
                            .optimization(new Method(Functional.parse("B3LYP"), BasisSet.of(level), Solvent.VACUUM));
                }
                NwchemBackend backend = NwchemBackend.builder(new NwchemProgram("nwchem", "mpirun", "NWChem 7.0.2"))
                        .molecules(Map.of("h2", molecule))
                        .settings(settings.build())
                        .basisLibrary(Optional.empty())
                        .build();
                Calculation calculation = choice(Map.of("functionals", List.of("HF")), RecordedBasisSets.none())
                        .matrix(List.of("h2"), List.of("vacuum"))
                        .get(0);
                assertThat(seen.put(backend.fingerprint(calculation).digest(), place++))
                        .isNull();
            }
        }
    }

    @Provide
    Arbitrary<List<String>> levels() {
        return Arbitraries.of("", "3-21G", "6-31G(d)", "6-311G(d,p)")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
