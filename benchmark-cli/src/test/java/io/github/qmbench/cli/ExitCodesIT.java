package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.Distribution.Ended;
import io.github.qmbench.cli.Distribution.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exit code of each command of the distribution: as it should be, badly used, on bad input, with output that is lost, killed,
 * and without memory.
 */
@Timeout(300)
class ExitCodesIT {

    private static final Path DELTA50 = Path.of("../docs/results/delta50-wp04-6-31gdp-chcl3");

    @TempDir
    static Path directory;

    private static Distribution distribution;

    /** Results of the script in {@code good}, of NWChem in {@code nmr}, and what cannot be read in {@code bad}. */
    @BeforeAll
    static void makesRunDirectories() throws Exception {
        distribution = new Distribution(directory).withScript("true");
        Ended run = distribution.run("run", "--backend", "script", "--results", "good");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path nmr = CommittedRuns.unpack(DELTA50, directory.resolve("nmr"));
        Path bad = Files.createDirectory(directory.resolve("bad"));
        Files.copy(nmr.resolve("benchmark.json"), bad.resolve("benchmark.json"));
        Files.writeString(bad.resolve("status.json"), "{ torn");
        Files.writeString(bad.resolve("progress.jsonl"), "no record\nno record\n");
        Files.createDirectories(directory.resolve("worse/progress.jsonl"));
        distribution.runOther("mkfifo", "fifo.json", "fifo.xyz");
        Path large = Files.createDirectory(directory.resolve("large"));
        Files.copy(nmr.resolve("benchmark.json"), large.resolve("benchmark.json"));
        for (String file : List.of("large/status.json", "large/progress.jsonl", "large.xyz")) {
            distribution.runOther("truncate", "-s", "60M", file);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "run          | --backend script --results good            | 0",
                "plan         | --backend script --results good            | 0",
                "status       | --results good                             | 0",
                "status       | --results good --json                      | 0",
                "watch        | --results good                             | 0",
                "stop         | --results good                             | 0",
                "summary      | --results good                             | 0",
                "summary      | --results good --format csv                | 0",
                "summary      | --results good --json                      | 0",
                "analyze      | --results nmr                              | 0",
                "report       | --results good -o /dev/stdout              | 0",
                "export       | --results good                             | 0",
                "export       | --results good nmr -o both.csv             | 0",
                "export       | --results nmr --per-atom                   | 0",
                "export       | --results nmr --format ro-crate -o crate   | 0",
                "show         | m1 --results good                          | 0",
                "failures     | --results good                             | 0",
                "list         | molecules                                  | 0",
                "doctor       | --backend script --min 1                   | 64",
                "doctor       | --backend script --results good            | 0",
                "repair       | --results good                             | 0",
                "predict      | --help                                     | 0",
                "--help       |                                            | 0",
                "--version    |                                            | 0",
                "run          | --backend script --parallel 0              | 64",
                "plan         | --backend nothing                          | 64",
                "status       | --results=                                 | 64",
                "watch        | --results                                  | 64",
                "stop         | --later                                    | 64",
                "summary      | --results none                             | 64",
                "summary      | --results good -o /                        | 64",
                "analyze      | --results none                             | 64",
                "report       | --results good -o .                        | 64",
                "export       | --results good none                        | 64",
                "export       | --results good --per-atom                  | 64",
                "export       | --results good --format parquet            | 64",
                "export       | --results good --format ro-crate           | 64",
                "export       | --results good --format ro-crate -o good   | 64",
                "predict      | fifo.xyz --factors none.json               | 64",
                "predict      | x.xyz --factors fifo.json                  | 64",
                "show         | m9 --results good                          | 64",
                "failures     | @arguments                                 | 64",
                "list         | everything                                 | 64",
                "list         | molecules --dataset fifo.xyz               | 64",
                "repair       | --now                                      | 64",
                "run          | --backend script --results bad             | 74",
                "plan         | --backend script --results bad             | 74",
                "status       | --results bad                              | 74",
                "status       | --results bad --json                       | 74",
                "watch        | --results bad                              | 74",
                "stop         | --results bad                              | 74",
                "summary      | --results bad                              | 74",
                "analyze      | --results bad                              | 74",
                "report       | --results bad                              | 74",
                "export       | --results good bad                         | 74",
                "show         | m1 --results bad                           | 74",
                "failures     | --results bad                              | 74",
                "repair       | --results worse                            | 74",
                "run          | --backend script --results fifo.xyz        | 73",
                "summary      | --results good -o /dev/full                | 73",
                "summary      | --results good -o none/x                   | 73",
                "report       | --results good -o /dev/full                | 73",
                "analyze      | --results nmr -o fifo.xyz                  | 73",
                "export       | --results good -o /dev/full                | 73",
                "export       | --results good --format ro-crate -o /proc/x | 73"
            })
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "export",
            value = {"`--per-atom`"})
    void endsAsDocumented(String command, String arguments, int exitCode) throws Exception {
        Ended ended = distribution.run(words(command, arguments));

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(exitCode);
        if (exitCode > 0) {
            assertThat(ended.err()).startsWith("qmbench: ").doesNotContain("Exception", "\tat ");
        }
    }

    /** Each of these prints to standard output. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "run          | --backend script --results good",
                "plan         | --backend script --results good",
                "status       | --results good",
                "status       | --results good --json",
                "watch        | --results good",
                "stop         | --results good",
                "summary      | --results good",
                "summary      | --results good --json",
                "analyze      | --results nmr",
                "export       | --results good",
                "export       | --results nmr --per-atom",
                "report       | --results good -o /dev/stdout",
                "show         | m1 --results good",
                "failures     | --results good",
                "list         | molecules",
                "doctor       | --backend script --results good",
                "repair       | --results good",
                "predict      | --help",
                "--help       |",
                "--version    |"
            })
    void outputThatDoesNotArriveIsAnError(String command, String arguments) throws Exception {
        String[] words = words(command, arguments);
        Started first = distribution.startIn("\"$@\" > /dev/full", words);
        if (command.equals("run") || command.equals("repair")) { // which hold the directory
            first.await();
        }
        Ended pipe = distribution.runIn("\"$@\" | :", words);
        Ended full = first.await();

        assertThat(full.exitCode()).as(full.err()).isEqualTo(ExitCode.CANNOT_CREATE);
        assertThat(full.err())
                .contains(
                        command.equals("report") ? "qmbench: cannot write " : "qmbench: cannot write standard output: ")
                .doesNotContain("Exception", "\tat ");
        assertThat(pipe.exitCode()).as(pipe.err()).isEqualTo(ExitCode.CLOSED_PIPE);
        assertThat(pipe.err()).doesNotContain("qmbench:", "ipe", "\tat ");
    }

    /** Each of these is held at its first output, by a pipe that is full, until it is killed. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "run          | --backend script --results good",
                "plan         | --backend script --results good",
                "status       | --results good",
                "watch        | --results good",
                "stop         | --results good",
                "summary      | --results good",
                "analyze      | --results nmr",
                "report       | --results good -o /dev/stdout",
                "export       | --results good",
                "predict      | --help",
                "show         | m1 --results good",
                "failures     | --results good",
                "list         | molecules",
                "doctor       | --backend script --results good",
                "repair       | --results good"
            })
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Signals",
            value = "After the last status the run writes its closing lines and runs the `--on-end` command")
    void aCommandThatIsKilledEndsWithTheSignal(String command, String arguments) throws Exception {
        Started held = distribution.startIn(
                "rm -f held; mkfifo held; exec 3<> held; head -c 65536 /dev/zero >&3; exec \"$@\" >&3",
                words(command, arguments));
        Distribution.await(() -> writesToAPipe(held.pid()));

        held.signal("TERM");

        Ended ended = held.await();
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.SIGNAL_BASE + 15);
        assertThat(ended.err()).doesNotContain("Exception", "\tat ");
    }

    /** Whether a thread of the process waits in the kernel until a pipe takes more. */
    private static boolean writesToAPipe(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("wchan")).contains("pipe_write")) {
                    return Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("java");
                }
            }
            return false;
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }

    /** Each of these reads something for which there is not enough memory. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "run          | --backend script --results large",
                "plan         | --backend script --results large",
                "status       | --results large",
                "watch        | --results large",
                "stop         | --results large",
                "summary      | --results large",
                "analyze      | --results large",
                "report       | --results large",
                "export       | --results large",
                "predict      | large.xyz",
                "show         | m1 --results large",
                "failures     | --results large",
                "list         | molecules --dataset large.xyz",
                "doctor       | --dataset large.xyz",
                "repair       | --results large"
            })
    void tooLittleMemoryIsOneSentence(String command, String arguments) throws Exception {
        Ended ended = distribution.runIn("QMBENCH_JAVA_OPTS=-Xmx24m \"$@\"", words(command, arguments));

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(ExitCode.SOFTWARE);
        assertThat(ended.err())
                .startsWith("qmbench: there is not enough memory")
                .contains("QMBENCH_JAVA_OPTS=-Xmx")
                .hasLineCount(1);
    }

    /** A command that is added needs its rows in all of these tables. */
    @Test
    void everyTableHasEveryCommand() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/qmbench/cli/ExitCodesIT.java"));
        for (String table : source.split("delimiter = '\\|'", -1)) {
            String rows = table.substring(0, Math.max(0, table.indexOf("})")));
            assertThat(rows.isEmpty() ? List.<String>of() : missingIn(rows))
                    .as(rows)
                    .isEmpty();
        }
    }

    private static List<String> missingIn(String rows) {
        return Qmbench.commandLine().getSubcommands().keySet().stream()
                .filter(command ->
                        !Pattern.compile("\"" + command + " +\\|").matcher(rows).find())
                .toList();
    }

    @Test
    void aStandardOutputThatIsNotOpenIsAnError() throws Exception {
        for (String command : new String[] {"status", "failures"}) {
            assertThat(distribution.runIn("\"$@\" >&-", command).exitCode()).isEqualTo(ExitCode.CANNOT_CREATE);
        }
    }

    private static String[] words(String command, String arguments) {
        return (command + (arguments == null ? "" : " " + arguments)).split(" +");
    }
}
