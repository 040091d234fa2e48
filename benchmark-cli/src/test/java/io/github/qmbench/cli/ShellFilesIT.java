package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Man pages and completion of the distribution. */
class ShellFilesIT {

    @TempDir
    Path directory;

    private Path share;

    @BeforeEach
    void findsTheDistribution() throws IOException {
        share = new Distribution(directory).home().resolve("share");
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Manual pages and completion",
            value = "`share/` of the distribution has a manual page for each command")
    void thereIsAManPageForEachCommandWithItsOptions() throws IOException {
        Map<String, CommandLine> commands = Qmbench.commandLine().getSubcommands();

        assertThat(Files.readString(share.resolve("man/man1/qmbench.1")))
                .startsWith(".TH \"QMBENCH\" 1")
                .contains(".SH COMMANDS", ".SH EXIT STATUS", ".B 75");
        for (Map.Entry<String, CommandLine> command : commands.entrySet()) {
            String page = Files.readString(share.resolve("man/man1/qmbench-" + command.getKey() + ".1"));
            assertThat(page)
                    .contains(".SH NAME", "qmbench\\-" + command.getKey().replace("-", "\\-") + " \\- ");
            for (OptionSpec option : command.getValue().getCommandSpec().options()) {
                if (!option.hidden()) {
                    assertThat(page).contains(option.longestName().replace("-", "\\-"));
                }
            }
        }
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(completions("st")).contains("status stop");
        assertThat(completions("run", "--sol")).contains("--solvents");
        assertThat(completions("plan", "--pil")).contains("--pilot");
    }

    @Test
    @Promise(
            page = Promise.Page.COMMAND_LINE,
            section = "Manual pages and completion",
            value = "The last line is for zsh")
    void zshIsToldForWhichCommandTheFileIs() throws IOException {
        assertThat(Files.readString(share.resolve("zsh/site-functions/_qmbench")))
                .startsWith("#compdef qmbench\n")
                .contains("bashcompinit");
    }

    /** Returns what bash offers for the last of these words. */
    private String completions(String... words) throws IOException, InterruptedException {
        String script = "source '" + share.resolve("bash-completion/completions/qmbench") + "'; COMP_WORDS=(qmbench "
                + String.join(" ", words) + "); COMP_CWORD=" + words.length
                + "; _complete_qmbench; printf '%s\\n' \"${COMPREPLY[*]}\"";
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said;
    }
}
