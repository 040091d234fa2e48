package io.github.qmbench.nmr.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.ExperimentalShift;
import io.github.qmbench.nmr.Molecule;
import io.github.qmbench.nmr.Nucleus;
import io.github.qmbench.nmr.analysis.FitRefusal.Kind;
import io.github.qmbench.nmr.analysis.ShieldingResult.Shielding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which data make which points, and what is said about them; with the shieldings recorded in {@code docs/results}. */
class FittedDataTest {

    private static final Path RECORDED = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz");
    private static final DataSet DELTA50 = DataSet.delta50();

    @Test
    void twoAtomsThatShareAShiftByChanceAreTwoPoints() throws Exception {
        // All signals of all atoms by themselves: the values are equal, the rows are not.
        DataSet single = DataSet.of(
                "single",
                "",
                DELTA50.molecules(),
                DELTA50.shifts().stream()
                        .map(shift -> new ExperimentalShift(
                                shift.moleculeId(), shift.atomNumber(), shift.nucleus(), shift.ppm()))
                        .toList());
        assertThat(analyse(single, PackedJournal.results(RECORDED)).fits())
                .extracting(fit -> fit.support().points())
                .containsExactly(342, 221);
    }

    @Test
    void shieldingsWithTheWrongSignAreRefused() throws Exception {
        List<ShieldingResult> wrong = PackedJournal.results(RECORDED).stream()
                .map(result -> scaled(result, -1))
                .toList();
        MethodAnalysis method = analyse(DELTA50, wrong).methods().get(0);
        assertThat(method.fits()).isEmpty();
        assertThat(method.refusals()).hasSize(2).allSatisfy(refusal -> {
            assertThat(refusal.kind()).isEqualTo(Kind.NO_SLOPE);
            assertThat(refusal.reason()).contains("the slope is positive", "wrong sign");
        });
    }

    @Test
    void saysWhenShieldingsOfAnotherSolventAreFitted() throws Exception {
        Path checks = Path.of("../docs/results/checks/solvent.jsonl.gz");
        ShieldingAnalysis analysis = analyse(DELTA50, PackedJournal.results(checks));
        assertThat(analysis.methods())
                .extracting(method -> method.method().solvent())
                .containsExactlyInAnyOrder("vacuum", "DMSO");
        for (MethodAnalysis method : analysis.methods()) {
            String solvent = method.method().solvent();
            assertThat(method.notes())
                    .contains(
                            "shieldings calculated in " + solvent + " are fitted to shifts measured in CDCl3: the line"
                                    + " predicts shifts in CDCl3, not in " + solvent);
        }
        assertThat(Written.markdown(analysis, List.of())).contains("shieldings calculated in DMSO are fitted");
        assertThat(analyse(DELTA50, PackedJournal.results(RECORDED))
                        .methods()
                        .get(0)
                        .notes())
                .noneMatch(note -> note.contains("fitted to shifts"));
    }

    /** The solvents of a sample, and every name under which they are calculated; the last one of each pair is another. */
    @ParameterizedTest
    @CsvSource({
        "CDCl3, CHCl3 chloroform, DCM",
        "DMSO-d6, DMSO, water",
        "THF-d8, THF, toluene",
        "toluene-d8, toluene, benzene",
        "CD3OD, methanol, water",
        "D2O, water H2O, methanol",
        "C6D6, benzene, toluene",
        "acetone-d6, acetone, acetonitrile",
        "CD3CN, acetonitrile, acetone",
        "CD2Cl2, DCM CH2Cl2 dichloromethane, CHCl3",
        "THF, THF, DMSO",
    })
    void withoutItsDeuteriumASolventIsTheSame(String measured, String calculated, String another) throws Exception {
        DataSet few = DELTA50.select(DELTA50.ids().subList(0, 4)).measuredIn(measured);
        List<ShieldingResult> results = PackedJournal.results(RECORDED).stream()
                .filter(result -> few.ids().contains(result.moleculeId()))
                .toList();
        for (String solvent : calculated.split(" ")) {
            assertThat(solventNotes(few, results, solvent)).as(solvent).isEmpty();
        }
        assertThat(solventNotes(few, results, another))
                .containsExactly("shieldings calculated in " + another + " are fitted to shifts measured in " + measured
                        + ": the line predicts shifts in " + measured + ", not in " + another);
    }

