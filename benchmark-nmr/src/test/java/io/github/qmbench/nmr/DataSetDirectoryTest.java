package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.qmbench.nmr.InvalidDataSetException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetDirectoryTest {

    private static final String METHANE = """
            5
            Methane
            C  0.000  0.000  0.000
            H  0.629  0.629  0.629
            H -0.629 -0.629  0.629
            H -0.629  0.629 -0.629
            H  0.629 -0.629 -0.629
            """;

    @TempDir
    Path directory;

    @Test
    void readsPlainXyzWithItsCommentAsName() throws IOException {
        file("methane.xyz", METHANE);
        Molecule methane = DataSet.ofDirectory(directory).molecule("methane").orElseThrow();
        assertThat(methane.name()).isEqualTo("Methane");
        assertThat(methane.atoms()).hasSize(5);
        assertThat(methane.atom(2)).isEqualTo(new Atom(Element.H, 0.629, 0.629, 0.629));
        assertThat(methane.multiplicity()).isEqualTo(1);
    }

    @Test
    void readsChargeAndMultiplicityBesideAPlainName() throws IOException {
        file("hydroxide.xyz", "2\nHydroxide  charge=-1 mult=1\nO 0 0 0\nH 0 0 0.96\n");
        Molecule hydroxide = DataSet.ofDirectory(directory).molecules().get(0);
        assertThat(hydroxide.name()).isEqualTo("Hydroxide");
        assertThat(hydroxide.charge()).isEqualTo(-1);
        assertThat(hydroxide.electrons()).isEqualTo(10);
    }

    @Test
    void readsExtendedXyzByItsColumns() throws IOException {
        file("methyl.xyz", """
                4
                Properties=id:I:1:pos:R:3:species:S:1 name="Methyl radical" charge=0 multiplicity=2 energy=-39.8
                1 0.0 0.0 0.0 C
                2 1.08 0.0 0.0 H
                3 -0.54 0.93 0.0 H
                4 -0.54 -0.93 0.0 1
                """);
        Molecule methyl = DataSet.ofDirectory(directory).molecules().get(0);
        assertThat(methyl.name()).isEqualTo("Methyl radical");
        assertThat(methyl.multiplicity()).isEqualTo(2);
        assertThat(methyl.atom(1).element()).isEqualTo(Element.C);
        assertThat(methyl.atom(4)).isEqualTo(new Atom(Element.H, -0.54, -0.93, 0));
    }

    @Test
    void keepsEqualsSignsThatBelongToAName() throws IOException {
        file(
                "ethene.xyz",
                "6\nCH2=CH2\nC 0 0 0.66\nC 0 0 -0.66\nH 0 .92 1.23\nH 0 -.92 1.23\nH 0 .92 -1.23\nH 0 -.92 -1.23");
        assertThat(DataSet.ofDirectory(directory).molecules().get(0).name()).isEqualTo("CH2=CH2");
    }

    @Test
    void takesTheFileNameWhereThereIsNoComment() throws IOException {
        file("argon.xyz", "1\n\nAr 0 0 0\n");
        assertThat(DataSet.ofDirectory(directory).molecules().get(0).name()).isEqualTo("argon");
    }

    @Test
    void refusesFilesThatAreNotRegularInsteadOfWaitingForThem() throws Exception {
        Path fifo = directory.resolve("fifo.xyz");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(directory.resolve("zero.xyz"), Path.of("/dev/zero"));
        Files.createDirectory(directory.resolve("directory.xyz"));

        assertThat(problems())
                .extracting(Problem::message)
                .containsExactly(
                        "it is a directory, not a regular file",
                        "it is a device or a named pipe, not a regular file",
                        "it is a device or a named pipe, not a regular file");
    }

    @Test
    void tellsAProblemOnOneLineWhateverTheFileIsCalled() throws IOException {
        file("a\nqmbench: all is well\u001b[2K.xyz", "");

        assertThat(problems().get(0).toString())
                .startsWith(directory + "/a qmbench: all is well [2K.xyz")
                .hasLineCount(1);
    }

    @Test
    void ordersFilesByTheNumbersInTheirNames() throws IOException {
        for (String name : List.of("mol10", "mol2", "mol1")) {
            file(name + ".xyz", METHANE);
        }
        file(".mol3.xyz", "hidden");
        assertThat(DataSet.ofDirectory(directory).ids()).containsExactly("mol1", "mol2", "mol10");
    }

    @Test
    void readsShiftsOfAtomsAndGroups() throws IOException {
        file("methane.xyz", METHANE);
        file("shifts.csv", """
                molecule,atom,nucleus,ppm
                # a remark
                methane,1,13C,-2.3

                "Methane",2-3,1H,0.23
                METHANE,4;5,H,0.24
                """);
        DataSet set = DataSet.ofDirectory(directory);
        assertThat(set.shifts())
                .containsExactly(
                        new ExperimentalShift("methane", 1, Nucleus.C13, -2.3),
                        new ExperimentalShift("methane", 2, Nucleus.H1, 0.23, 2),
                        new ExperimentalShift("methane", 3, Nucleus.H1, 0.23, 2),
                        new ExperimentalShift("methane", 4, Nucleus.H1, 0.24, 4),
                        new ExperimentalShift("methane", 5, Nucleus.H1, 0.24, 4));
        assertThat(set.name()).isEqualTo(directory.getFileName().toString());
    }

    @Test
    void twoRowsAreTwoSignalsAlsoWhenTheyShareAValue() throws IOException {
        file("methane.xyz", METHANE);
        file("shifts.csv", "molecule,atom,nucleus,ppm\nmethane,2 4,1H,0.23\nmethane,3,1H,0.23\n");
        assertThat(DataSet.ofDirectory(directory).shifts("methane"))
                .extracting(ExperimentalShift::atomNumber, ExperimentalShift::group)
                .containsExactly(tuple(2, 2), tuple(3, 3), tuple(4, 2));
    }

    @Test
    void commentsSayWhereItWasMeasuredAndHowTheGeometriesWereMade() throws IOException {
        file("methane.xyz", METHANE);
        file("shifts.csv", """
                molecule,atom,nucleus,ppm
                # solvent: DMSO-d6
                # geometry: PBE0/6-311G(d,p)
                methane,1,13C,-2.3
                """);
        DataSet set = DataSet.ofDirectory(directory);
        assertThat(set.solvent()).hasValue("DMSO-d6");
        assertThat(set.geometryLevel()).hasValue("PBE0/6-311G(d,p)");
    }

    @ParameterizedTest
    @CsvSource({"N, 15N, -381.9", "N, N15, 1100", "F, 19F, -231.1", "P, P, 1362"})
    void takesOtherNuclei(String element, String nucleus, double ppm) throws IOException {
        file("atom.xyz", "4\nx\n" + element + " 0 0 0\nH 1 0 0\nH 0 1 0\nH 0 0 1\n");
        file("shifts.csv", "molecule,atom,nucleus,ppm\natom,1," + nucleus + "," + ppm + "\n");
        if (element.equals("F")) {
            file("atom.xyz", "2\nx\nF 0 0 0\nH 0.9 0 0\n");
        }
        ExperimentalShift shift = DataSet.ofDirectory(directory).shifts().get(0);
        assertThat(shift.nucleus().element().symbol()).isEqualTo(element);
        assertThat(shift.ppm()).isEqualTo(ppm);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "'five\nx\nAr 0 0 0'                       | 1 | the number of atoms is not a whole number: 'five'",
                "''                                        | 1 | the number of atoms is not a whole number: ''",
                "'0\nx\n'                                  | 1 | must be at least 1 but is 0",
                "'2\nx\nAr 0 0 0'                          | 1 | says 2 atoms, but 1 follow",
                "'1\nx\nAr 0 0 0\nAr 0 0 9'                | 4 | one molecule for each file): Ar 0 0 9",
                "'1\nx\nXx 0 0 0'                          | 3 | unknown element: Xx",
                "'1\nx\nAr 0 zero 0'                       | 3 | a coordinate is not a number: 'zero'",
                "'1\nx\nAr 0 0 1e999'                      | 3 | a coordinate is not finite: 1e999",
                "'1\nx\nAr 0 NaN 0'                        | 3 | a coordinate is not finite: NaN",
                "'1\nx\nAr 0 0'                            | 3 | expected an element and three coordinates but found: Ar 0 0",
                "'2\nx\nAr 0 0 0\nAr 0 0 0.3'              | 4 | atoms 1 and 2 are 0.300 angstrom apart",
                "'1\nx\nNa 0 0 0'                          | 2 | charge 0 leaves 11 electrons",
                "'1\nx charge=one\nAr 0 0 0'               | 2 | the charge is not a whole number: 'one'",
                "'1\nx mult=0\nAr 0 0 0'                   | 2 | the multiplicity must be at least 1 but is 0",
                "'1\nProperties=pos:R:3\n0 0 0'            | 2 | names no species or no pos",
                "'1\nx charge= mult=3\nAr 0 0 0'           | 2 | the charge is not a whole number: 'mult=3'"
            })
    void locatesWhatIsWrongInAnXyzFile(String text, int line, String message) throws IOException {
        Path file = file("wrong.xyz", text);
        Problem problem = problems().get(0);
        assertThat(problem.file()).isEqualTo(file);
        assertThat(problem.line()).isEqualTo(line);
        assertThat(problem.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "charge= -2, -2, 1",
        "Charge =-2, -2, 1",
        "x total charge = -2 multiplicity  =  3, -2, 3",
        "Properties=species:S:1:pos:R:3:charge:R:1 charge = \"-2\" mult= 3, -2, 3",
        "charge transfer complex, 0, 1",
        "charges: Mulliken, 0, 1",
        "argon charge 0 mult 1, 0, 1",
        "charge +0 multiplicity 1, 0, 1",
        "name=\"charge: unknown\", 0, 1",
    })
    void blanksMaySurroundTheEqualsSignOfAChargeOrMultiplicity(String comment, int charge, int multiplicity)
            throws IOException {
        file("argon.xyz", "1\n" + comment + "\nAr 0 0 0 0.1\n");

        Molecule argon = DataSet.ofDirectory(directory).molecules().get(0);

        assertThat(argon.charge()).isEqualTo(charge);
        assertThat(argon.multiplicity()).isEqualTo(multiplicity);
    }

    @ParameterizedTest
    @CsvSource({
        "x charge: -2, charge:",
        "x CHARGE : -2, CHARGE :",
        "x charge=, charge=",
        "x charge -2, charge -2",
        "x charge=-2 mult 3, mult 3",
        "x Charge 2+ mult 1, Charge 2",
        "multiplicity  3, multiplicity 3",
        "x total_charge +2, total_charge +2",
        "Properties=species:S:1:pos:R:3 charge -2, charge -2",
        "x total_charge=-2, total_charge=",
        "x molecular-charge = -2, molecular-charge =",
        "Charge/mult: -2 3, mult:",
        "x spin_multiplicity=3, spin_multiplicity=",
        "x charge=-2 multiplicity: 3, multiplicity:",
        "Properties=species:S:1:pos:R:3 total_charge=-2, total_charge=",
        "Properties=species:S:1:pos:R:3 charge=-2 Spin_Multiplicity=3, spin_multiplicity=",
        "Properties=species:S:1:pos:R:3 mult: 3, mult:",
    })
    void refusesAChargeOrMultiplicityThatItWouldIgnore(String comment, String unread) throws IOException {
        Path file = file("argon.xyz", "1\n" + comment + "\nAr 0 0 0\n");

        assertThat(problems())
                .singleElement()
                .hasToString(file + ", line 2: cannot read '" + unread
                        + "'; write the charge as charge=-1, the multiplicity as multiplicity=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "methane,6,1H,1            | methane has atoms 1 to 5, there is no atom 6",
                "methane,0,1H,1            | atom numbers count from 1 but this one was 0",
                "methane,1,1H,1            | atom 1 of methane is C and has no 1H shift",
                "methane,1,13C,1e4         | a 13C shift of 10000.0 ppm is outside -300 to 450 ppm",
                "methane,2,1H,128.4        | a 1H shift of 128.4 ppm is outside -60 to 30 ppm",
                "methane,2,1H,NaN          | a 1H shift of NaN ppm is outside",
                "methane,2,1H,high         | the shift is not a number: methane,2,1H,high",
                "methane,2,17O,1           | unknown nucleus '17O'; use 1H, 13C, 15N, 19F, 31P",
                "methane,2,15N,1           | atom 2 of methane is H and has no 15N shift",
                "methane,2,19F,1000        | a 19F shift of 1000.0 ppm is outside -500 to 900 ppm",
                "methane,2,31P,-700        | a 31P shift of -700.0 ppm is outside -600 to 1500 ppm",
                "methan,2,1H,1             | unknown molecule 'methan'; did you mean methane?",
                "methane,5-2,1H,1          | the range of atoms runs backwards: 5-2",
                "methane,two,1H,1          | expected atom numbers like 4, 4-6 or 4 5 8 but found 'two'",
                "methane,2 2,1H,1          | atom 2 of methane has a shift in line 2 already",
                "methane,2,1H              | expected 4 fields but found 3"
            })
    void locatesWhatIsWrongInTheShifts(String row, String message) throws IOException {
        file("methane.xyz", METHANE);
        Path file = file("shifts.csv", "molecule,atom,nucleus,ppm\n" + row + "\n");
        Problem problem = problems().get(0);
        assertThat(problem.toString()).startsWith(file + ", line 2: ").contains(message);
    }

    @Test
    void aRowWithANameOfTwoMoleculesIsRefused() throws IOException {
        file("a.xyz", METHANE);
        file("b.xyz", METHANE);
        Path shifts = file("shifts.csv", "molecule,atom,nucleus,ppm\na,1,13C,-2.3\nmethane,2-5,1H,0.2\n");

        assertThat(problems()).containsExactly(new Problem(shifts, 3, "'methane' is the name of a and b; use the id"));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() throws IOException {
        file("a.xyz", "1\nx\nXx 0 0 0");
        file("b.xyz", METHANE);
        file("B.xyz", METHANE);
        file("my molecule.xyz", METHANE);
        file("shifts.csv", "molecule,atom,nucleus,ppm\nb,9,1H,1\nb,1,13C,999\n");
        assertThat(problems())
                .extracting(Problem::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("unknown element: Xx"),
                        message -> assertThat(message).contains("duplicate molecule id b; B.xyz has the same"),
                        message -> assertThat(message).contains("'my molecule' is not a valid molecule id"),
                        message -> assertThat(message).contains("there is no atom 9"),
                        message -> assertThat(message).contains("999.0 ppm is outside"));
    }

    @Test
    void refusesADirectoryWithoutMolecules() throws IOException {
        assertThat(problems()).extracting(Problem::message).containsExactly("it has no *.xyz, *.mol or *.sdf file");
        directory = directory.resolve("gone");
        assertThat(problems()).extracting(Problem::message).containsExactly("it does not exist");
    }

    @Test
    void refusesShiftsWithoutTheirHeaderAndTextThatIsNone() throws IOException {
        file("methane.xyz", METHANE);
        Path shifts = file("shifts.csv", "methane,1,13C,-2.3\n");
        assertThat(problems().get(0).message()).contains("the first line must be molecule,atom,nucleus,ppm");
        Files.write(shifts, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(problems().get(0).message()).isEqualTo("it is not UTF-8 text");
    }

    private List<Problem> problems() {
        InvalidDataSetException thrown =
                catchThrowableOfType(InvalidDataSetException.class, () -> DataSet.ofDirectory(directory));
        return thrown.problems();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    @Test
    void twentyProblemsAreToldAndTheOthersCounted() throws IOException {
        for (int i = 1; i <= 20; i++) {
            file("m" + i + ".xyz", "none");
        }
        assertThatThrownBy(() -> DataSet.ofDirectory(directory))
                .message()
                .hasLineCount(20)
                .endsWith("'none'");
        file("m21.xyz", "none");
        file("m22.xyz", "none");
        assertThatThrownBy(() -> DataSet.ofDirectory(directory))
                .message()
                .hasLineCount(21)
                .endsWith("\nand 2 more");
    }
}
