package io.github.qmbench.nmr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MOL and SD files as Open Babel 3.1 writes them, and slips in them. */
class MolFileTest {

    private static final List<Element> ETHANOL =
            List.of(Element.C, Element.C, Element.O, Element.H, Element.H, Element.H, Element.H, Element.H, Element.H);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"ethanol-v2000.mol", "ethanol-v3000.mol"})
    void readsBothVersionsAlike(String file) throws Exception {
        Molecule ethanol = molecules("ethanol", sample(file)).get(0);
        assertThat(ethanol.atoms()).extracting(Atom::element).containsExactlyElementsOf(ETHANOL);
        assertThat(ethanol.atom(3)).isEqualTo(new Atom(Element.O, 1.192, -0.221, 0));
        assertThat(ethanol.name()).isEqualTo("ethanol");
        assertThat(ethanol.charge()).isZero();
        assertThat(ethanol.multiplicity()).isEqualTo(1);
    }

    @Test
    void readsEachMoleculeOfAnSdFileWithItsCharge() throws Exception {
        List<Molecule> two = molecules("two", sample("two.sdf"));
        assertThat(two).extracting(Molecule::id).containsExactly("two-1", "two-2");
        assertThat(two).extracting(Molecule::name).containsExactly("ethanol", "two-2");
        assertThat(two).extracting(Molecule::charge).containsExactly(0, 1);
        assertThat(two).extracting(Molecule::electrons).containsExactly(26, 10);
    }

    @Test
    void allocatesNothingForAtomsThatAreOnlyAnnounced() {
        String lie = "\n\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\n"
                + "M  V30 COUNTS 2000000000 0 0 0 0\nM  V30 BEGIN ATOM\nM  V30 1 C 0 0 0 0\nM  V30 END ATOM\n"
                + "M  V30 END CTAB\nM  END\n";
        LocatedProblem refused = catchThrowableOfType(LocatedProblem.class, () -> molecules("lie", lie));
        assertThat(refused.line()).isEqualTo(6);
        assertThat(refused).hasMessage("says 2000000000 atoms, but the whole file has 11 lines");
    }

    @Test
    void readsChargesOfVersion3000AndRadicalsOfBoth() throws Exception {
        assertThat(molecules("acetate", sample("acetate-v3000.mol")).get(0).charge())
                .isEqualTo(-1);
        String methyl = "methyl\n\n\n  4  3  0  0  0  0  0  0  0  0999 V2000\n"
                + v2000("C", 0, 0, 0)
                + v2000("H", 1.079, 0, 0)
                + v2000("H", -0.54, 0.934, 0)
                + v2000("H", -0.54, -0.934, 0)
                + "  1  2  1\n  1  3  1\n  1  4  1\nM  RAD  1   1   2\nM  END\n";
        assertThat(molecules("methyl", methyl).get(0).multiplicity()).isEqualTo(2);
        String oxygen = "\n\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\nM  V30 COUNTS 2 1 0 0 0\n"
                + "M  V30 BEGIN ATOM\nM  V30 7 O 0 0 0 0 RAD=2\nM  V30 9 O 0 0 -\nM  V30 1.2 0 RAD=2\nM  V30 END ATOM\n"
                + "M  V30 BEGIN BOND\nM  V30 1 1 7 9\nM  V30 END BOND\nM  V30 END CTAB\nM  END\n";
        Molecule triplet = molecules("o2", oxygen).get(0);
        assertThat(triplet.multiplicity()).isEqualTo(3);
        assertThat(triplet.atom(2).z()).isEqualTo(1.2);
    }

    /** By the format, a line M  CHG or M  RAD takes the place of all charges and radicals beside the atoms. */
    @Test
    void withALineOfChargesTheRadicalsBesideTheAtomsDoNotCount() throws Exception {
        String methyl = "methyl\n\n\n  4  3  0  0  0  0  0  0  0  0999 V2000\n"
                + v2000("C", 0, 0, 0).replace("0  0", "0  4")
                + v2000("H", 1.079, 0, 0)
                + v2000("H", -0.54, 0.934, 0)
                + v2000("H", -0.54, -0.934, 0)
                + "  1  2  1\n  1  3  1\n  1  4  1\n";
        assertThat(molecules("radical", methyl + "M  END\n").get(0).multiplicity())
                .isEqualTo(2);

        Molecule cation =
                molecules("cation", methyl + "M  CHG  1   1   1\nM  END\n").get(0);
        assertThat(cation.charge()).isEqualTo(1);
        assertThat(cation.multiplicity()).isEqualTo(1);
    }

    @Test
    void takesTheChargesBesideTheAtomsOfOldFiles() throws Exception {
        String old = sample("two.sdf").replaceAll("M  CHG.*\n", "");
        assertThat(molecules("two", old).get(1).charge()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1.1680   -0.4030 | -1.1680   0.zero0 | 5  | a coordinate is not a number: '0.zero0'",
                "0.0000 O          | 0.0000 Qq         | 7  | unknown element: Qq",
                "  1  4  1         |   1 12  1         | 15 | there is no atom 12; the molecule has atoms 1 to 9",
                "  9  8  0         |  x  8  0          | 4  | the number of atoms is not a whole number: 'x'",
                "  9  8  0         |   0  8  0         | 4  | the number of atoms must be at least 1 but is 0",
                "V2000             | V1                | 4  | expected the counts of a MOL file, which end in V2000",
                "  6  1  1         |   6  2  1         | 5  | atom 1 is a carbon with 3 of 4 bonds; write all hydrogens",
                "M  END            | M  CHG  1   3   1 | 22 | the file ends before the molecule does",
                "-1.1360   -1.0460    0.8860 | -2.1260    0.1310    0.1000 | 9 | atoms 4 and 5 are 0.100 angstrom apart",
                "M  END            | M  RAD  1   1   7 | 22 | a radical is 0, 1, 2 or 3 but this one is 7",
                "M  END            | M  RAD  1   1   4 | 22 | a radical is 0, 1, 2 or 3 but this one is 4",
            })
    void locatesWhatIsWrong(String text, String slip, int line, String message) throws IOException {
        String good = sample("ethanol-v2000.mol");
        assertThat(good).contains(text);
        LocatedProblem problem = problem(good.replace(text, slip));
        assertThat(problem).hasMessageContaining(message);
        assertThat(problem.line()).isEqualTo(line);
    }

    @Test
    void locatesAFileWithoutCounts() {
        LocatedProblem problem = problem("ethanol\n\n\n");
        assertThat(problem)
                .hasMessage("expected the counts of a MOL file, which end in V2000 or V3000, but found nothing");
        assertThat(problem.line()).isEqualTo(3);
    }

    @Test
    void refusesADrawingAndElectronsThatDoNotFit() throws IOException {
        assertThat(problem(sample("flat.mol"))).hasMessage("it is a 2D drawing; a calculation needs 3D coordinates");
        assertThat(problem(sample("ethanol-v2000.mol").replace("M  END", "M  CHG  1   3   1\nM  END")))
                .hasMessage("charge 1 leaves 25 electrons, which cannot have multiplicity 1: write it into lines"
                        + " M  CHG and M  RAD");
        assertThat(problem("")).hasMessage("it has no molecule");
    }

    @Test
    void aTornFileIsAlwaysRefusedAndNeverHalfRead() throws IOException {
        for (String sample : List.of("ethanol-v2000.mol", "ethanol-v3000.mol")) {
            String whole = sample(sample);
            int end = whole.indexOf("M  END");
            for (int length = 0; length < end; length++) {
                assertThat(problem(whole.substring(0, length))).isNotNull();
            }
        }
    }

    @Test
    void aDirectoryMayMixTheFormats() throws Exception {
        Files.writeString(directory.resolve("a.xyz"), "1\nargon\nAr 0 0 0\n");
        Files.writeString(directory.resolve("b.MOL"), sample("ethanol-v2000.mol"));
        Files.writeString(directory.resolve("c.sdf"), sample("two.sdf"));
        Files.writeString(
                directory.resolve("shifts.csv"), "molecule,atom,nucleus,ppm\nb,1,13C,18.41\nc-1,4-6,1H,1.25\n");
        DataSet set = DataSet.ofDirectory(directory);
        assertThat(set.ids()).containsExactly("a", "b", "c-1", "c-2");
        assertThat(set.shifts("c-1")).hasSize(3);
        assertThat(DataSet.ofFile(directory.resolve("c.sdf")).ids()).containsExactly("c-1", "c-2");
    }

    private static List<Molecule> molecules(String id, String text) throws LocatedProblem {
        return new MolFile(id, text.lines().toList()).read();
    }

    private static LocatedProblem problem(String text) {
        return catchThrowableOfType(LocatedProblem.class, () -> molecules("wrong", text));
    }

    private static String v2000(String symbol, double x, double y, double z) {
        return String.format(java.util.Locale.ROOT, "%10.4f%10.4f%10.4f %-3s 0  0%n", x, y, z, symbol);
    }

    private static String sample(String name) throws IOException {
        try (InputStream stream = MolFileTest.class.getResourceAsStream("molfiles/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
