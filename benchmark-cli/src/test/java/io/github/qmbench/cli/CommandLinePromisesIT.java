package io.github.qmbench.cli;

import static io.github.qmbench.cli.Promise.Page.COMMAND_LINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.cli.Distribution.Started;
import io.github.qmbench.core.CalculationOutcome;
import io.github.qmbench.core.JournalRecord;
import io.github.qmbench.core.internal.JournalFormat;
import io.github.qmbench.core.json.Json;
import io.github.qmbench.nmr.internal.Phrases;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promises of {@code docs/command-line.md}, in its order, each tried from outside: on the packaged program, in processes of
 * its own. NWChem is a script that keeps its inputs, the backend {@code script} runs a shell script for each calculation.
 */
@Timeout(300)
class CommandLinePromisesIT extends PromiseRun {

    private static final String EVIL = "a\u001b[2K\u009b31m\nqmbench: all is well\u202e";
    private static final String[] RUN = {"run", "--backend", "script"};
    private static final Path DELTA50 = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");

    private static final List<String> COMMANDS = List.of(
            "run",
            "plan",
            "status",
            "watch",
            "stop",
            "summary",
            "analyze",
            "report",
            "predict",
            "show",
            "failures",
            "list",
            "doctor",
            "repair");

    /** NWChem as far as it is needed here: says its version, keeps its inputs, and fails. */
    private static final String NWCHEM = """
            #!/bin/sh
            echo ' Northwest Computational Chemistry Package (NWChem) 7.0.2'
            [ "$1" = empty.nw ] || { cat "$1" >>"$GO-inputs"; exit 1; }
            """;

    private Distribution distribution;

    private Distribution script(String script) throws IOException {
        distribution = distribution(script);
        return distribution;
    }

    private Distribution fakeNwchem() throws IOException {
        Path program = directory.resolve("bin/nwchem");
        Files.createDirectories(program.getParent());
        Files.writeString(program, NWCHEM);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return script("true").with("PATH", program.getParent() + ":" + System.getenv("PATH"));
    }

    private Ended run(String words) throws IOException, InterruptedException {
        return distribution.run(words.split(" ", -1));
    }

    /** What a command prints, which must end well. */
    private String out(String words) throws IOException, InterruptedException {
        Ended ended = run(words);
        assertThat(ended.exitCode()).as(words + ": " + ended.err()).isZero();
        return ended.out();
    }

    private boolean statusShows(String... words) {
        try {
            String shown = out("status");
            return Stream.of(words).allMatch(shown::contains);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String words, int exitCode, String... sentence)
            throws IOException, InterruptedException {
        Ended ended = run(words);
        assertThat(ended.exitCode()).as(words + ": " + ended.err()).isEqualTo(exitCode);
        assertThat(ended.err()).startsWith("qmbench: ");
        assertThat(List.of(sentence)).allSatisfy(part -> assertThat(ended.err()).contains(part));
    }

    /** The recorded run of DELTA50 in a directory {@code nmr}. */
    private void unpackDelta50() throws IOException {
        CommittedRuns.unpack(DELTA50, directory.resolve("nmr"));
    }

    /** Writes the journal of {@code nmr} again, with results of a molecule that needed a recovery. */
    private void markAsRecovered(String molecule) throws IOException {
        Path journal = directory.resolve("nmr/progress.jsonl");
        List<JournalRecord> records = journal(directory.resolve("nmr"));
        try (OutputStream out = Files.newOutputStream(journal)) {
            for (JournalRecord record : records) {
                Map<String, Object> results =
                        new LinkedHashMap<>(record.outcome().results());
                if (record.calculation().subject().equals(molecule)) {
                    results.put("recovered_by", List.of("noautoz"));
                }
                out.write(JournalFormat.write(JournalRecord.of(
                        record.calculation(),
                        record.attempt(),
                        new CalculationOutcome(results, record.outcome().state()),
                        record.fingerprint())));
            }
        }
    }

    /** Starts a command in a terminal of its own; what it shows is its output. */
    private Started inTerminal(String... words) throws IOException {
        assumeThat(Path.of("/usr/bin/script"))
                .as("script(1), which has a terminal")
                .isExecutable();
        return distribution
                .with("TERM", "xterm")
                .startIn("exec script -qec \"$(printf '%q ' \"$@\")\" /dev/null", words);
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "The command line",
            value = {
                "In a distribution the program is `bin/qmbench`.",
                "`run`",
                "`plan`",
                "`status`",
                "`watch`",
                "`stop`",
                "`summary`",
                "`analyze`",
                "`report`",
                "`predict`",
                "`show`",
                "`failures`",
                "`list`",
                "`doctor`",
                "`export`",
                "`repair`"
            })
    void theOverviewNamesEveryCommand() throws Exception {
        script("true");
        String overview = out("--help");
        assertThat(COMMANDS).allSatisfy(command -> assertThat(overview).containsPattern("(?m)^ +" + command + " "));
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Input and output",
            value = {"Every command takes `--help` and `--debug`", "All but `list` take `--results DIR`"})
    void everyCommandTakesHelpDebugAndResults() throws Exception {
        script("true");
        for (String command : COMMANDS) {
            String help = out(command + " --help");
            assertThat(help).as(command).contains("--help", "--debug");
            assertThat(help.contains("--results=DIR")).as(command).isEqualTo(!command.equals("list"));
        }
        assertThat(run("summary --debug").err()).contains("\tat io.github.qmbench.");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Input and output",
            value = {
                "Results go to standard output;",
                "With `--json` standard output is one JSON value",
                "Arguments are taken literally.",
                "An argument that begins with `@` is not replaced"
            })
    void resultsGoToStandardOutputAndArgumentsAreTakenLiterally() throws Exception {
        script("true");
        Files.writeString(directory.resolve("file"), "m1 m2");

        Ended run = run("run --backend script --molecules @file");

        assertThat(run.out()).startsWith("complete: 2 of 2 done").doesNotContain("started");
        assertThat(run.err()).contains("started @file/B3LYP").doesNotContain("complete: ");
        assertThat(Json.parseObject(out("summary --json"))).containsEntry("completed", 2L);
        Ended refused = run("summary --json --results none");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Json.parseObject(refused.out()))
                .containsOnlyKeys("error", "exit_code")
                .containsEntry("exit_code", 64L);
    }

