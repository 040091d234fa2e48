package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results of other run directories, through the distribution: shards are merged, and what is no source is refused. */
@Timeout(240)
class ReuseIT {

    private static final List<String> MOLECULES = DataSet.delta50().ids();

    @TempDir
    Path directory;

    private Distribution distribution;

    @BeforeEach
    void takesTheDistribution() throws IOException {
        distribution = withRecorded();
    }

    private Distribution withRecorded() throws IOException {
        return new Distribution(directory)
                .withPlugin(RecordedShieldings.class)
                .with(
                        "TEST_RECORDED",
                        Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3/progress.jsonl.gz")
                                .toAbsolutePath()
                                .toString());
    }

    private static Ended run(Distribution distribution, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--backend", "recorded"));
        arguments.addAll(List.of(options));
        return distribution.run(arguments.toArray(String[]::new));
    }

    private static String[] shard(String results, int from, int to) {
        List<String> options = new ArrayList<>(List.of("--results", results, "--molecules"));
        options.addAll(MOLECULES.subList(from, to));
        return options.toArray(String[]::new);
    }

    @Test
    @Promise(page = Promise.Page.COMMAND_LINE, section = "run", value = "`--reuse-from DIR...`")
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Results of other directories",
            value = {
                "`run --reuse-from DIR...` merges results",
                "At its start the run adopts",
                "Example: three machines",
                "A result is adopted if",
                "Failures are not adopted",
                "An adopted result counts as completed.",
                "`summary` counts the results from each directory",
                "The record is copied",
                "So `summary`, `analyze` and `report` work",
                "Input and output files of NWChem are not copied"
            })
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "summary",
            value = {"`adopted_from`", "In JSON, `adopted` says", "There, `adopted_from` is"})
    @Promise(page = Promise.Page.COMMAND_LINE, section = "show", value = "The files of an adopted result")
    void threeShardsGiveWhatOneRunGives() throws Exception {
        assertThat(run(distribution, "--results", "one").exitCode()).isZero();
        assertThat(run(distribution, shard("shard-a", 0, 20)).exitCode()).isZero();
        assertThat(run(withRecorded().with("TEST_FAILS", MOLECULES.get(30)), shard("shard-b", 15, 35))
                        .exitCode())
                .isEqualTo(ExitCode.FAILURES);
        assertThat(run(distribution, shard("shard-c", 35, 50)).exitCode()).isZero();
        String[] merge = {"--results", "merged", "--reuse-from", "shard-c", "shard-a", "--reuse-from", "shard-b"};

        Ended plan = distribution.run(with("plan", merge));
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("adopt  compound_01/WP04_CHCl3  from " + directory.resolve("shard-a"))
                .contains("new    " + MOLECULES.get(30) + "/WP04_CHCl3")
                .contains("1 new, 0 done, 0 to be tried again, 0 stale, 49 to be adopted");
        assertThat(directory.resolve("merged")).doesNotExist();

        Ended merged = run(distribution, merge);
        assertThat(merged.exitCode()).as(merged.err()).isZero();
        assertThat(merged.out()).contains("complete: 50 of 50 done");
        assertThat(merged.err())
                .contains("adopted 15 results of " + directory.resolve("shard-c") + " with the present settings")
                .contains("adopted 20 results of " + directory.resolve("shard-a"))
                .contains("adopted 14 results of " + directory.resolve("shard-b"));

        for (String shard : List.of("shard-a", "shard-b", "shard-c")) { // what was merged stands alone
            Files.move(directory.resolve(shard), directory.resolve(shard + "-moved"));
        }
        assertThat(analysis("merged")).isEqualTo(analysis("one"));
        assertThat(summary("merged")).isEqualTo(summary("one"));
        assertThat(report("merged")).isEqualTo(report("one"));

        Ended table = distribution.run("summary", "--results", "merged");
        assertThat(table.out())
                .contains("adopted: 20 results of " + directory.resolve("shard-a") + ", 14 of "
                        + directory.resolve("shard-b") + ", 15 of " + directory.resolve("shard-c"));
        Map<String, Object> json = Json.parseObject(
                distribution.run("summary", "--results", "merged", "--json").out());
        assertThat(Json.asObject(json.get("adopted")))
                .containsEntry(directory.resolve("shard-b").toString(), 14L)
                .hasSize(3);
        Ended show = distribution.run("show", "--results", "merged", MOLECULES.get(40));
        assertThat(show.out())
                .contains("adopted from attempt 1 in " + directory.resolve("shard-c"))
                .contains("files in " + directory.resolve("shard-c").resolve(MOLECULES.get(40)));

        Ended again = run(distribution, "--results", "merged");
        assertThat(again.exitCode()).as("a run without the sources").isZero();
        assertThat(Files.readAllLines(directory.resolve("merged/progress.jsonl")))
                .hasSize(50);
    }

    private static String[] with(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--backend", "recorded"));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    /** The factors, the table of them and the residuals, without the moment at which they were written. */
    private List<String> analysis(String results) throws Exception {
        Ended ended = distribution.run("analyze", "--results", results);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        List<String> files = new ArrayList<>();
        for (String file : List.of("scaling_factors.json", "SCALING-FACTORS.md", "residuals.csv")) {
            files.add(
                    neutral(results, Files.readString(directory.resolve(results).resolve(file))));
        }
        return files;
    }

    /** The lines of the summary, by molecule, without times, attempts and origins. */
    private List<String> summary(String results) throws Exception {
        Ended ended = distribution.run("summary", "--results", results, "--format", "csv");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        List<String> names = cells(ended.out().lines().findFirst().orElseThrow());
        assertThat(names).contains("duration_seconds");
        return ended.out()
                .lines()
                .map(line -> {
                    List<String> cells = cells(line);
                    for (int i = names.size() - 1; i >= 0; i--) {
                        if (List.of("duration_seconds", "attempts", "adopted_from")
                                .contains(names.get(i))) {
                            cells.remove(i);
                        }
                    }
                    return String.join(",", cells);
                })
                .sorted()
                .toList();
    }

    /** Splits at commas outside of quotes. */
    private static List<String> cells(String line) {
        return new ArrayList<>(List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)));
    }

    private String report(String results) throws Exception {
        Ended ended = distribution.run("report", "--results", results);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return neutral(results, Files.readString(directory.resolve(results).resolve("report.html")));
    }

    /** A text without the directory, moments and durations. */
    private static String neutral(String results, String text) {
        return text.replace("/" + results, "/RUN")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z?", "MOMENT")
                .replaceAll("\\d+(\\.\\d+)? (s|ms|min)\\b", "TIME")
                .replaceAll(",\\d{13},[\\d.E-]+,", ",MOMENT,TIME,") // in the data of the page
                .replaceAll("class=\"done s\\d\"", "class=\"done\""); // a shade by the time
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Results of other directories",
            value = {
                "If a journal in one of them is damaged",
                "The message names file and line",
                "A directory that is missing, has no run",
                "One that cannot be read is refused with 74.",
                "`--no-resume` and `--reuse-from` exclude"
            })
    void whatIsNoSourceIsRefusedBeforeAnythingStarts() throws Exception {
        assertThat(run(distribution, shard("shard", 0, 3)).exitCode()).isZero();
        Files.createDirectory(directory.resolve("empty"));

        assertRefused(ExitCode.USAGE, "/missing does not exist.", "--reuse-from", "shard", "missing");
        assertRefused(ExitCode.USAGE, "--reuse-from: no run in ", "--reuse-from", "empty");
        assertRefused(
                ExitCode.USAGE,
                "--no-resume cannot be combined with --reuse-from",
                "--reuse-from",
                "shard",
                "--no-resume");
        assertRefused(ExitCode.USAGE, "--reuse-from", "--reuse-from");
        Files.createDirectories(directory.resolve("odd/progress.jsonl"));
        assertRefused(ExitCode.IO_ERROR, "it is a directory, not a regular file", "--reuse-from", "odd");
        Ended itself = run(distribution, "--results", "shard", "--reuse-from", "shard");
        assertThat(itself.exitCode()).as(itself.err()).isEqualTo(ExitCode.USAGE);
        assertThat(itself.err()).contains("is the run's own directory");

        Path journal = directory.resolve("shard/progress.jsonl");
        Files.writeString(journal, "nonsense\n", StandardOpenOption.APPEND);
        assertRefused(
                ExitCode.IO_ERROR,
                "progress.jsonl, line 4: not a record of a journal. Nothing was changed. To keep the intact records, run: ",
                "--reuse-from",
                "shard");
        Ended damaged = run(distribution, "--results", "fresh", "--reuse-from", "shard");
        assertThat(damaged.err()).contains("repair --results " + directory.resolve("shard"));
        assertThat(distribution.run("repair", "--results", "shard").exitCode()).isZero();
        assertThat(run(distribution, "--results", "fresh", "--reuse-from", "shard")
                        .err())
                .contains("adopted 3 results of ");
    }

    private void assertRefused(int exitCode, String why, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--results", "fresh"));
        all.addAll(List.of(options));
        Ended ended = run(distribution, all.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.err()).contains(why);
        assertThat(directory.resolve("fresh/status.json")).doesNotExist();
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Results of other directories",
            value = "Results with other settings are left out")
    void resultsOfOtherSettingsStayOut() throws Exception {
        assertThat(run(withRecorded().with("TEST_GRID", "xfine"), shard("fine", 0, 2))
                        .exitCode())
                .isZero();

        Ended run = run(distribution, with(shard("results", 0, 3), "--reuse-from", "fine"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("2 results in " + directory.resolve("fine")
                        + " were made with other settings than this run's and"
                        + " are not adopted; in compound_01/WP04_CHCl3 grid was xfine and is now medium");
        assertThat(Files.readString(directory.resolve("results/progress.jsonl")))
                .doesNotContain("xfine", "adopted_from");
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
