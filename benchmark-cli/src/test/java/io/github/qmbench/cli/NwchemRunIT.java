package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from the command line to real NWChem, on two tiny molecules of the user's own. */
class NwchemRunIT {

    private static final List<String> QUICK =
            List.of("--functionals", "b3lyp", "--basis", "3-21G", "--parallel", "1", "--min-free", "1M");

    @TempDir
    Path temporary;

    private Path directory;
    private Distribution distribution;

    @BeforeEach
    void makesADirectoryWithAnUglyNameAndMolecules() throws IOException {
        directory = Files.createDirectory(temporary.resolve("it's a \"test\"\nünder way"));
        distribution = new Distribution(directory);
        Path molecules = Files.createDirectory(directory.resolve("my molecules"));
        Files.writeString(molecules.resolve("h2.xyz"), "2\nhydrogen\nH 0 0 0\nH 0 0 0.74\n");
        Files.writeString(molecules.resolve("wässer.xyz"), "3\n\nO 0 0 0\nH 0.757 0.586 0\nH -0.757 0.586 0\n");
    }

    @Test
    void calculatesInADirectoryWithAnUglyName() throws Exception {
        Ended run = run(
                "run", "--dataset", "my molecules", "--solvents", "vacuum,chloroform", "--results", "out \"1\" 'é'");

        assertThat(run.err()).contains("NWChem 7", "4 calculations");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        Map<String, Object> summary = Json.parseObject(distribution
                .run("summary", "--json", "--results", "out \"1\" 'é'")
                .out());
        assertThat(summary).containsEntry("completed", 4L).containsEntry("failed", 0L);
        Ended show = distribution.run("show", "h2/B3LYP_vacuum", "--json", "--results", "out \"1\" 'é'");
        Map<String, Object> attempt =
                Json.asObject(Json.asArray(Json.parse(show.out())).get(0));
        List<Object> shieldings =
                Json.asArray(Json.asObject(attempt.get("results")).get("shielding_data"));
        double first = (Double) Json.asObject(shieldings.get(0)).get("shielding");
        double second = (Double) Json.asObject(shieldings.get(1)).get("shielding");
        // NWChem itself, on its finest grid
        assertThat(first).isCloseTo(27.2446, within(0.002)).isCloseTo(second, within(0.001));
    }

    @Test
    void aMethodThatCannotBeRunIsRefusedBeforeTheFirstCalculation() throws Exception {
        Ended run = run("run", "--dataset", "my molecules", "--basis", "6-31Q");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("6-31Q").doesNotContain("started");
        assertThat(directory.resolve("results")).doesNotExist();
    }

    @Test
    void theLastLinesOfARunSayThatARecoveryWasNotAskedFor() throws Exception {
        Ended run = run("run", "--dataset", "my molecules", "--molecules", "wässer", "--scf-iterations", "1");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.FAILURES);
        assertThat(run.out())
                .contains("scf-not-converged")
                .containsOnlyOnce(
                        "remedy: --recover was off; a run with --recover tries a cure, more-iterations first");
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "doctor",
            value = {
                "Takes the options of `run` that say what to calculate",
                "It checks Java, NWChem, its BLAS",
                "Then it calculates a hydrogen molecule"
            })
    void theDoctorCalculatesHydrogenByTheMethodsOfTheRun() throws Exception {
        Ended doctor = distribution.run(
                "doctor",
                "--functionals",
                "HF",
                "--solvents",
                "vacuum",
                "--basis",
                "3-21G",
                "--parallel",
                "1",
                "--json");

        assertThat(doctor.exitCode()).as(doctor.out()).isZero();
        assertThat(Json.asArray(Json.parse(doctor.out())))
                .extracting(check -> Json.asObject(check).get("subject"))
                .contains("Java", "nwchem", "BLAS", "cores", "memory", "HF/3-21G in vacuum", "run directory", "disk");
        assertThat(directory.resolve("results")).doesNotExist();
    }

    @Test
    void listsTheBasisSetsOfTheInstalledNwchem() throws Exception {
        Ended list = distribution.run("list", "basis-sets");

        assertThat(list.exitCode()).isZero();
        assertThat(list.out())
                .startsWith("NAME")
                .containsPattern("(?im)^3-21g +.*\\bC\\b")
                .containsPattern("(?im)^6-31g\\*\\* ");
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "predict",
            value = {"`qmbench predict molecule.xyz`", "`--factors FILE`", "`--method NAME`", "`--results DIR`"})
    void predictsTheShiftsOfAMoleculeWithScalingFactors() throws Exception {
        Files.writeString(directory.resolve("factors.json"), """
                {"HF/3-21G/1H/vacuum": {"slope": -1.0, "intercept": 32.5, "rmsd": 0.25,
                   "conditions": {"program": "NWChem 6.0", "grid": "coarse"}},
                 "HF/6-31G/1H/vacuum": {"slope": -1.0, "intercept": 32.5}}
                """);
        String[] predict = {
            "predict",
            "my molecules/h2.xyz",
            "--factors",
            "factors.json",
            "--method",
            "HF/3-21G/vacuum",
            "--min-free",
            "1M"
        };
        Ended first = distribution.run(predict);

        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        Matcher row =
                Pattern.compile("(?m)^H1 +1H +([0-9.]+) +([0-9.]+) +- +-$").matcher(first.out());
        assertThat(row.find()).as(first.out()).isTrue();
        assertThat(Double.parseDouble(row.group(2))).isCloseTo(32.5 - Double.parseDouble(row.group(1)), within(0.0051));
        assertThat(first.err())
                .contains("note: the scaling factors were made with program NWChem 6.0, this calculation with NWChem 7")
                .contains("warning: the factors do not state the level of their geometries")
                .doesNotContain("with grid");
        Ended again = distribution.run(predict);
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(distribution
                        .run("show", "h2", "--results", "predictions/h2/HF_3-21G_vacuum")
                        .out())
                .contains("attempt 1")
                .doesNotContain("attempt 2");

        Ended many =
                distribution.run("predict", "my molecules", "--factors", "factors.json", "--method", "HF/3-21G/vacuum");
        assertThat(many.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(many.err()).contains("MOLECULE: 'my molecules' has 2 molecules; give a file with one");
        Ended which = distribution.run("predict", "my molecules/h2.xyz", "--factors", "factors.json");
        assertThat(which.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(which.err()).contains("--method is missing: ", "use HF/3-21G/vacuum or HF/6-31G/vacuum");
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        for (int i = 0; i < QUICK.size(); i += 2) {
            if (!all.contains(QUICK.get(i))) {
                all.addAll(QUICK.subList(i, i + 2));
            }
        }
        return distribution.run(all.toArray(String[]::new));
    }
}