    private static void assertClean(Ended ended) {
        assertThat((ended.out() + ended.err()).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("\u001b", "\u009b", "\u202e")
                        .doesNotStartWith("qmbench: all is well"));
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Input and output",
            value = {
                "Names, messages and comments from files are shown on one line.",
                "Control characters, line breaks and marks"
            })
    @Promise(page = COMMAND_LINE, section = "list", value = "`molecules` takes `--dataset`")
    void namesMessagesAndCommentsFromFilesAreShownAsText() throws Exception {
        script("true");
        Path set = Files.createDirectory(directory.resolve(EVIL));
        Files.writeString(set.resolve("ar.xyz"), "1\n" + EVIL.replace('\n', ' ') + "\nAr 0 0 0\n");
        Ended list = distribution.run("list", "molecules", "--dataset", set.toString());
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertClean(list);
        Files.writeString(set.resolve(EVIL + ".xyz"), "nonsense");
        Ended refused = distribution.run("list", "molecules", "--dataset", set.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertClean(refused);

        Files.createDirectories(results);
        Path lock = Files.writeString(
                results.resolve("run.lock"),
                "{\"pid\": 1, \"host\": \"a\\u001b[2K\\u009b31m\\nqmbench: all is well\\u202e\", \"since\": \"now\"}");
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(held.tryLock()).isNotNull();
            Ended run = distribution.run(RUN);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.HELD);
            assertThat(run.err()).contains("qmbench: another run holds ");
            assertClean(run);
        }
        distribution.run("run", "--backend", "script", "--molecules", EVIL);
        Ended json = distribution.run("show", "--json", EVIL);
        assertThat(json.exitCode()).as(json.err()).isZero();
        assertThat(json.out()).contains("\\u009b").doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Input and output",
            value = {
                "In CSV, an apostrophe precedes a text",
                "Such a text begins with",
                "Numbers stay numbers.",
                "`-o FILE` replaces a regular file in one step.",
                "It writes through a symbolic link to the file behind it",
                "A directory is refused with 64."
            })
    void outputFilesAreWrittenWhereTheirNamesLeadAndHoldNoFormulas() throws Exception {
        script("true");
        distribution.run("run", "--backend", "script", "--molecules", "=1", "@x");
        Path target = Files.writeString(directory.resolve("target.csv"), "old");
        Object before = Files.getAttribute(target, "unix:ino");
        Files.createSymbolicLink(directory.resolve("link.csv"), Path.of("target.csv"));
        distribution.runOther("mkfifo", "fifo");

        String csv = out("summary --format csv");
        assertThat(csv.lines().skip(1))
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line).startsWith("'").containsPattern(",complete,.*,[0-9]+\\.[0-9]+,1,"));
        out("summary -o link.csv");
        assertThat(directory.resolve("link.csv")).isSymbolicLink();
        assertThat(target).hasContent(csv);
        assertThat(Files.getAttribute(target, "unix:ino"))
                .as("another file in its place")
                .isNotEqualTo(before);
        Ended fifo = distribution.runIn("cat fifo & \"$@\" && wait", "summary", "--format", "csv", "-o", "fifo");
        assertThat(fifo.out()).isEqualTo(csv);
        Ended appended = distribution.runIn(
                "echo before; \"$@\" >> log; cat log", "summary", "--format", "csv", "-o", "/dev/stdout");
        assertThat(appended.out()).isEqualTo("before\n" + csv);
        assertRefused("summary --format csv -o .", ExitCode.USAGE, "directory");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Input and output",
            value = "Input files must be regular files of at most 64 MB.")
    void filesToBeReadAreRegularAndOfASaneSize() throws Exception {
        script("true");
        Files.writeString(
                directory.resolve("lie.mol"),
                "\n\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\nM  V30 COUNTS 2000000000 0 0 0 0\n");
        Path set = Files.createDirectory(directory.resolve("set"));
        distribution.runOther("mkfifo", "set/fifo.xyz");
        Files.createSymbolicLink(set.resolve("zero.xyz"), Path.of("/dev/zero"));
        distribution.runOther("truncate", "-s", "65M", "large.xyz");

        assertRefused("list molecules --dataset lie.mol", ExitCode.USAGE, "lie.mol, line 6: says 2000000000 atoms");
        assertRefused(
                "list molecules --dataset set",
                ExitCode.USAGE,
                "fifo.xyz: it is a device or a named pipe",
                "zero.xyz: it is a device or a named pipe");
        assertRefused("list molecules --dataset large.xyz", ExitCode.USAGE, "large.xyz", "64");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Exit codes",
            value = {"0", "1", "2", "64", "69", "70", "73", "74", "75"})
    void exitCodesAreThoseOfTheTable() throws Exception {
        script("[ \"$0\" != m2/WP04 ] || [ -e \"$GO\" ]");
        Files.writeString(Files.createDirectory(directory.resolve("bad")).resolve("progress.jsonl"), "no\nno\n");

        assertThat(run("run --backend script").exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(run("run --backend script --min-free 900000G").exitCode()).isEqualTo(ExitCode.PAUSED);
        Files.createFile(go);
        assertThat(run("run --backend script").exitCode()).isZero();
        assertRefused("run --backend nothing --results new", ExitCode.USAGE, "use nwchem or script");
        assertThat(directory.resolve("new")).doesNotExist();
        assertRefused("run --backend script --results go/x", ExitCode.CANNOT_CREATE);
        assertRefused("run --backend script --results bad", ExitCode.IO_ERROR);
        distribution.with("TEST_SCRIPT", "EXIT 0");
        assertThat(run("run --backend script --results new").exitCode()).isEqualTo(ExitCode.SOFTWARE);
        Files.writeString(directory.resolve("nwchem"), "#!/bin/sh\nexit 3\n");
        assertThat(directory.resolve("nwchem").toFile().setExecutable(true)).isTrue();
        distribution.with("PATH", directory + ":" + System.getenv("PATH"));
        assertRefused("plan --molecules compound_01", ExitCode.UNAVAILABLE);
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Exit codes",
            value = {
                "129, 130, 141, 143",
                "An output that cannot be written is an error.",
                "For example, `qmbench summary > /dev/full` ends with 73",
                "The results of a run are kept even if its closing lines"
            })
    void outputThatDoesNotArriveIsAnErrorAndTheRunIsRecordedAllTheSame() throws Exception {
        script("true");

        Ended run = distribution.runIn("\"$@\" > /dev/full", "run", "--backend", "script", "--on-end", "touch hooked");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(directory.resolve("hooked")).exists();
        assertThat(out("status")).contains("state      complete", "6 of 6 done");
        Ended full = distribution.runIn("\"$@\" > /dev/full", "summary");
        assertThat(full.exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(full.err())
                .startsWith("qmbench: cannot write standard output: ")
                .hasLineCount(1);
        Ended closed = distribution.runIn("\"$@\" | :", "summary");
        assertThat(closed.exitCode()).isEqualTo(ExitCode.CLOSED_PIPE);
        assertThat(closed.err()).isEmpty();
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Exit codes",
            value = {
                "A run that you stop when nothing is left to start is complete",
                "A stopped run ends with 0 even if calculations have failed"
            })
    @Promise(page = COMMAND_LINE, section = "stop", value = "To resume, start the run again.")
    @Promise(page = COMMAND_LINE, section = "run", value = "Starts a benchmark, or resumes one")
    void aStoppedRunEndsWithZeroAndOneWithNothingLeftIsComplete() throws Exception {
        script("[ \"$0\" != m1/B3LYP ] || [ -e \"$GO\" ] || exit 1; [ \"$0\" = m1/B3LYP ] || { " + WAIT_FOR_GO + "; }");
        Started failedBefore = distribution.start("run", "--backend", "script", "--max-failed", "never");
        awaitCalculation("m1/WP04");
        out("stop");
        Files.createFile(go);
        Ended stopped = failedBefore.await();
        assertThat(stopped.exitCode()).isZero();
        assertThat(stopped.out()).contains("stopped: 1 of 6 done, 1 failed, 4 left");

        Ended next = run("run --backend script");
        assertThat(next.exitCode()).isZero();
        assertThat(next.err()).contains("m1/B3LYP, attempt 2");

        Files.delete(go);
        Started last = distribution.start("run", "--backend", "script", "--results", "last", "--molecules", "m1");
        awaitCalculation(directory.resolve("last"), "m1/WP04");
        out("stop --results last");
        Files.createFile(go);
        assertThat(last.await().out()).contains("complete: 1 of 2 done, 1 failed");
    }

    @Test
    @Promise(page = COMMAND_LINE, section = "Signals", value = "USR1")
    void usr1LetsTheCalculationFinish() throws Exception {
        Started run = script(WAIT_FOR_GO).start(RUN);
        awaitCalculation("m1/B3LYP");
        run.signal("USR1");
        Distribution.await(() -> run.err().contains("SIGUSR1: stopping"));
        Files.createFile(go);

        Ended ended = run.await();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("stopped: 1 of 6 done, 5 left");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "run",
            value = {
                "Without a selection, `run` is the whole benchmark",
                "`--molecules NAME...`",
                "`--functionals NAME...`",
                "`--solvents NAME...`",
                "`--dataset NAME\\|DIR`",
                "`--pilot`"
            })
    void whatToCalculateIsChosenByName() throws Exception {
        fakeNwchem();
        Files.writeString(
                Files.createDirectory(directory.resolve("mine")).resolve("h2.xyz"), "2\n\nH 0 0 0\nH 0 0 0.74\n");

        List<String> whole = out("plan").lines().toList();
        assertThat(whole.subList(0, 5)).allMatch(line -> line.startsWith("new "));
        assertThat(whole.subList(0, 4)).allMatch(line -> line.contains("compound_01/"));
        assertThat(whole.get(4)).contains("compound_02/");
        assertThat(whole).anyMatch(line -> line.startsWith("200 new, 0 done"));
        assertThat(
                        out(
                                "plan --molecules COMPOUND_01,compound_02 Compound_01 --functionals b3lyp --solvents vacuum,dmso"))
                .contains("compound_01/B3LYP_vacuum", "compound_02/B3LYP_DMSO", "4 new, ");
        assertThat(out("plan --dataset mine --solvents dielectric=7.6")).contains("h2/", "2 new, ");
        assertThat(out("plan --pilot")).contains("10 new, ").doesNotContain("DMSO");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "run",
            value = {
                "`--basis NAME...`",
                "`--basis-type TYPE`",
                "`--optimize`",
                "`--optimize-functional`, `--optimize-basis`, `--optimize-solvent NAME`",
                "`--grid WORD`",
                "`--scf-convergence WORD`",
                "`--scf-iterations N`",
                "`--mem SIZE\\|auto`"
            })
    void theMethodIsInTheInputOfNwchem() throws Exception {
        fakeNwchem();
        String common =
                "run --molecules compound_01 --functionals B3LYP --solvents CHCl3 --parallel 1 --max-failed never";
        run(common + " --results first");
        String first = text(directory.resolve("go-inputs"));
        Files.delete(directory.resolve("go-inputs"));

        run(common + " --results second --basis 6-311G** --basis-type cartesian --grid xfine --scf-convergence nwchem"
                + " --scf-iterations 37 --memory 456M --optimize --optimize-basis 3-21G");

        String second = text(directory.resolve("go-inputs"));
        assertThat(first).contains("task dft property", "spherical").doesNotContain("task dft optimize", "xfine");
        assertThat(second)
                .containsIgnoringCase("cartesian")
                .containsIgnoringCase("grid xfine")
                .containsPattern("iterations +37")
                .contains("456")
                .containsIgnoringCase("3-21g")
                .contains("optimize");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "run",
            value = {
                "`--processes N`",
                "`--parallel N\\|auto`",
                "`--order file\\|longest-first`",
                "`--oversubscribe`",
                "`--backend NAME`"
            })
    void howManyRunAtOnceAndInWhichOrder() throws Exception {
        fakeNwchem().with("TEST_CORES", "1").with("TEST_SCRIPT", WAIT_FOR_GO);
        Started run = distribution.start("run", "--backend", "script", "--parallel", "2");
        awaitCalculation("m1/B3LYP");
        awaitCalculation("m1/WP04");
        // the status may be written a moment after the program has started
        Distribution.await(() -> statusShows(", 2 running"));
        Files.createFile(go);
        assertThat(run.await().exitCode()).isZero();

        assertRefused(
                "plan --processes 100000 --parallel 1 --molecules compound_01", ExitCode.USAGE, "--oversubscribe");
        assertRefused("plan --parallel 0", ExitCode.USAGE, "--parallel");
        assertRefused("plan --order backwards", ExitCode.USAGE, "use file or longest-first");
        String chosen =
                "run --molecules compound_01,compound_45 --functionals B3LYP --solvents CHCl3 --max-failed never"
                        + " --no-canary --parallel 1 --order ";
        assertThat(run(chosen + "file --results file").err())
                .containsSubsequence("started compound_01", "started compound_45");
        assertThat(run(chosen + "longest-first --results longest").err())
                .containsSubsequence("started compound_45", "started compound_01");
        assertThat(out("run --backend script --help")).contains("Which ones").doesNotContain("--grid", "--processes");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "run",
            value = {"`--deadline TIME`", "`--max-failed N\\|P%`", "`--no-canary`", "`--min-free SIZE`"})
    void aRunEndsByItsLimits() throws Exception {
        script("exit 1");
        Ended none = run("run --backend script --max-failed 0");
        assertThat(none.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(none.out()).contains("paused: 0 of 6 done, 1 failed", "reason: 1 of 3 subjects");
        assertThat(run("run --backend script --max-failed never").out()).contains("0 of 6 done, 3 failed, 3 left");
        Ended all = run("run --backend script --max-failed never --no-canary");
        assertThat(all.exitCode()).isEqualTo(ExitCode.FAILURES);
        assertThat(all.out()).contains("complete: 0 of 6 done, 6 failed");
        Ended full = run("run --backend script --min-free 900000G");
        assertThat(full.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(full.out()).contains("reason: the disk of the run directory has ");

        distribution.with("TEST_SCRIPT", "sleep 1");
        Ended late = run("run --backend script --results late --deadline 1s");
        assertThat(late.exitCode()).isZero();
        assertThat(late.out()).contains("stopped: ", "reason: nothing that is left would end before ");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "run",
            value = {"`--results DIR`", "`--headless`", "`--detach`"})
    void aDetachedRunIsHeadlessAndGoesOnByItself() throws Exception {
        script(WAIT_FOR_GO);

        Ended started = run("run --backend script --detach --results new/place");

        results = directory.resolve("new/place");
        assertThat(started.exitCode()).as(started.err()).isZero();
        assertThat(started.out())
                .contains(
                        "process " + status().run().runner().pid(),
                        "log:   "
                                + Phrases.clean(results.resolve("benchmark.log").toString()),
                        "watch: qmbench watch",
                        "stop:  qmbench stop");
        awaitCalculation("m1/B3LYP");
        String stat = text(Path.of("/proc/" + status().run().runner().pid() + "/stat"));
        assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3])
                .as("a session of its own")
                .isEqualTo(String.valueOf(status().run().runner().pid()));
        assertRefused("run --backend script --detach --results new/place", ExitCode.HELD, "process ");
        assertRefused("run --backend script --detach --molecules", ExitCode.USAGE, "--molecules");
        Files.createFile(go);
        assertThat(out("watch --results new/place")).contains("state      complete");
        assertThat(text(results.resolve("benchmark.log"))).contains("6 completed, 0 failed of 6");
        Ended headless = run("run --backend script --headless --no-resume --results new/place");
        assertThat(headless.err()).startsWith("log: ").hasLineCount(1);
        assertThat(headless.out()).startsWith("complete: ").doesNotContain("started");
    }

    /** The clock of the run itself is an hour behind that of the command that starts it. */
    @Test
    @Promise(page = COMMAND_LINE, section = "run", value = "`--detach`")
    void aDetachedRunIsFoundWhenTheClockWasSetBack() throws Exception {
        distribution = distribution("sleep 1", "clock", "--headless", 0);
        Files.createFile(when());

        Ended ended = run("run --backend script --detach");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("in the background as process ");
        out("stop --now --wait");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "run",
            value = {"`--dry-run`", "`--no-resume`", "`--rerun-stale`"})
    @Promise(
            page = COMMAND_LINE,
            section = "plan",
            value = {
                "Takes the options of `run` and says for each calculation what the run would do.",
                "It changes nothing",
                "`new`",
                "`done`",
                "`adopt`",
                "`again`",
                "`stale`"
            })
    void aPlanSaysWhatARunDoes() throws Exception {
        script("[ \"$0\" != m3/WP04 ]").with("TEST_VERSION", "1");
        assertThat(out("plan --backend script"))
                .isEqualTo(out("run --backend script --dry-run"))
                .contains("6 new, 0 done");
        assertThat(results).doesNotExist();
        run("run --backend script");
        byte[] journal = Files.readAllBytes(results.resolve("progress.jsonl"));
        assertThat(out("plan --backend script"))
                .contains("again  m3/WP04", "done   m1/B3LYP", "0 new, 5 done, 1 to be tried again, 0 stale");
        assertThat(results.resolve("progress.jsonl")).hasBinaryContent(journal);
        distribution.with("TEST_VERSION", "2").with("TEST_SCRIPT", "true");
        assertThat(out("plan --backend script")).contains("stale  m1/B3LYP  version: 1 -> 2", "5 stale");
        assertRefused("run --backend script", ExitCode.USAGE, "--rerun-stale");
        assertThat(run("run --backend script --rerun-stale").exitCode()).isZero();
        distribution.with("TEST_VERSION", "1");
        assertThat(out("plan --backend script --rerun-stale")).contains("adopt  m1/B3LYP", "5 to be adopted");
        assertThat(run("run --backend script --no-resume").err()).contains("started m1/B3LYP");
        assertThat(results.resolve("progress-1.jsonl")).exists();
        assertThat(journal(results)).hasSize(6);
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "run",
            value = {
                "On a terminal one line shows the progress",
                "Elsewhere, and with `TERM=dumb`, each event is one plain line.",
                "At its end the run lists the failures by kind"
            })
    void progressIsOneLineOnATerminalAndPlainLinesElsewhere() throws Exception {
        script("[ \"$0\" != m2/WP04 ]");
        Ended terminal = inTerminal(RUN).await();
        assertThat(terminal.out()).contains("\r").containsPattern("m2/WP04 FAILED after [^\r]*\r?\n");
        distribution.with("TERM", "dumb");
        Ended dumb = inPlainTerminal().await();
        assertThat(dumb.out().replace("\r\n", "\n")).contains("started m2/WP04").doesNotContain("\r", "\u001b");

        Ended plain = run("run --backend script");

        assertThat(plain.err()).contains("started m2/WP04, attempt 3").doesNotContain("\r", "\u001b");
        assertThat(plain.out())
                .startsWith("1 calculation failed:\n")
                .contains("resume with: qmbench run --backend script\n");
    }

    private Started inPlainTerminal() throws IOException {
        return distribution.startIn("exec script -qec \"$(printf '%q ' \"$@\")\" /dev/null", RUN);
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "status",
            value = {
                "Shows state, progress, running calculations",
                "`--json` prints `status.json`",
                "Without a run `state` and `liveness` are null.",
                "The exit code is 0 in all these cases."
            })
    @Promise(
            page = COMMAND_LINE,
            section = "watch",
            value = {"Shows the status and keeps it up to date", "Ctrl-C ends `watch`, not the run."})
    @Promise(
            page = COMMAND_LINE,
            section = "stop",
            value = {
                "Running calculations finish, no new ones start;",
                "Repeating it is safe",
                "`touch results/STOP` does the same as `stop`."
            })
    void statusWatchAndStopLookAtARunFromOutside() throws Exception {
        script("[ \"$0\" != m1/B3LYP ] || exit 1; " + WAIT_FOR_GO);
        assertThat(Json.parseObject(out("status --json")))
                .containsEntry("state", null)
                .containsEntry("liveness", null);
        assertThat(out("stop")).startsWith("nothing to stop");
        Started run = distribution.start("run", "--backend", "script", "--max-failed", "never");
        awaitCalculation("m1/WP04");
        // the status may be written a moment after the program has started
        Distribution.await(() -> statusShows("1 failed", "m1 WP04, for "));

        assertThat(out("status"))
                .contains("state      running", "0 of 6 done", "1 failed", "m1 WP04, for ", "started ", "updated ")
                .contains("failures:\n  m1/B3LYP  script: exit code 1");
        assertThat(Json.parseObject(out("status --json"))).containsEntry("liveness", "alive");
        Started left = distribution.start("watch");
        Started watch = distribution.start("watch");
        Distribution.await(() -> left.out().contains("0 of 6 done"));
        left.signal("INT");
        assertThat(left.await().exitCode()).isEqualTo(130);
        assertThat(run.isAlive()).isTrue();
        Files.createFile(results.resolve("STOP"));
        assertThat(out("stop")).startsWith("already asked: stopping when 1 running calculation");
        Files.createFile(go);
        assertThat(run.await().out()).contains("stopped: 1 of 6 done, 1 failed, 4 left");
        Ended watched = watch.await();
        assertThat(watched.exitCode()).isZero();
        assertThat(watched.out()).contains("state      stopped");
        assertThat(Json.parseObject(out("status --json"))).containsEntry("liveness", "dead");
    }

    @Test
    @Promise(page = COMMAND_LINE, section = "watch", value = "On a terminal it takes the whole screen")
    void watchTakesTheWholeScreenAndGivesItBackWithTheLastStatus() throws Exception {
        script(WAIT_FOR_GO);
        Started run = distribution.start("run", "--backend", "script", "--molecules", "m1");
        awaitCalculation("m1/B3LYP");
        Started watch = inTerminal("watch");
        Distribution.await(() -> watch.out().contains("\u001b[?1049h"));
        Files.createFile(go);
        run.await();

        String shown = watch.await().out();

        assertThat(shown.substring(shown.lastIndexOf("\u001b[?1049l"))).contains("state      complete");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "summary",
            value = {
                "Shows counts by method, shieldings",
                "Of several attempts the one that stands counts.",
                "`--format table|csv|json|markdown`",
                "`-o FILE` or `--output FILE` writes a file",
                "CSV has one line for each calculation",
                "`molecule_id`, the parameters, `basis`",
                "`status`, `num_h1`",
                "Markdown is the report BENCHMARK-RESULTS."
            })
    @Promise(
            page = COMMAND_LINE,
            section = "show",
            value = {
                "`qmbench show compound_12/WP04_CHCl3`",
                "For a failure it shows the relevant lines",
                "Of several attempts it says which one counts.",
                "`--json` prints the attempts as an array"
            })
    @Promise(
            page = COMMAND_LINE,
            section = "failures",
            value = {
                "Shows the calculations whose failure stands",
                "For each functional, solvent and molecule",
                "At its end a run prints its own failures"
            })
    void resultsAndFailuresAreShown() throws Exception {
        script("[ \"$0\" != m2/WP04 ] || [ -e \"$GO\" ]");
        Ended run = run("run --backend script");
        String failures = out("failures");
        assertThat(failures).startsWith("1 calculation failed:\n  script  1  m2/WP04\n");
        assertThat(run.out()).startsWith(failures.substring(0, failures.indexOf("inspect one")));
        assertThat(out("summary")).contains("B3LYP", "WP04");
        Files.createFile(go);
        run("run --backend script");

        assertThat(out("summary --format csv"))
                .hasLineCount(7)
                .startsWith("molecule_id,functional,")
                .containsPattern("(?m)^m2,WP04,.*complete,.*,2,");
        assertThat(Json.parseObject(out("summary --json")))
                .containsEntry("completed", 6L)
                .containsEntry("failed", 0L);
        out("summary -o summary.md");
        assertThat(directory.resolve("summary.md")).content().startsWith("# ");
        assertThat(out("show m2/WP04")).contains("attempt 1", "attempt 2", "exit code 1");
        assertThat(Json.asArray(Json.parse(out("show m2/WP04 --json"))))
                .extracting(attempt -> Json.asObject(attempt).get("stands"))
                .containsExactly(false, true);
        assertThat(out("failures")).startsWith("nothing failed");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "analyze",
            value = {
                "Fits the shieldings of the run",
                "It writes `scaling_factors.json`",
                "`--dataset NAME\\|DIR`",
                "`--compare`",
                "`--no-average`",
                "`--remove-outliers`",
                "`--exclude-recovered`",
                "`--only FIELD=VALUE`",
                "`-o DIR`, `--output DIR`",
                "`--json`"
            })
    @Promise(
            page = COMMAND_LINE,
            section = "report",
            value = {
                "Writes `report.html` in the run directory",
                "It takes `--dataset`, `--no-average`",
                "`--watch` writes it again"
            })
    void shieldingsAreFittedAndReported() throws Exception {
        script("true");
        unpackDelta50();
        assertThat(out("analyze --results nmr --compare"))
                .containsPattern("WP04/6-31G\\(d,p\\)/CHCl3 +-0\\.9801 +31\\.379")
                .contains("Cohen et al.");
        for (String file : List.of("scaling_factors.json", "residuals.csv", "SCALING-FACTORS.md")) {
            assertThat(directory.resolve("nmr").resolve(file)).hasSameTextualContentAs(DELTA50.resolve(file));
        }
        Map<String, Object> fitted =
                Json.parseObject(out("analyze --results nmr --dataset DELTA50 --remove-outliers --json -o elsewhere"));
        assertThat(Json.asObject(fitted.get("WP04/6-31G(d,p)/1H/CHCl3"))).containsEntry("outliers_removed", 2L);
        assertThat(directory.resolve("elsewhere/residuals.csv")).exists();
        assertThat(Json.parseObject(out("analyze --results nmr --no-average --json -o elsewhere")))
                .isNotEqualTo(fitted);
        assertRefused(
                "analyze --results nmr --only program=none",
                ExitCode.USAGE,
                "--only: no result was made with program=none");
        markAsRecovered("compound_10");
        Map<String, Object> without =
                Json.parseObject(out("analyze --results nmr --exclude-recovered --json -o elsewhere"));
        assertThat(Json.asObject(without.get("WP04/6-31G(d,p)/1H/CHCl3")).get("n_points"))
                .isNotEqualTo(114L);
        Map<String, Object> with = Json.parseObject(out("analyze --results nmr --json -o elsewhere"));
        assertThat(Json.asObject(with.get("WP04/6-31G(d,p)/1H/CHCl3"))).containsEntry("n_points", 114L);

        out("report --results nmr --remove-outliers --watch --every 1");
        out("report --results nmr -o page.html --no-average");
        assertThat(directory.resolve("nmr/report.html"))
                .content()
                .contains("<h1>DELTA50: 50 molecules, WP04</h1>")
                .doesNotContain("src=\"http", "<link rel=\"stylesheet", "<link href");
        assertThat(directory.resolve("page.html")).content().contains("<h1>DELTA50");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "predict",
            value = {
                "`--processes`, `--max-failed`",
                "Refused before anything is calculated",
                "The last are often files in bohr"
            })
    void aPredictionThatCannotBeRightIsRefused() throws Exception {
        fakeNwchem();
        Files.writeString(
                directory.resolve("radical.xyz"),
                "4\n\nC 0 0 0\nH 1.079 0 0\nH -0.5395 0.9344 0\nH -0.5395 -0.9344 0\n");
        Files.writeString(
                directory.resolve("bohr.xyz"),
                "5\n\nC 0 0 0\nH 1.19 1.19 1.19\nH -1.19 -1.19 1.19\nH -1.19 1.19 -1.19\nH 1.19 -1.19 -1.19\n");
        Files.writeString(directory.resolve("argon.xyz"), "1\n\nAr 0 0 0\n");
        for (String file : List.of("radical.xyz", "bohr.xyz", "argon.xyz")) {
            assertRefused("predict " + file, ExitCode.USAGE);
        }
        assertThat(directory.resolve("go-inputs")).doesNotExist();
        assertThat(out("predict --help"))
                .contains("--processes", "--max-failed", "--no-canary", "--timeout", "--stall", "--min-free")
                .contains("--no-resume", "--rerun-stale", "--order", "--until", "--deadline");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "list",
            value = {
                "`qmbench list functionals`, `solvents`, `molecules`",
                "`factors` shows the built-in scaling factors",
                "`backends` names the jar"
            })
    @Promise(
            page = COMMAND_LINE,
            section = "doctor",
            value = {
                "Each finding is one line with the remedy",
                "`--json` prints an array.",
                "With `--backend` it checks what that backend needs."
            })
    void listAndDoctorSayWhatThereIs() throws Exception {
        script("true");
        assertThat(out("list functionals")).startsWith("NAME").contains("B3LYP", "WP04");
        assertThat(out("list solvents")).startsWith("NAME").contains("CHCl3", "DMSO");
        assertThat(out("list molecules")).hasLineCount(51).contains("compound_01");
        assertThat(out("list factors")).contains("WP04/6-31G(d,p)/CHCl3", "yes");
        assertThat(out("list backends")).containsPattern("script +runs a shell script +.*ScriptBenchmarks.jar");
        assertRefused("list everything", ExitCode.USAGE, "functionals");
        assertThat(Json.asArray(Json.parse(out("doctor --backend script --json"))))
                .extracting(finding -> Json.asObject(finding).get("subject"))
                .contains("Java", "run directory", "disk");
        Ended unusable = run("doctor --backend script --results go/x");
        assertThat(unusable.out()).contains("Java");
    }

    @Test
    @Promise(
            page = COMMAND_LINE,
            section = "Environment",
            value = {"`JAVA_HOME`", "`QMBENCH_JAVA_OPTS`", "`QMBENCH_PLUGINS`"})
    void theEnvironmentChoosesJavaItsOptionsAndPlugins() throws Exception {
        script("true");
        assertThat(out("--version")).startsWith("qmbench ");
        distribution.with("QMBENCH_JAVA_OPTS", "-Dqmbench.command=mine");
        assertThat(run("--nothing").err()).contains("See: ");
        Path copy = directory.resolve("copy");
        distribution.runOther("cp", "-R", distribution.home().toString(), copy.toString());
        assertThat(copy.resolve("LICENSE")).exists();
        Path inside = PluginJar.make(copy.resolve("plugins/inside.jar"), "Inside", "inside");
        Path outside = PluginJar.make(directory.resolve("outside.jar"), "Outside", "outside");
        Path link = Files.createSymbolicLink(directory.resolve("qmbench"), copy.resolve("bin/qmbench"));
        String backends = distribution
                .with("QMBENCH_PLUGINS", outside.toString())
                .with("QMBENCH_JAVA_OPTS", "")
                .runOther(link.toString(), "list", "backends");
        assertThat(backends.lines())
                .hasSize(4)
                .anyMatch(line -> line.endsWith(Phrases.clean(inside.toString())))
                .anyMatch(line -> line.endsWith(Phrases.clean(outside.toString())));
        distribution.with("QMBENCH_PLUGINS", "/nowhere/x.jar");
        assertRefused("list backends", ExitCode.USAGE, "QMBENCH_PLUGINS names /nowhere/x.jar");

        Path fake = Files.createDirectories(directory.resolve("jdk/bin"));
        Files.writeString(fake.resolveSibling("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.writeString(fake.resolve("java"), "#!/bin/sh\n");
        assertThat(fake.resolve("java").toFile().setExecutable(true)).isTrue();
        distribution.with("JAVA_HOME", fake.getParent().toString());
        assertRefused("status", ExitCode.UNAVAILABLE, "needs Java 17 or newer", "11.0.2");
    }

    @Test
    @Promise(page = COMMAND_LINE, section = "Environment", value = "`JAVA_HOME`")
    void namesOfFilesWithAnyLettersWorkInAnyLocale() throws Exception {
        script("true");
        for (String locale : List.of("xx_XX.UTF-8", "C", "C.UTF-8")) {
            distribution.with("LC_ALL", locale);
            assertThat(distribution.run("status", "--results", "münden").out())
                    .as(locale)
                    .startsWith("no run in "
                            + Phrases.clean(directory.resolve("münden").toString()));
        }
    }
}