    private static List<String> solventNotes(DataSet dataSet, List<ShieldingResult> results, String solvent) {
        List<ShieldingResult> inSolvent = results.stream()
                .map(result -> new ShieldingResult(
                        result.moleculeId(),
                        result.functional(),
                        solvent,
                        result.fingerprint(),
                        result.shieldings(),
                        result.recoveredBy()))
                .toList();
        return analyse(dataSet, inSolvent).methods().get(0).notes().stream()
                .filter(note -> note.startsWith("shieldings calculated in"))
                .toList();
    }

    @Test
    void warnsOfGroupsWhoseAtomsDifferMuch() throws Exception {
        List<String> notes = analyse(DELTA50, PackedJournal.results(RECORDED))
                .methods()
                .get(0)
                .notes();
        // 1.74 and 2.00 ppm of shielding, by the slope of -0.98
        assertThat(notes)
                .containsExactly(
                        "H10 H11 H12 of N,N-Dimethylformamide (DMF) (compound_10) share a measured 1H shift, and their"
                                + " predicted shifts spread over 1.70 ppm",
                        "H7 H8 H9 of N,N-Dimethylacetamide (DMAc) (compound_17) share a measured 1H shift, and their"
                                + " predicted shifts spread over 1.96 ppm");
    }

    @Test
    void warnsOfCarbonsThatAreNoGroup() throws Exception {
        Molecule acetaldehyde = DELTA50.molecule("acetaldehyde").orElseThrow();
        List<ExperimentalShift> shifts = new ArrayList<>(DELTA50.shifts());
        shifts.removeIf(shift -> shift.moleculeId().equals(acetaldehyde.id()) && shift.nucleus() == Nucleus.C13);
        int first = carbon(acetaldehyde, 0);
        shifts.add(new ExperimentalShift(acetaldehyde.id(), first, Nucleus.C13, 100, first));
        shifts.add(new ExperimentalShift(acetaldehyde.id(), carbon(acetaldehyde, 1), Nucleus.C13, 100, first));
        DataSet wrong = DataSet.of("wrong", "", DELTA50.molecules(), shifts);
        assertThat(analyse(wrong, PackedJournal.results(RECORDED))
                        .methods()
                        .get(0)
                        .notes())
                .anyMatch(note -> note.contains("of Acetaldehyde (compound_03) share a measured 13C shift"));
    }

    @Test
    void anOpenShellIsKeptOutOfTheFit() throws Exception {
        List<Molecule> molecules = DELTA50.molecules().stream()
                .map(molecule -> molecule.id().equals("compound_03")
                        ? new Molecule(molecule.id(), molecule.name(), molecule.atoms(), 0, 3)
                        : molecule)
                .toList();
        DataSet triplet = DataSet.of("triplet", "", molecules, DELTA50.shifts());
        MethodAnalysis method =
                analyse(triplet, PackedJournal.results(RECORDED)).methods().get(0);
        assertThat(method.coverage().used()).hasSize(49).doesNotContain("compound_03");
        assertThat(method.coverage().unusable())
                .containsExactly(Map.entry(
                        "compound_03",
                        "it has an open shell (multiplicity 3), and its shieldings lack the contact term"));
    }

