package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.Calculation;
import io.github.qmbench.core.CalculationBackend;
import io.github.qmbench.core.CalculationContext;
import io.github.qmbench.core.CalculationFailure;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.Fingerprint;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.internal.Phrases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code summary}, {@code failures} and {@code show} on a run of which all of WP04 but one calculation failed. */
class ReportsTest {

    @TempDir
    Path results;

    private Screen screen;

    @BeforeEach
    void runs() {
        screen = new Screen(new FakeBenchmarks(new TwoMethods()), results);
        assertThat(screen.run("run", "--max-failed", "never")).isEqualTo(ExitCode.FAILURES);
    }

    @Test
    void summarisesAsATable() {
        assertThat(screen.run("summary")).isZero();

        assertThat(screen.out())
                .contains("state: complete", "calculations: 4 completed of 6, 2 failed")
                .containsPattern("B3LYP +CHCl3 +6-311\\+\\+G\\(2d,p\\) +3 +1 +0 ")
                .containsPattern("WP04 +CHCl3 +6-311\\+\\+G\\(2d,p\\) +1 +0 +2 ")
                .containsPattern("B3LYP .* 1H +6 +31.00 +31.50 +32.00 +- +- +-")
                .contains("2 calculations failed:");
    }

    @Test
    void theLastLinesOfARunAndTheFailuresSayWhatAUserCanDo() {
        for (String command : List.of("run", "failures")) {
            screen.run(command);
            assertThat(screen.out())
                    .containsOnlyOnce("    remedy: --recover was off; a run with --recover tries a cure\n");
        }
    }

    @Test
    void noTextInCsvIsAFormulaForASpreadsheet() {
        Screen other = new Screen(
                new FakeBenchmarks(
                        (calculation, context) -> calculation.subject().equals("m1")
                                ? CalculationOutcome.complete(Map.of("=1+1", -2.5))
                                : CalculationOutcome.failed(
                                        CalculationFailure.of("odd").because("=HYPERLINK(\"http://x\",\"y\")"))),
                results.resolve("other"));
        other.run("run", "--max-failed", "never", "--no-canary");

        other.run("summary", "--format", "csv");
        assertThat(other.out())
                .contains(",error,'=1+1\n", ",-2.5\n", ",odd,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",\n");
    }

    @Test
    void nothingInANameOrMessageSteersTheTerminal() {
        String evil = "a\u001b[2K\u009b31m\nqmbench: all is well\u202e";
        Screen other = new Screen(
                new FakeBenchmarks((calculation, context) ->
                        calculation.subject().equals("m1")
                                ? CalculationOutcome.complete(Map.of(evil, 1))
                                : CalculationOutcome.failed(CalculationFailure.of(evil)
                                        .because(evil)
                                        .withEvidence(Map.of(evil, evil, "lines", List.of(evil))))),
                results.resolve("other"));

        for (String command : List.of(
                "run --max-failed never --no-canary",
                "status",
                "failures",
                "summary",
                "summary --format markdown",
                "summary --format csv",
                "summary --json",
                "show m1",
                "show m2",
                "show m2 --json",
                "watch")) {
            other.run(command.split(" "));
            assertThat((other.out() + other.err()).lines())
                    .as(command)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .matches(".*")
                            .doesNotStartWith("qmbench: all is well")
                            .doesNotContain("\u001b", "\u009b", "\u202e"));
        }
    }

    @Test
    void showsTheNumbersOfABackendThatGivesNoShieldings() {
        Screen other = new Screen(
                new FakeBenchmarks((calculation, context) -> CalculationOutcome.complete(
                        Map.of("gap_ev", calculation.subject().length() + 0.5, "word", "x"))),
                results.resolve("other"));
        other.run("run");

        other.run("summary");
        assertThat(other.out()).containsPattern("WP04 +CHCl3 +gap_ev +2.50000 +2.50000 +2.50000");
        other.run("summary", "--format", "csv");
        assertThat(other.out()).contains(",error,gap_ev\nm1,B3LYP,").contains(",,2.5\n");
    }

