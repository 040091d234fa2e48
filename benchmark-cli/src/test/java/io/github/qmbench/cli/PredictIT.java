package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions with the installed NWChem and the built-in factors: from the file of a chemist to a shift with its error. */
class PredictIT {

    @TempDir
    Path directory;

    private Screen screen;

    @BeforeEach
    void opensAScreen() {
        screen = new Screen(Backends.installed(), directory.resolve("predictions"));
    }

    /** From this geometry as it is the carbonyl carbon came out at 208.91 +- 2.39 ppm; measured are 199.97. */
    @Test
    void acetaldehydeFromAForceFieldComesOutRightForItIsOptimizedFirst() throws Exception {
        Path file = file("acetaldehyde.xyz", """
                7
                acetaldehyde, ideal bond lengths and angles
                C  0.0000  0.0000  0.0000
                C  1.5150  0.0000  0.0000
                O  2.1200  1.0700  0.0000
                H  2.0800 -0.9500  0.0000
                H -0.3900  1.0250  0.0000
                H -0.3800 -0.5200  0.8900
                H -0.3800 -0.5200 -0.8900
                """);

        assertThat(screen.run(
                        "predict",
                        file.toString(),
                        "--method",
                        "WP04/6-31G(d,p)/CHCl3",
                        "--format",
                        "json",
                        "--min-free",
                        "1M"))
                .as(screen.err())
                .isZero();

        Map<String, Object> json = Json.parseObject(screen.out());
        assertThat(json).containsEntry("geometry", "B3LYP/6-31G*");
        Map<String, Object> carbonyl = signal(json, "13C", 2);
        assertThat((Double) carbonyl.get("shift")).isCloseTo(199.97, within(2.6));
        assertThat((Double) carbonyl.get("shift")).isCloseTo(199.97, within((Double) carbonyl.get("error_68")));
        Map<String, Object> methyl = signal(json, "1H", 5);
        assertThat(Json.asArray(methyl.get("atoms"))).containsExactly(5L, 6L, 7L);
        assertThat((Double) methyl.get("shift")).isCloseTo(2.20, within((Double) methyl.get("error_95")));
        assertThat(Json.asArray(json.get("warnings")))
                .anyMatch(warning -> ((String) warning).contains("acetaldehyde is compound_03 of DELTA50"));
    }

    /** By the recommended methods. Measured in CDCl3: 0.22 and -4.63 ppm (G. R. Fulmer and others, Organometallics 2010, 29, 2176). */
    @Test
    void methaneIsPredictedInAngstromAndRefusedInBohr() throws Exception {
        Path angstrom = methane("methane.xyz", 0.629);
        assertThat(screen.run("predict", angstrom.toString(), "--format", "json", "--min-free", "1M"))
                .as(screen.err())
                .isZero();
        Map<String, Object> hydrogens = signal(Json.parseObject(screen.out()), "1H", 2);
        assertThat(Json.asArray(hydrogens.get("atoms"))).hasSize(4);
        assertThat((Double) hydrogens.get("shift")).isCloseTo(0.22, within((Double) hydrogens.get("error_95")));
        Map<String, Object> carbon = signal(Json.parseObject(screen.out()), "13C", 1);
        assertThat(carbon).containsEntry("method", "B3LYP/6-311+G(2d,p)/CHCl3");
        assertThat((Double) carbon.get("shift")).isCloseTo(-4.63, within((Double) carbon.get("error_95")));

        Path bohr = methane("methane-in-bohr.xyz", 0.629 / 0.529177);
        assertThat(screen.run("predict", bohr.toString(), "--min-free", "1M")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("no neighbour at bonding distance", "look like bohr");
        assertThat(directory.resolve("predictions/methane-in-bohr")).doesNotExist();
    }

    @Test
    void aRadicalIsRefusedByPredictAndMarkedByRun() throws Exception {
        Files.createDirectory(directory.resolve("set"));
        Path radical =
                file("set/ch3.xyz", "4\nmethyl mult=2\nC 0 0 0\nH 1.08 0 0\nH -0.54 0.935 0\nH -0.54 -0.935 0\n");
        assertThat(screen.run("predict", radical.toString(), "--min-free", "1M"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("ch3 has an open shell (multiplicity 2)");

        Path results = directory.resolve("results");
        assertThat(screen.runAsIs(
                        "run",
                        "--dataset",
                        radical.getParent().toString(),
                        "--functionals",
                        "B3LYP",
                        "--solvents",
                        "vacuum",
                        "--basis",
                        "6-31G",
                        "--min-free",
                        "1M",
                        "--results",
                        results.toString()))
                .as(screen.err())
                .isZero();
        assertThat(screen.err()).contains("warning: open shells: ch3: their shieldings lack the contact term");
        Map<String, Object> record = Json.parseObject(
                Files.readAllLines(results.resolve("progress.jsonl")).get(0));
        assertThat(Json.asObject(record.get("results"))).containsEntry("open_shell", true);
    }

    private static Map<String, Object> signal(Map<String, Object> json, String nucleus, long atom) {
        return Json.asArray(json.get("signals")).stream()
                .map(Json::asObject)
                .filter(signal -> signal.get("nucleus").equals(nucleus)
                        && Json.asArray(signal.get("atoms")).contains(atom))
                .findFirst()
                .orElseThrow();
    }

    private Path methane(String name, double d) throws IOException {
        return file(
                name,
                String.format(
                        Locale.ROOT,
                        "5%nmethane%nC 0 0 0%nH %1$f %1$f %1$f%nH %1$f -%1$f -%1$f%nH -%1$f %1$f -%1$f%nH -%1$f -%1$f %1$f%n",
                        d));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
