package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.core.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ShortcutTest {

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
        OptionalInt answer = quick.runShortWay(words);
        if (answer.isEmpty()) {
            assertThat(quick.out() + quick.err()).isEmpty();
        } else {
            Screen slow = screen();
            assertThat(answer).hasValue(slow.runAsIs(words));
            assertThat(quick.out()).isEqualTo(slow.out());
            assertThat(quick.err()).isEqualTo(slow.err());
        }
    }

    @Test
    void takesTheShortWayForWhatIsAskedMost() {
        for (String question : List.of("--help", "status", "status --json", "status --results none --json")) {
            assertThat(screen().runShortWay(question.split(" "))).as(question).hasValue(0);
        }
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

    @Test
    void trainingAnswersAndLeavesNothingBehind() throws Exception {
        Path place = Path.of(System.getProperty("java.io.tmpdir"));
        Training.main(new String[0]);
        try (var left = Files.list(place)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("qmbench-training"));
        }
        assertThat(RunDirectory.of(place).status()).doesNotExist();
    }
}