    /** As when the file of a molecule was written again with its atoms in another order. */
    @Test
    void aResultOfAnotherGeometryIsKeptOutOfTheFit() throws Exception {
        List<Molecule> molecules = DELTA50.molecules().stream()
                .map(molecule -> molecule.id().equals("compound_03") ? swapped(molecule, 1, 2) : molecule)
                .toList();
        DataSet changed = DataSet.of("changed", "", molecules, DELTA50.shifts());
        List<ShieldingResult> results = PackedJournal.results(RECORDED);

        Coverage coverage = analyse(changed, results).methods().get(0).coverage();

        assertThat(coverage.used()).hasSize(49).doesNotContain("compound_03");
        assertThat(coverage.unusable())
                .containsExactly(Map.entry(
                        "compound_03",
                        "the data set has another geometry, charge or multiplicity than was calculated"));
        assertThat(Written.markdown(analyse(changed, results), List.of()))
                .contains(" because the data set has another geometry, charge or multiplicity than was calculated");
        List<ShieldingResult> ofAnother =
                results.stream().map(result -> by("Other 1.0", result)).toList();
        assertThat(analyse(changed, ofAnother).methods().get(0).coverage().used())
                .as("another program may have anything in the field geometry")
                .hasSize(50);
    }

    private static Molecule swapped(Molecule molecule, int one, int other) {
        List<Atom> atoms = new ArrayList<>(molecule.atoms());
        Collections.swap(atoms, one - 1, other - 1);
        return molecule.withAtoms(atoms);
    }

    private static ShieldingResult by(String program, ShieldingResult result) {
        Map<String, String> fingerprint = new LinkedHashMap<>(result.fingerprint());
        fingerprint.put("program", program);
        return new ShieldingResult(
                result.moleculeId(),
                result.functional(),
                result.solvent(),
                fingerprint,
                result.shieldings(),
                List.of());
    }