    @Test
    void quotesNamesInTheHeadingOfCsvAndPipesInMarkdown() {
        Screen other = new Screen(
                new FakeBenchmarks((calculation, context) -> CalculationOutcome.complete(Map.of("a, \"b\" | c", 1))),
                results.resolve("other"));
        other.run("run");

        other.run("summary", "--format", "csv");
        assertThat(other.out()).contains(",error,\"a, \"\"b\"\" | c\"\n");
        other.run("summary", "--format", "markdown");
        assertThat(other.out()).contains("| a, \"b\" \\| c |");
    }

    @Test
    void flagsRecoveredResults() {
        screen.run("summary");
        assertThat(screen.out())
                .contains("of them recovered")
                .containsPattern("B3LYP +CHCl3 +6-311\\+\\+G\\(2d,p\\) +3 +1 +0 ");
        screen.run("summary", "--format", "csv");
        assertThat(screen.out()).containsPattern("m2,B3LYP,.*,1,direct,,\n");
    }

    @Test
    void givesShiftsWhereAPublishedFactorHolds() throws Exception {
        assertThat(screen.run("summary", "--json")).isZero();

        Map<String, Object> json = Json.parseObject(screen.out());
        Map<String, Object> wp04 =
                Json.asObject(Json.asArray(json.get("methods")).get(1));
        Map<String, Object> hydrogen =
                Json.asObject(Json.asObject(wp04.get("nuclei")).get("1H"));
        assertThat(hydrogen)
                .containsEntry("atoms", 2L)
                .containsEntry("shielding_min", 31.0)
                // (32.2654 - sigma) / 1.0311, Table 7 of the DELTA50 paper
                .containsEntry("shift_max", 1.2272)
                .containsEntry("shift_min", 0.2574);
        assertThat(json).containsEntry("completed", 4L).containsEntry("total_tasks", 6L);
    }

