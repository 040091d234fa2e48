package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.json.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadUsageTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "run --molecules ../../evil|--molecules: unknown molecule '../../evil'. All 50: qmbench list molecules",
                "run --molecules ,|--molecules: ',' is not a valid name; give at least one name",
                "run --functionals B3LPY|did you mean B3LYP?",
                "run --solvents chlorform|did you mean CHCl3?",
                "run --processes 0|--processes: '0' is not a valid number; use a whole number of at least 1",
                "run --processes two|--processes: 'two' is not a valid number; use a whole number of at least 1",
                "run --parallel 0|--parallel: '0' is not a valid number; use a whole number of at least 1, or auto",
                "run --parallel many|--parallel: 'many' is not a valid number; use a whole number of at least 1, or auto",
                "run --timeout 5|--timeout: '5' is not a valid duration; use 90s, 15m, 8h, 2d or 1h30m",
                "run --stall 1x|--stall: '1x' is not a valid duration",
                "run --max-failed 200%|--max-failed: '200%' is not a valid limit",
                "run --min-free lots|'lots' is not a valid size",
                "run --methods PBE0|--methods: 'PBE0' is not a valid pair of functional and basis set; use one such as 'B3LYP/6-31G(d)'",
                "run --methods WP04/3-21G/CHCl3|give solvents with --solvents",
                "run --methods PBE0/3-21G --functionals HF|--methods names functionals with their basis sets and cannot be"
                        + " combined with --functionals; leave one of them out",
                "plan --basis 3-21G --methods PBE0/3-21G|cannot be combined with --basis",
                "run --basis 6-31G(d|--basis: '6-31G(d' is not a valid name: its brackets do not match",
                "analyze --results a b|--output is missing: with 3 run directories, give it as: --output DIR",
                "report --results a b|give it as: --output FILE",
                "analyze --results a a|--results: the run directory 'a' is given twice",
                "run --basis-type round|--basis-type: 'round' is not a valid choice; use spherical or cartesian",
                "run --grid ultra|--grid: 'ultra' is not a valid grid; use xcoarse, coarse, medium",
                "run --scf-convergence loose|--scf-convergence: 'loose' is not a valid choice; use tight or nwchem",
                "run --scf-iterations 0|--scf-iterations: '0' is not a valid number; use a whole number of at least 1",
                "run --memory much|'much' is not a valid size",
                "run --optimize-basis 6-31G*|need --optimize",
                "run --optimize --optimize-solvent chlorform|--optimize-solvent: unknown solvent",
                "run --dataset nowhere|--dataset: 'nowhere' is not a data set, and no such file or directory exists; use DELTA50",
                "run --backend abacus|--backend: unknown backend 'abacus'; use nwchem",
                "run --molecules|--molecules needs a value",
                "run --molecule compound_01|unknown option '--molecule'; did you mean --molecules",
                "run --molecules compound_01 compound_02 --charge 1|unknown option '--charge'",
                "run --functionals wb97xd|the wB97 family came with 7.2.0",
                "run extra|unexpected argument 'extra'",
                "rum|unknown command 'rum'; did you mean run?",
                "list planets|TOPIC: unknown topic 'planets'; use functionals, solvents, molecules, basis-sets, factors or backends",
                "summary --format pdf|--format: 'pdf' is not a valid choice; use table, csv, json or markdown",
                "show|TASK is missing"
            })
    void isRefusedInOneSentenceAndStartsNothing(String arguments, String words) {
        Screen screen = new Screen(Backends.installed(), temporary.resolve("results"));

        int exitCode = screen.run(arguments.split(" "));

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).startsWith("qmbench: ").contains(words).doesNotContain("Exception", "\tat ");
        assertThat(screen.out()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aMistypedSolventNamesTheNearestAndTheCommandThatListsAll() {
        Screen screen = new Screen(Backends.installed(), temporary.resolve("results"));

        assertThat(screen.run("run", "--solvents", "chlorform")).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err())
                .containsPattern(
                        "unknown solvent 'chlorform'; did you mean CHCl3\\? All \\d+: qmbench list solvents\\.\n")
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status --json --bogus", "summary --json --format pdf", "show --json", "doctor --json extra"})
    void isOneJsonValueWhereJsonWasAskedFor(String arguments) throws Exception {
        Screen screen = new Screen(Backends.installed(), temporary.resolve("results"));

        assertThat(screen.run(arguments.split(" "))).isEqualTo(ExitCode.USAGE);

        Map<String, Object> error = Json.parseObject(screen.out());
        assertThat(error).containsOnlyKeys("error", "exit_code").containsEntry("exit_code", 64L);
    }

    @Test
    void debugShowsTheStackTrace() {
        Screen screen = new Screen(Backends.installed(), temporary.resolve("results"));

        assertThat(screen.run("run", "--processes", "0", "--debug")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--processes: '0' is not a valid number", "\tat ");
    }

    @Test
    void anEmptyNameOfTheResultsDirectoryIsRefused() {
        Screen screen = new Screen(new FakeBenchmarks(), temporary);

        assertThat(screen.runAsIs("run", "--results", "")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .isEqualTo("qmbench: --results: '' is not a valid path; use the name of a directory.\n");
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        Screen screen = new Screen(new FakeBenchmarks(), temporary);

        assertThat(screen.runAsIs("status", "--results", "a\0b")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .isEqualTo("qmbench: --results: 'a b' is not a valid path: Nul character not allowed.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "plan",
                "status",
                "watch",
                "stop",
                "summary",
                "show",
                "failures",
                "list",
                "doctor",
                "repair"
            })
    void everyCommandHasHelp(String command) {
        Screen screen = new Screen(new FakeBenchmarks(), temporary);

        assertThat(screen.runAsIs((command + " --help").trim().split(" "))).isZero();
        assertThat(screen.out()).startsWith(("Usage: qmbench " + command).trim());
    }

    @Test
    void withoutACommandItShowsTheHelpAndIsBadUsage() {
        Screen screen = new Screen(new FakeBenchmarks(), temporary);

        assertThat(screen.runAsIs()).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).startsWith("Usage: qmbench");
    }

    @Test
    void tellsItsVersionTheCommitAndTheJava() {
        Screen screen = new Screen(new FakeBenchmarks(), temporary);

        assertThat(screen.runAsIs("--version")).isZero();
        assertThat(screen.out()).matches("(?s)qmbench \\d+\\.\\d+\\.\\d+\\S*, commit ([0-9a-f]{12}|unknown)\nJava .*");
    }
}