    /** The digest is of the geometry that was given, also in runs that optimise it. */
    @ParameterizedTest
    @MethodSource("journals")
    void everyCommittedResultIsOfTheGeometryInTheDataSet(Path journal) throws Exception {
        List<ShieldingResult> results = PackedJournal.results(journal);

        assertThat(results)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.fingerprint())
                        .containsKey("geometry")
                        .extractingByKey("program")
                        .asString()
                        .startsWith("NWChem "));
        for (MethodAnalysis method : analyse(DELTA50, results).methods()) {
            assertThat(method.coverage().unusable()).isEmpty();
            assertThat(method.coverage().used()).isNotEmpty();
        }
    }

    static List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../docs/results"))) {
            List<Path> journals = files.filter(
                            file -> file.toString().endsWith(".jsonl.gz") && !file.endsWith("status.jsonl.gz"))
                    .sorted()
                    .toList();
            assertThat(journals).hasSizeGreaterThan(6);
            return journals;
        }
    }

    @Test
    void saysWhichAtomsOfARotorARowLacks() throws Exception {
        assertThat(rotorNotes(List.of(new ExperimentalShift("compound_03", 5, Nucleus.H1, 2.21))))
                .containsExactly(
                        "rotation exchanges H5 of Acetaldehyde (compound_03) with H6 H7, but the row of this 1H shift leaves"
                                + " these out: write 5 6 7 in one row of shifts.csv, so that the fit takes their mean");
        assertThat(rotorNotes(List.of(
                        new ExperimentalShift("compound_03", 5, Nucleus.H1, 2.21),
                        new ExperimentalShift("compound_03", 6, Nucleus.H1, 2.21),
                        new ExperimentalShift("compound_03", 7, Nucleus.H1, 2.21))))
                .as("rows that belong together have one note")
                .hasSize(1);
        assertThat(rotorNotes(DELTA50.shifts("compound_03"))).isEmpty();
    }

    /** The notes about rotors, when the hydrogens of acetaldehyde have these shifts. */
    private static List<String> rotorNotes(List<ExperimentalShift> ofAcetaldehyde) throws IOException {
        List<ExperimentalShift> shifts = new ArrayList<>(DELTA50.shifts());
        shifts.removeIf(shift -> shift.moleculeId().equals("compound_03"));
        shifts.addAll(ofAcetaldehyde);
        return analyse(DataSet.of("rotors", "", DELTA50.molecules(), shifts), PackedJournal.results(RECORDED))
                .methods()
                .get(0)
                .notes()
                .stream()
                .filter(note -> note.startsWith("rotation exchanges"))
                .toList();
    }

    @Test
    void tellsTheLevelOfTheGeometries() throws Exception {
        assertThat(analyse(DELTA50, PackedJournal.results(RECORDED))
                        .methods()
                        .get(0)
                        .conditions())
                .containsEntry("geometry_level", "B3LYP/6-31G*");
        Path optimised = Path.of("../docs/results/checks/large-basis-geometry.jsonl.gz");
        assertThat(analyse(DELTA50, PackedJournal.results(optimised))
                        .methods()
                        .get(0)
                        .conditions())
                .containsEntry("geometry_level", "B3LYP/6-311G(d,p)/CHCl3");
    }

    /** Ammonia to nitrobenzene on a made-up line: other nuclei are fitted like protons and carbons. */
    @Test
    void fitsNitrogenFluorineAndPhosphorusLikeProtons(@TempDir Path directory) throws Exception {
        StringBuilder rows = new StringBuilder("molecule,atom,nucleus,ppm\n");
        List<ShieldingResult> results = new ArrayList<>();
        Map<String, Double> lines = Map.of("N", -150.0, "F", 180.0, "P", 330.0);
        for (String element : List.of("N", "F", "P")) {
            for (int i = 0; i < 5; i++) {
                String id = element + i;
                Files.writeString(
                        directory.resolve(id + ".xyz"),
                        "2\nx charge=" + (element.equals("F") ? 0 : 2) + "\n" + element + " 0 0 0\nH 0.95 0 0\n");
                double shift = -100 + 40 * i;
                rows.append(id + ",1," + element + "," + shift + "\n");
                results.add(ShieldingResult.of(
                        id,
                        "WP04",
                        "CHCl3",
                        Map.of(),
                        Map.of(
                                "shielding_data",
                                List.of(
                                        Map.of(
                                                "index",
                                                1L,
                                                "atom",
                                                element,
                                                "shielding",
                                                lines.get(element) - 1.1 * shift + (i % 2)),
                                        Map.of("index", 2L, "atom", "H", "shielding", 25)))));
            }
        }
        Files.writeString(directory.resolve("shifts.csv"), rows);
        ShieldingAnalysis analysis = analyse(DataSet.ofDirectory(directory), results);
        assertThat(analysis.fits())
                .extracting(fit -> fit.key().toString())
                .containsExactly(
                        "WP04/unspecified/15N/CHCl3", "WP04/unspecified/19F/CHCl3", "WP04/unspecified/31P/CHCl3");
        assertThat(analysis.fits())
                .allSatisfy(fit -> assertThat(fit.shieldingLine().m()).isCloseTo(-1.1, within(0.02)));
        assertThat(Written.factors(analysis)).contains("WP04/unspecified/31P/CHCl3");
    }

    private static ShieldingAnalysis analyse(DataSet dataSet, List<ShieldingResult> results) {
        return ShieldingAnalysis.of(dataSet, results.stream(), AnalysisSettings.defaults());
    }

    private static int carbon(Molecule molecule, int which) {
        List<Integer> carbons = DELTA50.shifts(molecule.id()).stream()
                .filter(shift -> shift.nucleus() == Nucleus.C13)
                .map(ExperimentalShift::atomNumber)
                .toList();
        return carbons.get(which);
    }

    private static ShieldingResult scaled(ShieldingResult result, double factor) {
        return new ShieldingResult(
                result.moleculeId(),
                result.functional(),
                result.solvent(),
                result.fingerprint(),
                result.shieldings().stream()
                        .map(one -> new Shielding(one.atomNumber(), one.element(), factor * one.ppm()))
                        .toList(),
                result.recoveredBy());
    }
}