    @Test
    void writesCsvWithQuotesWhereTheyAreNeeded() throws Exception {
        Path file = results.resolve("out.csv");

        assertThat(screen.run("summary", "-o", file.toString())).isZero();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0))
                .isEqualTo("molecule_id,functional,solvent,basis,status,num_h1,num_c13,duration_seconds,attempts,"
                        + "recovered_by,failure_kind,error");
        assertThat(lines).hasSize(7);
        assertThat(lines.get(1)).startsWith("m1,B3LYP,CHCl3,\"6-311++G(2d,p)\",complete,2,1,");
        assertThat(lines.get(4)).endsWith("1,,scf-not-converged,\"up, \"\"down\"\" and up\"");
        assertThat(screen.out()).isEmpty();
        assertThat(results.toFile().list()).noneMatch(name -> name.contains(".tmp"));
    }

    @ParameterizedTest
    @CsvSource({
        "run.v2.csv, 'molecule_id,functional,'",
        "run.json.md, # BENCHMARK-RESULTS",
        "RUN.JSON, {",
        "summary, run directory: ",
        "results.d/summary, run directory: ",
    })
    void theLastEndingOfTheFileNameChoosesTheFormat(String name, String begin) throws Exception {
        Path file = results.resolve(name);
        Files.createDirectories(file.getParent());

        assertThat(screen.run("summary", "-o", file.toString()))
                .as(screen.err())
                .isZero();

        assertThat(file).content().startsWith(begin);
    }

    @Test
    void refusesAFileWhoseFormatItCannotWrite() {
        Path file = results.resolve("out.xlsx");

        assertThat(screen.run("summary", "-o", file.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("--output: '.xlsx' is not a valid format; use .csv, .json, .md or .txt");
        assertThat(file).doesNotExist();
        assertThat(screen.run("summary", "-o", file.toString(), "--format", "csv"))
                .as("a format that is named")
                .isZero();
    }

    @Test
    void tellsTheStartOfTheFirstSessionAndTheTimeOfARunWhereAllFailed() throws Exception {
        Screen other = new Screen(
                new FakeBenchmarks((calculation, context) -> {
                    Thread.sleep(20);
                    return CalculationOutcome.failed("scf-not-converged").because("no");
                }),
                results.resolve("other"));
        other.run("run", "--max-failed", "never", "--no-canary");
        String first = Json.parseObject(Files.readAllLines(results.resolve("other/progress.jsonl"))
                        .get(0))
                .get("started_at")
                .toString();
        Thread.sleep(1100); // the summary tells seconds
        other.run("run", "--max-failed", "never", "--no-canary");

        other.run("summary");

        assertThat(other.out())
                .contains("started: " + Phrases.moment(Instant.parse(first)))
                .containsPattern("6 failed; 0\\.[1-9] s of calculation time");
    }

    @Test
    void showSuggestsTheNearestNameAndShowsWhatIsRunning() throws Exception {
        assertThat(screen.run("show", "m1/B3LYP_CHC3")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("did you mean m1/B3LYP_CHCl3?");

        List<String> seen = new ArrayList<>();
        Screen other = new Screen(
                new FakeBenchmarks((calculation, context) -> {
                    if (seen.size() == 2) {
                        Screen reader = new Screen(new FakeBenchmarks(), results.resolve("other"));
                        for (int tries = 0; tries < 100 && reader.run("show", calculation.taskId()) != 0; tries++) {
                            Thread.sleep(50); // until the status has been written
                        }
                        seen.add(reader.out() + reader.err());
                    } else {
                        seen.add(calculation.taskId());
                    }
                    return CalculationOutcome.complete(Map.of());
                }),
                results.resolve("other"));
        other.run("run");

        assertThat(seen.get(2)).startsWith("m2/B3LYP_CHCl3\n").contains("attempt 1: running for", "files in ");
    }

    @Test
    void writesTheReportInMarkdown() {
        assertThat(screen.run("summary", "--format", "markdown")).isZero();

        assertThat(screen.out())
                .startsWith("# BENCHMARK-RESULTS\n")
                .contains("## Calculations by method", "| functional | solvent | basis | completed |")
                .contains("## Shieldings and shifts", "## Failures", "scf-not-converged", "## Times");
    }

    @Test
    void groupsFailuresAndSaysWhatTheyShare() {
        assertThat(screen.run("failures")).isZero();

        assertThat(screen.out().lines().limit(6).toList())
                .containsExactly(
                        "2 calculations failed:",
                        "  scf-not-converged  2  m2/WP04_CHCl3, m3/WP04_CHCl3",
                        "    up, \"down\" and up",
                        "    remedy: --recover was off; a run with --recover tries a cure",
                        "  all 2: functional WP04, solvent CHCl3",
                        "  by molecule: m2 1, m3 1");
    }

    @Test
    void countsFailuresOfEachFunctionalSolventAndMolecule() {
        Screen other = new Screen(
                new FakeBenchmarks(
                        (calculation, context) -> calculation.taskId().equals("m1/B3LYP_CHCl3")
                                ? CalculationOutcome.complete(Map.of())
                                : CalculationOutcome.failed(calculation.subject())
                                        .because("no")),
                results.resolve("other"));
        other.run("run", "--max-failed", "never");

        other.run("failures");

        assertThat(other.out())
                .contains("    all 2: molecule m2, solvent CHCl3\n", "  all 5: solvent CHCl3\n")
                .contains("  by functional: WP04 3, B3LYP 2\n", "  by molecule: m2 2, m3 2, m1 1\n")
                .doesNotContain("by solvent");
    }

    @Test
    void showsTheDossierOfAFailedCalculation() throws Exception {
        screen.run("run", "--max-failed", "never");
        assertThat(screen.run("show", "m2/WP04_CHCl3")).isZero();

        assertThat(screen.out())
                .startsWith("m2/WP04_CHCl3\n  functional: WP04\n  solvent: CHCl3\n")
                .contains("attempt 1: failed after", "attempt 2: failed after")
                .contains("scf-not-converged: up, \"down\" and up")
                .contains(
                        "command: mpirun -n 4 nwchem '../in put.nw'",
                        "exit code: 43",
                        "telling lines:\n      did not converge")
                .contains("basis: 6-311+g(2d,p), h 6-311++g(2d,p)", "files in " + results.resolve("m2/WP04_CHCl3"))
                .contains(
                        "  to repeat it by hand, in an empty directory\n    THREADS=1 fake 'in put of m2/WP04_CHCl3'\n");
    }

    @Test
    void showsTheResultsOfACompleteCalculationWithWhatCuredIt() throws Exception {
        Files.createDirectories(results.resolve("m2/B3LYP_CHCl3/optimization"));
        Files.writeString(results.resolve("m2/B3LYP_CHCl3/optimization/input.nw"), "task dft optimize");

        screen.run("show", "m2/B3LYP_CHCl3");

        assertThat(screen.out())
                .contains("recovered by: direct", "isotropic shieldings in ppm")
                .contains("    optimization/input.nw\n");
    }

    @Test
    void showsWhatWasRecordedAlsoWhereThePlugInsCannotBeTold() {
        Backends sameNameTwice = Backends.of(new FakeBenchmarks(), new FakeBenchmarks());
        Screen other = new Screen(sameNameTwice, results);

        assertThat(other.run("show", "m2/B3LYP_CHCl3")).isZero();

        assertThat(other.out()).contains("recovered by: direct").doesNotContain("by hand");
    }

    @Test
    void showsAllCalculationsOfAMoleculeAsJson() throws Exception {
        assertThat(screen.run("show", "m1", "--json")).isZero();

        List<Object> attempts = Json.asArray(Json.parse(screen.out()));
        assertThat(attempts).hasSize(2);
        assertThat(Json.asObject(attempts.get(0)))
                .containsEntry("task_id", "m1/B3LYP_CHCl3")
                .containsEntry("status", "complete")
                .containsKeys("results", "fingerprint", "directory");
    }

    @Test
    void anUnknownCalculationIsRefusedWithThoseThereAre() {
        assertThat(screen.run("show", "m9/WP04_CHCl3")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("unknown calculation 'm9/WP04_CHCl3'; did you mean m1/WP04_CHCl3");
    }

    /** Shieldings of two hydrogens and a carbon; with WP04 only the first molecule works. */
    private static final class TwoMethods implements CalculationBackend {
        @Override
        public CalculationOutcome calculate(Calculation calculation, CalculationContext context) {
            if (calculation.parameter("functional").equals("WP04")
                    && !calculation.subject().equals("m1")) {
                return CalculationOutcome.failed(CalculationFailure.of("scf-not-converged")
                        .because("up, \"down\" and up")
                        .withEvidence(Map.of(
                                "command",
                                List.of("mpirun", "-n", "4", "nwchem", "../in put.nw"),
                                "exit_code",
                                43,
                                "remedy",
                                "--recover was off; a run with --recover tries a cure",
                                "telling_lines",
                                List.of("did not converge"))));
            }
            return CalculationOutcome.complete(Map.of(
                    "basis",
                    "6-311++G(2d,p)",
                    "ranks",
                    2,
                    "recovered_by",
                    calculation.taskId().equals("m2/B3LYP_CHCl3") ? List.of("direct") : List.of(),
                    "shielding_data",
                    List.of(
                            Map.of("index", 1, "atom", "H", "shielding", 31.0),
                            Map.of("index", 2, "atom", "C", "shielding", 120.0),
                            Map.of("index", 3, "atom", "H", "shielding", 32.0))));
        }

        @Override
        public Fingerprint fingerprint(Calculation calculation) {
            return Fingerprint.of(Map.of("basis", "6-311+g(2d,p), h 6-311++g(2d,p)"));
        }
    }
}
