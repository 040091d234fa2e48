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
                "run --molecules ../../evil|no molecule '../../evil'",
                "run --molecules ,|--molecules selects nothing",
                "run --functionals B3LPY|did you mean B3LYP?",
                "run --solvents chlorform|did you mean CHCl3?",
                "run --processes 0|--processes must be at least 1 but was 0",
                "run --processes two|'two'",
                "run --parallel 0|--parallel must be at least 1 but was 0",
                "run --parallel many|must be a number or auto but was 'many'",
                "run --timeout 5|'5' is no duration",
                "run --stall 1x|'1x' is no duration",
                "run --max-failed 200%|'200%' is no limit",
                "run --min-free lots|'lots' is not a valid size",
                "run --methods PBE0|--methods: 'PBE0' is not a pair of functional and basis set; write it as B3LYP/6-31G(d)",
                "run --methods WP04/3-21G/CHCl3|solvents are chosen with --solvents",
                "run --methods PBE0/3-21G --functionals HF|--methods names functionals with their basis sets and cannot stand"
                        + " beside --functionals; leave one of them out",
                "plan --basis 3-21G --methods PBE0/3-21G|cannot stand beside --basis",
                "run --basis 6-31G(d|--basis: the brackets of '6-31G(d' do not match",
                "analyze --results a b|run directories it is not clear where to write; say so with --output DIR",
                "report --results a b|say so with --output FILE",
                "analyze --results a a|--results: the run directory 'a' is given twice",
                "run --basis-type round|spherical or cartesian but was 'round'",
                "run --grid ultra|ultra",
                "run --scf-convergence loose|tight or nwchem but was 'loose'",
                "run --scf-iterations 0|--scf-iterations must be at least 1 but was 0",
                "run --memory much|'much' is not a valid size",
                "run --optimize-basis 6-31G*|need --optimize",
                "run --optimize --optimize-solvent chlorform|--optimize-solvent: unknown solvent",
                "run --dataset nowhere|no directory 'nowhere'",
                "run --backend abacus|no backend 'abacus'; there are nwchem",
                "run --molecules|Expected parameter for option",
                "run --molecule compound_01|did you mean --molecules",
                "run --molecules compound_01 compound_02 --charge 1|Unknown option: '--charge'",
                "run --functionals wb97xd|the wB97 family came with 7.2.0",
                "run extra|extra",
                "rum|no command 'rum'; there are run, plan",
                "list planets|planets",
                "summary --format pdf|pdf",
                "show|TASK"
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
    void aMistypedSolventNamesTheNearestThreeAndTheCommandThatListsAll() {
        Screen screen = new Screen(Backends.installed(), temporary.resolve("results"));

        assertThat(screen.run("run", "--solvents", "chlorform")).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err())
                .containsPattern(
                        "did you mean CHCl3\\? The nearest of \\d+: [^,;]+, [^,;]+, [^,;]+; all of them: qmbench list"
                                + " solvents")
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
        assertThat(screen.err()).contains("--processes must be", "\tat ");
    }

    @Test
    void anEmptyNameOfTheResultsDirectoryIsRefused() {
        Screen screen = new Screen(new FakeBenchmarks(), temporary);

        assertThat(screen.runAsIs("run", "--results", "")).isEqualTo(ExitCode.USAGE);
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
