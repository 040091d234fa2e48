package io.github.qmbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineDocumentTest {

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
                assertThat(document).contains("\n| " + field.getInt(null) + " | ");
            }
        }
    }

    @Test
    void everyCommandInTheReadmeIsOne() {
        Stream<String> commands = read("../README.md")
                .lines()
                .filter(line -> line.startsWith("./qmbench "))
                .map(line -> line.split("\\s+#|\\s{3,}")[0].substring("./qmbench ".length()));

        assertThat(commands).hasSizeGreaterThan(10).allSatisfy(command -> {
            CommandLine root = Qmbench.commandLine();
            root.parseArgs(Arrays.stream(command.split(" ")).toArray(String[]::new));
        });
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
