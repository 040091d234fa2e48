package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.Atom;
import io.github.qmbench.nmr.DataSet;
import io.github.qmbench.nmr.Molecule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code predict} with shieldings from the record. */
class PredictCommandTest {

    @TempDir
    Path directory;

    private final RecordedNwchem nwchem = new RecordedNwchem();
    private Screen screen;
    private Path acetaldehyde;

    @BeforeEach
    void writesAcetaldehydeAsAForceFieldMightHaveIt() throws IOException {
        screen = new Screen(nwchem, directory.resolve("predictions"));
        acetaldehyde = distorted("acetaldehyde");
    }

    @Test
    void worksAtOnceAtTheGeometryOfItsFactors() {
        assertThat(predict(acetaldehyde)).as(screen.err()).isZero();

        double x =
                DataSet.delta50().molecule("compound_03").orElseThrow().atom(1).x();
        assertThat(nwchem.calculated).hasSize(3).first().asString().startsWith("optimize B3LYP/6-31G* vacuum");
        assertThat(nwchem.calculated.subList(1, 3))
                .containsExactly("shield WP04/6-311++G(2d,p) CHCl3 " + x, "shield B3LYP/6-311+G(2d,p) CHCl3 " + x);
        assertThat(screen.out())
                .containsPattern("atoms +nucleus +shielding +shift +\\+-68% +\\+-95%")
                .containsPattern("H\\d H\\d H\\d +1H +29\\.\\d{4} +2\\.\\d\\d +0\\.11 +0\\.25")
                .containsPattern("C\\d +13C +-31\\.\\d{4} +202\\.\\d\\d +2\\.14 +4\\.65")
                .contains("1H: WP04/6-311++G(2d,p)/CHCl3 of delta50, DELTA50, errors from 49 molecules,"
                        + " geometry B3LYP/6-31G*");
        assertThat(screen.err())
                .contains("acetaldehyde is compound_03 of DELTA50: line and errors are those of the other molecules")
                .contains("note: the scaling factors were made with grid medium, this calculation with coarse")
                .doesNotContain("as it is");
    }

    @Test
    void askingAgainCalculatesNothing() {
        predict(acetaldehyde);
        String first = screen.out();
        assertThat(predict(acetaldehyde)).isZero();
        assertThat(nwchem.calculated).hasSize(3);
        assertThat(screen.out()).isEqualTo(first);
        assertThat(directory.resolve("predictions/acetaldehyde/geometry@B3LYP_6-31G(d)/acetaldehyde.xyz"))
                .content()
                .contains("geometry=B3LYP/6-31G*");
    }

    @Test
    void takesTheGeometryAsItIsWithAWarningWhenAsked() {
        assertThat(predict(acetaldehyde, "--geometry", "as-is"))
                .as(screen.err())
                .isZero();
        assertThat(nwchem.calculated)
                .extracting(calculation -> calculation.replaceFirst("/.*", ""))
                .containsExactly("shield WP04", "shield B3LYP");
        assertThat(screen.out()).contains("geometry as given");
        assertThat(screen.err())
                .contains(
                        "warning: the given geometry is used unchanged; the factors were made with geometries optimised at"
                                + " B3LYP/6-31G*");
    }

