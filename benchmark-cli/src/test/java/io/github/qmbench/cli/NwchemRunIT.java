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
        assertThat(first).isBetween(25.0, 28.0).isCloseTo(second, within(0.001));
    }

    @Test
    void aMethodThatCannotBeRunIsRefusedBeforeTheFirstCalculation() throws Exception {
        Ended run = run("run", "--dataset", "my molecules", "--basis", "6-31Q");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("6-31Q").doesNotContain("started");
        assertThat(directory.resolve("results")).doesNotExist();
    }

    @Test
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
