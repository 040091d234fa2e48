package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qmbench.cli.text.Overview;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineDocumentTest {

    private static final Pattern OPTION_ROW = Pattern.compile("\\| `-");
    private static final Pattern OPTION = Pattern.compile("(?<=`)--[a-z-]+");

    private final String document = read("../docs/command-line.md");

    @Test
    void namesEveryCommandAndEveryOption() {
        CommandLine root = Qmbench.commandLine();

        assertThat(root.getSubcommands()).hasSizeGreaterThan(9);
        for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
            assertThat(document).contains("## " + command.getKey() + "\n", "| [`" + command.getKey() + "`](#");
            for (OptionSpec option : command.getValue().getCommandSpec().options()) {
                assertThat(document).as(command.getKey()).containsPattern(option.longestName() + "[ `,]");
            }
        }
    }

    @Test
    void namesEveryExitCode() throws IllegalAccessException {
        for (var field : ExitCode.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.getName().equals("SIGNAL_BASE")) {
                assertThat(document).containsPattern("\n\\|( \\d+,)* " + field.getInt(null) + "(,| \\|)");
                assertThat("\n" + Overview.EXIT_CODES).containsPattern("\n *" + field.getInt(null) + "  ");
            }
        }
    }

    @Test
    void namesNoOptionThatACommandDoesNotHave() {
        Map<String, CommandLine> commands = Qmbench.commandLine().getSubcommands();
        String command = "";
        for (String line : document.lines().toList()) {
            if (line.startsWith("## ")) {
                command = line.substring(3);
            }
            Matcher row = OPTION_ROW.matcher(line);
            if (commands.containsKey(command) && row.lookingAt()) {
                Matcher option = OPTION.matcher(line.substring(0, line.indexOf(" | ")));
                while (option.find()) {
                    assertThat(commands.get(command).getCommandSpec().findOption(option.group()))
                            .as(command + " " + option.group())
                            .isNotNull();
                }
            }
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
