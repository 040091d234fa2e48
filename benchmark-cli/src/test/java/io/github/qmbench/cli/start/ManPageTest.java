package io.github.qmbench.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.Version;
import io.github.qmbench.cli.text.Overview;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pages of made-up commands, to the letter. */
class ManPageTest {

    @Command(
            name = "tool",
            description = {"Does things. Not more.", "'Quoted', and 100 %% \\ safe."})
    static final class Tool {}

    @Command(name = "go", description = "Goes a way.")
    static final class Go {
        @Parameters(paramLabel = "WHERE", description = "The end")
        private String where;

        @Parameters(paramLabel = "HOW", description = ".fast or not")
        private String how;

        @Option(names = "--flag", description = "No value")
        private boolean flag;

        @Option(
                names = {"-n", "--number"},
                paramLabel = "N",
                description = {"How", "many"})
        private int number;

        @Option(names = "--all", paramLabel = "NAME", arity = "1..*", description = "Which ones")
        private String[] all;

        @Option(names = "--secret", hidden = true, description = "Not shown")
        private boolean secret;
    }

    private final CommandLine tool = new CommandLine(new Tool());

    ManPageTest() {
        tool.addSubcommand("go", new Go());
        tool.addSubcommand("stay", new CommandLine(CommandLine.Model.CommandSpec.create()));
    }

    private static String exitStatus() {
        StringBuilder text = new StringBuilder(".SH EXIT STATUS\n");
        Overview.EXIT_CODES.lines().forEach(line -> {
            String code = line.strip().split(" ")[0];
            String words = line.strip().substring(code.length()).strip();
            text.append(".TP\n.B ")
                    .append(code)
                    .append('\n')
                    .append(words.replace("-", "\\-"))
                    .append('\n');
        });
        return text.toString();
    }

    @Test
    void ofACommand() {
        assertThat(ManPage.of(tool.getSubcommands().get("go")))
                .isEqualTo(".TH \"TOOL-GO\" 1 \"\" \"qmbench " + Version.number() + "\"\n" + """
                        .SH NAME
                        tool\\-go \\- Goes a way
                        .SH SYNOPSIS
                        .B tool go
                        [options] WHERE HOW
                        .SH DESCRIPTION
                        Goes a way.
                        .PP
                        .SH OPTIONS
                        .TP
                        .B WHERE
                        The end
                        .TP
                        .B HOW
                        \\&.fast or not
                        .TP
                        .B \\-\\-flag
                        No value
                        .TP
                        .B \\-n, \\-\\-number N
                        How many
                        .TP
                        .B \\-\\-all NAME...
                        Which ones
                        """ + exitStatus() + """
                        .SH SEE ALSO
                        qmbench(1)
                        """);
    }

    @Test
    void ofTheRoot() {
        assertThat(ManPage.of(tool))
                .isEqualTo(".TH \"TOOL\" 1 \"\" \"qmbench " + Version.number() + "\"\n" + """
                        .SH NAME
                        tool \\- Does things
                        .SH SYNOPSIS
                        .B tool
                        COMMAND [options]
                        .SH DESCRIPTION
                        Does things. Not more.
                        .PP
                        \\&'Quoted', and 100 % \\e safe.
                        .PP
                        .SH COMMANDS
                        .TP
                        .B go
                        Goes a way
                        .TP
                        .B stay

                        """ + exitStatus() + """
                        .SH SEE ALSO
                        qmbench\\-go(1), qmbench\\-stay(1)
                        """);
    }

    @Test
    void eachCommandHasAPageAndBothShellsACompletion(@TempDir Path share) throws Exception {
        ShellFiles.main(new String[] {share.toString()});

        assertThat(share.resolve("man/man1/qmbench.1")).content().contains(".TH \"QMBENCH\" 1");
        assertThat(share.resolve("man/man1/qmbench-stop.1")).content().contains("\\-\\-now");
        assertThat(share.resolve("man/man1").toFile().list())
                .hasSize(Overview.commands().size() + 1);
        String bash = Files.readString(share.resolve("bash-completion/completions/qmbench"));
        assertThat(bash).contains("_complete_qmbench");
        assertThat(share.resolve("zsh/site-functions/_qmbench")).hasContent("#compdef qmbench\n" + bash);
    }
}
