package io.github.qmbench.examples.xtb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-in's jar in the real command line, with the real xTB. */
class XtbPluginIT {

    private static Path home;
    private static Path plugin;

    @TempDir
    Path directory;

    @BeforeAll
    static void findWhatTheBuildHasMade() throws IOException {
        home = only(only(Path.of("../../benchmark-cli/target"), "qmbench-*[!pz]"), "qmbench-*");
        plugin = only(Path.of("target"), "example-xtb-*[0-9T].jar");
    }

    @Test
    void runsAllOfDelta50() throws Exception {
        assertThat(qmbench("run", "--backend", "xtb")).contains("complete: 50 of 50 done");

        String csv = qmbench("summary", "--format", "csv");
        assertThat(csv.lines()).hasSize(51).first().asString().contains(",energy_hartree,gap_ev,cpu_seconds,");
        assertThat(qmbench("report")).contains("written: ");
        assertThat(qmbench("analyze")).contains("there are no shieldings in ", "qmbench summary", "exit code 64");
        List<String> journal = Files.readAllLines(directory.resolve("results/progress.jsonl"));
        assertThat(journal).hasSize(50).allSatisfy(line -> {
            assertThat(number(line, "energy_hartree")).isBetween(-60.0, -4.0);
            assertThat(number(line, "gap_ev")).isBetween(1.0, 20.0);
        });
    }

    @Test
    void solventsAndMethodsAreAxesOfItsOwn() throws Exception {
        String said = qmbench(
                "run",
                "--backend",
                "xtb",
                "--molecules",
                "compound_01",
                "--methods",
                "GFN1,GFN2",
                "--solvents",
                "CHCl3",
                "vacuum");
        assertThat(said).contains("complete: 4 of 4 done");
        assertThat(qmbench("show", "compound_01/GFN2_CHCl3")).contains("energy hartree", "xTB");
    }

    @Test
    void doctorLooksAtXtb() throws Exception {
        assertThat(qmbench("doctor", "--backend", "xtb")).containsPattern("good +xtb: [0-9]+\\.");
    }

    @Test
    void listsItsOptionsAndItsSolvents() throws Exception {
        assertThat(qmbench("run", "--backend", "xtb", "--help")).contains("--methods", "--solvents", "--molecules");
        assertThat(qmbench("run", "--backend", "xtb", "--solvents", "gin"))
                .contains("--solvents: 'gin' is not a valid choice; use one of vacuum, acetone,", "exit code 64");
    }

    /** Returns what a command of the distribution says. */
    private String qmbench(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/qmbench").toString()));
        command.addAll(List.of(arguments));
        Path said = directory.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("QMBENCH_PLUGINS", plugin.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        String text = Files.readString(said);
        return process.waitFor() == 0 ? text : text + "exit code " + process.exitValue();
    }

    private static double number(String line, String field) {
        return Double.parseDouble(line.replaceFirst(".*\"" + field + "\":(-?[0-9.]+).*", "$1"));
    }

    private static Path only(Path directory, String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            return found.iterator().next().toAbsolutePath();
        }
    }
}
