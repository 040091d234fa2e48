package io.github.qmbench.nwchem;

import static io.github.qmbench.nwchem.NwchemBackendIT.calculation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.CalculationState;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.Element;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nwchem.theory.BasisLibrary;
import io.github.qmbench.nwchem.theory.BasisSet;
import io.github.qmbench.nwchem.theory.Functional;
import io.github.qmbench.nwchem.theory.Method;
import io.github.qmbench.nwchem.theory.Solvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tables promise, this NWChem keeps. */
class NwchemMethodsIT {

    private static final NwchemSettings SMALL =
            NwchemSettings.builder().basis("STO-3G").memoryPerProcessMb(400).build();

    private static NwchemProgram program;

    @TempDir
    Path directory;

    @BeforeAll
    static void findsNwchem() throws Exception {
        program = NwchemProgram.detect();
    }

    static Stream<Functional> functionalsWithoutShieldings() {
        return Functional.all().stream().filter(functional -> !functional.shieldings());
    }

    /**
     * Total energies of this water with STO-3G, calculated with PySCF 2.14 and libxc: another program and another
     * implementation of each functional. KT2 with the correlation of PW92, as NWChem has it. B97-D without its dispersion,
     * which is -0.00004 hartree here.
     */
    @ParameterizedTest
    @CsvSource({
        "HF, -74.962947",
        "SVWN, -74.928150",
        "SVWN5, -74.731897",
        "BLYP, -75.277286",
        "B3LYP, -75.312384",
        "PBE, -75.225413",
        "PBE0, -75.245573",
        "BP86, -75.310478",
        "B97-D, -75.291786",
        "BHLYP, -75.289602",
        "CAM-B3LYP, -75.279571",
        "mPW1PW91, -75.306824",
        "WP04, -76.854977",
        "B3PW91, -75.296434",
        "B97-1, -75.301531",
        "B97-2, -75.314156",
        "KT2, -76.361427",
    })
    void calculatesTheFunctionalOfThatName(String functional, double energy) throws Exception {
        CalculationOutcome outcome = run("water", functional, "vacuum", SMALL);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat((Double) outcome.results().get("total_energy_hartree")).isCloseTo(energy, within(6e-5));
        assertThat(Json.asArray(outcome.results().get("shielding_data"))).hasSize(3);
    }

