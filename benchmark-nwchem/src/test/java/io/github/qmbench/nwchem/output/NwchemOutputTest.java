package io.github.qmbench.nwchem.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.CalculationFailure.Blame;
import io.github.qmbench.nwchem.Samples;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NwchemOutputTest {

    @Test
    void readsTheShieldingTensorsOfWater() throws IOException {
        List<Shielding> shieldings =
                Samples.parse(Samples.output("ok")).shieldings.shieldings();

        assertThat(shieldings).extracting(Shielding::index).containsExactly(1, 2, 3);
        assertThat(shieldings).extracting(Shielding::tag).containsExactly("O", "H", "H");
        assertThat(shieldings).extracting(Shielding::isotropic).containsExactly(334.4234, 31.6667, 31.6667);
        assertThat(shieldings.get(0).anisotropy()).isEqualTo(45.6094);
        assertThat(shieldings.get(1).principal()).containsExactly(44.4051, 25.9249, 24.6702);
        assertThat(shieldings.get(1).total())
                .containsExactly(
                        List.of(38.9938, 8.4095, 0.0), List.of(8.4095, 31.3362, -0.0), List.of(0.0, -0.0, 24.6702));
        assertThat(shieldings.get(2).diamagnetic().get(0)).containsExactly(36.2076, -10.4019, 0.0);
        assertThat(shieldings.get(2).paramagnetic().get(2)).containsExactly(-0.0, -0.0, 4.4032);
    }

    /** NWChem prints -298.6037, -259.5943, 47.9282 and an anisotropy of -192.7706 for the nitrogen. */
    @Test
    void theComponentsOfDeshieldedNucleiAreSortedByValueAndNotByMagnitude() throws IOException {
        List<Shielding> shieldings =
                Samples.parse(Samples.output("nitromethane")).shieldings.shieldings();

        assertThat(shieldings.get(0).principal()).containsExactly(184.8841, 91.1058, 70.6502);
        assertThat(shieldings.get(0).anisotropy()).isEqualTo(104.0061);
        assertThat(shieldings.get(1).principal()).containsExactly(47.9282, -259.5943, -298.6037);
        assertThat(shieldings.get(1).anisotropy()).isCloseTo(327.0272, within(1e-9));
        assertThat(shieldings).allSatisfy(shielding -> {
            assertThat(shielding.anisotropy())
                    .isCloseTo(1.5 * (shielding.principal().get(0) - shielding.isotropic()), within(3e-4));
            assertThat(shielding.principal()).isSortedAccordingTo(Comparator.reverseOrder());
        });
    }

    @Test
    void aLargestComponentThatIsNotTheLastOneIsFoundAsWell() throws IOException {
        String text = Samples.output("nitromethane")
                .replace("-298.6037   -259.5943     47.9282", "-298.6037     47.9282   -259.5943");

        Shielding nitrogen = Samples.parse(text).shieldings.shieldings().get(1);

        assertThat(nitrogen.principal()).containsExactly(47.9282, -259.5943, -298.6037);
        assertThat(nitrogen.anisotropy()).isCloseTo(327.0272, within(1e-9));
    }

    @Test
    void readsWhatElseIsWorthKeeping() throws IOException {
        NwchemOutput output = Samples.parse(Samples.output("ok"));

        assertThat(output.header.version()).contains("NWChem 7.0.2");
        assertThat(output.header.processes()).hasValue(1);
        assertThat(output.scf.totalEnergy()).hasValue(-76.415861386281);
        assertThat(output.scf.cosmoEnergy()).hasValue(0.055360312923);
        assertThat(output.scf.basisFunctions()).hasValue(18);
        assertThat(output.basis.type()).contains("spherical");
        assertThat(output.scf.atoms()).hasValue(3);
        assertThat(output.scf.charge()).hasValue(0);
        assertThat(output.scf.multiplicity()).hasValue(1);
        assertThat(output.scf.dipole())
                .hasValueSatisfying(dipole -> assertThat(dipole).containsExactly(0.0, 0.904042, 0.0));
        assertThat(output.closing.cpuSeconds()).hasValue(0.8);
        assertThat(output.closing.wallSeconds()).hasValue(6.0);
        assertThat(output.cphf.converged()).isTrue();
        assertThat(output.basis.rows())
                .isEqualTo(Map.of("O", new BasisSection.Row("6-31g*", 14), "H", new BasisSection.Row("6-31g*", 2)));
        assertThat(output.scf.thresholds())
                .isEqualTo(Map.of("energy", 1e-7, "density", 1e-5, "gradient", 5e-4, "tol_rho", 1e-11));
        assertThat(output.grid.word()).contains("fine");
        assertThat(output.grid.sizes()).containsExactly("60 590", "70 590");
        assertThat(output.xc.components())
                .isEqualTo(Map.of(
                        "Hartree-Fock (Exact) Exchange", 0.2,
                        "Slater Exchange Functional local", 0.8,
                        "Becke 1988 Exchange Functional non-local", 0.72,
                        "Lee-Yang-Parr Correlation Functional", 0.81,
                        "VWN I RPA Correlation Functional local", 0.19));
        assertThat(output.cosmo.announcements()).hasSize(2).allSatisfy(announcement -> {
            assertThat(announcement.keyword()).contains("chcl3");
            assertThat(announcement.dielectric()).hasValue(4.7113);
        });
        assertThat(output.trouble.gravest()).isEmpty();
        assertThat(output.trouble.warnings()).isEmpty();
        assertThat(output.cphf.begun()).isTrue();
        assertThat(output.cphf.residual()).isEqualTo(8.87e-5);
        assertThat(output.closing.optimized()).isFalse();
        assertThat(output.scf.energyParts())
                .isEqualTo(Map.of(
                        "one_electron",
                        -123.263588810018,
                        "coulomb",
                        46.965553635177,
                        "exchange_correlation",
                        -9.367100346582,
                        "nuclear_repulsion",
                        9.193913822219));
    }

    @Test
    void warningsAndWhatFailedAreKeptOnceAndTheFirstTwentyOfThem() throws IOException {
        NwchemOutput autoz = Samples.parse(Samples.output("autoz"));
        assertThat(autoz.trouble.warnings())
                .hasSize(2)
                .first()
                .isEqualTo("!! There are insufficient internal variables: expected    23 got    24");
        NwchemOutput memory = Samples.parse(Samples.output("mem"));
        assertThat(memory.trouble.tellingLines()).contains("hndcosset: not enuf mem                   8");

        String rule = "-".repeat(72);
        assertThat(Samples.parse(rule + "\n  grid_quadv0: something odd      -17\n")
                        .trouble
                        .tellingLines())
                .containsExactly("grid_quadv0: something odd      -17");
        assertThat(Samples.parse("\n  grid_quadv0: something odd      -17\n")
                        .trouble
                        .tellingLines())
                .isEmpty();
        StringBuilder many = new StringBuilder("Warning: first\nWARNING: " + "x".repeat(400) + "\nWarning: first\n");
        for (int i = 0; i < 30; i++) {
            many.append("warning ").append(i).append('\n');
        }
        assertThat(Samples.parse(many.toString()).trouble.warnings())
                .hasSize(20)
                .startsWith("Warning: first", "WARNING: " + "x".repeat(291) + "...", "warning 0")
                .endsWith("warning 17");
    }

    @Test
    void theGravestSymptomCountsWhicheverComesFirst() throws IOException {
        Map<Symptom, String> lines = new TreeMap<>(); // by weight
        for (String sample : List.of("autoz", "badbasis", "badelement", "badxc", "cphf", "mem", "scf")) {
            for (String line : Samples.output(sample).lines().toList()) {
                Symptom.in(line).ifPresent(symptom -> lines.put(symptom, line));
            }
        }
        assertThat(lines).hasSizeGreaterThan(3);
        List<Symptom> found = List.copyOf(lines.keySet());
        for (int grave = 0; grave < found.size() - 1; grave++) {
            String graver = lines.get(found.get(grave));
            String slighter = lines.get(found.get(grave + 1));
            for (String text : List.of(graver + "\n" + slighter + "\n", slighter + "\n" + graver + "\n")) {
                NwchemOutput output = Samples.parse(text);
                assertThat(output.trouble.gravest()).as(text).hasValue(found.get(grave));
                assertThat(output.trouble.tellingLines()).hasSize(2);
            }
        }
    }

    @Test
    void theLastShieldingsOfAnOutputCount() throws IOException {
        String text = Samples.output("ok");
        int begin = text.indexOf("Chemical Shielding Tensors (GIAO, in ppm)");
        assertThat(Samples.parse(text + "\n" + text.substring(text.lastIndexOf('\n', begin) + 1))
                        .shieldings
                        .shieldings())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'Principal Components and Axis System', 'Components and Axis System', principal components",
        "'                 1           2           3', '                 1           3           2', axes",
        "'      0.0000    392.1318     -0.0000', '      0.0000    392.1418     -0.0000', 'sum of its two parts'",
        "'    -37.2566     -0.0000     -0.0000', '    -37.2566     -0.0100     -0.0000', 'sum of its two parts'",
        "'anisotropy =      45.6094', 'anisotropy =      45.6194', an anisotropy of 45.609",
        "'        Paramagnetic', '        Magnetic', Paramagnetic"
    })
    void refusesATensorThatIsNotWhole(String was, String is, String reason) {
        String text = Samples.output("ok");
        assertThat(text).contains(was);
        String output = text.replaceFirst(Pattern.quote(was), is);

        assertThatThrownBy(() -> Samples.parse(output))
                .isInstanceOf(OutputFormatException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void roundedNumbersOfATensorMayDifferInTheirLastDigit() throws IOException {
        String output = Samples.output("ok")
                .replaceFirst("      0.0000    392.1318     -0.0000", "      0.0000    392.1319     -0.0000");
        assertThat(Samples.parse(output).shieldings.shieldings()).hasSize(3);
    }

    @Test
    void everyKindOfFailureIsFoundByItsWordAndSaysWhatItMeans() {
        for (FailureKind kind : FailureKind.values()) {
            assertThat(FailureKind.ofId(kind.id())).hasValue(kind);
            assertThat(kind.sentence()).matches("[a-zA-Z].*[^.]");
        }
        assertThat(FailureKind.ofId("bad luck")).isEmpty();
    }

    /** The words are those of journals, so they stay. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISK_FULL | disk-full | MACHINE | the disk is full",
                "MPI_REFUSED | mpi-refused | MACHINE | MPI refused to start the processes",
                "LAUNCH_FAILED | launch-failed | MACHINE | NWChem could not be started",
                "KILLED | killed | MACHINE | a signal from outside ended NWChem",
                "LOST | lost | MACHINE | the machine lost the process",
                "INPUT | input | SUBJECT | NWChem refused the input",
                "BASIS_MISSING | basis-missing | SUBJECT | the basis set is missing, or lacks an element",
                "FUNCTIONAL_UNKNOWN | functional-unknown | SUBJECT | NWChem does not have the functional, or not for this task",
                "SCF_NOT_CONVERGED | scf-not-converged | SUBJECT | the SCF did not converge",
                "CPHF_NOT_CONVERGED | cphf-not-converged | SUBJECT | the CPHF equations did not converge",
                "GEOMETRY_NOT_CONVERGED | geometry-not-converged | SUBJECT | the geometry did not converge",
                "INTERNAL_COORDINATES | internal-coordinates | SUBJECT | no internal coordinates could be made",
                "OUT_OF_MEMORY | out-of-memory | SUBJECT | the memory was too small",
                "TIMEOUT | timeout | SUBJECT | it ran longer than its limit",
                "STALLED | stalled | SUBJECT | its output stopped growing",
                "INCOMPLETE_OUTPUT | incomplete-output | SUBJECT | the output ends too early",
                "INCONSISTENT_OUTPUT | inconsistent-output | SUBJECT | the output is not what was asked for",
                "PROGRAM_ERROR | program-error | SUBJECT | NWChem ended with an error",
            })
    void eachKindOfFailureHasItsWordItsBlameAndItsSentence(FailureKind kind, String id, Blame blame, String sentence) {
        assertThat(kind.id()).isEqualTo(id);
        assertThat(kind.blame()).isEqualTo(blame);
        assertThat(kind.sentence()).isEqualTo(sentence);
    }

    /** Lines as NWChem, Open MPI and the system print them, from the gravest to the slightest. */
    @Test
    void eachSymptomIsFoundByItsWordsInTheOrderOfItsWeight() {
        List<String> lines = List.of(
                "DISK_FULL: write: No space left on device",
                "DISK_FULL: write: Disk quota exceeded",
                "DISK_FULL: write_file_entry: failed to write value",
                "DISK_FULL: rtdb_seq_put: put failed for x",
                "MPI_REFUSED: There are not enough slots available in the system",
                "MPI_REFUSED: mpirun has detected an attempt to run as root.",
                "MPI_REFUSED: mpirun was unable to find the specified executable",
                "MPI_REFUSED: It looks like MPI_INIT failed for some reason",
                "MPI_REFUSED: It looks like orte_init failed for some reason",
                "INTERNAL_COORDINATES: Either AUTOZ failed or your geometry has changed",
                "INTERNAL_COORDINATES: geom_binvr: #indep variables incorrect",
                "OUT_OF_MEMORY: hndcosset: not enuf mem",
                "OUT_OF_MEMORY: x: not enough memory",
                "OUT_OF_MEMORY: x: insufficient memory",
                "OUT_OF_MEMORY: ma_push_get failed",
                "OUT_OF_MEMORY: MA_init failed",
                "OUT_OF_MEMORY: ga_create failed",
                "OUT_OF_MEMORY: fork: Cannot allocate memory",
                "FUNCTIONAL_UNKNOWN: xc_input: invalid format",
                "FUNCTIONAL_UNKNOWN: xc: d2 not coded",
                "BASIS_MISSING: bas_tag_lib: failed opening basis file",
                "BASIS_MISSING: bas_tag_lib: failed to locate basis u_6-31g*",
                "BASIS_MISSING: bas_tag_lib: no such basis available",
                "SCF_NOT_CONVERGED: Calculation failed to converge",
                "SCF_NOT_CONVERGED: hnd_property: energy failure",
                "CPHF_NOT_CONVERGED: lkain: not converged",
                "CPHF_NOT_CONVERGED: SCF residual greater than 1d-2",
                "GEOMETRY_NOT_CONVERGED: Failed to converge in maximum number of steps",
                "INPUT: geom_tag_to_element failed",
                "INPUT: Odd number of electrons.",
                "INPUT: input error at line   17",
                "INPUT: There is an error in the input file");
        assertThat(lines).hasSameSizeAs(Symptom.values());
        for (Symptom symptom : Symptom.values()) {
            String[] line = lines.get(symptom.ordinal()).split(": ", 2);
            assertThat(Symptom.in(line[1])).as(line[1]).hasValue(symptom);
            assertThat(symptom.kind().name()).as(line[1]).isEqualTo(line[0]);
        }
        assertThat(Symptom.in("all is well")).isEmpty();
    }

    @Test
    void numbersAreReadAsFortranWritesThem() throws OutputFormatException {
        assertThat(Fortran.number("1.5D-04", "text", 7)).isEqualTo(1.5e-4);
        assertThat(Fortran.number("2.5d3", "text", 7)).isEqualTo(2500);
        assertThat(Fortran.numbers(2, "  1.0  -2.0 ", 7)).containsExactly(1, -2);
        assertThatThrownBy(() -> Fortran.number("***", "the line", 7))
                .hasMessageContaining("7")
                .hasMessageContaining("the line")
                .hasMessageContaining("a number for '***'");
        assertThatThrownBy(() -> Fortran.number("Infinity", "the line", 7))
                .hasMessageContaining("a finite number for 'Infinity'");
        assertThatThrownBy(() -> Fortran.whole("1.5", "the line", 7)).hasMessageContaining("a whole number for '1.5'");
        assertThatThrownBy(() -> Fortran.numbers(3, "1 2", 7)).hasMessageContaining("3 numbers");
    }

    @Test
    void bothAnnouncementsOfASolventAreKeptWithAllTheirNumbers() throws IOException {
        assertThat(Samples.parse(Samples.output("ok")).cosmo.announcements())
                .containsOnly(new CosmoSection.Announcement(Optional.of("chcl3"), OptionalDouble.of(4.7113), 4.71));
    }

    @Test
    void ofTheAnnouncementsOfASolventAHundredAreKept() throws IOException {
        assertThat(Samples.parse(" dielectric constant -eps-     =   4.71\n".repeat(120))
                        .cosmo
                        .announcements())
                .hasSize(100);
    }

    @Test
    void aRangeSeparationIsReadWithItsYesAndNo() throws IOException {
        assertThat(Samples.parse("              XC Information\n   Alpha      :   0.19\n   Short-Range HF    :   T\n")
                        .xc
                        .components())
                .isEqualTo(Map.of("Alpha", 0.19, "Short-Range HF", 1.0));
        assertThat(Samples.parse("              XC Information\n   Short-Range HF    :   F\n")
                        .xc
                        .components())
                .isEqualTo(Map.of("Short-Range HF", 0.0));
    }

    @Test
    void theStepsOfALongOptimisationAreCounted() throws IOException {
        assertThat(Samples.parse("@    9   -132.1 x\n@   12   -132.2 x\n")
                        .closing
                        .steps())
                .isEqualTo(12);
    }

    @Test
    void theLastSummaryOfABasisSetCounts() throws IOException {
        String title = " Summary of \"ao basis\" -> \"ao basis\" ";
        NwchemOutput output = Samples.parse(title + "(cartesian)\n    H     3-21g     2     2   2s\n\n" + title
                + "(spherical)\n    O     6-31g*     6     14   3s2p1d\n\n");

        assertThat(output.basis.type()).contains("spherical");
        assertThat(output.basis.rows()).isEqualTo(Map.of("O", new BasisSection.Row("6-31g*", 14)));
    }

    @Test
    void placesOfAGeometryHaveTheirTagsAndTheirCoordinates() throws IOException {
        assertThat(Samples.parse(Samples.output("opt")).geometry.last())
                .contains(
                        new GeometrySection.Place("N", 1.44082331, 4.22e-6, 1.196e-5),
                        new GeometrySection.Place("H", -1.56097676, -0.95058835, 0.38717019));
    }

    @Test
    void takesTheLastGeometryOfAnOptimisation() throws IOException {
        NwchemOutput output = Samples.parse(Samples.output("opt"));

        assertThat(output.closing.optimized()).isTrue();
        assertThat(output.closing.steps()).isEqualTo(3);
        assertThat(output.geometry.first()).hasSize(6);
        assertThat(output.geometry.last().get(0).x()).isEqualTo(0.28056853);
        assertThat(output.scf.totalEnergy().orElseThrow()).isCloseTo(-132.754929129042, within(1e-9));
    }

    @Test
    void namesTheLineOfANumberThatOverflowed() {
        String output = Samples.output("ok")
                .replace("    364.8297     -0.0000     -0.0000", "************     -0.0000     -0.0000");

        assertThatThrownBy(() -> Samples.parse(output))
                .isInstanceOf(OutputFormatException.class)
                .hasMessageContaining("line ")
                .hasMessageContaining("************");
    }

    @Test
    void refusesAnIsotropicValueThatIsNotATthirdOfTheTrace() {
        String output = Samples.output("ok").replace("isotropic =     334.4234", "isotropic =     334.4334");

        assertThatThrownBy(() -> Samples.parse(output))
                .isInstanceOf(OutputFormatException.class)
                .hasMessageContaining("atom 1");
    }

    @Test
    void doesNotTakeTheValueOfTheNextAtomWhenOneLacksItsLine() {
        String output = Samples.output("ok").replaceFirst(" *isotropic = +334.4234\n", "");

        assertThatThrownBy(() -> Samples.parse(output))
                .isInstanceOf(OutputFormatException.class)
                .hasMessageContaining("isotropic");
    }

    @Test
    void readsAnyTextWithoutOtherExceptions() throws IOException {
        assertThat(Samples.parse("").closing.closed()).isFalse();
        assertThat(Samples.parse("").cphf.begun()).isFalse();
        assertThat(Samples.parse("\0\1\2\n\n\n").header.version()).isEqualTo(Optional.empty());
    }
}
