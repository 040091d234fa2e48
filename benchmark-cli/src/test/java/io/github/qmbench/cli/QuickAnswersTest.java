package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.start.ClassArchiveTraining;
import io.github.qmbench.cli.start.Main;
import io.github.qmbench.cli.text.Overview;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickAnswersTest {

    private static Screen screen() {
        return new Screen(Backends.installed(), Path.of("none"));
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.of(
                        "status",
                        "--help",
                        "-h",
                        "--json",
                        "--results",
                        "--results=",
                        "--results=none",
                        "none",
                        "-x",
                        "@file",
                        "'quoted'",
                        "summary",
                        "--debug",
                        "")
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 400)
    void shortWayAnswersAsTheLongOneOrNotAtAll(@ForAll("arguments") List<String> arguments) {
        String[] words = arguments.toArray(String[]::new);
        Screen quick = screen();
        if (!quick.runShortWay(words)) {
            assertThat(quick.out() + quick.err()).isEmpty();
        } else {
            Screen slow = screen();
            assertThat(slow.runAsIs(words)).isEqualTo(ExitCode.OK);
            assertThat(quick.out()).isEqualTo(slow.out());
            assertThat(quick.err()).isEqualTo(slow.err());
        }
    }

    @Test
    void takesTheShortWayForWhatIsAskedMost() {
        for (String question : List.of("--help", "status", "status --json", "status --results none --json")) {
            assertThat(screen().runShortWay(question.split(" "))).as(question).isTrue();
        }
    }

    @Test
    void leavesAnOptionThatIsGivenTwiceToTheParser() {
        for (String question : List.of("status --json --json", "status --results a --results=a")) {
            assertThat(screen().runShortWay(question.split(" "))).as(question).isFalse();
            assertThat(screen().runAsIs(question.split(" "))).as(question).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void aDetachedRunBeginsAsThisProcessDid() {
        assertThat(DetachedRun.MAIN).isEqualTo(Main.class.getName());
    }

    @Test
    void aDetachedRunHasTheOptionsOfThisOneAndIsHeadless() {
        String before = System.getProperty("qmbench.command");
        System.setProperty("qmbench.command", "./qm");
        try {
            List<String> command = DetachedRun.command(List.of(
                    "run",
                    "--detach",
                    "--detach=true",
                    "--molecules",
                    "m1",
                    "--headless",
                    "--headless=true",
                    "--pilot"));

            int java = command.indexOf(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString());
            assertThat(command.subList(0, java))
                    .isEqualTo(Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of());
            assertThat(command.subList(command.size() - 9, command.size()))
                    .containsExactly(
                            "-Dqmbench.command=./qm",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.github.qmbench.cli.start.Main",
                            "run",
                            "--molecules",
                            "m1",
                            "--pilot",
                            "--headless");
        } finally {
            if (before == null) {
                System.clearProperty("qmbench.command");
            } else {
                System.setProperty("qmbench.command", before);
            }
        }
    }

    @Test
    void theLastValueOfAnOptionCounts() {
        List<String> words = List.of("run", "--results", "a", "--results=b", "--results");
        assertThat(RawArguments.valueOf("--results", words)).contains("b");
        assertThat(RawArguments.valueOf("--results", List.of("--results=", "--result", "c")))
                .contains("");
        assertThat(RawArguments.valueOf("--results", List.of("--results", "a", "b")))
                .contains("a");
        assertThat(RawArguments.valueOf("--backend", words)).isEmpty();
    }

    @Test
    void overviewNamesEveryCommandWithTheFirstSentenceOfItsHelp() {
        assertThat(Overview.commands().keySet())
                .containsExactlyElementsOf(
                        Qmbench.commandLine().getSubcommands().keySet());
        Qmbench.commandLine()
                .getSubcommands()
                .forEach((name, command) -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .isEqualTo(Overview.commands().get(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "long"})
    void trainingAnswersInSilenceAboutAStatusThatCanBeShown(String way, @TempDir Path place) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            ClassArchiveTraining.main(new String[] {place.toString(), way});
        } finally {
            System.setOut(out);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
        Screen screen = screen();
        assertThat(screen.runShortWay("status", "--results", place.toString())).isTrue();
        assertThat(screen.out()).contains("state      running", "time left ", "failures:");
    }
}