    @Test
    void refusesWhatHasNoMeaningBeforeItCalculates() throws IOException {
        Path radical = file("ch3.xyz", "4\nx mult=2\nC 0 0 0\nH 1.08 0 0\nH -0.54 0.935 0\nH -0.54 -0.935 0\n");
        assertThat(predict(radical)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("open shell (multiplicity 2)");
        Path bohr = file(
                "methane.xyz",
                "5\nx\nC 0 0 0\nH 1.19 1.19 1.19\nH 1.19 -1.19 -1.19\nH -1.19 1.19 -1.19\nH -1.19 -1.19 1.19\n");
        assertThat(predict(bohr)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("no neighbour at bonding distance", "look like bohr");
        assertThat(predict(file("n2.xyz", "2\nx\nN 0 0 0\nN 0 0 1.1\n"))).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("no factors for any element of n2");
        assertThat(nwchem.calculated).isEmpty();
    }

    @Test
    void writesCsvAndJson() throws IOException {
        assertThat(predict(acetaldehyde, "--format", "csv")).isZero();
        assertThat(screen.out().lines())
                .hasSize(5)
                .first()
                .isEqualTo(
                        "molecule_id,atoms,nucleus,method,shielding_ppm,shift_ppm,error_68_ppm,error_95_ppm,n_molecules");
        assertThat(screen.out())
                .containsPattern(
                        "(?m)^acetaldehyde,\\d \\d \\d,1H,\"WP04/6-311\\+\\+G\\(2d,p\\)/CHCl3\",29\\.\\d{4},2\\.\\d{4},"
                                + "0\\.11\\d\\d,0\\.2\\d{3},49$");

        assertThat(predict(acetaldehyde, "--format", "json")).isZero();
        Map<String, Object> json = Json.parseObject(screen.out());
        assertThat(json).containsEntry("molecule_id", "acetaldehyde").containsEntry("geometry", "B3LYP/6-31G*");
        Map<String, Object> carbonyl = Json.asArray(json.get("signals")).stream()
                .map(Json::asObject)
                .filter(signal -> (Double) signal.get("shift") > 100)
                .findFirst()
                .orElseThrow();
        assertThat(carbonyl).containsEntry("nucleus", "13C").containsEntry("n_molecules", 49L);
        assertThat((Double) carbonyl.get("shift")).isCloseTo(199.97, within((Double) carbonyl.get("error_68")));
        assertThat(Json.asArray(json.get("warnings"))).anyMatch(text -> ((String) text).contains("compound_03"));
    }

    /** CSV rounds what JSON has in full; each column has another figure. */
    @Test
    void csvAndJsonHaveTheSameFigures() throws IOException {
        assertThat(predict(acetaldehyde, "--format", "json")).isZero();
        List<String> fromJson = Json.asArray(Json.parseObject(screen.out()).get("signals")).stream()
                .map(Json::asObject)
                .map(signal -> String.format(
                        Locale.ROOT,
                        "acetaldehyde,%s,%s,\"%s\",%.4f,%.4f,%.4f,%.4f,%d",
                        Json.asArray(signal.get("atoms")).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")),
                        signal.get("nucleus"),
                        signal.get("method"),
                        signal.get("shielding"),
                        signal.get("shift"),
                        signal.get("error_68"),
                        signal.get("error_95"),
                        signal.get("n_molecules")))
                .toList();

        assertThat(predict(acetaldehyde, "--format", "csv")).isZero();

        assertThat(screen.out().lines().skip(1)).containsExactlyElementsOf(fromJson);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--method WP04/nothing/CHCl3 | --method: unknown method 'WP04/nothing/CHCl3'; did you mean WP04/3-21G/CHCl3?"
                        + " Valid: B3LYP/6-311+G(2d,p)/CHCl3, WP04/6-311++G(2d,p)/CHCl3, WP04/3-21G/CHCl3,",
                "--factors nowhere.json | --factors: cannot read 'nowhere.json': it does not exist",
                "--processes 0 | --processes: '0' is not a valid number; use a whole number of at least 1",
                "--factors WRONG_TYPE | --factors: 'round' is not a valid choice; use spherical or cartesian",
                "--geometry maybe | 'maybe' is not a valid choice; use optimize or as-is",
                "--factors FACTORS | --method: unknown functional"
            })
    void errorsNameItsOwnOptions(String options, String message) throws IOException {
        Path factors = file("factors.json", "{\"B3LPY/6-31G(d,p)/1H/CHCl3\": {\"slope\": -1, \"intercept\": 31}}");
        Path wrongType = file("type.json", """
                {"WP04/6-31G(d,p)/1H/CHCl3": {"slope": -1, "intercept": 31, "conditions": {"basis_type": "round"}}}
                """);
        String[] words = options.replace("FACTORS", factors.toString())
                .replace("WRONG_TYPE", wrongType.toString())
                .split(" ");
        assertThat(predict(acetaldehyde, words)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains(message).doesNotContain("--functionals", "--dataset", "--basis");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dataset: a.xyz has no atoms  | a.xyz has no atoms",
                "give it with --dataset         | give it with a.xyz",
                "unknown functional 'B3'        | --method: unknown functional 'B3'",
                "--functionals: no such one     | --method: no such one",
                "--solvents: no such one        | --method: no such one",
                "--basis: no such one           | --method: no such one",
                "--basis-type: no such one      | --factors: no such one",
                "--grid: no such one            | --factors: no such one",
            })
    void theOptionsOfARunAreToldAsThoseOfPredict(String message, String told) {
        Refusal refusal = PredictionRun.ofPredict(new Refusal(74, message), "a.xyz");

        assertThat(refusal).hasMessage(told);
        assertThat(refusal.exitCode()).isEqualTo(74);
    }

    @Test
    void namesTheFileThatIsNone() {
        assertThat(predict(directory.resolve("nothing.xyz"))).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .contains("MOLECULE: cannot read '", "nothing.xyz': it does not exist.")
                .doesNotContain("--dataset");
    }

    @Test
    void takesNoneOfSeveralMolecules() throws IOException {
        Path several = Files.createDirectory(directory.resolve("several"));
        for (String name : List.of("a.xyz", "b.xyz")) {
            Files.writeString(several.resolve(name), "2\nhydrogen\nH 0 0 0\nH 0 0 0.74\n");
        }

        assertThat(predict(several)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .isEqualTo("qmbench: MOLECULE: '" + several + "' has 2 molecules; give a file with one.\n");
        assertThat(nwchem.calculated).isEmpty();
    }

    @Test
    void optimisesInTheSolventOfTheFactorsAndKeepsItsOwnDirectoryForThat() throws IOException {
        Path factors = file("solvent.json", """
                {"WP04/6-31G(d,p)/1H/CHCl3": {"slope": -1, "intercept": 31,
                  "conditions": {"geometry_level": "B3LYP/6-311G**/CHCl3"}}}
                """);

        assertThat(predict(acetaldehyde, "--factors", factors.toString()))
                .as(screen.err())
                .isZero();

        assertThat(nwchem.calculated).first().asString().startsWith("optimize B3LYP/6-311G** CHCl3 ");
        assertThat(directory.resolve("predictions/acetaldehyde").toFile().list())
                .containsExactlyInAnyOrder(
                        "geometry@B3LYP_6-311G(d,p)_CHCl3", "WP04_6-31G(d,p)_CHCl3@B3LYP_6-311G(d,p)_CHCl3");
    }

    @Test
    void refusesGeometriesOfALevelThatCannotBeCalculated() throws IOException {
        Path factors = file("odd.json", """
                {"WP04/6-31G(d,p)/1H/CHCl3": {"slope": -1, "intercept": 31,
                  "conditions": {"geometry_level": "MMFF94"}}}
                """);

        assertThat(predict(acetaldehyde, "--factors", factors.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err())
                .isEqualTo("qmbench: the factors are for geometries of MMFF94, which cannot be calculated here;"
                        + " optimise the molecule at that level and add --geometry as-is.\n");
        assertThat(nwchem.calculated).isEmpty();
    }

    @Test
    void calculatesWithTheGridAndTheBasisFunctionsOfTheFactors() throws IOException {
        Path factors = file("own.json", """
                {"WP04/6-31G(d,p)/1H/CHCl3": {"slope": -1, "intercept": 31,
                  "conditions": {"grid": "fine", "basis_type": "spherical", "geometry_level": "B3LYP/6-31G*"}}}
                """);

        assertThat(predict(acetaldehyde, "--factors", factors.toString()))
                .as(screen.err())
                .isZero();

        assertThat(nwchem.asked).as("the geometry, then the shieldings").containsExactly("- -", "fine SPHERICAL");
    }

    @Test
    void factorsWithoutALevelTakeTheGeometryAsItIs() throws IOException {
        Path factors = file("old.json", "{\"WP04/6-31G(d,p)/1H/CHCl3\": {\"slope\": -1, \"intercept\": 31}}");
        assertThat(predict(acetaldehyde, "--factors", factors.toString()))
                .as(screen.err())
                .isZero();
        assertThat(nwchem.calculated).singleElement().asString().startsWith("shield");
        assertThat(screen.err())
                .contains("warning: the factors do not state the level of their geometries")
                .contains("warning: 1H: the factors state no error of predictions");
        assertThat(screen.out()).containsPattern("H\\d H\\d H\\d +1H +29\\.\\d{4} +1\\.\\d\\d +- +-");
    }

    @Test
    void listsTheBuiltInFactors() {
        assertThat(screen.runAsIs("list", "factors")).isZero();
        assertThat(screen.out())
                .contains("METHOD", "NUCLEUS", "DATA SET", "MOLECULES", "GEOMETRY")
                .containsPattern(
                        "WP04/6-311\\+\\+G\\(2d,p\\)/CHCl3 +1H +yes +DELTA50 +50 +114 +B3LYP/6-31G\\* +0\\.11 +0\\.25"
                                + " +NWChem 7\\.0\\.2")
                .containsPattern("WP04/6-31G\\(d,p\\)/CHCl3 +13C +DELTA50 +50 +143 ")
                .containsPattern("B3LYP/6-311\\+G\\(2d,p\\)/CHCl3 +13C +yes +DELTA50 +50 +143 ")
                .containsPattern("B3LYP/6-311\\+G\\(2d,p\\)/CHCl3 +1H +DELTA50 +50 +114 ");
    }

    private int predict(Path molecule, String... options) {
        List<String> all = new java.util.ArrayList<>(List.of("predict", molecule.toString(), "--min-free", "1M"));
        all.addAll(List.of(options));
        return screen.run(all.toArray(String[]::new));
    }

    /** A molecule of DELTA50, a little stretched. */
    private Path distorted(String name) throws IOException {
        Molecule molecule = DataSet.delta50().molecule(name).orElseThrow();
        StringBuilder text = new StringBuilder(molecule.atoms().size() + "\n" + name + "\n");
        for (Atom atom : molecule.atoms()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %.4f %.4f %.4f\n",
                    atom.element().symbol(),
                    1.02 * atom.x(),
                    1.02 * atom.y(),
                    1.02 * atom.z()));
        }
        return file(name + ".xyz", text.toString());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