    @Test
    void everyFunctionalWithShieldingsIsAmongThoseCompared() throws Exception {
        CsvSource compared = NwchemMethodsIT.class
                .getDeclaredMethod("calculatesTheFunctionalOfThatName", String.class, double.class)
                .getAnnotation(CsvSource.class);

        assertThat(Functional.all())
                .filteredOn(Functional::shieldings)
                .extracting(Functional::name)
                .containsExactlyInAnyOrderElementsOf(Stream.of(compared.value())
                        .map(row -> row.split(",")[0])
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("functionalsWithoutShieldings")
    void stillOptimisesWith(Functional functional) throws Exception {
        CalculationOutcome outcome = run(
                "hydrogen",
                functional.name(),
                "vacuum",
                SMALL.toBuilder().task(Task.OPTIMIZATION).build());

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHCl3", "water", "n-hexane", "declnmix", "dielectric=7.6", "Me2CO"})
    void dissolvesIn(String solvent) throws Exception {
        CalculationOutcome outcome = run("hydrogen", "HF", solvent, SMALL);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results().get("dielectric"))
                .isEqualTo(Solvent.parse(solvent).dielectric());
    }

    @Test
    void takesChargeAndMultiplicityFromTheMolecule() throws Exception {
        assertThat(run("hydronium", "PBE0", "water", SMALL).state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(run("methyl", "B3LYP", "vacuum", SMALL).state()).isEqualTo(CalculationState.COMPLETE);
    }

    @Test
    void aBasisSetIsFoundInTheLibraryByGaussiansName() throws Exception {
        NwchemSettings settings = SMALL.toBuilder().basis("6-31G(d,p)").build();

        CalculationOutcome outcome = run("water", "WP04", "CHCl3", settings);

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results()).containsEntry("basis_functions", 25L); // six d functions on oxygen
        BasisLibrary library = BasisLibrary.find().orElseThrow();
        assertThat(library.all()).hasSizeGreaterThan(300).containsKey("pcSseg-1");
        for (Functional functional : Functional.all()) {
            assertThat(library.missing(
                            BasisSet.of(functional.basis()), List.of(molecules().get("water"))))
                    .as(functional.name())
                    .isEmpty();
        }
    }

    @Test
    void everyPresetRuns() throws Exception {
        CalculationOutcome outcome = run("hydrogen", "WP04", "CHCl3", NwchemSettings.defaults());

        assertThat(outcome.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(outcome.results()).containsEntry("basis_functions", 14L); // 4 s and 1 p on each hydrogen
    }

    @Test
    void optimisesAndThenCalculatesShieldingsAtThatGeometry() throws Exception {
        NwchemSettings settings = SMALL.toBuilder()
                .task(Task.OPTIMIZATION_AND_SHIELDING)
                .optimization(new Method(Functional.parse("BLYP"), BasisSet.of("3-21G"), Solvent.VACUUM))
                .build();
        NwchemBackend backend = backend(settings);
        LocalContext first = new LocalContext(directory.resolve("first"));
        LocalContext second = new LocalContext(directory.resolve("second"));

        CalculationOutcome chloroform = backend.calculate(calculation("water", "B3LYP", "CHCl3"), first);
        CalculationOutcome vacuum = backend.calculate(calculation("water", "B3LYP", "vacuum"), second);

        assertThat(chloroform.state()).isEqualTo(CalculationState.COMPLETE);
        assertThat(first.requests).hasSize(2);
        assertThat(second.requests).hasSize(1);
        assertThat(vacuum.results().get("optimized_geometry"))
                .isEqualTo(chloroform.results().get("optimized_geometry"));
        assertThat(vacuum.results().get("total_energy_hartree"))
                .isNotEqualTo(chloroform.results().get("total_energy_hartree"));
    }

    @Test
    void aSecondRunGivesTheSameShieldings() throws Exception {
        List<Object> first =
                Json.asArray(run("water", "WP04", "CHCl3", SMALL).results().get("shielding_data"));
        List<Object> second =
                Json.asArray(run("water", "WP04", "CHCl3", SMALL).results().get("shielding_data"));

        for (int atom = 0; atom < 3; atom++) {
            assertThat(NwchemBackendIT.isotropic(second, atom))
                    .isCloseTo(NwchemBackendIT.isotropic(first, atom), within(0.001));
        }
    }

    private CalculationOutcome run(String molecule, String functional, String solvent, NwchemSettings settings)
            throws Exception {
        return backend(settings)
                .calculate(
                        calculation(molecule, functional, solvent),
                        new LocalContext(directory.resolve(molecule + functional + solvent)));
    }

    private static NwchemBackend backend(NwchemSettings settings) {
        return NwchemBackend.builder(program)
                .molecules(molecules())
                .settings(settings)
                .build();
    }

    private static Map<String, Molecule> molecules() {
        Atom oxygen = new Atom(Element.O, 0, 0, 0);
        Atom left = new Atom(Element.H, -0.757, 0.586, 0);
        Atom right = new Atom(Element.H, 0.757, 0.586, 0);
        return Map.of(
                "hydrogen",
                new Molecule(
                        "hydrogen",
                        "hydrogen",
                        List.of(new Atom(Element.H, 0, 0, 0), new Atom(Element.H, 0, 0, 0.74)),
                        0,
                        1),
                "water",
                new Molecule("water", "water", List.of(oxygen, right, left), 0, 1),
                "hydronium",
                new Molecule(
                        "hydronium",
                        "hydronium",
                        List.of(oxygen, right, left, new Atom(Element.H, 0, -0.6, 0.75)),
                        1,
                        1),
                "methyl",
                new Molecule(
                        "methyl",
                        "methyl radical",
                        List.of(
                                new Atom(Element.C, 0, 0, 0),
                                new Atom(Element.H, 1.08, 0, 0),
                                new Atom(Element.H, -0.54, 0.9353, 0),
                                new Atom(Element.H, -0.54, -0.9353, 0)),
                        0,
                        2));
    }
}
